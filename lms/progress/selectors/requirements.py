"""Requirements in force, with their trees of institutions and units resolved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lms.people.policy import Reach
from lms.people.rules import below
from lms.people.selectors.merges import find_kept_of
from lms.people.selectors.places import institution_parents, unit_parents
from lms.progress.models import RequirementVersion, TrainingRequirement
from lms.progress.rules.requirements import RequirementSpec, Version
from lms.progress.selectors.standings import count_people_by_requirement

ParentOf = Mapping[int, int | None]


@dataclass(frozen=True)
class Asked:
    """A requirement with its versions as the rules need them."""

    requirement_id: int
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Trees:
    """Who depends on whom, read once for many requirements.

    ``kept``: of the people named, into whom they were merged.
    """

    institutions: ParentOf
    units: ParentOf
    kept: Mapping[int, int] = field(default_factory=dict)


def read_trees(*, specs: Iterable[RequirementSpec]) -> Trees:
    """The trees that these specs need. At most three queries."""
    specs = list(specs)
    named = {person for spec in specs for person in (*spec.audience.people, *spec.audience.excluded)}
    with_units = {place for spec in specs if spec.audience.units for place in spec.audience.institutions}
    return Trees(
        institutions=institution_parents(),
        units=unit_parents(institution_ids=with_units) if with_units else {},
        kept=find_kept_of(person_ids=named) if named else {},
    )


def resolve_version(
    *, spec: RequirementSpec, owner_id: int | None, effective_from: date, trees: Trees
) -> Version:
    """A spec as the rules need it. Without institutions of its own it applies to its owner's."""
    audience = spec.audience
    roots = audience.institutions or ((owner_id,) if owner_id else ())
    places: frozenset[int] | None = None
    if roots:
        places = (
            below(roots=roots, parent_of=trees.institutions) if audience.with_dependents else frozenset(roots)
        )
    return Version(
        spec=spec,
        effective_from=effective_from,
        institution_ids=places,
        unit_ids=below(roots=audience.units, parent_of=trees.units) if audience.units else None,
        people=_with_kept(audience.people, trees.kept),
        excluded=_with_kept(audience.excluded, trees.kept),
    )


def _with_kept(people: Iterable[int], kept: Mapping[int, int]) -> frozenset[int]:
    """These people, and those into whom they were merged: what was asked of them is asked still."""
    return frozenset(people) | {kept[person] for person in people if person in kept}


def list_asked(*, requirements: QuerySet[TrainingRequirement]) -> list[Asked]:
    """These requirements with their published versions. At most five queries."""
    rows = list(
        requirements.prefetch_related(
            Prefetch("versions", queryset=RequirementVersion.objects.order_by("number"))
        )
    )
    specs = {version.pk: version.read_spec() for row in rows for version in row.versions.all()}
    if not specs:
        return []
    trees = read_trees(specs=specs.values())
    return [
        Asked(
            row.pk,
            tuple(
                resolve_version(
                    spec=specs[version.pk],
                    owner_id=row.owner_id,
                    effective_from=version.effective_from,
                    trees=trees,
                )
                for version in row.versions.all()
            ),
        )
        for row in rows
        if row.versions.all()
    ]


def list_asked_in(*, institution_ids: frozenset[int]) -> list[Asked]:
    """The requirements in force that reach people of these institutions. At most five queries."""
    return list_asked(
        requirements=TrainingRequirement.objects.in_force().about(institution_ids=institution_ids)
    )


def requirements_within(*, reach: Reach) -> QuerySet[TrainingRequirement]:
    """Requirements that concern institutions (or units of them) within the reach, drafts included."""
    rows = TrainingRequirement.objects.select_related("owner")
    if reach.everywhere:
        return rows
    return rows.filter(owner_id__in=reach.institution_ids)


def requirements_from_above(*, reach: Reach) -> QuerySet[TrainingRequirement]:
    """Requirements in force that others ask of people within the reach: a ministry, the platform."""
    status = TrainingRequirement.Status
    rows = TrainingRequirement.objects.select_related("owner")
    if reach.everywhere:
        return rows.none()
    rows = rows.filter(status__in=(status.LIVE, status.CHANGING)).about(institution_ids=reach.institution_ids)
    return rows.exclude(owner_id__in=reach.institution_ids)


def find_requirement(*, public_id: UUID) -> TrainingRequirement | None:
    """One requirement with its owner. One query."""
    return TrainingRequirement.objects.select_related("owner").filter(public_id=public_id).first()


def list_visible(*, institution_id: int, day: date) -> list[TrainingRequirement]:
    """Requirements that ask something of people of the institution, those that reach most of them first.

    Being changed included, being published for the first time not. Two queries.
    """
    status = TrainingRequirement.Status
    rows = (
        TrainingRequirement.objects.filter(status__in=(status.LIVE, status.CHANGING))
        .about(institution_ids=frozenset({institution_id}))
        .select_related("owner")
        .order_by("-created_at", "title")
    )
    people = count_people_by_requirement(institution_id=institution_id, day=day)
    return sorted(rows, key=lambda row: -people.get(row.pk, 0))
