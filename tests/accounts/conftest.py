"""A provider that runs, configured for the platform, and going through it as a browser does."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from lms.settings.sign_in import read_providers
from tests.openid_provider import Provider, run_provider

INSTITUTION = "/cuentas/institucion/salud/"
CLAVE_UNICA = "/cuentas/clave-unica/"


@pytest.fixture
def provider(db: None, settings: Settings) -> Iterator[Provider]:
    """Right in every way until a test changes its ``behaviour``."""
    with run_provider() as running:
        settings.SOCIALACCOUNT_PROVIDERS = read_providers(running.environment())
        yield running


def leave(client: Client, base: str, **data: str) -> str:
    """The provider's address, to which the platform leads after the button was pressed."""
    return address_in(client.post(f"{base}ingresar/", data).content.decode())


def address_in(page: str) -> str:
    """Where the page leads on."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def come_back(address: str) -> str:
    """Where the provider sends the browser, as a path of ours."""
    to = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
    return f"{urlsplit(to).path}?{urlsplit(to).query}"


def go_through(client: Client, base: str, **data: str) -> HttpResponseBase:
    """Press the button, be let in by the provider, and come back."""
    return client.get(come_back(leave(client, base, **data)))


def text_of(response: HttpResponseBase) -> str:
    """The words of the page."""
    body: bytes = response.content  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body.decode())).split())
