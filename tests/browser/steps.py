"""What people do again and again: log in, follow a link that came by e-mail, stay within the screen."""

import re

from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Page

from lms.people.models import User
from tests.browser.stage import PASSWORD


def log_in(page: Page, base: str, email: str, *, password: str = PASSWORD) -> None:
    """From the login page to «Mi aprendizaje»."""
    fill_login(page, base, email, password=password)
    page.wait_for_url(f"{base}/aula/")


def fill_login(page: Page, base: str, email: str, *, password: str = PASSWORD) -> None:
    """Fill the login page and send it, wherever that leads."""
    page.goto(f"{base}/cuentas/ingresar/")
    page.get_by_label("Correo").fill(email)
    page.get_by_label("Contraseña", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Ingresar").click()


def log_out(page: Page) -> None:
    """By the menu under one's name."""
    page.locator("details.pop summary").click()
    page.locator("details.pop").get_by_role("button", name="Salir").click()
    page.get_by_role("link", name="Ingresar", exact=True).first.wait_for()


def enter_as(page: Page, base: str, user: User) -> None:
    """A session without the login page, for tests about something else."""
    client = Client()
    client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways (WCAG 1.4.10)."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} mide {wide} px en una pantalla de {room}"


def link_in_last_mail(base: str, *, to: str) -> str:
    """The address in the newest message, which must have gone to ``to``."""
    message = mail.outbox[-1]
    assert message.to == [to]
    found = re.search(rf"{re.escape(base)}\S+", str(message.body))
    assert found, message.body
    return found.group()
