"""Without a mouse: Tab, Enter, Space and arrows are enough, and one always sees where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.progress.models import UnitResult
from tests.browser.stage import COURSE, PASSWORD, Stage

MANY = 80

FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(...middle);
    return {
        text: (at.innerText || at.name || at.id || "").trim().slice(0, 60),
        tag: at.tagName.toLowerCase(),
        name: at.name || "",
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        uncovered: !!top && (at.contains(top) || top.contains(at) || !!top.closest("label")?.contains(at)),
    };
}"""


def tab(page: Page) -> dict[str, object]:
    """One step with Tab; the place reached must be visible: outlined, on the screen, under nothing."""
    page.keyboard.press("Tab")
    return seen(page)


def seen(page: Page) -> dict[str, object]:
    """Where the focus is."""
    focus: dict[str, object] | None = page.evaluate(FOCUS)
    assert focus, f"{page.url}: el foco se perdió"
    problems = [name for name in ("outlined", "inside", "uncovered") if not focus[name]]
    assert not problems, f"{page.url}: {problems} {focus}"
    return focus


def tab_to(page: Page, wanted: Callable[[dict[str, object]], bool]) -> None:
    """Tab until something is reached; never more often than a patient person would."""
    for _step in range(MANY):
        if wanted(tab(page)):
            return
    pytest.fail("No se llega con el tabulador")


def by_text(text: str) -> Callable[[dict[str, object]], bool]:
    return lambda focus: str(focus["text"]).startswith(text)


def by_name(name: str) -> Callable[[dict[str, object]], bool]:
    return lambda focus: focus["name"] == name


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
