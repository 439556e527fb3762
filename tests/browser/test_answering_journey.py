"""Answering an assessment in a real browser: every kind of question, no network, two tabs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import CourseDraw
from courses.quizzes.models import Question
from courses.quizzes.rules import KINDS, QuestionKind
from courses.services import publish_release
from lms.lib import clock
from lms.people.models import User
from lms.progress.models import AnswerEvent, AssessmentAttempt
from lms.progress.selectors.attempts import current_answers, drawn_of
from tests.browser.answering import give
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import account
from tests.browser.steps import log_in
from tests.courses.kinds.examples import EXAMPLES
from tests.factories.learning import make_course, make_learner
from tests.factories.pictures import make_picture

FINAL = "/aula/curso/evaluacion-final"
ASKED = [kind for kind in QuestionKind if not KINDS[kind].is_marked_by_person]


@dataclass(frozen=True)
class Desk:
    """A course whose assessment asks one question of every kind, and somebody who has read it."""

    learner: User


def build_desk() -> Desk:
    call_command("set_up_site", verbosity=0)
    at = clock.now()
    page = make_course(at=at)
    competence = page.draws.first().competence
    page.bank.questions.all().delete()
    for kind in ASKED:
        body = EXAMPLES[kind].body
        if kind == QuestionKind.HOTSPOT:
            body = replace(body, image_id=make_picture("width-1000"))
        question = Question(bank=page.bank, key=kind.value.replace("_", "-"), competence=competence)
        question.stem = f"Pregunta de prueba: {kind}"
        question.set_body(kind, body)
        question.save()
    page.draws = [CourseDraw(competence=competence, count=len(ASKED))]
    page.save()
    publish_release(page=page, at=at)
    user = account("ana@servicio.example", "Ana", "Rojas")
    make_learner(person=user.person, at=at).read_everything(at)
    return Desk(user)


@pytest.fixture
def desk(set_up: Callable[..., Any]) -> Desk:
    built: Desk = set_up(build_desk)
    return built


def begin(page: Page, base: str, desk: Desk) -> AssessmentAttempt:
    log_in(page, base, desk.learner.email)
    page.goto(f"{base}{FINAL}/")
    page.get_by_role("button", name="Empezar la evaluación").click()
    page.wait_for_url("**/intento/1/1/")
    return AssessmentAttempt.objects.get()


def filled_of(attempt: AssessmentAttempt, position: int) -> tuple[str, Any]:
    item = drawn_of(attempt)[position - 1]
    kind = QuestionKind(item.key.replace("-", "_"))
    example = EXAMPLES[kind]
    return kind, KINDS[kind].fill(example.body, item.order, example.right)


def go_on(page: Page) -> None:
    page.locator("form[data-attempt] [type=submit]:not([name])").click()


@pytest.mark.parametrize("device", ["page", "phone"])
def test_every_kind_of_question_is_answered_and_graded(
    live_server: LiveServer, desk: Desk, device: str, request: pytest.FixtureRequest, look: Look
) -> None:
    page: Page = request.getfixturevalue(device)
    attempt = begin(page, live_server.url, desk)
    if device == "phone":
        page.set_viewport_size({"width": 320, "height": 700})
    for position in range(1, len(ASKED) + 1):
        expect(page.get_by_role("heading", name=f"Pregunta {position} de")).to_be_visible()
        kind, filled = filled_of(attempt, position)
        look(page)
        give(page, position, filled, kind)
        go_on(page)
    page.wait_for_url("**/revisar/")
    expect(page.get_by_text("Respondiste todas las preguntas")).to_be_visible()
    page.get_by_role("button", name="Entregar mi evaluación").click()
    page.wait_for_url("**/resultado/")
    look(page)
    attempt.refresh_from_db()
    marks = {mark.question_key: mark.score for mark in attempt.marks.all()}
    assert set(marks.values()) == {1}, marks
    assert attempt.correct == attempt.total == len(ASKED) and attempt.passed


def test_without_network_one_goes_on_and_nothing_is_lost(
    live_server: LiveServer, desk: Desk, page: Page
) -> None:
    attempt = begin(page, live_server.url, desk)
    give(page, 1, *reversed(filled_of(attempt, 1)))
    expect(page.get_by_text("Guardado.")).to_be_visible()
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    go_on(page)
    for position in (2, 3, 4):
        expect(page.get_by_role("heading", name=f"Pregunta {position} de")).to_be_visible()
        give(page, position, *reversed(filled_of(attempt, position)))
        go_on(page)
    expect(page.get_by_text("Sin conexión.")).to_be_visible()
    assert set(current_answers(attempt=attempt)) == {drawn_of(attempt)[0].key}

    page.context.set_offline(False)
    expect(page.get_by_text("Guardado.")).to_be_visible()
    kept = current_answers(attempt=AssessmentAttempt.objects.get())
    assert {item.key for item in drawn_of(attempt)[:4]} <= set(kept)
    assert page.evaluate("localStorage.length") == 0


def test_what_waited_in_a_browser_that_broke_down_is_sent_by_the_next_page(
    live_server: LiveServer, desk: Desk, page: Page
) -> None:
    attempt = begin(page, live_server.url, desk)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    give(page, 1, *reversed(filled_of(attempt, 1)))
    expect(page.get_by_text("Sin conexión.")).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(f"{live_server.url}{FINAL}/intento/1/2/")
    expect(again.get_by_text("Guardado.")).to_be_visible()
    assert drawn_of(attempt)[0].key in current_answers(attempt=attempt)


def test_of_two_tabs_the_last_answer_counts_and_the_first_stays_on_record(
    live_server: LiveServer, desk: Desk, open_page: OpenPage
) -> None:
    first = open_page()
    attempt = begin(first, live_server.url, desk)
    second = first.context.new_page()
    second.goto(first.url)
    key = drawn_of(attempt)[0].key
    kind, filled = filled_of(attempt, 1)
    give(first, 1, filled, kind)
    expect(first.get_by_text("Guardado.")).to_be_visible()
    second.locator("[data-flag]").check()
    expect(second.get_by_text("Guardado.")).to_be_visible()
    events = AnswerEvent.objects.filter(attempt=attempt, question_key=key)
    assert events.count() >= 2
    assert current_answers(attempt=attempt)[key].is_flagged

    second.goto(f"{live_server.url}{FINAL}/intento/1/revisar/")
    second.get_by_role("button", name="Entregar mi evaluación").click()
    second.wait_for_url("**/resultado/")
    go_on(first)
    first.wait_for_url("**/resultado/")
