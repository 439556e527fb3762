"""Requirements that concern people where a token reaches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from courses.models import Course
from lms.api.selectors.parts import Part, take_part
from lms.api.selectors.places import institution_codes, unit_codes
from lms.people.policy import Reach
from lms.progress.models import RequirementVersion, TrainingRequirement
from lms.progress.rules.requirements import RequirementSpec


@dataclass(frozen=True)
class VersionRow:
    """What a requirement asked from a day on. ``institutions`` and ``units``: codes of its audience."""

    version: RequirementVersion
    spec: RequirementSpec
    courses: list[str]
    institutions: list[str]
    units: list[tuple[str, str]]


@dataclass(frozen=True)
class RequirementRow:
    """A requirement with its versions, the first one first."""

    requirement: TrainingRequirement
    versions: list[VersionRow]


def list_requirements(*, reach: Reach, after: int, limit: int) -> Part[RequirementRow]:
    """A part of the requirements in force or withdrawn. Five queries."""
    part = take_part(_with_versions(requirements_about(reach=reach).filter(pk__gt=after)), limit=limit)
    return Part(_rows(part.rows), part.last)


def find_requirement_row(*, reach: Reach, public_id: UUID) -> RequirementRow | None:
    """One requirement that concerns people within reach. Five queries."""
    rows = _rows(_with_versions(requirements_about(reach=reach).filter(public_id=public_id)))
    return rows[0] if rows else None


def find_requirement(*, reach: Reach, public_id: UUID) -> TrainingRequirement | None:
    """The same without its versions. One query."""
    return requirements_about(reach=reach).filter(public_id=public_id).first()


def requirements_about(*, reach: Reach) -> QuerySet[TrainingRequirement]:
    """Ever published, and reaching people of the institutions within reach."""
    rows = TrainingRequirement.objects.in_force().select_related("owner").order_by("pk")
    return rows if reach.everywhere else rows.about(institution_ids=reach.institution_ids)


def _with_versions(rows: QuerySet[TrainingRequirement]) -> QuerySet[TrainingRequirement]:
    versions = RequirementVersion.objects.order_by("number")
    return rows.prefetch_related(Prefetch("versions", queryset=versions))


def _rows(requirements: Iterable[TrainingRequirement]) -> list[RequirementRow]:
    found = list(requirements)
    specs = {version.pk: version.read_spec() for row in found for version in row.versions.all()}
    courses = _courses({course for spec in specs.values() for course in spec.courses})
    places = institution_codes(ids=sorted({p for spec in specs.values() for p in spec.audience.institutions}))
    units = unit_codes(ids=sorted({unit for spec in specs.values() for unit in spec.audience.units}))
    return [
        RequirementRow(
            row,
            [_version(version, specs[version.pk], courses, places, units) for version in row.versions.all()],
        )
        for row in found
    ]


def _courses(ids: Iterable[int]) -> dict[int, str]:
    return dict(Course.objects.filter(pk__in=sorted(ids)).values_list("pk", "code"))


def _version(
    version: RequirementVersion,
    spec: RequirementSpec,
    courses: dict[int, str],
    places: dict[int, str],
    units: dict[int, tuple[str, str]],
) -> VersionRow:
    return VersionRow(
        version,
        spec,
        courses=_known(spec.courses, courses),
        institutions=_known(spec.audience.institutions, places),
        units=[units[pk] for pk in spec.audience.units if pk in units],
    )


def _known(ids: Sequence[int], codes: dict[int, str]) -> list[str]:
    return [codes[pk] for pk in ids if pk in codes]
