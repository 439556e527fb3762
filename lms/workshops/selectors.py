"""Reading workshops, shaped for screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lms.people.models import Role, RoleAssignment, User
from lms.workshops.models import Attendance, Modality, Registration, RegistrationState, WorkshopSession
from lms.workshops.rules import Mark, QueueEntry, seats_left, waiting_position

PAST_SHOWN = 20


@dataclass(frozen=True)
class SessionRow:
    """A session with its seats. ``registered`` and ``waiting`` are people who have not been erased."""

    session: WorkshopSession
    registered: int
    waiting: int

    @property
    def seats_left(self) -> int:
        return seats_left(seats=self.session.seats, registered=self.registered, waiting=self.waiting)

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a session. ``position`` is that in the queue, from 1."""

    session: WorkshopSession
    has_seat: bool = False
    position: int | None = None
    has_attended: bool = False

    @property
    def is_active(self) -> bool:
        return self.has_seat or self.position is not None


@dataclass(frozen=True)
class SheetLine:
    """A person on the attendance sheet, family names first."""

    registration_id: int
    person_id: int
    name: str
    institution: str
    is_waiting: bool
    mark: Mark


@dataclass(frozen=True)
class MyWorkshops:
    """What a person has ahead, and what it has attended (latest first)."""

    upcoming: list[Standing]
    attended: list[WorkshopSession]


def list_upcoming(*, at: datetime, modality: str = "") -> QuerySet[WorkshopSession]:
    """Published sessions that are not over, with counts; another value than a modality shows all."""
    sessions = WorkshopSession.objects.published().upcoming(at).with_counts()
    return sessions.filter(modality=modality) if modality in Modality.values else sessions


def list_past(*, at: datetime, modality: str = "") -> list[WorkshopSession]:
    """The latest published sessions that are over and were held. One query."""
    sessions = WorkshopSession.objects.published().past(at).filter(cancelled_at__isnull=True)
    if modality in Modality.values:
        sessions = sessions.filter(modality=modality)
    return list(sessions[:PAST_SHOWN])


def list_managed(*, trainer_id: int | None) -> QuerySet[WorkshopSession]:
    """Sessions that ``trainer_id`` leads (``None``: all), latest first, with counts."""
    sessions = WorkshopSession.objects.select_related("trainer").with_counts().order_by("-starts_at", "-pk")
    return sessions if trainer_id is None else sessions.filter(trainer_id=trainer_id)


def to_rows(*, sessions: Sequence[WorkshopSession]) -> list[SessionRow]:
    """Rows of sessions that were read with counts."""
    return [
        SessionRow(session, session.registered_count, session.waiting_count)  # type: ignore[attr-defined]
        for session in sessions
    ]


def find_session(*, public_id: UUID) -> SessionRow | None:
    """One session with course, trainer and counts. One query."""
    sessions = WorkshopSession.objects.select_related("course", "trainer").with_counts()
    found = to_rows(sessions=list(sessions.filter(public_id=public_id)))
    return found[0] if found else None


def list_queue(*, session_id: int) -> list[QueueEntry]:
    """All active registrations, as the rules of seats need them. One query."""
    return [
        QueueEntry(registration.pk, registration.registered_at, registration.has_seat)
        for registration in Registration.objects.active().filter(session_id=session_id)
    ]


def get_standing(*, session: WorkshopSession, person_id: int | None) -> Standing:
    """Where a person stands in a session. None to three queries."""
    if person_id is None:
        return Standing(session)
    registration = Registration.objects.filter(session=session, person_id=person_id).first()
    attended = Attendance.objects.filter(session=session, person_id=person_id, voided_at__isnull=True)
    if registration is None or not registration.is_active:
        return Standing(session, has_attended=attended.exists())
    position = None
    if not registration.has_seat:
        position = waiting_position(queue=list_queue(session_id=session.pk), id=registration.pk)
    return Standing(session, registration.has_seat, position, attended.exists())


def list_sheet(*, session_id: int) -> list[SheetLine]:
    """Who is expected, those with a seat first, by family name. One query; erased people are left out."""
    attendance = Attendance.objects.filter(
        session_id=OuterRef("session_id"), person_id=OuterRef("person_id"), voided_at__isnull=True
    )
    registrations = (
        Registration.objects.active()
        .filter(session_id=session_id)
        .select_related("person", "posting__institution")
        .annotate(has_attended=Exists(attendance))
        .order_by(F("state").asc(), "person__family_names", "person__given_names", "pk")
    )
    return [
        SheetLine(
            registration_id=registration.pk,
            person_id=registration.person_id,
            name=registration.person.list_name,
            institution=registration.posting.institution.name if registration.posting else "",
            is_waiting=not registration.has_seat,
            mark=_mark(registration),
        )
        for registration in registrations
    ]


def _mark(registration: Registration) -> Mark:
    if registration.has_attended:  # type: ignore[attr-defined]
        return Mark.PRESENT
    return Mark.ABSENT if registration.absent_at else Mark.NONE


def list_mine(*, person_id: int, at: datetime) -> MyWorkshops:
    """Two queries, and one per session in whose queue the person waits."""
    registrations = (
        Registration.objects.active()
        .filter(person_id=person_id, session__ends_at__gt=at)
        .select_related("session")
        .order_by("session__starts_at", "pk")
    )
    upcoming = []
    for registration in registrations:
        position = None
        if registration.state == RegistrationState.WAITING:
            queue = list_queue(session_id=registration.session_id)
            position = waiting_position(queue=queue, id=registration.pk)
        upcoming.append(Standing(registration.session, registration.has_seat, position))
    attended = (
        Attendance.objects.filter(person_id=person_id, voided_at__isnull=True, session__ends_at__lte=at)
        .select_related("session")
        .order_by("-session__starts_at")
    )
    return MyWorkshops(upcoming, [attendance.session for attendance in attended])


def list_trainers(*, at: datetime, also: Sequence[int | None] = ()) -> QuerySet[User]:
    """Accounts that may lead a workshop at ``at``, and these others (ids), by name."""
    leading = RoleAssignment.objects.valid_at(at).filter(role=Role.TRAINER).values("user_id")
    others = [user_id for user_id in also if user_id is not None]
    return User.objects.filter(Q(pk__in=leading) | Q(pk__in=others)).order_by("first_name", "last_name", "pk")
