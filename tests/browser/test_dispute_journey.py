"""A person finds a wrong record and says so; HR corrects it with evidence; she sees it, and who looked."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from lms.progress.models import Completion
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import log_in
from tests.factories.records import PDF, attest
from tests.factories.requirements import make_requirement, make_spec


@pytest.fixture
def wrong(stage: Stage) -> Completion:
    """HR attested the right course for a day on which its certificate would be over by now."""
    at = clock.now()
    day = clock.local_date(at)
    completion = attest(
        stage.servant.person,
        at=at,
        course=COURSE,
        completed_on=day - timedelta(days=600),
        valid_until=day - timedelta(1),
    )
    spec = make_spec(
        completion.course_id, starts_on=day - timedelta(days=90), due_on=day - timedelta(days=10)
    )
    make_requirement(owner=stage.institution, spec=spec, at=at, title="Integridad 2026")
    return completion


def question_it(page: Page, look: Look) -> None:
    """From «Mi aprendizaje» to the question that waits."""
    section = page.get_by_role("region", name="Lo que se me exige")
    expect(section.get_by_text("Atrasada")).to_be_visible()
    look(page)
    section.get_by_role("link", name="Ver mi registro").click()
    expect(page.get_by_text("Escuela de Gobierno")).to_be_visible()
    look(page)
    held = page.get_by_role("region", name="Cursos que completé")
    held.get_by_role("link", name="No estoy de acuerdo").click()
    look(page)
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("Qué no está bien").fill("La fecha es otra: lo terminé hace un mes.")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("Esperando respuesta")).to_be_visible()
    look(page)


def correct_it(page: Page, look: Look, paper: Path) -> None:
    """From the queue to the correction that answers."""
    page.get_by_role("link", name="Ñuñoa Riquelme, Camila").click()
    expect(page.get_by_text("lo terminé hace un mes")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Corregir el registro").click()
    look(page)
    page.get_by_label("Tenía un dato equivocado").check()
    page.get_by_label("Qué pasó").fill("Leímos mal la fecha del acta.")
    page.get_by_label("Nada: el curso deja de contar").check()
    expect(page.get_by_label("Fecha en que lo completó")).to_be_hidden()
    page.get_by_label("El mismo u otro curso").check()
    day = clock.local_date(clock.now()) - timedelta(days=30)
    page.get_by_label("Fecha en que lo completó").fill(day.isoformat())
    page.get_by_label("Vale hasta").fill("")
    page.get_by_label(re.compile("^Evidencia")).set_input_files(paper)
    page.get_by_role("button", name="Ver qué cambia").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_text("Archivo recibido")).to_be_visible()  # nothing has to be chosen again
    look(page)
    page.get_by_label("Respuesta para la persona").fill("Tenías razón: corregimos la fecha.")
    page.get_by_role("button", name="Ver qué cambia").click()
    row = page.get_by_role("row", name="Integridad 2026")
    expect(row.get_by_text("Atrasada")).to_be_visible()
    expect(row.get_by_text("Completada")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Confirmar la corrección").click()
    expect(page.get_by_text("La corrección quedó hecha")).to_be_visible()
    look(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_questions_her_record_and_sees_it_corrected(
    open_page: OpenPage,
    live_server: LiveServer,
    stage: Stage,
    wrong: Completion,
    look: Look,
    tmp_path: Path,
    width: int,
) -> None:
    base = live_server.url
    paper = tmp_path / "acta.pdf"
    paper.write_bytes(PDF)
    hers = open_page(width=width, height=844)
    log_in(hers, base, stage.servant.email)
    question_it(hers, look)

    office = open_page(width=width, height=844)
    log_in(office, base, stage.hr.email)
    office.goto(f"{base}/cumplimiento/consultas/")
    look(office)
    correct_it(office, look, paper)

    hers.goto(f"{base}/aula/")
    expect(hers.get_by_text("Además cumples 1 exigencia.")).to_be_visible()
    hers.get_by_role("link", name="Leer la respuesta").click()
    expect(hers.get_by_text("Tenías razón: corregimos la fecha.")).to_be_visible()
    look(hers)
    hers.get_by_role("link", name="Ver mi registro").click()
    expect(hers.get_by_text("Leímos mal la fecha del acta.")).to_be_visible()
    expect(hers.get_by_text("Reemplaza a uno anulado")).to_be_visible()
    look(hers)
    with hers.expect_download() as download:
        hers.get_by_role("link", name="Descargar la evidencia").first.click()
    assert download.value.path().read_bytes() == PDF

    hers.goto(f"{base}/aula/quien-me-vio/")
    for words in ("Leyó una consulta tuya", "Corrigió un curso tuyo"):
        expect(hers.get_by_text(words).first).to_be_visible()
    expect(hers.get_by_text("Marcela")).to_have_count(0)
    look(hers)
