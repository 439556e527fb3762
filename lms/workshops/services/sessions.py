"""Writing workshop sessions: plan, change, cancel."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.models import Course
from lms.people.models import User
from lms.workshops.models import WorkshopSession
from lms.workshops.rules import SessionFacts, SessionProblem, find_problems
from lms.workshops.selectors import find_session
from lms.workshops.services.registrations import lock_session, settle_seats


class SessionProblemsError(Exception):
    """The session cannot be saved as written; ``problems`` say why."""

    def __init__(self, problems: tuple[SessionProblem, ...], registered: int) -> None:
        super().__init__(problems)
        self.problems = problems
        self.registered = registered


class SessionCancelledError(Exception):
    """The session was cancelled: it changes no more."""


class AttendanceTakenError(Exception):
    """Somebody attended: the session was held and cannot be cancelled."""


@dataclass(frozen=True)
class SessionDraft:
    """A session as its form says it. Instants are aware."""

    title: str
    summary: str
    modality: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    is_published: bool
    trainer: User | None
    course: Course | None = None
    place: str = ""
    region: str = ""
    join_url: str = ""

    @property
    def facts(self) -> SessionFacts:
        return SessionFacts(self.starts_at, self.ends_at, self.seats, self.is_published)


@transaction.atomic
def create_session(*, draft: SessionDraft, at: datetime, public_id: UUID | None = None) -> WorkshopSession:
    """Plan a session.

    Raises:
        SessionProblemsError: it ends before it starts, or starts in the past.
    """
    problems = find_problems(draft=draft.facts, at=at)
    if problems:
        raise SessionProblemsError(problems, 0)
    session = WorkshopSession(updated_at=at, **({"public_id": public_id} if public_id else {}))
    return _write(session, draft, at)


@transaction.atomic
def edit_session(*, session_id: int, draft: SessionDraft, at: datetime) -> WorkshopSession:
    """Change a session; seats that are new go to those who wait.

    Raises:
        SessionCancelledError: it was cancelled.
        SessionProblemsError: see :func:`lms.workshops.rules.find_problems`.
    """
    session = lock_session(session_id=session_id)
    if session.is_cancelled:
        raise SessionCancelledError
    row = find_session(public_id=session.public_id)
    assert row is not None
    problems = find_problems(
        draft=draft.facts,
        at=at,
        registered=row.registered,
        waiting=row.waiting,
        current=session.facts,
    )
    if problems:
        raise SessionProblemsError(problems, row.registered)
    session.revision += 1
    _write(session, draft, at)
    settle_seats(session=session, at=at)
    return session


def _write(session: WorkshopSession, draft: SessionDraft, at: datetime) -> WorkshopSession:
    session.title, session.summary, session.course = draft.title, draft.summary, draft.course
    session.modality, session.join_url = draft.modality, draft.join_url
    session.place, session.region = draft.place, draft.region
    session.starts_at, session.ends_at, session.seats = draft.starts_at, draft.ends_at, draft.seats
    session.trainer, session.is_published, session.updated_at = draft.trainer, draft.is_published, at
    session.save()
    return session


@transaction.atomic
def cancel_session(*, session_id: int, reason: str, at: datetime) -> WorkshopSession:
    """Call the session off; it stays to be seen, with its reason. Twice is once.

    Raises:
        AttendanceTakenError: somebody is marked as present.
    """
    session = lock_session(session_id=session_id)
    if session.is_cancelled:
        return session
    if session.attendances.filter(voided_at__isnull=True).exists():
        raise AttendanceTakenError
    session.cancelled_at = session.updated_at = at
    session.cancel_reason = reason
    session.revision += 1
    session.save()
    return session
