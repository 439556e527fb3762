"""Browsers: who is asked for a password, and which other sites may read answers."""

from typing import Any

import pytest
from django.test import Client

from lms.lib import clock
from lms.xapi.rules.credentials import LAUNCH_PREFIX
from tests.xapi.callers import STATEMENTS, VERSION, anonymous, basic, open_client

pytestmark = pytest.mark.django_db
SITE = "https://cursos.example"
RESOURCES = [
    "/xapi/about",
    STATEMENTS,
    "/xapi/activities",
    "/xapi/activities/state",
    "/xapi/activities/profile",
    "/xapi/agents",
    "/xapi/agents/profile",
]


@pytest.fixture(autouse=True)
def _allowed(settings: Any) -> None:
    settings.XAPI_ALLOWED_ORIGINS = [SITE]


def test_a_program_without_credential_is_told_how_to_give_one() -> None:
    response = anonymous().get(STATEMENTS)
    assert (response.status_code, response["WWW-Authenticate"]) == (
        401,
        'Basic realm="xAPI", charset="UTF-8"',
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": SITE},
        {"Origin": "null"},
        {"Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Referer": "https://otro.example/"},
        {"Authorization": basic(f"{LAUNCH_PREFIX}abc", "secreto")},
    ],
)
def test_a_browser_never_asks_its_learner_for_a_password(headers: dict[str, str]) -> None:
    response = anonymous(**headers).get(STATEMENTS)
    assert response.status_code == 401
    assert "WWW-Authenticate" not in response


def test_an_allowed_site_may_read_answers() -> None:
    response = open_client(at=clock.now()).get(STATEMENTS, headers={"Origin": SITE})
    assert response["Access-Control-Allow-Origin"] == SITE
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert "Origin" in response["Vary"]


def test_an_allowed_site_may_read_refusals_too() -> None:
    assert anonymous(Origin=SITE).get(STATEMENTS)["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize(
    "origin",
    [
        "https://otro.example",
        "null",
        "*",
        "http://cursos.example",
        "https://cursos.example:8443",
        "https://cursos.example.otro.example",
        "https://sub.cursos.example",
        "https://CURSOS.example",
        f"{SITE}/",
        f"{SITE} https://otro.example",
    ],
)
def test_no_other_site_may_read_answers(origin: str) -> None:
    response = open_client(at=clock.now()).get(STATEMENTS, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response
    assert "Origin" in response["Vary"]


def test_without_the_setting_no_site_may(settings: Any) -> None:
    settings.XAPI_ALLOWED_ORIGINS = []
    response = open_client(at=clock.now()).get(STATEMENTS, headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("path", RESOURCES)
def test_a_preflight_needs_no_credential_and_says_what_may_be_sent(path: str) -> None:
    response = Client().options(path, headers={"Origin": SITE, "Access-Control-Request-Method": "PUT"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == SITE
    assert {"GET", "PUT", "POST", "DELETE"} <= set(response["Access-Control-Allow-Methods"].split(", "))
    allowed = {name.lower() for name in response["Access-Control-Allow-Headers"].split(", ")}
    assert {"authorization", "content-type", VERSION.lower(), "if-match", "if-none-match"} <= allowed


@pytest.mark.parametrize("path", RESOURCES)
def test_a_preflight_of_another_site_is_allowed_nothing(path: str) -> None:
    response = Client().options(path, headers={"Origin": "https://otro.example"})
    assert not [name for name in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", RESOURCES)
def test_cookies_are_never_part_of_it(path: str) -> None:
    for response in (
        Client().options(path, headers={"Origin": SITE}),
        open_client(at=clock.now()).get(path, headers={"Origin": SITE}),
    ):
        assert "Access-Control-Allow-Credentials" not in response
        assert "Set-Cookie" not in response
