"""An administrator: a credential from birth to end, and statements that go on to another record."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from lms.pages.services import set_up_site
from lms.people.models import Role, User
from lms.people.services.roles import assign_role
from lms.xapi.platform import credential_keys, current_platform, private_targets_allowed
from lms.xapi.services.forwarding import Sending, forward_due
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import account
from tests.browser.steps import assert_fits, log_in
from tests.operations.stub_lrs import KEY, SECRET, StubLrs, run_stub
from tests.xapi.callers import basic

STATEMENT = {
    "id": "6d9a6c0e-2f43-4e0b-9f7a-5a6a2f0b7d11",
    "actor": {"account": {"homePage": "https://intranet.example", "name": "u-8841"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
    "object": {
        "id": "https://intranet.example/cursos/trato",
        "definition": {"name": {"es": "Trato digno"}},
    },
    "result": {"score": {"scaled": 0.85, "raw": 17, "max": 20}, "duration": "PT48M"},
}


def build_office() -> User:
    set_up_site(site_url="http://localhost")
    admin = account("rita@aula.example", "Rita", "Pino")
    assign_role(user=admin, role=Role.ADMINISTRATOR, at=clock.now())
    return admin


@pytest.fixture
def rita(set_up: Callable[..., User]) -> User:
    return set_up(build_office)


@pytest.fixture
def stub(settings: Settings) -> Iterator[StubLrs]:
    settings.XAPI_FORWARD_PRIVATE = True
    with run_stub() as stub:
        yield stub


def send(endpoint: str, key: str, secret: str) -> int:
    """Store the statement as the other program does; the status."""
    headers = {
        "Authorization": basic(key, secret),
        "X-Experience-API-Version": "1.0.3",
        "Content-Type": "application/json",
    }
    body = json.dumps(STATEMENT).encode()
    try:
        with urlopen(Request(f"{endpoint}/statements", body, headers), timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def forward() -> int:
    """What the worker does every half minute."""
    sending = Sending(current_platform(), credential_keys(), private_targets_allowed())
    return forward_due(sending=sending, now=clock.now, seconds=10)


def read_secret(page: Page) -> tuple[str, str, str]:
    """Endpoint, key and secret as the page shows them."""
    return tuple(page.locator(f"#{name}").inner_text() for name in ("direccion", "clave", "secreto"))


def open_record(page: Page, section: str = "") -> None:
    """By the menu under one's name, and the sections of the record."""
    page.locator("details.pop summary").click()
    page.locator("details.pop").get_by_role("link", name="Registro", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registro de aprendizaje")
    if section:
        page.get_by_role("link", name=section, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(section)


def give_credential(page: Page, look: Look) -> tuple[str, str, str]:
    open_record(page, "Credenciales")
    look(page)
    page.get_by_role("link", name="Crear una credencial").click()
    look(page)
    page.get_by_role("button", name="Crear la credencial").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    page.get_by_label("Nombre").fill("Intranet")
    page.get_by_label("Escribir declaraciones").check()
    page.get_by_label("Leer todas las declaraciones").check()
    page.get_by_role("button", name="Crear la credencial").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guarda el secreto ahora")
    look(page)
    return read_secret(page)


def find_statement(page: Page, look: Look) -> None:
    """From the list, narrowed by a verb, to the statement itself."""
    open_record(page)
    look(page)
    fold = page.get_by_text("Filtrar", exact=True)
    if fold.is_visible():
        fold.click()
    page.get_by_label("Persona o programa").fill("Ana Rojas")
    page.get_by_role("button", name="Aplicar filtros").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    page.get_by_label("Persona o programa").fill("")
    page.get_by_label("Verbo", exact=True).select_option(label="Aprobó")
    page.get_by_role("button", name="Aplicar filtros").click()
    row = page.get_by_role("row", name="Trato digno")
    expect(row).to_contain_text("Cuenta u-8841 en https://intranet.example")
    expect(row).to_contain_text(re.compile(r"85.% \(17 de 20\), en 48 min"))
    expect(row).to_contain_text("Intranet")
    look(page)
    row.get_by_role("link", name="aprobó Trato digno").click()
    expect(page.locator("pre")).to_contain_text('"name": "u-8841"')
    look(page)
    page.locator(".raw").focus()
    expect(page.locator(".raw")).to_be_focused()


def renew(page: Page, look: Look) -> tuple[str, str, str]:
    open_record(page, "Credenciales")
    page.get_by_role("link", name="Renovar el secreto de Intranet").click()
    look(page)
    page.get_by_role("button", name="Renovar el secreto").click()
    expect(page.get_by_text("el anterior ya no sirve")).to_be_visible()
    look(page)
    return read_secret(page)


def revoke(page: Page, look: Look) -> None:
    open_record(page, "Credenciales")
    page.get_by_role("link", name="Revocar Intranet").click()
    look(page)
    page.get_by_role("button", name="Revocar la credencial").click()
    expect(page.get_by_text("ya no puede entrar al registro")).to_be_visible()
    expect(page.get_by_role("row", name="Intranet")).to_contain_text("Revocada")
    look(page)


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_credential_is_given_used_renewed_and_revoked(
    device: str, request: pytest.FixtureRequest, live_server: LiveServer, rita: User, look: Look
) -> None:
    page: Page = request.getfixturevalue(device)
    log_in(page, live_server.url, rita.email)

    endpoint, key, secret = give_credential(page, look)
    assert endpoint == f"{live_server.url}/xapi"
    assert send(endpoint, key, secret) == 200
    find_statement(page, look)

    _endpoint, same_key, renewed = renew(page, look)
    assert (same_key, send(endpoint, key, secret), send(endpoint, key, renewed)) == (key, 401, 200)

    revoke(page, look)
    assert send(endpoint, key, renewed) == 401


def add_target(page: Page, stub: StubLrs, look: Look) -> None:
    open_record(page, "Reenvíos")
    look(page)
    page.get_by_role("link", name="Agregar un destino").click()
    look(page)
    page.get_by_role("button", name="Probar y agregar").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    page.get_by_label("Nombre").fill("Registro central")
    page.get_by_label("Dirección del registro de destino").fill(stub.endpoint)
    page.get_by_label("Clave").fill(KEY)
    page.get_by_label("Secreto").fill("equivocado")
    page.get_by_label("Todo, también lo que guardaron otros programas").check()
    page.get_by_label("Desde el principio").check()
    page.get_by_role("button", name="Probar y agregar").click()
    expect(page.get_by_text("no acepta la clave y el secreto")).to_be_visible()
    expect(page.get_by_text("1 por enviar.")).to_be_visible()
    look(page)


def mend_target(page: Page, look: Look) -> None:
    """The right secret this time."""
    page.get_by_role("link", name="Cambiar la conexión").click()
    look(page)
    page.get_by_label("Secreto").fill(SECRET)
    page.get_by_role("button", name="Probar y guardar").click()
    expect(page.get_by_text("quedó guardada")).to_be_visible()
    expect(page.get_by_text("La conexión no funciona")).to_have_count(0)
    page.get_by_role("button", name="Probar la conexión").click()
    expect(page.get_by_text("La conexión funciona")).to_be_visible()


def replay_target(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Reenviar desde una fecha").click()
    look(page)
    page.get_by_label("Reenviar lo guardado desde").fill("2026-01-01")
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_text("Repetir no hace daño")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Reenviar").click()
    expect(page.get_by_text("recibe de nuevo todo desde el 1 de enero de 2026")).to_be_visible()


def settle_refusal(page: Page, look: Look) -> None:
    """One statement that the other record will not have: tried once more, then given up."""
    look(page)
    page.get_by_role("button", name="Reintentar").click()
    expect(page.get_by_text("El destino la rechazó otra vez")).to_be_visible()
    page.get_by_role("button", name="Descartar").click()
    expect(page.get_by_text("El destino no ha rechazado ninguna declaración.")).to_be_visible()


@pytest.mark.parametrize("device", ["page", "phone"])
def test_statements_go_on_to_another_record(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    rita: User,
    stub: StubLrs,
    look: Look,
) -> None:
    page: Page = request.getfixturevalue(device)
    log_in(page, live_server.url, rita.email)
    assert send(*give_credential(page, look)) == 200

    add_target(page, stub, look)
    assert forward() == 0
    page.reload()
    expect(page.get_by_text("Fallando")).to_be_visible()
    look(page)
    mend_target(page, look)
    assert forward() == 1
    assert [said["id"] for said in stub.statements] == [STATEMENT["id"]]
    page.reload()
    expect(page.get_by_text("Al día")).to_be_visible()

    stub.storing = 400
    replay_target(page, look)
    assert forward() == 0
    page.reload()
    settle_refusal(page, look)
    open_record(page, "Reenvíos")
    expect(page.get_by_role("row", name="Registro central")).to_contain_text("Nada por enviar")
    look(page)

    page.get_by_role("link", name="Registro central").click()
    page.get_by_role("link", name="Eliminar este destino").click()
    look(page)
    page.get_by_role("button", name="Eliminar el destino").click()
    expect(page.get_by_text("No se reenvía a ninguna parte")).to_be_visible()
    open_record(page, "Meses")
    look(page)


def test_a_credential_needs_no_javascript(live_server: LiveServer, rita: User, open_page: OpenPage) -> None:
    page = open_page(width=320, height=640, java_script_enabled=False)
    log_in(page, live_server.url, rita.email)
    page.goto(f"{live_server.url}/registro/credenciales/nueva/")
    page.get_by_label("Nombre").fill("Intranet")
    page.get_by_label("Escribir declaraciones").check()
    page.get_by_role("button", name="Crear la credencial").click()

    expect(page.get_by_role("button", name="Copiar")).to_have_count(0)
    assert_fits(page)
    assert send(*read_secret(page)) == 200


def test_the_secret_is_copied(live_server: LiveServer, rita: User, open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    log_in(page, live_server.url, rita.email)
    page.goto(f"{live_server.url}/registro/credenciales/nueva/")
    page.get_by_label("Nombre").fill("Intranet")
    page.get_by_label("Escribir declaraciones").check()
    page.get_by_role("button", name="Crear la credencial").click()

    page.get_by_role("button", name="Copiar el secreto").click()

    expect(page.get_by_role("status").filter(has_text="Copiado")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == read_secret(page)[2]
