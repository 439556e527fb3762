"""Changing the language asks first where something written would be lost."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

LOGIN = "/cuentas/ingresar/"
LIST = """document.querySelector('main').insertAdjacentHTML(
    'beforeend', '<form><select id="lista"><option>Uno</option><option>Dos</option></select></form>')"""


@pytest.fixture
def asked(page: Page, live_server: LiveServer) -> list[str]:
    """What the log-in page asked; each time the answer was no."""
    questions: list[str] = []

    def refuse(dialog: object) -> None:
        questions.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.goto(live_server.url + LOGIN)
    return questions


def change_language(page: Page) -> None:
    page.get_by_role("button", name="English").click()


def test_a_choice_in_a_list_without_a_chosen_option_is_something_written(
    page: Page, asked: list[str]
) -> None:
    page.evaluate(LIST)
    page.locator("#lista").select_option("Dos")
    change_language(page)
    page.locator("#lista").select_option("Uno")
    assert len(asked) == 1
    change_language(page)
    page.wait_for_url("**" + LOGIN)
    assert len(asked) == 1


def test_what_a_refused_form_holds_is_something_written(page: Page, asked: list[str]) -> None:
    page.locator("main [name=login]").fill("ana@servicio.example")
    page.locator("main [name=password]").fill("equivocada")
    page.locator("main form [type=submit], main form button:not([type])").first.click()
    page.wait_for_load_state()
    change_language(page)
    assert len(asked) == 1
