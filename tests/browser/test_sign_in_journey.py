"""Two ways to courses that wait: HR's invitation, and ClaveÚnica with the RUN that HR loaded."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lms.journeys.enrol import enrol
from lms.lib import clock
from lms.people.models import Person
from lms.progress.models import LearningContext
from lms.settings.sign_in import read_providers
from lms.xapi.platform import current_platform
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import COURSE, Stage, posting
from tests.browser.steps import enter_as, link_in_last_mail, log_in, log_out
from tests.factories.people import PersonFactory
from tests.openid_provider import Provider, run_provider

TITLE = "Integridad en la función pública: fundamentos"
NEW_PASSWORD = "caballo-bateria-grapa"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """Stands in for ClaveÚnica and for the provider of a health service."""
    with run_provider() as running:
        settings.SOCIALACCOUNT_PROVIDERS = read_providers(running.environment())
        yield running


@pytest.fixture
def rosa(stage: Stage) -> Person:
    """Loaded by HR, begun a course on paper, without account."""
    rosa: Person = PersonFactory(
        given_names="Rosa María", family_names="Quispe", email="rosa@servicio.example", run="44444444-4"
    )
    posting(rosa, stage.unit)
    enrol(
        person=rosa,
        course_code=COURSE,
        context=LearningContext.EMPLOYEE,
        posting=rosa.postings.get(),
        platform=current_platform(),
        at=clock.now(),
    )
    return rosa


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_an_invited_person_makes_her_account_and_finds_her_courses(
    open_page: OpenPage,
    live_server: LiveServer,
    stage: Stage,
    rosa: Person,
    look: Look,
    width: int,
    height: int,
) -> None:
    base = live_server.url
    hr = open_page(width=width, height=height)
    enter_as(hr, base, stage.hr)
    hr.goto(f"{base}/cumplimiento/invitaciones/")
    look(hr)
    hr.get_by_role("checkbox", name="Invitar a Rosa María Quispe").check()
    hr.get_by_role("button", name="Invitar a las personas marcadas").click()
    expect(hr.get_by_text("Enviamos 1 invitación.")).to_be_visible()
    look(hr)
    hr.get_by_role("link", name="Quispe, Rosa María").click()
    expect(hr.get_by_role("button", name="Enviar otra invitación")).to_be_visible()
    look(hr)

    hers = open_page(width=width, height=height)
    hers.goto(link_in_last_mail(base, to="rosa@servicio.example"))
    expect(hers.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")
    look(hers)
    hers.get_by_label("Contraseña nueva", exact=True).fill("corta")
    hers.get_by_label("Repite la contraseña nueva").fill("corta")
    hers.get_by_role("button", name="Crear mi cuenta").click()
    expect(hers.locator(".error-summary")).to_be_focused()
    look(hers)
    hers.get_by_label("Contraseña nueva", exact=True).fill(NEW_PASSWORD)
    hers.get_by_label("Repite la contraseña nueva").fill(NEW_PASSWORD)
    hers.get_by_role("button", name="Crear mi cuenta").click()
    hers.wait_for_url(f"{base}/aula/")
    expect(hers.get_by_text(TITLE).first).to_be_visible()

    log_out(hers)
    log_in(hers, base, "rosa@servicio.example", password=NEW_PASSWORD)
    hers.goto(link_in_last_mail(base, to="rosa@servicio.example"))
    expect(hers.get_by_text("Ya usaste esta invitación")).to_be_visible()
    look(hers)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_clave_unica_finds_the_courses_that_wait(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    stage: Stage,
    rosa: Person,
    provider: Provider,
    look: Look,
) -> None:
    page: Page = request.getfixturevalue(device)
    base = live_server.url
    page.goto(f"{base}/cuentas/ingresar/")
    look(page)
    page.get_by_role("button", name="ClaveÚnica").click()
    page.wait_for_url(f"{base}/aula/")
    expect(page.get_by_text(TITLE).first).to_be_visible()
    expect(page.get_by_text("agrega un correo")).to_be_visible()
    look(page)

    page.goto(f"{base}/cuentas/formas-de-ingresar/")
    look(page)
    page.get_by_role("button", name="Desconectar ClaveÚnica").click()
    expect(page.get_by_text("Es tu única forma de ingresar")).to_be_visible()
    page.goto(f"{base}/cuentas/correo/")
    look(page)
    log_out(page)

    provider.behaviour.error = "access_denied"
    page.goto(f"{base}/cuentas/ingresar/")
    page.get_by_role("button", name="ClaveÚnica").click()
    expect(page.get_by_role("heading", name="No terminaste de ingresar")).to_be_visible()
    look(page)
