"""Answers that a page sends by itself, all questions on one page, and limits of time."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from courses.models import CoursePage
from courses.services import publish_release
from lms.progress.models import AssessmentAttempt, Completion
from lms.progress.selectors.attempts import current_answers, drawn_of
from lms.progress.services.allowances import set_time_allowance
from tests.factories.learning import Learner, make_learner
from tests.personas import Personas, client_for

FINAL = "/aula/curso/evaluacion-final"
FIRST = f"{FINAL}/intento/1"


@pytest.fixture
def reader(learner: Learner, at: datetime) -> Learner:
    learner.read_everything(at)
    return learner


@pytest.fixture
def attempt(client: Client, reader: Learner) -> AssessmentAttempt:
    client.post(f"{FINAL}/empezar/")
    return AssessmentAttempt.objects.get()


def sent(position: int = 1, value: str = "0", **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "position": position,
        "fields": {f"q{position}": [value]},
        "flag": False,
    } | more


def post(client: Client, *answers: Any) -> Any:
    return client.post(f"{FIRST}/guardar/", json.dumps({"answers": answers}), content_type="application/json")


def test_an_answer_sent_by_the_page_is_kept(client: Client, attempt: AssessmentAttempt) -> None:
    answer = sent(flag=True)
    told = post(client, answer).json()
    assert told == {"saved": [answer["key"]], "refused": [], "late": False, "is_open": True}
    first = drawn_of(attempt)[0]
    event = current_answers(attempt=attempt)[first.key]
    assert event.answer == [first.order[0]] and event.is_flagged


def test_answers_sent_twice_are_kept_once(client: Client, attempt: AssessmentAttempt) -> None:
    answers = [sent(1), sent(2)]
    post(client, *answers)
    assert post(client, *answers).json()["saved"] == [one["key"] for one in answers]
    assert attempt.events.count() == 2


def test_a_wrong_answer_among_good_ones_is_told_apart(client: Client, attempt: AssessmentAttempt) -> None:
    good, wrong, nowhere = sent(1), sent(2, "77"), sent(9)
    told = post(client, wrong, good, nowhere).json()
    assert told["saved"] == [good["key"]] and told["refused"] == [wrong["key"], nowhere["key"]]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'{"answers": 1}', b'{"answers": [{"key": "x"}]}', b"\xff\xfe", b'{"answers": [' * 50,
        b'{"answers": [{"key": "6d6f0f4e-3c34-4a5e-8f6a-3f4f5a7a8b9c", "position": "uno", "fields": {}}]}',
        b'{"answers": [{"key": "6d6f0f4e-3c34-4a5e-8f6a-3f4f5a7a8b9c", "position": 1, "fields": {"q1": "0"}}]}',
        b'{"answers": [{"key": "6d6f0f4e-3c34-4a5e-8f6a-3f4f5a7a8b9c", "position": 1, "fields": {}, "waited": -1}]}',
    ],
)  # fmt: skip
def test_another_shape_is_refused_and_keeps_nothing(
    client: Client, attempt: AssessmentAttempt, body: bytes
) -> None:
    response = client.post(f"{FIRST}/guardar/", body, content_type="application/json")
    assert response.status_code == 400 and not attempt.events.exists()


def test_too_many_answers_at_once_are_refused(client: Client, attempt: AssessmentAttempt) -> None:
    assert post(client, *[sent() for _ in range(101)]).status_code == 400


def test_an_answer_that_arrives_after_the_hand_in_is_kept_and_does_not_count(
    client: Client, attempt: AssessmentAttempt
) -> None:
    client.post(f"{FIRST}/entregar/")
    told = post(client, sent()).json()
    assert told["late"] and not told["is_open"]
    assert attempt.events.get().is_late and current_answers(attempt=attempt) == {}


def test_the_answers_of_another_person_cannot_be_sent(
    people: Personas, attempt: AssessmentAttempt, at: datetime
) -> None:
    make_learner(person=people.bruno.person, at=at)
    assert post(client_for(people.bruno), sent()).status_code == 404
    assert not attempt.events.exists()


def test_what_the_page_sends_comes_back_on_another_device(
    people: Personas, client: Client, attempt: AssessmentAttempt
) -> None:
    post(client, sent(2, "1"))
    page = client_for(people.ana).get(f"{FIRST}/2/").content.decode()
    assert 'name="q2" value="1" checked' in page


def test_what_waited_longer_does_not_replace_what_was_answered_since(
    client: Client, attempt: AssessmentAttempt
) -> None:
    post(client, sent(1, "1"))
    post(client, sent(1, "0", waited=600))
    first = drawn_of(attempt)[0]
    assert current_answers(attempt=attempt)[first.key].answer == [first.order[1]]
    assert attempt.events.count() == 2


def test_an_answer_that_is_taken_back_is_none(client: Client, attempt: AssessmentAttempt) -> None:
    post(client, sent(1))
    post(client, {**sent(1), "fields": {}})
    assert [event.answer for event in attempt.events.all()][-1] is None
    assert "Te faltan 3 preguntas" in client.get(f"{FIRST}/revisar/").content.decode()


# --- All on one page ---------------------------------------------------------------------------------
def test_all_questions_stand_on_one_page_without_their_keys(
    client: Client, attempt: AssessmentAttempt
) -> None:
    page = client.get(f"{FIRST}/").content.decode()
    assert page.count("data-question=") == 3
    assert "es lo que pide la ley" not in page and "correct" not in page


def test_a_page_of_all_questions_keeps_them_all(client: Client, attempt: AssessmentAttempt) -> None:
    response = client.post(f"{FIRST}/", {"q1": "0", "q2": "1", "q3": "0", "revisar3": "1"})
    assert response["Location"] == f"{FIRST}/revisar/"
    assert len(current_answers(attempt=attempt)) == 3


def test_a_wrong_answer_on_a_page_of_all_loses_none_of_the_others(
    client: Client, attempt: AssessmentAttempt
) -> None:
    page = client.post(f"{FIRST}/", {"q1": "0", "q2": "99", "q3": "0"}, follow=True).content.decode()
    assert "tu respuesta a la pregunta 2" in page
    assert len(current_answers(attempt=attempt)) == 2


def test_an_assessment_on_one_page_starts_there(
    client: Client, reader: Learner, course: CoursePage, at: datetime
) -> None:
    change(course, reader, at, assessment_on_one_page=True)
    assert client.post(f"{FINAL}/empezar/")["Location"] == f"{FIRST}/"


# --- Time --------------------------------------------------------------------------------------------
def change(course: CoursePage, learner: Learner, at: datetime, **values: Any) -> None:
    """Publish with other terms, and put the learner under them."""
    for name, value in values.items():
        setattr(course, name, value)
    course.save()
    release, _new = publish_release(page=course, at=at)
    learner.enrolment.release = release
    learner.enrolment.save()


@pytest.fixture
def timed(client: Client, reader: Learner, course: CoursePage, at: datetime) -> AssessmentAttempt:
    change(course, reader, at, assessment_minutes=40)
    client.post(f"{FINAL}/empezar/")
    return AssessmentAttempt.objects.get()


def test_an_attempt_has_its_minutes_from_the_start(client: Client, timed: AssessmentAttempt) -> None:
    assert timed.deadline_at == timed.started_at + timedelta(minutes=40)
    assert "Tienes hasta el" in client.get(f"{FIRST}/1/").content.decode()


def test_who_has_more_time_has_a_later_deadline_and_is_told(
    people: Personas, client: Client, reader: Learner, course: CoursePage, at: datetime
) -> None:
    change(course, reader, at, assessment_minutes=30)
    set_time_allowance(person=people.ana.person, percent=150, author=None, at=at)
    assert "45 min" in client.get(f"{FINAL}/").content.decode()
    client.post(f"{FINAL}/empezar/")
    attempt = AssessmentAttempt.objects.get()
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=45)


def test_an_attempt_whose_time_is_over_is_handed_in_when_it_is_looked_at(
    client: Client, timed: AssessmentAttempt
) -> None:
    client.post(f"{FIRST}/1/", {"q1": "0"})
    assert timed.deadline_at is not None
    with time_machine.travel(timed.deadline_at + timedelta(hours=2)):
        assert client.get(f"{FIRST}/2/")["Location"] == f"{FIRST}/resultado/"
    timed.refresh_from_db()
    assert timed.state == "submitted" and timed.submitted_at == timed.deadline_at


def test_an_answer_after_the_deadline_is_kept_and_does_not_count(
    client: Client, timed: AssessmentAttempt
) -> None:
    assert timed.deadline_at is not None
    with time_machine.travel(timed.deadline_at + timedelta(seconds=1)):
        told = post(client, sent(1)).json()
    assert told["late"] and not told["is_open"] and len(told["saved"]) == 1
    timed.refresh_from_db()
    assert timed.events.get().is_late and timed.correct == 0


def test_a_new_attempt_begins_after_one_whose_time_ran_out(
    client: Client, timed: AssessmentAttempt, reader: Learner
) -> None:
    with time_machine.travel(timed.started_at + timedelta(days=3)):
        client.post(f"{FINAL}/empezar/")
    assert list(AssessmentAttempt.objects.values_list("number", "state")) == [(1, "submitted"), (2, "open")]
    assert not Completion.objects.exists()


# --- The result --------------------------------------------------------------------------------------
def test_the_result_tells_what_one_answered_and_not_the_key(
    client: Client, attempt: AssessmentAttempt
) -> None:
    order = drawn_of(attempt)[0].order
    client.post(f"{FIRST}/1/", {"q1": str(order.index(1))})
    client.post(f"{FIRST}/entregar/")
    page = client.get(f"{FIRST}/resultado/").content.decode()
    assert "Respondiste: No" in page and page.count("No la respondiste.") == 2
    assert "es lo que pide la ley" not in page
