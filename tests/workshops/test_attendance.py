"""Attendance: rows and statements, both or neither, and the way back from statements to rows."""

import threading
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection

from courses.models import Course, CourseRelease
from lms.journeys import attend_workshop as journey
from lms.journeys.replay_progress import check, rebuild
from lms.people.models import Pseudonym
from lms.people.services.accounts import erase_person
from lms.progress.models import Enrolment, LearningContext
from lms.workshops.models import Attendance, Registration, VoidReason
from lms.workshops.rules import Mark
from lms.workshops.services.sheets import MarkingClosedError, ReasonMissingError, save_sheet
from lms.xapi.models import Statement
from lms.xapi.platform import Platform
from tests.factories.people import PersonFactory, PostingFactory, UserFactory
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.statements import list_verbs

pytestmark = pytest.mark.django_db

EXTENSIONS = "http://testserver/xapi/extensiones/"


@pytest.fixture
def registration() -> Registration:
    """An employee with a seat in a session that is running."""
    posting = PostingFactory()
    return RegistrationFactory(
        session=WorkshopSessionFactory(running=True, title="Códigos de ética"),
        person=posting.person,
        posting=posting,
        context=LearningContext.EMPLOYEE,
    )


def save(registration: Registration, mark: Mark, platform: Platform, at: datetime, reason: str = "") -> Any:
    return save_sheet(
        session_id=registration.session_id,
        marks={registration.pk: mark},
        reason=reason,
        marked_by_id=None,
        platform=platform,
        at=at,
    )


def test_presence_is_stated(registration: Registration, platform: Platform, at: datetime) -> None:
    save(registration, Mark.PRESENT, platform, at)
    attendance, raw = Attendance.objects.get(), Statement.objects.get().raw
    name = Pseudonym.objects.get(person=registration.person, context="employee").name
    assert raw["actor"]["account"] == {"homePage": "http://testserver/personas/funcionarias", "name": name}
    assert raw["verb"]["id"] == "http://adlnet.gov/expapi/verbs/attended"
    assert raw["object"]["id"] == f"http://testserver/id/taller/{registration.session.public_id}"
    assert raw["object"]["definition"]["type"] == "http://adlnet.gov/expapi/activities/meeting"
    assert raw["object"]["definition"]["name"] == {"es": "Códigos de ética"}
    assert raw["result"] == {"duration": "PT04H00M00S"}
    assert raw["timestamp"] == "2026-11-20T15:00:00.000000Z"
    assert raw["context"]["extensions"] == {
        f"{EXTENSIONS}asistencia-id": str(attendance.public_id),
        f"{EXTENSIONS}contexto": "employee",
        f"{EXTENSIONS}minutos": 240,
        f"{EXTENSIONS}garantia": "D",
        f"{EXTENSIONS}destinacion": str(registration.posting.public_id),
    }
    assert "registration" not in raw["context"]


def test_statement_says_nothing_that_names_the_person(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    save(registration, Mark.PRESENT, platform, at)
    told = str(Statement.objects.get().raw)
    person = registration.person
    assert not [w for w in (person.family_names, person.email, person.run_masked) if w in told]


def test_session_of_a_course_names_the_enrolment(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    course = Course.objects.create(code="integridad", title="Integridad", created_at=at)
    release = CourseRelease.objects.create(
        course=course, number=1, outline_data={}, structure_hash="a", content_hash="a", published_at=at
    )
    enrolment = Enrolment.objects.create(
        person=registration.person,
        course=course,
        release=release,
        context=LearningContext.EMPLOYEE,
        posting=registration.posting,
        started_at=at,
    )
    registration.session.course = course
    registration.session.save()
    save(registration, Mark.PRESENT, platform, at)
    context = Statement.objects.get().raw["context"]
    assert context["registration"] == str(enrolment.public_id)
    assert context["contextActivities"]["parent"][0]["id"] == "http://testserver/id/curso/integridad"


def test_attending_finishes_no_unit(registration: Registration, platform: Platform, at: datetime) -> None:
    save(registration, Mark.PRESENT, platform, at)
    assert list_verbs() == ["attended"]


def test_saving_twice_states_once(registration: Registration, platform: Platform, at: datetime) -> None:
    save(registration, Mark.PRESENT, platform, at)
    assert save(registration, Mark.PRESENT, platform, at + timedelta(minutes=1)).is_nothing
    assert (Attendance.objects.count(), Statement.objects.count()) == (1, 1)


def test_journey_called_twice_states_once(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    workshop = journey.Workshop(registration.session.public_id, "Códigos de ética", 240)
    came = [journey.Attendee(registration.person, registration.context, registration.posting)]
    for _ in range(2):
        journey.attend_workshop(
            workshop=workshop, attendees=came * 2, marked_by_id=None, platform=platform, at=at
        )
    assert (Attendance.objects.count(), Statement.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_equal_posts_at_once_state_once(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    start = threading.Barrier(2)
    failures: list[Exception] = []

    def post() -> None:
        try:
            start.wait(timeout=10)
            save(registration, Mark.PRESENT, platform, at)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert (Attendance.objects.count(), Statement.objects.count()) == (1, 1)


def test_two_attendances_in_force_are_impossible(registration: Registration, at: datetime) -> None:
    key = {"session": registration.session, "person": registration.person, "context": "employee"}
    Attendance.objects.create(minutes=240, marked_at=at, **key)
    with pytest.raises(IntegrityError):
        Attendance.objects.create(minutes=240, marked_at=at, **key)


def test_row_without_statement_is_not_kept(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    with patch.object(journey, "store_statements", side_effect=RuntimeError), pytest.raises(RuntimeError):
        save(registration, Mark.PRESENT, platform, at)
    assert not Attendance.objects.exists()


def test_absence_is_a_note_and_no_statement(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    save(registration, Mark.ABSENT, platform, at)
    registration.refresh_from_db()
    assert registration.absent_at == at
    assert not Statement.objects.exists()


def test_correction_needs_a_reason(registration: Registration, platform: Platform, at: datetime) -> None:
    save(registration, Mark.PRESENT, platform, at)
    with pytest.raises(ReasonMissingError) as caught:
        save(registration, Mark.ABSENT, platform, at)
    assert caught.value.names == (registration.person.list_name,)
    assert Attendance.objects.get().voided_at is None


def test_correction_voids_the_statement_and_keeps_the_row(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    save(registration, Mark.PRESENT, platform, at)
    said = Statement.objects.get()
    save(registration, Mark.ABSENT, platform, at + timedelta(hours=1), VoidReason.MISTAKE)
    row, voiding = Attendance.objects.get(), Statement.objects.order_by("position").last()
    assert (row.voided_at, row.void_reason) == (at + timedelta(hours=1), VoidReason.MISTAKE)
    assert voiding is not None
    assert voiding.raw["verb"]["id"] == "http://adlnet.gov/expapi/verbs/voided"
    assert voiding.raw["object"] == {"objectType": "StatementRef", "id": str(said.id)}
    assert voiding.raw["actor"]["account"]["name"] == "aula-abierta"


def test_presence_after_a_correction_is_a_new_fact(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    save(registration, Mark.PRESENT, platform, at)
    save(registration, Mark.ABSENT, platform, at, VoidReason.MISTAKE)
    save(registration, Mark.PRESENT, platform, at)
    assert list(Attendance.objects.order_by("pk").values_list("void_reason", flat=True)) == ["mistake", ""]
    assert Statement.objects.count() == 3
    registration.refresh_from_db()
    assert registration.absent_at is None


@pytest.mark.parametrize("trait", ["cancelled", "hidden"])
def test_nobody_is_marked_too_early_or_where_nothing_was_held(
    platform: Platform, at: datetime, trait: str
) -> None:
    registration = RegistrationFactory(session=WorkshopSessionFactory(**{trait: True}))
    with pytest.raises(MarkingClosedError):
        save(registration, Mark.PRESENT, platform, at)


def test_whoever_waits_may_have_come_too(platform: Platform, at: datetime) -> None:
    registration = RegistrationFactory(session=WorkshopSessionFactory(running=True), waiting=True)
    save(registration, Mark.PRESENT, platform, at)
    assert Attendance.objects.get().person == registration.person


def test_people_of_another_sheet_are_left_alone(
    registration: Registration, platform: Platform, at: datetime
) -> None:
    other = RegistrationFactory(session=WorkshopSessionFactory(running=True))
    save_sheet(
        session_id=registration.session_id,
        marks={other.pk: Mark.PRESENT},
        reason="",
        marked_by_id=None,
        platform=platform,
        at=at,
    )
    assert not Attendance.objects.exists()


def test_erased_person_is_not_marked(registration: Registration, platform: Platform, at: datetime) -> None:
    erase_person(person=registration.person, at=at)
    save(registration, Mark.PRESENT, platform, at)
    assert not Attendance.objects.exists()
    assert not Pseudonym.objects.exists()


# --- Replay -------------------------------------------------------------------------------------
def facts() -> list[tuple[Any, ...]]:
    fields = ["public_id", "session_id", "person_id", "context", "posting_id", "minutes", "marked_at",
              "voided_at", "void_reason"]  # fmt: skip
    return list(Attendance.objects.order_by("public_id").values_list(*fields))


@pytest.fixture
def history(registration: Registration, platform: Platform, at: datetime) -> Registration:
    """Marked, corrected, marked again; and a citizen who came once."""
    save(registration, Mark.PRESENT, platform, at)
    save(registration, Mark.ABSENT, platform, at + timedelta(minutes=1), VoidReason.LEFT_EARLY)
    save(registration, Mark.PRESENT, platform, at + timedelta(minutes=2))
    other = RegistrationFactory(session=registration.session, person=PersonFactory())
    save(other, Mark.PRESENT, platform, at + timedelta(minutes=3))
    return registration


def test_rows_say_what_the_statements_say(history: Registration, platform: Platform) -> None:
    assert check(platform=platform) == []


def test_lost_rows_come_back_from_the_statements(
    history: Registration, platform: Platform, at: datetime
) -> None:
    before = facts()
    Attendance.objects.all().delete()
    assert len(check(platform=platform)) == 3
    assert rebuild(platform=platform, at=at)["attendances"] == 3
    assert facts() == before
    assert check(platform=platform) == []


def test_changed_and_invented_rows_are_set_right(
    history: Registration, platform: Platform, at: datetime
) -> None:
    before = facts()
    Attendance.objects.filter(voided_at__isnull=False).update(minutes=5)
    stranger = RegistrationFactory(session=history.session)
    Pseudonym.objects.create(person=stranger.person, context="citizen", name="n" * 26)
    Attendance.objects.create(
        session=history.session, person=stranger.person, context="citizen", minutes=1, marked_at=at
    )
    assert len(check(platform=platform)) == 2
    rebuild(platform=platform, at=at)
    assert facts() == before


def test_swapped_voidings_are_set_right(history: Registration, platform: Platform, at: datetime) -> None:
    before = facts()
    first, second = Attendance.objects.filter(person=history.person).order_by("pk")
    voiding = {"voided_at": first.voided_at, "void_reason": first.void_reason}
    Attendance.objects.filter(pk=second.pk).update(**voiding)
    Attendance.objects.filter(pk=first.pk).update(voided_at=None, void_reason="")
    rebuild(platform=platform, at=at)
    assert facts() == before


def test_rebuilding_keeps_who_marked(registration: Registration, platform: Platform, at: datetime) -> None:
    trainer = UserFactory()
    save_sheet(
        session_id=registration.session_id,
        marks={registration.pk: Mark.PRESENT},
        reason="",
        marked_by_id=trainer.pk,
        platform=platform,
        at=at,
    )
    rebuild(platform=platform, at=at)
    assert Attendance.objects.get().marked_by == trainer


def test_attendance_of_an_erased_person_stays_without_a_name(
    history: Registration, platform: Platform, at: datetime
) -> None:
    erase_person(person=history.person, at=at)
    assert check(platform=platform) == []
    rebuild(platform=platform, at=at)
    assert Attendance.objects.count() == 3


def test_ended_posting_is_still_that_of_the_attendance(history: Registration, platform: Platform) -> None:
    posting = history.posting
    assert posting is not None
    posting.valid_until = date(2026, 11, 30)
    posting.save()
    assert check(platform=platform) == []
