"""Seats, the waiting list, changes of a session."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection

from lms.people.services.accounts import erase_person
from lms.progress.models import LearningContext
from lms.workshops.models import Modality, Registration, RegistrationState, WorkshopSession
from lms.workshops.rules import SessionProblem, SignUpRefusal
from lms.workshops.selectors import find_session, get_standing, list_mine, list_sheet
from lms.workshops.services import make_demo_sessions
from lms.workshops.services.registrations import NoPostingError, SignUpClosedError, leave, sign_up
from lms.workshops.services.sessions import (
    AttendanceTakenError,
    SessionCancelledError,
    SessionDraft,
    SessionProblemsError,
    cancel_session,
    create_session,
    edit_session,
)
from tests.factories.people import PersonFactory, PostingFactory, UserFactory
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory

pytestmark = pytest.mark.django_db

SEAT, QUEUE, GONE = RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.CANCELLED


def join(session: WorkshopSession, at: datetime, minute: int = 0) -> Registration:
    registration, _is_new = sign_up(
        session_id=session.pk,
        person=PersonFactory(),
        context=LearningContext.CITIZEN,
        posting=None,
        at=at + timedelta(minutes=minute),
    )
    return registration


def state_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def draft_of(session: WorkshopSession) -> SessionDraft:
    return SessionDraft(
        title=session.title,
        summary=session.summary,
        modality=session.modality,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        seats=session.seats,
        is_published=session.is_published,
        trainer=session.trainer,
        place=session.place,
        region=session.region,
    )


def test_seats_are_given_until_there_are_none(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=2)
    assert [join(session, at, minute).state for minute in range(3)] == [SEAT, SEAT, QUEUE]


def test_whoever_leaves_gives_the_seat_to_the_first_in_the_queue(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=1)
    first, second, third = (join(session, at, minute) for minute in range(3))
    assert leave(session_id=session.pk, person=first.person, at=at + timedelta(hours=1))
    assert [state_of(r) for r in (first, second, third)] == [GONE, SEAT, QUEUE]


def test_whoever_leaves_the_queue_moves_the_others_up(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=1)
    _first, second, third = (join(session, at, minute) for minute in range(3))
    leave(session_id=session.pk, person=second.person, at=at + timedelta(hours=1))
    assert get_standing(session=session, person_id=third.person_id).position == 1


def test_whoever_comes_back_queues_at_the_end(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=1)
    first, second = (join(session, at, minute) for minute in range(2))
    leave(session_id=session.pk, person=first.person, at=at + timedelta(hours=1))
    again, is_new = sign_up(
        session_id=session.pk,
        person=first.person,
        context=LearningContext.CITIZEN,
        posting=None,
        at=at + timedelta(hours=2),
    )
    assert (again.pk, again.state, is_new) == (first.pk, QUEUE, True)
    assert state_of(second) == SEAT


def test_signing_up_twice_changes_nothing(at: datetime) -> None:
    session = WorkshopSessionFactory()
    first = join(session, at)
    again, is_new = sign_up(
        session_id=session.pk,
        person=first.person,
        context=LearningContext.CITIZEN,
        posting=None,
        at=at + timedelta(hours=1),
    )
    assert (again.pk, again.registered_at, is_new) == (first.pk, first.registered_at, False)


def test_leaving_twice_changes_nothing(at: datetime) -> None:
    session = WorkshopSessionFactory()
    person = join(session, at).person
    assert leave(session_id=session.pk, person=person, at=at)
    assert not leave(session_id=session.pk, person=person, at=at)


@pytest.mark.parametrize(
    ("trait", "refusal"),
    [
        ("cancelled", SignUpRefusal.CANCELLED),
        ("running", SignUpRefusal.STARTED),
        ("held", SignUpRefusal.STARTED),
        ("hidden", SignUpRefusal.NOT_PUBLISHED),
    ],
)
def test_nobody_signs_up_where_it_is_closed(at: datetime, trait: str, refusal: SignUpRefusal) -> None:
    session = WorkshopSessionFactory(**{trait: True})
    with pytest.raises(SignUpClosedError) as caught:
        join(session, at)
    assert caught.value.refusal == refusal
    assert not Registration.objects.exists()


def test_nobody_leaves_a_session_that_has_started(at: datetime) -> None:
    registration = RegistrationFactory(session=WorkshopSessionFactory(running=True))
    with pytest.raises(SignUpClosedError):
        leave(session_id=registration.session_id, person=registration.person, at=at)


def test_nobody_takes_part_as_an_employee_without_a_posting(at: datetime) -> None:
    session = WorkshopSessionFactory()
    with pytest.raises(NoPostingError):
        sign_up(
            session_id=session.pk,
            person=PersonFactory(),
            context=LearningContext.EMPLOYEE,
            posting=None,
            at=at,
        )


def test_posting_of_that_time_is_kept_for_employees_only(at: datetime) -> None:
    posting = PostingFactory()
    key = {"person": posting.person, "posting": posting, "at": at}
    at_work, _ = sign_up(session_id=WorkshopSessionFactory().pk, context=LearningContext.EMPLOYEE, **key)
    alone, _ = sign_up(session_id=WorkshopSessionFactory().pk, context=LearningContext.CITIZEN, **key)
    assert (at_work.posting, alone.posting) == (posting, None)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_want_the_last_seat_do_not_both_get_it(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=1)
    people = [PersonFactory() for _ in range(4)]
    start = threading.Barrier(len(people))
    states: list[str] = []

    def ask(person: object) -> None:
        try:
            start.wait(timeout=10)
            registration, _is_new = sign_up(
                session_id=session.pk,
                person=person,
                context=LearningContext.CITIZEN,
                posting=None,
                at=at,
            )
            states.append(registration.state)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(states) == [SEAT, QUEUE, QUEUE, QUEUE]


@pytest.mark.django_db(transaction=True)
def test_one_person_who_asks_twice_at_once_is_on_the_list_once(at: datetime) -> None:
    session, person = WorkshopSessionFactory(), PersonFactory()
    start = threading.Barrier(2)
    news: list[bool] = []

    def ask() -> None:
        try:
            start.wait(timeout=10)
            _registration, is_new = sign_up(
                session_id=session.pk,
                person=person,
                context=LearningContext.CITIZEN,
                posting=None,
                at=at,
            )
            news.append(is_new)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(news) == [False, True]


def test_seat_of_an_erased_person_goes_to_the_queue_before_newcomers(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=1)
    first, second = (join(session, at, minute) for minute in range(2))
    erase_person(person=first.person, at=at)
    third = join(session, at, 5)
    assert [state_of(second), state_of(third)] == [SEAT, QUEUE]


def test_erased_person_is_on_no_list(at: datetime) -> None:
    registration = RegistrationFactory()
    erase_person(person=registration.person, at=at)
    row = find_session(public_id=registration.session.public_id)
    assert row is not None
    assert row.registered == 0
    assert list_sheet(session_id=registration.session_id) == []


def test_more_seats_let_the_queue_in(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=1)
    _first, second, third = (join(session, at, minute) for minute in range(3))
    edit_session(session_id=session.pk, draft=replace(draft_of(session), seats=2), at=at + timedelta(hours=1))
    assert [state_of(second), state_of(third)] == [SEAT, QUEUE]


def test_each_change_counts_a_revision(at: datetime) -> None:
    session = WorkshopSessionFactory()
    edited = edit_session(session_id=session.pk, draft=replace(draft_of(session), title="Otro"), at=at)
    assert (edited.revision, edited.title, edited.updated_at) == (1, "Otro", at)


def test_seats_cannot_go_below_the_people_who_have_one(at: datetime) -> None:
    session = WorkshopSessionFactory(seats=3)
    for minute in range(2):
        join(session, at, minute)
    with pytest.raises(SessionProblemsError) as caught:
        edit_session(session_id=session.pk, draft=replace(draft_of(session), seats=1), at=at)
    assert caught.value.problems == (SessionProblem.SEATS_BELOW_REGISTERED,)
    assert caught.value.registered == 2


def test_cancelled_session_changes_no_more(at: datetime) -> None:
    session = WorkshopSessionFactory(cancelled=True)
    with pytest.raises(SessionCancelledError):
        edit_session(session_id=session.pk, draft=draft_of(session), at=at)


def test_cancelling_twice_keeps_the_first_reason(at: datetime) -> None:
    session = WorkshopSessionFactory()
    for reason in ("Paro de transporte", "Otro"):
        cancel_session(session_id=session.pk, reason=reason, at=at)
    session.refresh_from_db()
    assert (session.cancel_reason, session.cancelled_at) == ("Paro de transporte", at)


def test_session_that_somebody_attended_cannot_be_cancelled(at: datetime) -> None:
    registration = RegistrationFactory(session=WorkshopSessionFactory(held=True))
    registration.session.attendances.create(
        person=registration.person, context=registration.context, minutes=240, marked_at=at
    )
    with pytest.raises(AttendanceTakenError):
        cancel_session(session_id=registration.session_id, reason="Nadie vino", at=at)


def test_new_session_in_the_past_is_refused(at: datetime) -> None:
    draft = draft_of(WorkshopSessionFactory.build(held=True))
    with pytest.raises(SessionProblemsError):
        create_session(draft=draft, at=at)


def test_deleted_trainer_leaves_the_session(at: datetime) -> None:
    person = PersonFactory(with_account=True)
    session = WorkshopSessionFactory(trainer=person.user)
    erase_person(person=person, at=at)
    session.refresh_from_db()
    assert session.trainer is None


def test_my_workshops_are_those_ahead_soonest_first(at: datetime) -> None:
    person = PersonFactory()
    later = RegistrationFactory(person=person)
    sooner = RegistrationFactory(
        person=person, session=WorkshopSessionFactory(starts_at=at + timedelta(days=2)), waiting=True
    )
    RegistrationFactory(person=person, left=True)
    RegistrationFactory(person=person, session=WorkshopSessionFactory(held=True))
    mine = list_mine(person_id=person.pk, at=at)
    assert [(s.session, s.has_seat, s.position) for s in mine.upcoming] == [
        (sooner.session, False, 1),
        (later.session, True, None),
    ]


def test_demonstration_has_three_sessions_however_often_it_is_built(at: datetime) -> None:
    trainer, posting = UserFactory(), PostingFactory()
    made = make_demo_sessions(at=at, trainer=trainer, attendees=[posting])
    assert make_demo_sessions(at=at, trainer=trainer, attendees=[posting]) == []
    assert [session.modality for session in made] == [Modality.IN_PERSON, Modality.ONLINE, Modality.IN_PERSON]
    assert made[0].registrations.get().posting == posting
    assert made[2].ends_at < at


def test_demonstration_needs_nobody(at: datetime) -> None:
    assert len(make_demo_sessions(at=at)) == 3
