"""Human resources: a second factor, a roster with an error, the figures, the exports, one person's file."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from lms.people.models import Person
from tests.browser.conftest import Look
from tests.browser.stage import PASSWORD, Stage
from tests.browser.steps import fill_login, log_out
from tests.browser.totp import totp
from tests.factories.people import make_run
from tests.people.rosters import csv_file, line


def test_the_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    assert totp(secret=secret, at=datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC)) == "081804"


def show_code(secret: str) -> str:
    """The present code. A code serves once; forgetting that spares the half minute until the next."""
    cache.clear()
    return totp(secret=secret, at=clock.now())


def set_up_second_factor(page: Page, look: Look) -> str:
    """The first login of somebody with a role; returns the key of the telephone's application."""
    expect(page.get_by_text("Tu rol necesita un segundo factor")).to_be_visible()
    look(page)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_role("heading", name="Activar el segundo factor")).to_be_visible()
    look(page)
    secret = page.locator("main .plain-code").inner_text()
    page.get_by_label("Código de seis números").fill("000000")
    page.get_by_role("button", name="Activar").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    assert page.locator("main .plain-code").inner_text() == secret
    page.get_by_label("Código de seis números").fill(show_code(secret))
    page.get_by_role("button", name="Activar").click()
    expect(page.get_by_role("heading", name="Códigos de respaldo")).to_be_visible()
    look(page)
    return secret


def log_in_with_both_factors(page: Page, base: str, email: str, secret: str, look: Look) -> None:
    """The password alone opens nothing; the code does."""
    fill_login(page, base, email)
    expect(page.get_by_role("heading", name="Tu segundo factor")).to_be_visible()
    look(page)
    page.goto(f"{base}/cumplimiento/")
    expect(page.get_by_role("heading", name="Tu segundo factor")).to_be_visible()
    page.get_by_label("Código").fill("123")
    page.get_by_role("button", name="Ingresar", exact=True).click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("Código").fill(show_code(secret))
    page.get_by_role("button", name="Ingresar", exact=True).click()
    page.wait_for_url(f"{base}/aula/")


def write_roster(folder: Path, *, wrong: bool) -> Path:
    """Thirty people, of whom one has a mistyped RUN when ``wrong``."""
    lines = [line(number, unidad="Oficina Virtual" if number % 3 else "Finanzas") for number in range(1, 31)]
    if wrong:
        run = make_run(11_000_007)
        lines[6][0] = f"{run[:-1]}{'1' if run[-1] != '1' else '2'}"
    file = folder / ("con-error.csv" if wrong else "corregida.csv")
    file.write_bytes(csv_file(lines).getvalue())
    return file


def upload(page: Page, file: Path) -> None:
    page.get_by_label("Fecha de la nómina").fill(clock.local_date(clock.now()).isoformat())
    page.get_by_label("Archivo", exact=True).set_input_files(file)
    page.get_by_role("button", name="Revisar la nómina").click()
    expect(page.get_by_role("heading", name="Decide qué hacer")).to_be_visible()


def figure(page: Page, name: str) -> int:
    """The number under a heading of the strip of figures."""
    return int(page.locator("dl.strip > div", has_text=name).locator(".big").inner_text())


@pytest.mark.parametrize("device", ["page", "phone"])
def test_human_resources_loads_a_roster_and_sees_who_is_missing(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    stage: Stage,
    settings: Settings,
    look: Look,
    tmp_path: Path,
) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    page: Page = request.getfixturevalue(device)
    base, email = live_server.url, stage.hr.email
    fill_login(page, base, email)
    secret = set_up_second_factor(page, look)
    log_out(page)
    log_in_with_both_factors(page, base, email, secret, look)

    page.locator("details.pop summary").click()
    page.get_by_role("link", name="Cumplimiento").click()
    look(page)
    page.get_by_role("link", name="Por curso", exact=True).click()
    look(page)
    expect(page.get_by_text("0 de 14 personas")).to_be_visible()
    page.get_by_role("link", name="Personas", exact=True).click()
    page.get_by_role("link", name="Nómina").click()
    look(page)
    page.get_by_role("button", name="Revisar la nómina").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)

    upload(page, write_roster(tmp_path, wrong=True))
    look(page)
    assert (figure(page, "Personas nuevas"), figure(page, "Dejan de figurar")) == (29, 14)
    row = page.get_by_role("row", name="RUN")
    expect(row.get_by_role("rowheader")).to_have_text("8")
    with page.expect_download() as problems:
        page.get_by_role("link", name="Descargar la lista de errores").click()
    assert "RUN" in problems.value.path().read_text("utf-8-sig")
    page.get_by_role("button", name="Aplicar la nómina").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    assert not Person.objects.filter(family_names="Peña 1").exists()
    page.get_by_role("button", name="Descartar la nómina").click()

    page.goto(f"{base}/cumplimiento/nomina/")
    upload(page, write_roster(tmp_path, wrong=False))
    look(page)
    assert figure(page, "Personas nuevas") == 30
    page.get_by_label("Entiendo que 14 personas dejan de figurar").check()
    page.get_by_role("button", name="Aplicar la nómina").click()
    expect(page.get_by_text("Esto es lo que cambió")).to_be_visible()
    look(page)

    page.goto(f"{base}/cumplimiento/cursos/")
    expect(page.get_by_text("0 de 30 personas")).to_be_visible()
    look(page)
    page.get_by_label("Unidad", exact=True).select_option(label="Finanzas")
    page.get_by_role("button", name="Aplicar").click()
    expect(page.get_by_text("0 de 10 personas")).to_be_visible()
    look(page)
    assert_exports_show(page, people=10)
    page.locator("#personas a.name").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Peña")
    look(page)


def assert_exports_show(page: Page, *, people: int) -> None:
    """The two files hold the people of the view, and no whole RUN."""
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
    assert len(rows) == people
    assert {row["Unidad"] for row in rows} == {"Finanzas"}
    assert "11000003" not in text.replace(".", "")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX", exact=True).click()
    copy = download.value.path().with_suffix(".xlsx")
    download.value.save_as(copy)
    sheet = load_workbook(copy, read_only=True).active
    assert sum(1 for _row in sheet.iter_rows(min_row=3)) == people
