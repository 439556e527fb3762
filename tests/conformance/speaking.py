"""A client of the record: every header explicit, every answer whole."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.test import Client

BASE = "/xapi/"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
OLD, NEW = "1.0.3", "2.0.0"
VERSIONS = (OLD, NEW)
RESOURCES = (
    "statements", "activities", "activities/state", "activities/profile", "agents", "agents/profile", "about",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back. ``headers`` ignores the case of names."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def statements(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json["statements"]
        return found

    @property
    def ids(self) -> list[str]:
        """Ids of the statements of a StatementResult, in order."""
        return [statement["id"] for statement in self.statements]


def basic(key: str, secret: str) -> str:
    """The Authorization header of RFC 7617."""
    return "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()


def encode(body: Any) -> bytes:
    """Bytes as they are, everything else as JSON."""
    return body if isinstance(body, bytes) else json.dumps(body).encode()


@dataclass(frozen=True)
class Lrs:
    """The record as one client sees it: one version, one credential; None leaves a header out."""

    version: str | None
    authorization: str | None
    client: Client = field(default_factory=Client)

    def speaking(self, version: str | None) -> "Lrs":
        """The same client in another version."""
        return replace(self, version=version)

    def showing(self, authorization: str | None) -> "Lrs":
        """The same client with another Authorization header."""
        return replace(self, authorization=authorization)

    def send(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | str | None = None,
        body: Any = b"",
        content_type: str = JSON,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request. Parameters that are not text travel as JSON; ``params`` as text goes as it is."""
        query = params if isinstance(params, str) else urlencode(_texts(params or {}))
        sent = {"X-Experience-API-Version": self.version, "Authorization": self.authorization}
        sent = {name: value for name, value in sent.items() if value is not None} | dict(headers or {})
        address = path if path.startswith("/") else BASE + path
        response = self.client.generic(
            method,
            f"{address}?{query}" if query else address,
            data=encode(body),
            content_type=content_type,
            headers=sent,
            # The test client leaves it out where the body is empty.
            CONTENT_TYPE=content_type,
        )
        whole = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, whole, response.headers)

    def get(self, path: str = "statements", **params: Any) -> Answer:
        return self.send("GET", path, params)

    def post(self, body: Any, **params: Any) -> Answer:
        """Statements, one or a list."""
        return self.send("POST", "statements", params, body)

    def put(self, body: Any, statement_id: str) -> Answer:
        return self.send("PUT", "statements", {"statementId": statement_id}, body)

    def store(self, *statements: dict[str, Any]) -> list[str]:
        """Store statements in this order, each in its own request; their ids."""
        ids = []
        for statement in statements:
            answer = self.post(statement)
            assert answer.status == 200, answer.body
            ids += answer.json
        return ids

    def fetch(self, statement_id: str, **params: Any) -> dict[str, Any]:
        """The statement with that id, which must be there."""
        answer = self.get(statementId=statement_id, **params)
        assert answer.status == 200, answer.body
        found: dict[str, Any] = answer.json
        return found

    def follow(self, answer: Answer) -> Answer:
        """The next page, as its ``more`` says."""
        path, _, query = answer.json["more"].partition("?")
        return self.send("GET", path, query)


def _texts(params: Mapping[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
