"""Reading otherwise: aloud, over a slow line, on paper; and a dilemma lived twice."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.journeys.enrol import enrol
from lms.lib import clock
from lms.xapi.platform import current_platform
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import log_in

# A machine's voices: one of its own in Spanish, one of a service, one in another language.
VOICES = """
window.spoken = [];
window.voices = [
  {lang: "es-US", name: "servicio", localService: false}, {lang: "en-US", name: "otra", localService: true},
  {lang: "es-CL", name: "propia", localService: true},
];
const synth = {
  getVoices: () => window.voices, addEventListener() {}, cancel() { this.now?.onend?.(); this.now = null; },
  speak(said) { window.spoken.push([said.text.trim(), said.voice.name, said.rate]); this.now = said; },
  next() { this.now.onend(); },
};
Object.defineProperty(window, "speechSynthesis", {value: synth});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def open_course(page: Page, live_server: LiveServer, stage: Stage, where: str) -> None:
    person = stage.servant.person
    enrol(
        person=person, course_code=COURSE, context="employee", posting=person.postings.get(),
        platform=current_platform(), at=clock.now(),
    )  # fmt: skip
    log_in(page, live_server.url, stage.servant.email)
    page.goto(f"{live_server.url}/aula/{COURSE}/{where}")


def test_a_lesson_is_read_aloud_by_the_own_machine_sentence_by_sentence(
    live_server: LiveServer, stage: Stage, page: Page
) -> None:
    page.add_init_script(VOICES)
    open_course(page, live_server, stage, "m1-l1/")
    page.get_by_role("button", name="Escuchar").press("Enter")
    assert page.evaluate("CSS.highlights.has('reading')")
    page.evaluate("speechSynthesis.next()")
    page.get_by_role("button", name="Pausar").press("Enter")
    first, second = page.evaluate("window.spoken")
    assert first[0].startswith("Lección") and second[0] == page.get_by_role("heading", level=1).inner_text()
    assert {first[1], second[1]} == {"propia"}
    page.get_by_role("button", name="Seguir", exact=True).press("Enter")
    page.get_by_label("Velocidad").select_option("1.25")
    spoken = page.evaluate("window.spoken")
    assert [said[0] for said in spoken[1:]] == [second[0]] * 3 and str(spoken[-1][2]) == "1.25"
    page.get_by_role("button", name="Detener").press("Enter")
    expect(page.get_by_role("button", name="Escuchar")).to_be_focused()
    assert not page.evaluate("CSS.highlights.has('reading')")


def test_without_a_voice_of_its_own_the_machine_offers_nothing(
    live_server: LiveServer, stage: Stage, page: Page
) -> None:
    page.add_init_script(VOICES + "window.voices.pop();")
    open_course(page, live_server, stage, "m1-l1/")
    expect(page.get_by_role("button", name="Escuchar")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_light_view_paper_and_portfolio_are_accessible(
    width: int, live_server: LiveServer, stage: Stage, open_page: OpenPage, look: Look
) -> None:
    page = open_page(width=width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    open_course(page, live_server, stage, "m2-l4/?vista=ligera")
    asked.clear()
    page.get_by_role("link", name="Entrar al dilema").click()
    look(page)
    assert not {"font", "script", "image"} & set(asked)
    for where in (f"{COURSE}/m1-l1/", f"{COURSE}/m1-l1/imprimir/", "competencias/"):
        page.goto(f"{live_server.url}/aula/{where}")
        look(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_a_dilemma_is_lived_again_from_another_place(
    width: int, live_server: LiveServer, stage: Stage, open_page: OpenPage, look: Look
) -> None:
    page = open_page(width=width)
    open_course(page, live_server, stage, "m4-l5/dilema/")
    expect(page.get_by_role("heading", name="¿En el lugar de quién lo vives?")).to_be_visible()
    look(page)
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name="Empezar").click()
    for _scene in range(2):
        look(page)
        page.get_by_role("radio").nth(1).check()
        page.get_by_role("button", name="Decidir y ver qué pasa").click()
        if page.get_by_role("button", name="Seguir la historia").count():
            page.get_by_role("button", name="Seguir la historia").click()
            expect(page.get_by_text("Solo Paula y tú saben que la caja se devolvió.")).to_be_visible()
    expect(page.get_by_role("heading", name="Meses después")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Volver a esta decisión").last.click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Decidir y ver qué pasa").click()
    expect(page.get_by_role("heading", name="La primera vez, Carolina, la jefatura")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Terminar el dilema").click()
    expect(page.get_by_text("Ya lo recorriste")).to_be_visible()
