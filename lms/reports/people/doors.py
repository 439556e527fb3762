"""The door of the pages where HR keeps people: who comes in, to whose record, and that it was looked at."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest

from lms.lib import clock
from lms.people.models import Leave, Person, Posting, Unit
from lms.people.policy import Action, Grant, NotAllowedError, Reach, Viewer, reach_of, require, require_any
from lms.people.selectors.reach import people_within
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.people.selectors_jobs import list_workplaces
from lms.reports.people.selectors_people import list_postings


@dataclass(frozen=True)
class Desk:
    """Who changes people, where, and when."""

    viewer: Viewer
    reach: Reach
    at: datetime

    @property
    def today(self) -> date:
        return clock.local_date(self.at)

    def grant_for(self, institution_id: int, unit_id: int) -> Grant:
        """The grant that lets the viewer change people there.

        Raises:
            NotAllowedError: there is none.
        """
        action = Action.MANAGE_PEOPLE
        return require(viewer=self.viewer, action=action, institution_id=institution_id, unit_id=unit_id)


def enter_desk(*, request: HttpRequest) -> Desk:
    """The place of whoever manages people somewhere.

    Raises:
        NotAllowedError: the visitor does not.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.MANAGE_PEOPLE)
    return Desk(viewer, reach_of(viewer=viewer, action=Action.MANAGE_PEOPLE), at)


def get_managed_person(*, desk: Desk, public_id: UUID) -> Person:
    """A present person with a posting, present or past, within the reach. One query.

    Raises:
        NotAllowedError: there is none.
    """
    person = people_within(reach=desk.reach).filter(public_id=public_id).first()
    if person is None:
        raise NotAllowedError(Action.MANAGE_PEOPLE)
    return person


def get_managed_posting(*, desk: Desk, public_id: UUID) -> Posting:
    """A posting within the reach, of a present person. One query.

    Raises:
        NotAllowedError: there is none.
    """
    found = (
        Posting.objects.select_related("person", "institution", "unit").filter(public_id=public_id).first()
    )
    if found is None or not _is_present(found.person):
        raise NotAllowedError(Action.MANAGE_PEOPLE)
    if not desk.reach.covers(found.institution_id, found.unit_id):
        raise NotAllowedError(Action.MANAGE_PEOPLE)
    return found


def get_managed_leave(*, desk: Desk, public_id: UUID) -> Leave:
    """A leave of a present person in an institution where the viewer manages the person. Two queries.

    Raises:
        NotAllowedError: there is none.
    """
    found = Leave.objects.select_related("person", "institution").filter(public_id=public_id).first()
    if found is None or not _is_present(found.person):
        raise NotAllowedError(Action.MANAGE_PEOPLE)
    if found.institution not in list_workplaces(person=found.person, reach=desk.reach):
        raise NotAllowedError(Action.MANAGE_PEOPLE)
    return found


def get_managed_job_of(*, desk: Desk, people: list[Person]) -> Posting:
    """The last posting within the reach, of the first of these people who has one. A query each.

    Raises:
        NotAllowedError: none of them has one.
    """
    for person in people:
        if jobs := list_postings(person_id=person.pk, reach=desk.reach):
            return jobs[0]
    raise NotAllowedError(Action.MANAGE_PEOPLE)


def log_look(
    *,
    desk: Desk,
    unit: Unit,
    action: str,
    people_count: int = 1,
    subject: Person | None = None,
    detail: str = "",
) -> None:
    """Write down, for the institution of the unit, what was looked at or done."""
    log_access(
        viewer=desk.viewer,
        grant=desk.grant_for(unit.institution_id, unit.pk),
        action=action,
        at=desk.at,
        institution_id=unit.institution_id,
        people_count=people_count,
        subject_id=subject.pk if subject else None,
        detail=detail,
    )


def _is_present(person: Person) -> bool:
    return person.erased_at is None and person.merged_into_id is None
