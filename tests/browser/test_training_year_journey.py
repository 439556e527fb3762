"""A year of mandatory training: from an empty institution to a frozen report; and what a team lead sees of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from lms.lib import clock
from lms.people.models import Person, Role, Unit
from lms.people.services.roles import RolePlace, assign_role
from tests.browser.conftest import Look
from tests.browser.stage import COURSE, Stage, account
from tests.browser.steps import enter_as
from tests.browser.test_hr_journey import upload, write_roster
from tests.factories.learning import make_learner
from tests.factories.people import InstitutionFactory, UnitFactory
from tests.factories.requirements import make_requirement, make_spec

TITLE = "Integridad del año"


def enter_empty_institution(page: Page, base: str) -> None:
    """HR of a service of which nothing is known yet."""
    service = InstitutionFactory(code="nuevo", name="Servicio Nuevo")
    hr = account("nora@servicio.example", "Nora", "Quiroga")
    assign_role(user=hr, role=Role.HR, place=RolePlace(service), at=clock.now())
    enter_as(page, base, hr)


def load_people(page: Page, look: Look, folder: Path) -> None:
    expect(page.get_by_text("Todavía no hay nada que mostrar")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Cargar la nómina").click()
    upload(page, write_roster(folder, wrong=False))
    page.get_by_role("button", name="Aplicar la nómina").click()
    expect(page.get_by_text("Esto es lo que cambió")).to_be_visible()


def require_training(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Crear una exigencia").click()
    look(page)
    page.get_by_role("button", name="Guardar y ver a quiénes alcanza").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    page.get_by_label("Nombre", exact=True).fill(TITLE)
    page.get_by_label("Integridad en la función pública", exact=False).first.check()
    page.get_by_label("Fecha límite").fill((clock.local_date(clock.now()) + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Guardar y ver a quiénes alcanza").click()
    expect(page.get_by_role("heading", name="A quiénes alcanza")).to_be_visible()
    expect(page.locator("dl.strip > div").first).to_contain_text("30")
    look(page)
    page.get_by_role("button", name="Publicar la exigencia").click()
    expect(page.get_by_text("La exigencia quedó publicada")).to_be_visible()
    look(page)


def begin_course(family_name: str) -> None:
    """Somebody of the roster takes the course up."""
    person = Person.objects.get(family_names=family_name)
    make_learner(person=person, at=clock.now(), course=COURSE, posting=person.postings.get())


@pytest.mark.parametrize("device", ["page", "phone"])
def test_human_resources_runs_its_yearly_training(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    stage: Stage,
    look: Look,
    tmp_path: Path,
) -> None:
    page: Page = request.getfixturevalue(device)
    base = live_server.url
    enter_empty_institution(page, base)

    page.goto(f"{base}/cumplimiento/")
    load_people(page, look, tmp_path)
    page.goto(f"{base}/cumplimiento/")
    expect(page.get_by_text("Todavía no se exige ningún curso")).to_be_visible()
    look(page)
    require_training(page, look)

    page.get_by_role("link", name="Ver el cumplimiento").click()
    expect(page.get_by_text("0 de 30 personas")).to_be_visible()
    look(page)
    begin_course("Peña 1")
    page.reload()
    expect(page.get_by_role("row", name="Oficina Virtual").first).to_contain_text("1")

    page.get_by_role("link", name="Ver a todas las personas").click()
    look(page)
    page.get_by_label("Seleccionar a Peña 2,", exact=False).check()
    page.get_by_label("Seleccionar a Peña 3,", exact=False).check()
    page.get_by_role("button", name="Eximir").click()
    expect(page.get_by_role("heading", name="Eximir")).to_be_visible()
    look(page)
    page.get_by_label("Hasta").fill((clock.local_date(clock.now()) + timedelta(days=30)).isoformat())
    page.get_by_label("Motivo").fill("Comisión de servicio")
    page.get_by_role("button", name="Eximir a 2 personas").click()
    expect(page.get_by_text("2 personas quedaron eximidas")).to_be_visible()
    page.goto(f"{base}/cumplimiento/")
    expect(page.get_by_text("0 de 28 personas")).to_be_visible()

    page.get_by_role("link", name="Ver a todas las personas").click()
    page.get_by_label("Seleccionar a Peña 1,", exact=False).check()
    page.get_by_role("button", name="Enviar recordatorio").click()
    look(page)

    page.goto(f"{base}/cumplimiento/")
    page.get_by_role("link", name="Congelar informe").click()
    expect(page.get_by_role("heading", name="Congelar un informe")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Congelar el informe").click()
    expect(page.get_by_role("heading", name="Código del informe")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Comprobar").click()
    expect(page).to_have_url(re.compile("/comprobar/"))
    look(page)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_team_lead_sees_the_own_unit_and_reminds_it(
    device: str, request: pytest.FixtureRequest, live_server: LiveServer, stage: Stage, look: Look
) -> None:
    page: Page = request.getfixturevalue(device)
    base, at = live_server.url, clock.now()
    beside: Unit = UnitFactory(institution=stage.institution, name="Unidad de al lado")
    account("lejana@servicio.example", "Lejana", "De Otra Unidad", beside)
    lead = account("luis@servicio.example", "Luis", "Cifuentes", stage.unit)
    assign_role(user=lead, role=Role.TEAM_LEAD, place=RolePlace(stage.institution, stage.unit), at=at)
    course = Course.objects.get(code=COURSE).pk
    today = clock.local_date(at)
    make_requirement(
        owner=stage.institution,
        spec=make_spec(course, starts_on=today - timedelta(days=60), due_on=today - timedelta(days=1)),
        at=at,
        title=TITLE,
    )
    enter_as(page, base, lead)

    page.goto(f"{base}/cumplimiento/")
    expect(page.get_by_text("0 de 15 personas")).to_be_visible()
    expect(page.get_by_text("Unidad de al lado")).to_have_count(0)
    look(page)
    page.get_by_role("link", name="Ver quiénes").first.click()
    expect(page.get_by_role("link", name="De Otra Unidad, Lejana")).to_have_count(0)
    look(page)
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="Enviar recordatorio").click()
    look(page)
    page.goto(f"{base}/cumplimiento/personas/")
    page.locator("a.name").first.click()
    look(page)
