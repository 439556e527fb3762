"""Without a mouse: Tab, Enter, Space and arrows are enough, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.progress.models import UnitResult
from tests.browser.keyboard import by_name, by_text, seen, tab, tab_to
from tests.browser.stage import COURSE, PASSWORD, Stage


@pytest.mark.parametrize("width", [1280, 390])
def test_a_lesson_is_completed_with_the_keyboard_alone(
    width: int, live_server: LiveServer, stage: Stage, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")  # so that scrolling has ended when Tab has
    page.goto(f"{live_server.url}/cursos/{COURSE}/")
    assert tab(page)["text"] == "Saltar al contenido"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, by_text("Ingresar para empezar"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ingresar/**")
    tab_to(page, by_name("login"))
    page.keyboard.type(stage.servant.email)
    assert tab(page)["name"] == "password"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/cursos/{COURSE}/")

    tab_to(page, by_name("contexto"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Por mi cuenta")).to_be_checked()
    page.keyboard.press("ArrowUp")
    tab_to(page, by_text("Inscribirme y empezar"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/aula/{COURSE}/m1-l1/")

    tab_to(page, by_name("opcion"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    seen(page)
    form = page.locator("form.check")
    expect(form.get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, by_text("Responder"))
    page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Probar otra respuesta")).to_be_visible()
    tab_to(page, by_text("Completar y seguir"))
    page.keyboard.press("Space")
    page.wait_for_url(f"**/aula/{COURSE}/m1-l2/")
    assert UnitResult.objects.filter(enrolment__person=stage.servant.person, unit_key="m1-l1").exists()


def test_the_menu_under_ones_name_closes_with_escape_and_gives_the_focus_back(
    live_server: LiveServer, stage: Stage, page: Page
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/cuentas/ingresar/")
    page.get_by_label("Correo").fill(stage.servant.email)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/aula/")
    tab_to(page, lambda focus: focus["tag"] == "summary")
    page.keyboard.press("Enter")
    tab_to(page, by_text("Salir"))
    page.keyboard.press("Escape")
    expect(page.locator("details.pop summary")).to_be_focused()
    expect(page.locator("details.pop")).not_to_have_attribute("open", "")
