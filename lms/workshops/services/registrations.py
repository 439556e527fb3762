"""Writing registrations: sign up, leave, give free seats to those who wait."""

from datetime import datetime

from django.db import transaction

from lms.lib.clock import local_date
from lms.people.models import Person, Posting
from lms.progress.models import LearningContext
from lms.workshops.models import Registration, RegistrationState, WorkshopSession
from lms.workshops.rules import SignUpRefusal, may_mark, promote, refuse_sign_up
from lms.workshops.selectors import list_queue


class SignUpClosedError(Exception):
    """Nobody signs up or leaves any more; ``refusal`` says why."""

    def __init__(self, refusal: SignUpRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class NoPostingError(Exception):
    """One cannot take part as an employee without a posting."""


def lock_session(*, session_id: int) -> WorkshopSession:
    """The session, locked until the transaction ends: whatever concerns its seats waits here."""
    return WorkshopSession.objects.select_for_update().get(pk=session_id)


@transaction.atomic
def sign_up(
    *, session_id: int, person: Person, context: str, posting: Posting | None, at: datetime
) -> tuple[Registration, bool]:
    """``(registration, is_new)``: with a seat where one is free, else at the end of the queue.

    Signing up twice changes nothing.

    Raises:
        SignUpClosedError: not published, cancelled or started.
        NoPostingError: as an employee without posting.
    """
    session = lock_session(session_id=session_id)
    refusal = refuse_sign_up(session=session.facts, at=at)
    if refusal:
        raise SignUpClosedError(refusal)
    if context == LearningContext.EMPLOYEE and posting is None:
        raise NoPostingError
    registration = Registration.objects.filter(session=session, person=person).first()
    if registration and registration.is_active:
        return registration, False
    registration = registration or Registration(session=session, person=person)
    registration.context = context
    registration.posting = posting if context == LearningContext.EMPLOYEE else None
    registration.state, registration.registered_at = RegistrationState.WAITING, at
    registration.save()
    settle_seats(session=session, at=at)
    registration.refresh_from_db()
    return registration, True


@transaction.atomic
def put_on_sheet(*, session_id: int, person: Person, at: datetime) -> tuple[Registration, bool]:
    """``(registration, is_new)`` of somebody who has no account, or came without signing up.

    Once attendance is taken whoever came has a seat; before, as if the person had signed up. The
    posting is that of the day of the session; without one the person comes as a citizen.

    Raises:
        SignUpClosedError: not published or cancelled.
    """
    session = lock_session(session_id=session_id)
    posting = (
        Posting.objects.valid_on(local_date(session.starts_at))
        .filter(person=person)
        .order_by("-valid_from", "-pk")
        .first()
    )
    context = LearningContext.EMPLOYEE if posting else LearningContext.CITIZEN
    if not may_mark(session=session.facts, at=at):
        return sign_up(session_id=session_id, person=person, context=context, posting=posting, at=at)
    registration = Registration.objects.filter(session=session, person=person).first()
    if registration and registration.is_active:
        return registration, False
    registration = registration or Registration(session=session, person=person)
    registration.context, registration.posting = context, posting
    registration.state, registration.registered_at = RegistrationState.REGISTERED, at
    registration.save()
    return registration, True


@transaction.atomic
def leave(*, session_id: int, person: Person, at: datetime) -> bool:
    """Give the seat, or the place in the queue, back; false where there was none.

    Raises:
        SignUpClosedError: not published, cancelled or started.
    """
    session = lock_session(session_id=session_id)
    refusal = refuse_sign_up(session=session.facts, at=at)
    if refusal:
        raise SignUpClosedError(refusal)
    left = Registration.objects.active().filter(session=session, person=person)
    if not Registration.objects.filter(pk__in=list(left.values_list("pk", flat=True))).update(
        state=RegistrationState.CANCELLED
    ):
        return False
    settle_seats(session=session, at=at)
    return True


@transaction.atomic
def settle_seats(*, session: WorkshopSession, at: datetime) -> int:
    """Give each free seat to the next in the queue until the session starts; how many. Safe to repeat.

    The caller has locked the session. Seats of erased people are free.
    """
    if refuse_sign_up(session=session.facts, at=at) in (SignUpRefusal.CANCELLED, SignUpRefusal.STARTED):
        return 0
    ids = promote(seats=session.seats, queue=list_queue(session_id=session.pk))
    if not ids:
        return 0
    return Registration.objects.filter(pk__in=ids).update(state=RegistrationState.REGISTERED)
