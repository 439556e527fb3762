"""A course is mended while people are in it: a wrong key, and a law that changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import LessonPage
from courses.quizzes.models import Question
from lms.lib import clock
from lms.people.models import Role, User
from lms.people.services.roles import assign_role
from lms.progress.models import AssessmentAttempt, Completion, DeltaReading
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import account
from tests.browser.steps import assert_fits, enter_as
from tests.factories.learning import block, make_course, make_learner

NEWS = "Desde este mes el plazo es de diez días."


@dataclass(frozen=True)
class Desk:
    """A course; Ana failed its assessment, Berta completed it; Tomás teaches and reviews."""

    ana: User
    berta: User
    trainer: User


def build_desk() -> Desk:
    call_command("set_up_site", verbosity=0)
    at = clock.now() - timedelta(days=1)
    make_course(at=at, pass_percent=60)
    ana = account("ana@servicio.example", "Ana", "Rojas")
    berta = account("berta@servicio.example", "Berta", "Poblete")
    trainer = account("tomas@aula.example", "Tomás", "Huenchumán")
    for role in (Role.TRAINER, Role.REVIEWER):
        assign_role(user=trainer, role=role, at=at)
    learner = make_learner(person=ana.person, at=at)
    learner.read_everything(at)
    learner.take_assessment(at, right=False)
    make_learner(person=berta.person, at=at).complete(at)
    return Desk(ana, berta, trainer)


@pytest.fixture
def desk(set_up: Callable[..., Any]) -> Desk:
    built: Desk = set_up(build_desk)
    return built


def test_a_wrong_key_is_corrected_and_the_answers_graded_again(
    live_server: LiveServer, desk: Desk, page: Page, open_page: OpenPage, assert_accessible: Look
) -> None:
    base = live_server.url
    attempt = AssessmentAttempt.objects.get(enrolment__person=desk.ana.person)
    question = Question.objects.get(key=attempt.drawn[0]["key"])

    enter_as(page, base, desk.trainer)
    page.goto(f"{base}/gestion/snippets/quizzes/question/edit/{question.pk}/")
    options = page.locator("input[type=checkbox][name$='-correct']")
    options.nth(0).uncheck()
    options.nth(1).check()
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("actualizado").first).to_be_visible()

    page.goto(f"{base}/docencia/curso/preguntas/")
    expect(page.get_by_role("heading", name="Preguntas cuya pauta cambió")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="corregidos con la pauta anterior").click()
    assert_accessible(page)
    page.get_by_label("Con la pauta corregida").check()
    page.get_by_label("Qué estaba mal").fill("Estaba marcada la alternativa contraria.")
    page.get_by_role("button", name="Corregir de nuevo").click()
    expect(page.get_by_text("Subió el resultado de")).to_be_visible()
    assert_accessible(page)

    learner = open_page()
    enter_as(learner, base, desk.ana)
    learner.goto(f"{base}/aula/curso/evaluacion-final/intento/1/resultado/")
    expect(learner.get_by_text("El puntaje subió de 0 a 1")).to_be_visible()
    assert Completion.objects.get().percent == 100  # Berta's stays


def test_who_completed_reads_only_what_changed(
    live_server: LiveServer, desk: Desk, page: Page, open_page: OpenPage, assert_accessible: Look
) -> None:
    base = live_server.url
    lesson = LessonPage.objects.get(key="l1")
    raw = [*lesson.body.get_prep_value(), block("text", {"text": f"<p>{NEWS}</p>"})]
    lesson.body = LessonPage.body.field.stream_block.to_python(raw)
    lesson.save_revision().publish()

    enter_as(page, base, desk.trainer)
    page.goto(f"{base}/docencia/curso/version/")
    expect(page.get_by_text("Lo completaron y sigue vigente")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Mostrar lo que cambió").check()
    page.get_by_role("button", name="Guardar la decisión").click()
    expect(page.get_by_text("Escribe qué cambió").first).to_be_visible()
    page.get_by_label("Qué cambió, en dos o tres frases").fill("El plazo pasó a diez días.")
    page.get_by_role("button", name="Guardar la decisión").click()
    expect(page.get_by_text("El plazo pasó a diez días.")).to_be_visible()

    learner = open_page(width=320)
    enter_as(learner, base, desk.berta)
    learner.goto(f"{base}/aula/")
    learner.get_by_role("link", name="Ver qué cambió").click()
    expect(learner.get_by_text(NEWS)).to_be_visible()
    expect(learner.get_by_text("La función pública sirve a todas las personas.")).to_have_count(0)
    assert_fits(learner)
    assert_accessible(learner)
    learner.get_by_role("button", name="Leí lo que cambió").click()
    expect(learner.get_by_text("Queda registrado que lo leíste")).to_be_visible()
    assert DeltaReading.objects.get().completion.person == desk.berta.person
