"""A trainer publishes a workshop, a servant takes a seat, the trainer marks who came."""

import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils.timezone import make_aware
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import Stage
from tests.browser.steps import log_in

TITLE = "Conflictos de interés: tres casos"


def publish_session(page: Page, base: str, starts_at: datetime, look: Look) -> None:
    """First without a place, which is refused; then complete."""
    page.goto(f"{base}/talleres/")
    look(page)
    page.get_by_role("link", name="Gestionar talleres").click()
    look(page)
    page.get_by_role("link", name="Programar un taller").first.click()
    look(page)
    page.get_by_label("Título").fill(TITLE)
    page.get_by_label("De qué se trata").fill("Tres mesas, tres casos y una conversación.")
    page.get_by_label("Fecha").fill(starts_at.date().isoformat())
    page.get_by_label("Empieza").fill("10:00")
    page.get_by_label("Termina").fill("12:30")
    page.get_by_label("Cupos").fill("20")
    page.get_by_role("button", name="Guardar el taller").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".field-error")).to_have_text(re.compile("Un taller presencial necesita un lugar."))
    look(page)
    page.get_by_label("Lugar").fill("Salón Auditorio, Talca")
    page.get_by_role("button", name="Guardar el taller").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    look(page)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_workshop_goes_from_its_announcement_to_the_attendance(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    stage: Stage,
    open_page: OpenPage,
    look: Look,
) -> None:
    servant: Page = request.getfixturevalue(device)
    trainer = open_page(width=servant.viewport_size["width"])  # type: ignore[index]
    base = live_server.url
    starts_at = make_aware(datetime.combine(clock.local_date(clock.now()) + timedelta(days=3), time(10)))
    log_in(trainer, base, stage.trainer.email)
    publish_session(trainer, base, starts_at, look)

    log_in(servant, base, stage.servant.email)
    servant.get_by_role("link", name="Talleres", exact=True).click()
    look(servant)
    servant.get_by_role("link", name=TITLE).click()
    look(servant)
    expect(servant.get_by_text("Quedan 20 cupos de 20")).to_be_visible()
    servant.get_by_role("button", name="Inscribirme").click()
    expect(servant.get_by_text("Quedan 19 cupos de 20")).to_be_visible()
    expect(servant.get_by_role("button", name="Retirarme del taller")).to_be_visible()
    look(servant)
    with servant.expect_download() as download:
        servant.get_by_role("link", name="Agregar a mi calendario").click()
    assert download.value.path().read_text("utf-8").startswith("BEGIN:VCALENDAR")

    servant.goto(f"{base}/aula/")
    look(servant)
    expect(servant.get_by_role("heading", name="Mis talleres")).to_be_visible()
    trainer.get_by_role("link", name="Tomar asistencia").click()
    expect(trainer.get_by_text("Podrás marcar la asistencia desde el")).to_be_visible()
    look(trainer)
    trainer.get_by_role("link", name="Lista de firmas para imprimir").click()
    look(trainer)
    trainer.go_back()
    with time_machine.travel(starts_at + timedelta(minutes=20), tick=True):
        trainer.reload()
        look(trainer)
        sheet = trainer.get_by_role("group", name="Ñuñoa Riquelme")
        sheet.get_by_text("Presente").click()
        trainer.get_by_role("button", name="Guardar la asistencia").click()
        expect(trainer.get_by_text("Asistencia guardada: 1 cambio.")).to_be_visible()
        expect(sheet.get_by_role("radio", name="Presente")).to_be_checked()
        look(trainer)
    with time_machine.travel(starts_at + timedelta(hours=3), tick=True):
        servant.goto(f"{base}/aula/")
        look(servant)
        expect(servant.get_by_role("heading", name="Asististe")).to_be_visible()
