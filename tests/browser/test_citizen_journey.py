"""A person without an institution: an account by e-mail, a course on her own, a forgotten password."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.people.models import Person
from lms.progress.models import Enrolment, LearningContext
from tests.browser.conftest import Look
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import fill_login, link_in_last_mail, log_in, log_out

EMAIL = "rayen@correo.example"
PASSWORD = "tres cerros y un canelo"
NEW_PASSWORD = "otro canelo junto al lago"


def fill_sign_up(page: Page, *, email: str, password: str) -> None:
    page.get_by_label("Nombres").fill("Rayén")
    page.get_by_label("Apellidos").fill("Catrileo Muñoz")
    page.get_by_label("Correo").fill(email)
    for field in page.locator("main input[type=password]").all():
        field.fill(password)
    page.get_by_role("button", name="Crear mi cuenta").click()


def assert_errors(page: Page, *texts: str) -> None:
    """The summary has the focus and its links lead to the fields that say the same."""
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    for text in texts:
        expect(summary.get_by_role("link", name=text)).to_be_visible()
        expect(page.locator(".field-error").get_by_text(text).first).to_be_visible()
    summary.get_by_role("link").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_focused()


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_citizen_opens_an_account_and_takes_up_a_course(
    device: str, request: pytest.FixtureRequest, live_server: LiveServer, stage: Stage, look: Look
) -> None:
    page: Page = request.getfixturevalue(device)
    base = live_server.url
    page.goto(f"{base}/cursos/{COURSE}/")
    look(page)
    page.get_by_role("link", name="Crea una con tu correo").click()
    look(page)
    # The browser itself would stop the bad address: the server has to say it too.
    page.locator("main form").first.evaluate("form => { form.noValidate = true }")
    fill_sign_up(page, email="rayen.correo.example", password="corta")
    look(page)
    assert_errors(page, "correo electrónico válid", "12 caracteres")
    fill_sign_up(page, email=EMAIL, password=PASSWORD)
    expect(page.get_by_role("heading", name="Confirma tu correo")).to_be_visible()
    look(page)

    fill_login(page, base, EMAIL, password=PASSWORD)
    expect(page.get_by_role("heading", name="Confirma tu correo")).to_be_visible()
    page.goto(link_in_last_mail(base, to=EMAIL))
    look(page)
    page.get_by_role("button", name="Confirmar mi correo").click()
    page.wait_for_load_state()
    look(page)
    log_in(page, base, EMAIL, password=PASSWORD)
    expect(page.get_by_role("heading", name="Hola, Rayén")).to_be_visible()
    look(page)

    page.goto(f"{base}/cursos/{COURSE}/")
    expect(page.get_by_text("¿Cómo lo haces?")).to_have_count(0)
    page.get_by_role("button", name="Inscribirme y empezar").click()
    page.wait_for_url(f"**/aula/{COURSE}/m1-l1/")
    look(page)
    person = Person.objects.get(user__email=EMAIL)
    assert Enrolment.objects.get(person=person).context == LearningContext.CITIZEN


def test_a_forgotten_password_is_replaced_by_a_link_in_an_email(
    live_server: LiveServer, stage: Stage, page: Page, look: Look
) -> None:
    base, email = live_server.url, stage.servant.email
    page.goto(f"{base}/cuentas/ingresar/")
    page.get_by_role("link", name="¿Olvidaste tu contraseña?").click()
    look(page)
    page.get_by_label("Correo").fill(email)
    page.get_by_role("button", name="Enviar el enlace").click()
    expect(page.get_by_role("heading", name="Revisa tu correo")).to_be_visible()
    look(page)
    link = link_in_last_mail(base, to=email)
    page.goto(link)
    look(page)
    page.get_by_label("Contraseña nueva", exact=True).fill("corta")
    page.get_by_label("Repite la contraseña nueva").fill("corta")
    page.get_by_role("button", name="Guardar la contraseña").click()
    assert_errors(page, "12 caracteres")
    look(page)
    page.get_by_label("Contraseña nueva", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Repite la contraseña nueva").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Guardar la contraseña").click()
    expect(page.get_by_role("heading", name="Tu contraseña cambió")).to_be_visible()
    look(page)

    fill_login(page, base, email)
    expect(page.locator(".error-summary")).to_be_focused()
    log_in(page, base, email, password=NEW_PASSWORD)
    log_out(page)
    page.goto(link)
    expect(page.get_by_role("heading", name="El enlace ya no sirve")).to_be_visible()
    look(page)
