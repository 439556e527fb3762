"""With scripts switched off: to enrol, to answer, to decide, to finish."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.progress.models import DilemmaRun, UnitResult
from tests.browser.conftest import OpenPage
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import assert_fits, log_in


@pytest.mark.parametrize("width", [1280, 390])
def test_a_lesson_and_a_dilemma_need_no_javascript(
    width: int, live_server: LiveServer, stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(width=width, java_script_enabled=False)
    base = live_server.url
    log_in(page, base, stage.servant.email)
    page.goto(f"{base}/cursos/?q=integridad")
    page.get_by_role("heading", name="Integridad").get_by_role("link").first.click()
    page.get_by_role("button", name="Inscribirme y empezar").click()
    page.wait_for_url(f"**/aula/{COURSE}/m1-l1/")
    assert_fits(page)

    page.get_by_role("button", name="Completar y seguir").click()
    expect(page.get_by_text("Responde la pregunta de práctica")).to_be_visible()
    page.locator("form.check").get_by_role("radio").first.check()
    page.get_by_role("button", name="Responder").click()
    expect(page).to_have_url(f"{base}/aula/{COURSE}/m1-l1/#pregunta-m1-l1-p1")
    expect(page.locator("form.check .note")).to_be_visible()
    assert_fits(page)
    page.get_by_role("button", name="Completar y seguir").click()
    page.wait_for_url(f"**/aula/{COURSE}/m1-l2/")

    page.goto(f"{base}/aula/{COURSE}/m2-l4/")
    go_through_dilemma(page)
    expect(page.get_by_text("Ya lo recorriste")).to_be_visible()
    mine = {"enrolment__person": stage.servant.person}
    assert DilemmaRun.objects.filter(unit_key="m2-l4", **mine).count() == 1
    assert UnitResult.objects.filter(unit_key="m1-l1", **mine).count() == 1
    page.locator("details.pop summary").click()
    page.get_by_role("button", name="Salir").click()
    expect(page.get_by_role("link", name="Ingresar", exact=True).first).to_be_visible()


def go_through_dilemma(page: Page) -> None:
    page.get_by_role("link", name="Entrar al dilema").click()
    for _scene in range(9):
        decide = page.get_by_role("button", name="Decidir y ver qué pasa")
        expect(decide).to_be_visible()
        assert_fits(page)
        page.get_by_role("radio").first.check()
        decide.click()
        expect(page.get_by_role("heading", name="Qué pasó después")).to_be_visible()
        assert_fits(page)
        if page.get_by_role("button", name="Terminar el dilema").count():
            page.get_by_role("button", name="Terminar el dilema").click()
            return
        page.get_by_role("button", name="Seguir la historia").click()
    pytest.fail("El dilema no termina")
