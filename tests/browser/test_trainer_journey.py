"""A trainer changes the words of a lesson and writes a question, in Wagtail's editor."""

import re

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.quizzes.models import Question
from tests.browser.conftest import OpenPage
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import enter_as, log_in

LESSON = "Qué es la integridad pública"
NEW_WORDS = "Esta frase es nueva y se lee enseguida. "
REFUSAL = "Marca exactamente una alternativa correcta."


def open_lesson(page: Page, base: str) -> None:
    """From «Mi aprendizaje» through the menu and the search to the editor."""
    page.locator("details.pop summary").click()
    page.get_by_role("link", name="Gestión de contenidos").click()
    page.goto(f"{base}/gestion/pages/search/?q=integridad")
    page.get_by_role("link", name=LESSON, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(LESSON)
    page.wait_for_load_state("networkidle")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("button", name="Publicar", exact=True).click()
    expect(page.get_by_text("publicada").first).to_be_visible()


def test_a_published_change_is_read_by_a_learner_who_is_half_way(
    live_server: LiveServer, stage: Stage, page: Page, open_page: OpenPage
) -> None:
    base, learner = live_server.url, open_page()
    enter_as(learner, base, stage.servant)
    learner.goto(f"{base}/cursos/{COURSE}/")
    learner.get_by_role("button", name="Inscribirme y empezar").click()
    learner.wait_for_url(f"**/aula/{COURSE}/m1-l1/")

    log_in(page, base, stage.trainer.email)
    open_lesson(page, base)
    page.get_by_role("button", name="Alternar vista previa").click()
    preview = page.frame_locator("iframe#w-preview-iframe")
    expect(preview.get_by_text("Vista previa.")).to_be_visible()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(NEW_WORDS)
    # The editor hands its text to the form a moment later: what is published sooner lacks the words.
    expect(page.locator(f"input[type=hidden][value*='{NEW_WORDS.strip()}']")).to_have_count(1)
    expect(learner.get_by_text(NEW_WORDS.strip())).to_have_count(0)
    publish(page)

    learner.reload()
    expect(learner.get_by_text(NEW_WORDS.strip())).to_be_visible()


OPTION = "answer-0-value-options-%d-value"


def test_a_question_with_two_right_answers_is_refused_where_one_is_asked_for(
    live_server: LiveServer, stage: Stage, page: Page
) -> None:
    base = live_server.url
    enter_as(page, base, stage.trainer)
    page.goto(f"{base}/gestion/snippets/quizzes/question/add/")
    for field in ("bank", "competence"):
        page.locator(f"#id_{field}-chooser [data-chooser-action-choose]").first.click()
        page.locator("[data-chooser-modal-choice]").first.click()
        expect(page.locator("[data-chooser-modal-choice]")).to_have_count(0)
    page.locator("[name=stem]").fill("Llega un regalo de un proveedor. ¿Qué haces?")
    page.get_by_role("button", name="Insertar un bloque").click()
    page.get_by_role("option", name="Una respuesta").click()
    for number, text in enumerate(("Lo devuelvo y aviso.", "Lo comparto con el equipo.")):
        page.locator(f"[name={OPTION % number}-text]").fill(text)
        page.locator(f"[name={OPTION % number}-feedback]").fill("La ley pide no aceptarlo.")
        page.locator(f"[name={OPTION % number}-correct]").check()
    more = page.locator("section.w-panel", has=page.get_by_role("heading", name="Más opciones"))
    more.locator(".w-panel__toggle").first.click()
    page.locator("[name=key]").fill("regalo-de-prueba")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text(REFUSAL)).to_be_visible()
    assert not Question.objects.filter(key="regalo-de-prueba").exists()

    page.locator(f"[name={OPTION % 1}-correct]").uncheck()
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page).to_have_url(re.compile(r"/quizzes/question/\?locale=es$"))
    assert Question.objects.get(key="regalo-de-prueba").to_spec().body.correct == {0}
