"""Programs that speak to the record through Django's test client."""

import base64
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client

from lms.xapi.models import Scope
from lms.xapi.services.credentials import issue_credential

VERSION = "X-Experience-API-Version"
STATEMENTS = "/xapi/statements"
ABOUT = "/xapi/about"
ACTIVITY = "https://otro.example/actividad/1"
AGENT: dict[str, Any] = {"mbox": "mailto:ana@otro.example"}

WHO = json.dumps(AGENT)
PLACES: dict[str, dict[str, str]] = {
    STATEMENTS: {},
    "/xapi/activities": {"activityId": ACTIVITY},
    "/xapi/activities/state": {"activityId": ACTIVITY, "agent": WHO, "stateId": "a"},
    "/xapi/activities/profile": {"activityId": ACTIVITY, "profileId": "a"},
    "/xapi/agents": {"agent": WHO},
    "/xapi/agents/profile": {"agent": WHO, "profileId": "a"},
    ABOUT: {},
}
CLOSED = [path for path in PLACES if path != ABOUT]
DOCUMENTS = [path for path, parameters in PLACES.items() if {"stateId", "profileId"} & set(parameters)]
NEW = {"If-None-Match": "*"}


def basic(key: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()


def open_credential(*, at: datetime) -> str:
    """The ``Authorization`` header of a program that may do everything."""
    issued = issue_credential(name="Otro programa", scopes=[Scope.ALL], key=settings.SECRET_KEY, at=at)
    return basic(issued.credential.key, issued.secret)


def open_client(*, at: datetime, version: str = "1.0.3") -> Client:
    """A test client with its own credential, which sees a 500 instead of an exception."""
    headers = {"Authorization": open_credential(at=at), VERSION: version}
    return Client(headers=headers, raise_request_exception=False)


def anonymous(**headers: str) -> Client:
    """A client without credential."""
    return Client(headers={VERSION: "1.0.3"} | headers, raise_request_exception=False)


def at_place(path: str, **changed: str) -> str:
    return f"{path}?{urlencode(PLACES[path] | changed)}"


def post(client: Client, body: Any, **options: Any) -> Any:
    """POST statements; ``body`` is bytes, or something to write as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(STATEMENTS, raw, content_type="application/json", **options)


def get(client: Client, path: str = STATEMENTS, **parameters: str) -> Any:
    return client.get(f"{path}?{urlencode(parameters)}" if parameters else path)


def content_of(response: HttpResponseBase) -> bytes:
    """The body, streamed or not."""
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]


def assert_clean(response: HttpResponseBase, *, head: bool = False) -> None:
    """Never a 500; always the version; a refusal says why."""
    body = content_of(response)
    assert response.status_code < 500, body[:300]
    assert response[VERSION]
    if response.status_code >= 400 and not head:
        assert response["Content-Type"] == "application/json"
        assert json.loads(body)["error"]


def assert_refused(response: HttpResponseBase, *statuses: int) -> None:
    assert_clean(response)
    assert response.status_code in (statuses or (400,)), content_of(response)[:300]
