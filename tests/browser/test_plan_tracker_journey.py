"""A municipality's plan from nothing: its team makes it, a unit reports, a citizen sees how far it is."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from lms.people.models import Institution, Role, User
from lms.people.services.roles import RolePlace, assign_role
from tests.browser.conftest import Look
from tests.browser.stage import Stage, account, build_stage
from tests.browser.steps import enter_as
from tests.factories.people import InstitutionFactory
from tests.factories.plan_progress import PDF

TOWN = "Municipalidad de Villa Ejemplo"
PLAN = "plan-local-2026"


def build_town_stage() -> Stage:
    stage = build_stage()
    town = InstitutionFactory(code="villa", name=TOWN, kind=Institution.Kind.MUNICIPALITY)
    owner = account("julieta@villa.example", "Julieta", "Norambuena")
    reporter = account("gaspar@villa.example", "Gaspar", "Leiva")
    at = clock.now()
    assign_role(user=owner, role=Role.PLAN_OWNER, place=RolePlace(town), at=at)
    assign_role(user=reporter, role=Role.PLAN_REPORTER, place=RolePlace(town), at=at)
    return stage


def make_the_plan(page: Page, base: str, look: Look) -> None:
    page.goto(f"{base}/plan/gestion/")
    look(page)
    page.get_by_role("link", name="Crear un plan").click()
    look(page)
    page.get_by_label("Título").fill("Plan local de Villa Ejemplo")
    page.get_by_label("Código").fill(PLAN)
    page.get_by_label("Alcance").select_option("municipal")
    page.get_by_label("Institución").select_option(label=TOWN)
    page.get_by_label("País").fill("Chile")
    page.get_by_label("Período").fill("2026-2028")
    page.get_by_label("Cuántos compromisos tiene").fill("1")
    page.get_by_label("Adhiere al plan").select_option(index=1)
    page.get_by_role("button", name="Crear el plan").click()
    look(page)
    page.get_by_role("link", name="Agregar un compromiso").click()
    look(page)
    page.get_by_label("Título").fill("Transmitir las sesiones del concejo")
    page.get_by_label("Qué se compromete").fill("Transmitir y archivar cada sesión.")
    page.get_by_label("Instituciones que informan el avance aquí").fill(TOWN)
    page.get_by_role("button", name="Guardar el compromiso").click()
    look(page)
    page.get_by_role("link", name="Agregar un hito").click()
    look(page)
    page.get_by_label("Hito").fill("Instalar las cámaras")
    page.get_by_role("button", name="Guardar el hito").click()
    look(page)
    page.goto(f"{base}/plan/gestion/{PLAN}/")
    page.get_by_role("button", name="Pasar a «En ejecución»").click()
    look(page)


def report(page: Page, base: str, look: Look) -> None:
    page.goto(f"{base}/plan/informar/")
    look(page)
    page.get_by_role("link", name="Transmitir las sesiones").click()
    look(page)
    page.get_by_role("button", name="Empezar el informe").click()
    look(page)
    page.get_by_label("Qué se hizo en el semestre").fill("Se compraron e instalaron las cámaras.")
    page.get_by_label("Estado").select_option("complete")
    page.get_by_role("button", name="Guardar y agregar evidencia").click()
    look(page)
    page.get_by_label("Qué es").fill("Acta de recepción")
    page.get_by_label("Fecha del documento").fill("2026-05-02")
    page.get_by_label("O un archivo").set_input_files(
        {"name": "acta.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Guardar la evidencia").click()
    look(page)
    page.get_by_role("button", name="Guardar y revisar el envío").click()
    look(page)
    page.get_by_role("button", name="Enviar el informe").click()
    expect(page.get_by_text("Por revisar")).to_be_visible()
    look(page)


def approve(page: Page, base: str, look: Look) -> None:
    page.goto(f"{base}/plan/gestion/{PLAN}/")
    page.get_by_role("link", name=re.compile("Compromiso 1: Transmitir")).click()
    look(page)
    page.get_by_role("button", name="Aprobar y publicar").click()
    expect(page.get_by_text("El informe es público.")).to_be_visible()
    look(page)


def read(page: Page, base: str, look: Look) -> None:
    page.goto(f"{base}/plan/")
    look(page)
    page.get_by_role("link", name="Plan local de Villa Ejemplo").click()
    look(page)
    page.locator("ol.commits a").first.click()
    look(page)
    expect(page.locator("#h1")).to_contain_text("Completo")
    with page.expect_download() as file:
        page.locator("#h1").get_by_role("link", name="Acta de recepción").click()
    assert file.value.path().read_bytes() == PDF
    for name in ("Historia de este compromiso", "Calendario de informes", "Hitos reprogramados"):
        page.get_by_role("link", name=name).click()
        look(page)
        page.go_back()


def test_a_municipality_promises_reports_and_is_held_to_it(
    live_server: LiveServer, set_up: Callable[..., Any], page: Page, phone: Page, look: Look
) -> None:
    set_up(build_town_stage)
    base = live_server.url
    enter(page, base, "julieta@villa.example")
    make_the_plan(page, base, look)
    enter(page, base, "gaspar@villa.example")
    report(page, base, look)
    enter(page, base, "julieta@villa.example")
    approve(page, base, look)
    read(phone, base, look)


def enter(page: Page, base: str, email: str) -> None:
    page.context.clear_cookies()
    enter_as(page, base, User.objects.get(email=email))
