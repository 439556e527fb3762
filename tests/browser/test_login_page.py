from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Look


def test_login_page_is_accessible_on_a_desk(
    live_server: LiveServer, page: Page, assert_accessible: Look
) -> None:
    page.goto(live_server.url + reverse("account_login"))
    assert_accessible(page)


def test_login_page_is_accessible_on_a_telephone(
    live_server: LiveServer, phone: Page, assert_accessible: Look
) -> None:
    phone.goto(live_server.url + reverse("account_login"))
    assert_accessible(phone)


def test_login_page_fits_a_telephone_without_scrolling_sideways(live_server: LiveServer, phone: Page) -> None:
    phone.goto(live_server.url + reverse("account_login"))
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_wrong_password_is_explained_in_the_browser(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.locator("input[name=login]").fill("nadie@aula.example")
    page.locator("input[name=password]").fill("no es la clave")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("[aria-invalid=true], .error-summary, [role=alert]").first).to_be_visible()
