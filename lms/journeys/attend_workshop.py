"""Who led a workshop attests who attended it, and may take an attendance back.

The rows lie in ``lms.workshops``, above this layer; it hands its book down once, when the
application starts. Attending completes no unit of a course.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from tincan import Activity, Agent, AgentAccount, Result, Statement, StatementRef

from lms.people.models import Person, Posting, Pseudonym
from lms.people.services.pseudonyms import ensure_pseudonym
from lms.progress.models import Assurance, Enrolment
from lms.progress.statements import course_iri
from lms.xapi import vocabulary as words
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements
from lms.xapi.statements import account, activity, build_statement, statement_id, verb
from lms.xapi.vocabulary import own_extension


@dataclass(frozen=True)
class Workshop:
    """The session as statements name it; ``course_id`` is that of its course, if it has one."""

    public_id: UUID
    title: str
    minutes: int
    course_id: int | None = None
    course_code: str = ""
    course_title: str = ""


@dataclass(frozen=True)
class Attendee:
    """Who came, in which context and, as an employee, in which job."""

    person: Person
    context: str
    posting: Posting | None


@dataclass(frozen=True)
class AttendanceFact:
    """``person_id`` attended the session; with ``voided_at``, that was taken back."""

    public_id: UUID
    session_id: UUID
    person_id: int
    context: str
    posting_id: int | None
    minutes: int
    marked_at: datetime
    voided_at: datetime | None = None
    void_reason: str = ""


class AttendanceBook(Protocol):
    """Where the rows of attendance are kept."""

    def record(
        self, *, workshop: Workshop, attendees: Sequence[Attendee], marked_by_id: int | None, at: datetime
    ) -> list[AttendanceFact]:
        """Append an attendance for whoever has none in force; the new ones only."""

    def void(
        self,
        *,
        session_id: UUID,
        person_ids: Sequence[int],
        reason: str,
        voided_by_id: int | None,
        at: datetime,
    ) -> list[AttendanceFact]:
        """Void the attendances in force of these people; those that it voided."""

    def read(self) -> Iterator[AttendanceFact]:
        """All rows, streamed."""

    def read_of(self, *, person_id: int) -> list[tuple[AttendanceFact, str]]:
        """Those of one person with the titles of the sessions, the latest first. One query."""

    def restore(self, *, facts: Sequence[AttendanceFact]) -> None:
        """Make the rows of people who are not erased what the facts say."""


_books: list[AttendanceBook] = []


def keep_attendance_in(book: AttendanceBook) -> None:
    """Name the book, when the application starts."""
    _books[:] = [book]


def attendance_book() -> AttendanceBook:
    """The book of attendance."""
    return _books[0]


@transaction.atomic
def attend_workshop(
    *,
    workshop: Workshop,
    attendees: Sequence[Attendee],
    marked_by_id: int | None,
    platform: Platform,
    at: datetime,
) -> list[AttendanceFact]:
    """Record and state that these people attended; the new facts only, so that twice is once.

    Queries: a fixed number, and up to three per person who never had a pseudonym.
    """
    new = attendance_book().record(workshop=workshop, attendees=attendees, marked_by_id=marked_by_id, at=at)
    if not new:
        return []
    came = {attendee.person.pk: attendee for attendee in attendees}
    ids = [fact.person_id for fact in new]
    names = _pseudonyms([came[id] for id in ids], platform)
    enrolments = _registrations(workshop, ids)
    store_statements(
        statements=[
            attended(
                fact=fact,
                workshop=workshop,
                actor=account(
                    platform=platform, context=fact.context, name=names[fact.person_id, fact.context]
                ),
                posting=came[fact.person_id].posting,
                registration=enrolments.get((fact.person_id, fact.context)),
                platform=platform,
            )
            for fact in new
        ],
        platform=platform,
    )
    return new


@transaction.atomic
def void_attendance(
    *,
    session_id: UUID,
    person_ids: Sequence[int],
    reason: str,
    voided_by_id: int | None,
    platform: Platform,
    at: datetime,
) -> list[AttendanceFact]:
    """Take back, and state it, what was marked wrongly; the facts that were in force until now."""
    taken_back = attendance_book().void(
        session_id=session_id, person_ids=person_ids, reason=reason, voided_by_id=voided_by_id, at=at
    )
    store_statements(
        statements=[attendance_voided(fact=fact, platform=platform) for fact in taken_back],
        platform=platform,
    )
    return taken_back


def workshop_iri(*, platform: Platform, session_id: UUID) -> str:
    return f"{platform.base_iri}/id/taller/{session_id}"


def attended(
    *,
    fact: AttendanceFact,
    workshop: Workshop,
    actor: Agent,
    posting: Posting | None,
    registration: UUID | None,
    platform: Platform,
) -> Statement:
    """«asistió a» the session: for how long, in which context and job, on whose word (always ``D``)."""
    said = {
        "asistencia-id": str(fact.public_id),
        "contexto": fact.context,
        "minutos": fact.minutes,
        "garantia": str(Assurance.D),
    }
    if posting:
        said["destinacion"] = str(posting.public_id)
    return build_statement(
        id=statement_id("attended", fact.public_id, platform=platform),
        actor=actor,
        verb=verb(words.ATTENDED),
        object=activity(
            iri=workshop_iri(platform=platform, session_id=fact.session_id),
            kind=words.MEETING,
            name=workshop.title,
        ),
        parent=_course(workshop, platform),
        registration=registration,
        at=fact.marked_at,
        result=Result(duration=timedelta(minutes=fact.minutes)),
        extensions={own_extension(platform.base_iri, name): value for name, value in said.items()},
    )


def attendance_voided(*, fact: AttendanceFact, platform: Platform) -> Statement:
    """«anuló» the statement of an attendance, said by the platform itself: the learner did not say it."""
    assert fact.voided_at is not None
    return build_statement(
        id=statement_id("attendance-voided", fact.public_id, platform=platform),
        actor=Agent(account=AgentAccount(home_page=platform.base_iri, name="aula-abierta")),
        verb=verb(words.VOIDED),
        object=StatementRef(id=statement_id("attended", fact.public_id, platform=platform)),
        at=fact.voided_at,
        extensions={
            own_extension(platform.base_iri, "asistencia-id"): str(fact.public_id),
            own_extension(platform.base_iri, "motivo"): str(fact.void_reason),
        },
    )


def _course(workshop: Workshop, platform: Platform) -> Activity | None:
    if not workshop.course_code:
        return None
    iri = course_iri(platform=platform, code=workshop.course_code)
    return activity(iri=iri, kind=words.COURSE, name=workshop.course_title)


def _pseudonyms(attendees: Sequence[Attendee], platform: Platform) -> dict[tuple[int, str], str]:
    people = [attendee.person.pk for attendee in attendees]
    names = {
        (person_id, context): name
        for person_id, context, name in Pseudonym.objects.filter(
            person_id__in=people, is_in_use=True
        ).values_list("person_id", "context", "name")
    }
    for attendee in attendees:
        key = (attendee.person.pk, attendee.context)
        if key not in names:
            names[key] = ensure_pseudonym(
                person=attendee.person, context=attendee.context, key=platform.pseudonym_key
            )
    return names


def _registrations(workshop: Workshop, person_ids: Sequence[int]) -> dict[tuple[int, str], UUID]:
    """The latest enrolment of each person in the session's course, by person and context."""
    if workshop.course_id is None:
        return {}
    enrolments = Enrolment.objects.filter(course_id=workshop.course_id, person_id__in=person_ids)
    return {
        (person_id, context): public_id
        for person_id, context, public_id in enrolments.order_by("cycle").values_list(
            "person_id", "context", "public_id"
        )
    }
