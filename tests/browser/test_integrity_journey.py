"""The integrity coordinator writes the institution's code and contacts; a learner reads them in a lesson."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import log_in

CODE = "Código de ética del Servicio de Registros"
ARTICLE = "Aviso por escrito a mi jefatura y dejo la carpeta a otra persona."


def take_up(page: Page, base: str) -> None:
    page.goto(f"{base}/cursos/{COURSE}/")
    page.get_by_role("button", name="Inscribirme y empezar").click()
    page.wait_for_url(f"**/aula/{COURSE}/m1-l1/")


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_coordinator_writes_the_code_that_a_learner_then_reads(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    stage: Stage,
    open_page: OpenPage,
    look: Look,
) -> None:
    desk: Page = request.getfixturevalue(device)
    base = live_server.url
    learner = open_page()
    log_in(learner, base, stage.servant.email)
    take_up(learner, base)
    learner.goto(f"{base}/aula/{COURSE}/m2-l2/")
    expect(learner.get_by_text("aún no carga este tema")).to_be_visible()

    log_in(desk, base, stage.coordinator.email)
    desk.locator("details.pop summary").click()
    desk.get_by_role("link", name="Integridad", exact=True).click()
    look(desk)
    expect(desk.get_by_text(stage.institution.name)).to_be_visible()
    desk.get_by_role("link", name="Agregar el código").click()
    desk.get_by_label("Cómo se llama el código").fill(CODE)
    desk.get_by_role("button", name="Guardar").click()
    expect(desk.get_by_text("Versión 1, guardada el")).to_be_visible()

    desk.get_by_role("link", name="Canal de consultas").click()
    desk.get_by_label("Nombre").fill("Consultas de integridad")
    desk.get_by_role("button", name="Guardar y mostrar en las lecciones").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    expect(
        desk.locator("form").get_by_text("Agrega un correo, un teléfono o un enlace.").last
    ).to_be_visible()
    look(desk)
    desk.get_by_label("Correo").fill("consultas@registros.example")
    desk.get_by_role("button", name="Guardar y mostrar en las lecciones").click()

    desk.get_by_role("link", name="Conflictos de interés").first.click()
    desk.get_by_label("Qué dice tu código").fill(ARTICLE)
    desk.get_by_label("Dónde está").fill("Título II, página 11")
    desk.get_by_role("button", name="Guardar y seguir con el próximo").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Código de ética: Regalos e invitaciones")
    desk.get_by_role("link", name="Integridad", exact=True).first.click()
    look(desk)
    desk.get_by_role("link", name="Ver la matriz de instituciones y textos").click()
    expect(desk.get_by_role("group", name="Instituciones y textos")).to_be_visible()
    look(desk)

    learner.reload()
    expect(learner.get_by_text(ARTICLE)).to_be_visible()
    expect(learner.get_by_text("Título II, página 11")).to_be_visible()
    look(learner)
    learner.goto(f"{base}/aula/{COURSE}/m2-l4/")
    expect(learner.get_by_role("link", name="consultas@registros.example")).to_be_visible()
    look(learner)
