"""Every address of the platform, asked by everybody: the table says who gets what, and nobody else does."""

import io
from collections.abc import Iterator
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve
from openpyxl import load_workbook

from lms.people.accounts.middleware import OPEN_NAMES, OPEN_PREFIXES
from tests.access.cases import GUESTS, NOT_ALLOWED, SEES_NAMES_OF_A, Case
from tests.access.routes import list_routes
from tests.access.table import AREAS, TABLE
from tests.access.visitors import STAFF, VISITORS, user_of
from tests.access.world import World

METHODS = ("get", "post")


def test_every_address_has_a_row_in_the_table() -> None:
    missing = {route.name for route in list_routes()} - set(TABLE)
    assert not missing, f"Say in tests/access/rows_*.py who may open: {sorted(missing)}"


def test_every_row_of_the_table_has_an_address() -> None:
    assert not set(TABLE) - {route.name for route in list_routes()}


def test_no_address_is_in_two_areas_of_the_table() -> None:
    assert len(TABLE) == sum(len(rows) for rows in AREAS)


@pytest.mark.parametrize("visitor", VISITORS)
def test_everybody_gets_what_the_table_says_and_no_more(world: World, at: datetime, visitor: str) -> None:
    client = VISITORS[visitor](world, at)
    hidden = [] if visitor in SEES_NAMES_OF_A else hidden_names(world, visitor)

    problems = [
        problem
        for name, case in list_cases()
        for method in METHODS
        for problem in check(world, client, visitor, name, case, method, hidden)
    ]

    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("is_enabled", [False, True], ids=["without_factor", "factor_not_given"])
def test_without_the_second_factor_a_role_opens_no_address(world: World, is_enabled: bool) -> None:
    client = client_without_factor(world, "hr_a", is_enabled=is_enabled)
    urls = dict.fromkeys(case.url(name, world) for name, case in list_cases())

    problems = [
        problem
        for url in urls
        if not is_free_of_second_factor(url)
        for method in METHODS
        for problem in check_refused_for_want_of_factor(client, "hr_a", url, method)
    ]

    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("is_enabled", [False, True], ids=["without_factor", "factor_not_given"])
def test_every_role_is_asked_for_the_second_factor(world: World, is_enabled: bool) -> None:
    problems = [
        problem
        for visitor in STAFF
        for client in [client_without_factor(world, visitor, is_enabled=is_enabled)]
        for problem in check_refused_for_want_of_factor(client, visitor, "/cumplimiento/", "get")
    ]

    assert not problems, "\n".join(problems)


def test_the_names_that_must_not_show_do_show_to_hr_of_the_institution(world: World, at: datetime) -> None:
    """Otherwise the search for names in other people's pages could find nothing and prove nothing."""
    with asked(VISITORS["hr_a"](world, at), "get", "/cumplimiento/") as response:
        body = text_of(response)

    assert {"Rojas, Ana", "Soto, Bruno"} <= {name for name in hidden_names(world, "hr_b") if name in body}


# --- Asking --------------------------------------------------------------------------------------
def list_cases() -> Iterator[tuple[str, Case]]:
    for name, cases in TABLE.items():
        for case in cases:
            yield name, case


class asked:  # noqa: N801 - reads as a word in a with statement
    """The answer to one request; afterwards neither rows nor cookies are changed."""

    def __init__(self, client: Client, method: str, url: str, data: object = None) -> None:
        self.client, self.method, self.url, self.data = client, method, url, data

    def __enter__(self) -> HttpResponseBase:
        self.client.raise_request_exception = False
        self.cookies = dict(self.client.cookies)
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        response: HttpResponseBase = getattr(self.client, self.method)(self.url, self.data or {})
        return response

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)


def check(
    world: World, client: Client, visitor: str, name: str, case: Case, method: str, hidden: list[str]
) -> Iterator[str]:
    """What is wrong with the answer that the visitor gets."""
    expected = expected_status(case, visitor, method)
    if expected is None:
        return
    url = case.url(name, world)
    data = case.data(world) if method == "post" else None
    with asked(client, method, url, data) as response:
        status, to = response.status_code, response.headers.get("Location", "")
        body = text_of(response)
    what = f"{visitor} {method.upper()} {name} {url}"
    if status != expected:
        yield f"{what}: {status} {to}, not {expected}"
    elif not leads_where_it_should(case, visitor, status, to):
        yield f"{what}: leads to {to}"
    shown = [text for text in hidden if text in body] if visitor not in case.names_to else []
    if shown and not is_led_in_public(world, name, shown):
        yield f"{what}: shows {shown}"


def expected_status(case: Case, visitor: str, method: str) -> int | None:
    """The status for the visitor; None where the case does not ask by this method."""
    status = case.get if method == "get" else case.post
    if status is None or visitor in case.who:
        return status
    if visitor in GUESTS or visitor in case.sent_back:
        return 302
    # A method that nobody may use is refused before anybody is asked who they are.
    return status if status == NOT_ALLOWED and not case.asks_who_first else case.refused


def leads_where_it_should(case: Case, visitor: str, status: int, to: str) -> bool:
    """Whether a refusal by redirect leads to the login, or to where the case says."""
    if status != 302 or visitor in case.who:
        return True
    if visitor in case.sent_back:
        return to == "/gestion/"
    return to.startswith(case.guests_to if visitor in GUESTS else case.refused_to)


def text_of(response: HttpResponseBase) -> str:
    """What a person can read of an answer; a workbook by its cells."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if "spreadsheetml" in response.headers.get("Content-Type", ""):
        rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return content.decode(errors="replace")


def hidden_names(world: World, visitor: str) -> list[str]:
    """What the visitor must never read: everybody of institution A but themselves."""
    own = user_of(world, visitor)
    names = world.names_of_a(but=own)
    return names if own == world.personas.ana else [*names, world.certificate.recipient_name]


def is_led_in_public(world: World, name: str, shown: list[str]) -> bool:
    """A workshop names who leads it: that name, and no other, is public there."""
    return name.startswith("workshops:") and shown == [world.personas.diego.person.full_name]


# --- Second factor -------------------------------------------------------------------------------
def is_free_of_second_factor(url: str) -> bool:
    """Pages by which the factor is set up or given, the check of health, and what knows no session."""
    name = resolve(url.partition("?")[0]).url_name or ""
    return name.startswith((*OPEN_PREFIXES, "xapi_", "api_v1_")) or name in OPEN_NAMES


def client_without_factor(world: World, visitor: str, *, is_enabled: bool) -> Client:
    """A browser in which the visitor has given only the password."""
    user = user_of(world, visitor)
    assert user is not None
    if is_enabled:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "PRUEBA"})
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def check_refused_for_want_of_factor(client: Client, visitor: str, url: str, method: str) -> Iterator[str]:
    with asked(client, method, url) as response:
        status, to = response.status_code, response.headers.get("Location", "")
    is_sent = method == "get" and status == 302 and to.startswith("/cuentas/segundo-factor/")
    if not is_sent and status != 403:
        yield f"{visitor} {method.upper()} {url}: {status} {to}"
