"""A program that asks the API."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from lms.api.models import Scope
from lms.api.services.tokens import Issued, issue_token
from lms.people.models import Institution, User
from lms.people.selectors.viewers import get_viewer

BASE = "/api/v1"
EVERYTHING = tuple(scope.value for scope in Scope)


@dataclass
class Program:
    """``get("/people/")`` with its token, as JSON."""

    secret: str
    token_id: int = 0

    @property
    def client(self) -> Client:
        return Client(headers={"Authorization": f"Bearer {self.secret}"})

    def ask(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"{BASE}{path}", query)

    def post(
        self, path: str, body: Any = None, *, content_type: str = "application/json", **more: Any
    ) -> HttpResponse:
        return self.client.post(f"{BASE}{path}", body or {}, content_type=content_type, **more)

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        response = self.ask(path, **query)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def pages(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every page, by the addresses that the answers give."""
        page = self.get(path, **query)
        while True:
            yield page
            if page["next"] is None:
                return
            assert page["next"].startswith(f"{settings.SITE_URL}{BASE}{path}?")
            response = self.client.get(page["next"].removeprefix(settings.SITE_URL))
            assert response.status_code == 200, response.content.decode()
            page = response.json()

    def rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        return [row for page in self.pages(path, **query) for row in page["items"]]


def give_token(
    user: User,
    *,
    at: datetime,
    institution: Institution | None,
    scopes: Sequence[str] = EVERYTHING,
    with_dependents: bool = False,
    name: str = "Sistema de personas",
    days: int = 365,
) -> Issued:
    """A token made by ``user``."""
    account = User.objects.get(pk=user.pk)
    return issue_token(
        viewer=get_viewer(user=account, at=at),
        name=name,
        scopes=scopes,
        institution=institution,
        with_dependents=with_dependents,
        expires_at=at + timedelta(days=days),
        key=settings.SECRET_KEY,
        at=at,
    )


def program(user: User, *, at: datetime, institution: Institution | None, **more: Any) -> Program:
    """A program with a token made by ``user``."""
    issued = give_token(user, at=at, institution=institution, **more)
    return Program(issued.secret, issued.token.pk)
