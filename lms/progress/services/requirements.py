"""Writing requirements: drafts, publication, changes, withdrawal, exemptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.module_loading import import_string

from lms.lib.clock import local_date
from lms.people.models import Institution, Person, User
from lms.progress.models import Exemption, RequirementVersion, TrainingRequirement
from lms.progress.rules.requirements import (
    AudienceSpec,
    DueKind,
    RequirementSpec,
    Version,
    spec_from_stored,
    spec_to_stored,
)
from lms.progress.selectors.people_asked import count_people_asked
from lms.progress.selectors.requirements import read_trees, resolve_version
from lms.progress.services.asking import change_requirements
from lms.progress.services.assigned import follow_people

Status = TrainingRequirement.Status
# By name: calls go down only, and the task calls the service.
APPLY_TASK = "lms.progress.tasks.apply_requirement"


class RequirementError(Exception):
    """The requirement cannot be written like this."""


class NoCoursesError(RequirementError):
    """It asks for no course."""


class NoDueDateError(RequirementError):
    """By a fixed day, but without the day; or the day is before the start."""


class OutsideOwnerError(RequirementError):
    """It would reach institutions for which its owner does not answer."""


class NothingChangedError(RequirementError):
    """The draft says what is already in force."""


class StillApplyingError(RequirementError):
    """An earlier publication is still being applied to people."""


class WithdrawnError(RequirementError):
    """It was withdrawn; a new one has to be written."""


class ExemptionError(Exception):
    """The exemption ends before it begins, or lies wholly in the past."""


@dataclass(frozen=True)
class RequirementText:
    """What people read of a requirement. ``target_percent`` 1–100."""

    title: str
    reason: str
    target_percent: int


@transaction.atomic
def save_draft(
    *,
    requirement: TrainingRequirement | None,
    owner: Institution | None,
    text: RequirementText,
    spec: RequirementSpec,
    author: User | None,
    at: datetime,
) -> TrainingRequirement:
    """Keep a draft, complete or not; nobody is asked anything yet. The owner of one that exists stays.

    Raises:
        WithdrawnError: see there.
    """
    row = requirement or TrainingRequirement(owner=owner, created_by=author, created_at=at)
    if row.status == Status.WITHDRAWN:
        raise WithdrawnError
    row.title, row.reason, row.target_percent = text.title, text.reason, text.target_percent
    row.draft = spec_to_stored(spec)
    row.save()
    return row


def check_spec(*, spec: RequirementSpec, owner_id: int | None, allowed: frozenset[int] | None) -> None:
    """Whether the spec can be published. ``allowed``: institutions of the author (``None``: all).

    Raises:
        NoCoursesError, NoDueDateError, OutsideOwnerError: see there.
    """
    if not spec.courses:
        raise NoCoursesError
    if spec.due.kind == DueKind.DATE and (spec.due.day is None or spec.due.day < spec.starts_on):
        raise NoDueDateError
    places = _resolve(spec, owner_id, date.min).institution_ids
    if allowed is not None and (places is None or not places <= allowed):
        raise OutsideOwnerError


@transaction.atomic
def publish_requirement(
    *,
    requirement_id: int,
    allowed: frozenset[int] | None,
    author: User | None,
    note: str,
    at: datetime,
) -> RequirementVersion:
    """Put the draft in force from today; people are then gone through by ``services.applying``.

    Raises:
        RequirementError: one of those above.
    """
    change_requirements()
    row = TrainingRequirement.objects.select_for_update(of=("self",), no_key=True).get(pk=requirement_id)
    if row.status == Status.WITHDRAWN:
        raise WithdrawnError
    if row.applied is not None:
        raise StillApplyingError
    spec = spec_from_stored(row.draft)
    check_spec(spec=spec, owner_id=row.owner_id, allowed=allowed)
    latest = row.versions.order_by("-number").first()
    if latest and latest.read_spec() == spec:
        raise NothingChangedError
    return _put_in_force(
        row, latest, spec, Status.CHANGING if latest else Status.PUBLISHING, author, note, at
    )


@transaction.atomic
def withdraw_requirement(
    *, requirement_id: int, author: User | None, note: str, at: datetime
) -> RequirementVersion:
    """Ask it of nobody from today on. What was asked and done before stays on record.

    Raises:
        WithdrawnError, StillApplyingError: see there.
    """
    change_requirements()
    row = TrainingRequirement.objects.select_for_update(of=("self",), no_key=True).get(pk=requirement_id)
    if row.status in (Status.WITHDRAWN, Status.DRAFT):
        raise WithdrawnError
    if row.applied is not None:
        raise StillApplyingError
    latest = row.versions.order_by("-number")[0]
    spec = latest.read_spec()
    nobody = AudienceSpec(everybody=False, institutions=spec.audience.institutions)
    ended = RequirementSpec(courses=spec.courses, starts_on=spec.starts_on, audience=nobody, mode=spec.mode)
    return _put_in_force(row, latest, ended, Status.WITHDRAWN, author, note, at)


def _put_in_force(
    row: TrainingRequirement,
    latest: RequirementVersion | None,
    spec: RequirementSpec,
    status: Status,
    author: User | None,
    note: str,
    at: datetime,
) -> RequirementVersion:
    version = RequirementVersion.objects.create(
        requirement=row,
        number=latest.number + 1 if latest else 1,
        spec=spec_to_stored(spec),
        effective_from=local_date(at),
        published_at=at,
        published_by=author,
        note=note,
    )
    resolved = _resolve(spec, row.owner_id, version.effective_from)
    _note_places(row, resolved)
    row.status = status
    row.applied, row.applied_people = 0, 0
    row.expected_people = count_people_asked(requirement=row)
    row.save()
    import_string(APPLY_TASK).enqueue(row.pk)
    return version


def _note_places(row: TrainingRequirement, version: Version) -> None:
    """Where it reaches now is added to where it ever reached: the past is still drawn."""
    if version.institution_ids is None:
        row.everywhere = True
    else:
        row.institutions.add(*version.institution_ids)


def _resolve(spec: RequirementSpec, owner_id: int | None, effective_from: date) -> Version:
    return resolve_version(
        spec=spec, owner_id=owner_id, effective_from=effective_from, trees=read_trees(specs=[spec])
    )


@transaction.atomic
def discard_draft(*, requirement: TrainingRequirement) -> None:
    """Delete a requirement that was never published.

    Raises:
        RequirementError: it was.
    """
    if requirement.status != Status.DRAFT:
        raise RequirementError
    requirement.delete()


@transaction.atomic
def exempt_person(
    *,
    requirement: TrainingRequirement,
    person: Person,
    first_day: date,
    last_day: date,
    reason: str,
    author: User | None,
    at: datetime,
) -> Exemption:
    """As :func:`exempt_people`, of one person."""
    (exemption,) = exempt_people(
        requirement=requirement,
        people=[person],
        first_day=first_day,
        last_day=last_day,
        reason=reason,
        author=author,
        at=at,
    )
    return exemption


@transaction.atomic
def exempt_people(
    *,
    requirement: TrainingRequirement,
    people: Sequence[Person],
    first_day: date,
    last_day: date,
    reason: str,
    author: User | None,
    at: datetime,
) -> list[Exemption]:
    """Do not ask it of these people on these days; the same exemption twice is one.

    Their exemptions, in the order of ``people``. About twenty queries for up to 900 people.

    Raises:
        ExemptionError: see there.
    """
    if last_day < first_day or last_day < local_date(at):
        raise ExemptionError
    ids = [person.pk for person in people]
    # In the order of their ids, as whoever draws them does: of two equal posts the second finds the first.
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    same = Exemption.objects.filter(
        requirement=requirement, person__in=ids, first_day=first_day, last_day=last_day, ended_at=None
    )
    given = {exemption.person_id: exemption for exemption in same}
    new = [
        Exemption(
            requirement=requirement,
            person=person,
            first_day=first_day,
            last_day=last_day,
            reason=reason,
            granted_by=author,
            granted_at=at,
        )
        for person in people
        if person.pk not in given
    ]
    given |= {exemption.person_id: exemption for exemption in Exemption.objects.bulk_create(new)}
    follow_people(person_ids=ids, at=at)
    return [given[pk] for pk in ids]


@transaction.atomic
def end_exemption(*, exemption_id: int, at: datetime) -> Exemption:
    """End it from today; what it covered until yesterday stays covered. Twice changes nothing."""
    exemption = Exemption.objects.select_for_update(of=("self",), no_key=True).get(pk=exemption_id)
    if exemption.ended_at is None:
        exemption.ended_at = at
        exemption.save(update_fields=["ended_at"])
        follow_people(person_ids=[exemption.person_id], at=at)
    return exemption
