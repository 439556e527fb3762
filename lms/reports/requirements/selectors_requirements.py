"""Requirements as those who write them see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from courses.models import Course
from courses.selectors import list_courses_with_release
from lms.people.models import Institution, Person, Unit
from lms.people.policy import Action, Grant, NotAllowedError, Reach, Viewer, reach_of, require
from lms.people.selectors.places import institution_parents, list_units
from lms.progress.models import RequirementVersion, TrainingRequirement
from lms.progress.rules.requirements import DueKind, RequirementSpec, spec_from_stored
from lms.progress.selectors.requirements import (
    find_requirement,
    requirements_from_above,
    requirements_within,
)
from lms.ui.components import Notice

_NOTICES = {
    TrainingRequirement.Status.DRAFT: Notice("mute", "pen-line", "Borrador"),
    TrainingRequirement.Status.PUBLISHING: Notice("info", "hourglass", "Publicándose"),
    TrainingRequirement.Status.LIVE: Notice("ok", "circle-check", "Vigente"),
    TrainingRequirement.Status.CHANGING: Notice("info", "hourglass", "Aplicando un cambio"),
    TrainingRequirement.Status.WITHDRAWN: Notice("mute", "ban", "Retirada"),
}


@dataclass(frozen=True)
class RequirementLine:
    """One requirement in the list. ``spec``: in force, or drafted where nothing is."""

    requirement: TrainingRequirement
    spec: RequirementSpec
    courses: list[str]
    has_changes: bool

    @property
    def notice(self) -> Notice:
        notice = _NOTICES[TrainingRequirement.Status(self.requirement.status)]
        return Notice(notice.kind, notice.icon, str(self.requirement.get_status_display()))

    @property
    def due_on(self) -> date | None:
        return self.spec.due.day if self.spec.due.kind == DueKind.DATE else None

    @property
    def due_days(self) -> int:
        return self.spec.due.days


@dataclass(frozen=True)
class Writing:
    """A requirement and the grant by which the viewer may write it."""

    requirement: TrainingRequirement
    grant: Grant


@dataclass(frozen=True)
class Lines:
    """The requirements of the viewer's institutions, and those that others ask of their people."""

    own: list[RequirementLine]
    above: list[RequirementLine]


def list_lines(*, viewer: Viewer) -> Lines:
    """All requirements that concern the viewer's institutions, newest first. Five queries."""
    reach = reach_of(viewer=viewer, action=Action.MANAGE_TRAINING)
    titles = dict(Course.objects.values_list("pk", "title"))

    def read(rows: QuerySet[TrainingRequirement]) -> list[RequirementLine]:
        newest = rows.prefetch_related("versions").order_by("-created_at", "-pk")
        return [to_line(requirement=row, titles=titles) for row in newest]

    return Lines(own=read(requirements_within(reach=reach)), above=read(requirements_from_above(reach=reach)))


def to_line(*, requirement: TrainingRequirement, titles: dict[int, str]) -> RequirementLine:
    """A requirement with its versions fetched. No query."""
    draft = spec_from_stored(requirement.draft)
    versions = list(requirement.versions.all())
    spec = versions[-1].read_spec() if versions else draft
    is_over = requirement.status == TrainingRequirement.Status.WITHDRAWN
    return RequirementLine(
        requirement=requirement,
        spec=spec,
        courses=[titles.get(pk, "") for pk in spec.courses],
        has_changes=bool(versions) and spec != draft and not is_over,
    )


def get_writing(*, viewer: Viewer, public_id: UUID) -> Writing:
    """A requirement that the viewer may write. One query.

    Raises:
        NotAllowedError: there is none, or another institution's.
    """
    requirement = find_requirement(public_id=public_id)
    if requirement is None:
        raise NotAllowedError(Action.MANAGE_TRAINING)
    grant = require(viewer=viewer, action=Action.MANAGE_TRAINING, institution_id=requirement.owner_id)
    return Writing(requirement, grant)


def allowed_places(*, viewer: Viewer) -> frozenset[int] | None:
    """Institutions whose people the viewer may oblige; ``None``: all. No query."""
    reach = reach_of(viewer=viewer, action=Action.MANAGE_TRAINING)
    return None if reach.everywhere else reach.institution_ids


@dataclass(frozen=True)
class Choices:
    """What the form of a requirement offers."""

    courses: list[Course]
    units: list[Unit]
    institutions: list[Institution]
    named: list[Person]
    excluded: list[Person]


def get_choices(*, viewer: Viewer, owner: Institution | None, spec: RequirementSpec | None) -> Choices:
    """Courses, units of the owner, institutions that hang from it, people named before. Six queries."""
    institutions: list[Institution] = []
    if owner is not None:
        tree = institution_parents()
        allowed = allowed_places(viewer=viewer)
        below = {pk for pk, parent in tree.items() if parent == owner.pk}
        below = below if allowed is None else below & allowed
        if below:
            institutions = list(Institution.objects.filter(pk__in={owner.pk, *below}).order_by("name"))
    return Choices(
        courses=list(list_courses_with_release()),
        units=list_units(institution_id=owner.pk) if owner else [],
        institutions=institutions,
        named=_people(spec.audience.people if spec else ()),
        excluded=_people(spec.audience.excluded if spec else ()),
    )


def _people(ids: tuple[int, ...]) -> list[Person]:
    return list(Person.objects.present().filter(pk__in=ids).order_by("family_names", "given_names"))


def owner_reach(owner: Institution | None) -> Reach:
    """Where named people must work."""
    return Reach(everywhere=True) if owner is None else Reach(institution_ids=frozenset({owner.pk}))


def list_versions(*, requirement: TrainingRequirement) -> list[RequirementVersion]:
    """The published versions, newest first. One query."""
    return list(requirement.versions.select_related("published_by").order_by("-number"))
