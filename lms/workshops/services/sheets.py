"""Saving an attendance sheet: one save for all."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lms.journeys.attend_workshop import Attendee, Workshop, attend_workshop, void_attendance
from lms.workshops.models import Registration, WorkshopSession
from lms.workshops.rules import Mark, SheetChange, decide_sheet, may_mark
from lms.workshops.selectors import list_sheet
from lms.workshops.services.registrations import lock_session
from lms.xapi.platform import Platform


class MarkingClosedError(Exception):
    """The session is cancelled, or it is too early."""


class ReasonMissingError(Exception):
    """People marked as present become absent, and nobody said why; ``names`` are theirs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


@transaction.atomic
def save_sheet(
    *,
    session_id: int,
    marks: Mapping[int, Mark],
    reason: str,
    marked_by_id: int | None,
    platform: Platform,
    at: datetime,
) -> SheetChange:
    """Make the sheet say ``marks`` (by registration id): both rows and statements, or nothing.

    Saving the same twice changes nothing. People who are not on the sheet are left alone.

    Raises:
        MarkingClosedError: see :func:`lms.workshops.rules.may_mark`.
        ReasonMissingError: an attendance is taken back without ``reason`` (a ``VoidReason``).
    """
    session = lock_session(session_id=session_id)
    if not may_mark(session=session.facts, at=at):
        raise MarkingClosedError
    lines = {line.registration_id: line for line in list_sheet(session_id=session_id)}
    change = decide_sheet(current={id: line.mark for id, line in lines.items()}, wanted=marks)
    if change.voided and not reason:
        raise ReasonMissingError(tuple(lines[id].name for id in lines if id in change.voided))
    if change.voided:
        void_attendance(
            session_id=session.public_id,
            person_ids=[lines[id].person_id for id in change.voided],
            reason=reason,
            voided_by_id=marked_by_id,
            platform=platform,
            at=at,
        )
    came = Registration.objects.filter(pk__in=change.attended).select_related("person", "posting")
    attend_workshop(
        workshop=_workshop(session),
        attendees=[Attendee(r.person, r.context, r.posting) for r in came.order_by("pk")],
        marked_by_id=marked_by_id,
        platform=platform,
        at=at,
    )
    Registration.objects.filter(pk__in=change.attended).update(absent_at=None)
    Registration.objects.filter(pk__in=change.absent).update(absent_at=at)
    return change


def _workshop(session: WorkshopSession) -> Workshop:
    course = session.course
    return Workshop(
        public_id=session.public_id,
        title=session.title,
        minutes=session.minutes,
        course_id=session.course_id,
        course_code=course.code if course else "",
        course_title=course.title if course else "",
    )
