"""Answers in conversations are told once a day to whoever asked, without who or what, and never to HR."""

from datetime import datetime, timedelta

import pytest

from lms.discussions.models import CourseDiscussion, Member, Post
from lms.discussions.rules.moderation import Decision
from lms.discussions.services.moderating import decide_post
from lms.notices.choices import keep_choices, list_choices
from lms.notices.mail_settings import read_mail_settings
from lms.notices.models import MailPreference, Notice
from lms.notices.rules.kinds import Group, Kind, State
from lms.notices.services.preferences import turn_everything_off
from lms.notices.services.replies import plan_replies
from lms.people.models import Person
from tests.factories.discussions import MODERATOR, answer, open_discussion, take_part, write_thread
from tests.factories.people import UserFactory
from tests.notices.sink import Sink
from tests.notices.stage import Stage
from tests.personas import client_for

SOON, NEXT_DAY = timedelta(minutes=30), timedelta(days=3)  # Friday noon, then Monday


@pytest.fixture
def ana(stage: Stage) -> Person:
    return stage.hire(person={"user": UserFactory()})


@pytest.fixture
def discussion(stage: Stage) -> CourseDiscussion:
    return open_discussion(at=stage.at)


@pytest.fixture
def first(stage: Stage, ana: Person, discussion: CourseDiscussion) -> Post:
    """Ana's subject; she asked to be told."""
    post = write_thread(discussion, ana, place=stage.institution, title="Secreto", at=stage.at)
    Member.objects.update(mail_replies=True)
    return post


def say(stage: Stage, post: Post, *texts: str, at: datetime | None = None) -> list[Post]:
    return [answer(post, stage.hire(f"Bruno{text}"), text=text, at=at or stage.at) for text in texts]


def run(stage: Stage, at: datetime) -> None:
    plan_replies(at=at, calendar=read_mail_settings().calendar)
    stage.send(at)


def test_one_mail_tells_how_many_and_in_which_course_and_nothing_else(
    stage: Stage, sink: Sink, first: Post
) -> None:
    say(stage, first, "Reservado", "Privado")
    for _time in range(2):
        run(stage, stage.at + SOON)
    [mail] = sink.received
    for part in (mail.part("text/plain"), mail.part("text/html")):
        assert "Hay 2 mensajes nuevos en un tema tuyo del curso «Curso de prueba»." in part
        assert f"https://aula.gob.example/aula/curso/conversacion/temas/{first.thread.public_id}/" in part
        assert "pediste saber" in part and "nadie lo lee" in part
        assert not any(word in part for word in ("Secreto", "Reservado", "Bruno"))


def test_nobody_is_told_who_did_not_ask(stage: Stage, sink: Sink, first: Post, ana: Person) -> None:
    take_part(first.thread.discussion, ana, at=stage.at)
    say(stage, first, "Hola")
    run(stage, stage.at + SOON)
    assert not sink.received and not Notice.objects.exists()


def test_what_comes_after_the_days_mail_is_told_the_next_day_and_nothing_twice(
    stage: Stage, sink: Sink, first: Post
) -> None:
    say(stage, first, "Uno")
    run(stage, stage.at + SOON)
    say(stage, first, "Dos", at=stage.at + SOON)
    run(stage, stage.at + SOON * 2)
    assert len(sink.received) == 1
    run(stage, stage.at + NEXT_DAY)
    assert "Hay 1 mensaje nuevo" in sink.received[1].part("text/plain")
    run(stage, stage.at + NEXT_DAY + timedelta(days=1))
    assert len(sink.received) == 2


def test_a_message_that_was_hidden_before_the_mail_is_not_told(stage: Stage, sink: Sink, first: Post) -> None:
    [post] = say(stage, first, "Uno")
    plan_replies(at=stage.at + SOON, calendar=read_mail_settings().calendar)
    decide_post(
        post_id=post.pk,
        decision=Decision.HIDE,
        reason="Ofende",
        seen=0,
        moderator=MODERATOR,
        at=stage.at + SOON,
    )
    stage.send(stage.at + SOON)
    assert not sink.received and Notice.objects.get().state == State.CANCELLED


def test_own_messages_other_peoples_subjects_and_a_lost_job_are_no_reason_to_write(
    stage: Stage, first: Post, ana: Person
) -> None:
    answer(first, ana, at=stage.at)
    Member.objects.update(mail_replies=True)
    assert plan_replies(at=stage.at + SOON, calendar=read_mail_settings().calendar) == 0
    say(stage, first, "Uno")
    ana.postings.update(valid_until=stage.at.date() - timedelta(days=1))
    assert plan_replies(at=stage.at + SOON, calendar=read_mail_settings().calendar) == 0


def test_hr_is_not_told_who_speaks(stage: Stage, first: Post) -> None:
    say(stage, first, "Uno")
    plan_replies(at=stage.at + SOON, calendar=read_mail_settings().calendar)
    assert Notice.objects.get().institution is None


def test_the_wish_is_shown_with_the_others_and_can_be_taken_back_and_given_again(
    stage: Stage, first: Post, ana: Person
) -> None:
    assert Group.REPLY in {choice.value for choice in list_choices(person_id=ana.pk, at=stage.at)}
    keep_choices(person_id=ana.pk, wanted=[Group.LATE], at=stage.at)
    assert not Member.objects.get().mail_replies
    assert Group.REPLY not in {choice.value for choice in list_choices(person_id=ana.pk, at=stage.at)}
    take_part(first.thread.discussion, ana, at=stage.at, mail_replies=True)
    turn_everything_off(person_id=ana.pk, at=stage.at)
    assert not Member.objects.get().mail_replies
    assert Group.REPLY not in MailPreference.objects.get().turned_off


def test_the_platform_tells_it_too(stage: Stage, first: Post, ana: Person) -> None:
    say(stage, first, "Uno")
    plan_replies(at=stage.at - timedelta(hours=1) + SOON * 3, calendar=read_mail_settings().calendar)
    Notice.objects.update(not_before=stage.at)
    page = client_for(ana.user).get("/aula/avisos/").content.decode()
    assert "Respondieron en un tema tuyo." in page and "/aula/conversaciones/" in page
    assert Notice.objects.get().kind == Kind.REPLY
