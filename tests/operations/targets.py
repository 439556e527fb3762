"""Targets of forwarding for the screens to show."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.lib.sealing import unseal
from lms.xapi.models import DeadLetter, ForwardTarget, Statement
from lms.xapi.services.forward_targets import create_target
from lms.xapi.services.forwarding import PURPOSE
from tests.operations.stub_lrs import KEY, SECRET, StubLrs

PAGE = "/registro/reenvios/"
NEW = f"{PAGE}nuevo/"
PRIVATE = "http://127.0.0.1:9/xapi"
PASSED = "http://adlnet.gov/expapi/verbs/passed"


def target(at: datetime, **changes: Any) -> ForwardTarget:
    given: dict[str, Any] = {
        "name": "Central", "endpoint": PRIVATE, "key": KEY, "secret": SECRET, "verbs": [], "only_ours": True,
        "own_pseudonyms": True, "from_start": True, "sealing_key": django_settings.SECRET_KEY, "at": at,
    }  # fmt: skip
    return create_target(**given | changes)


def letter(
    of: ForwardTarget, statement_id: uuid.UUID, at: datetime, reason: str = "Respondió 400"
) -> DeadLetter:
    position = Statement.objects.get(id=statement_id).position
    found: DeadLetter = DeadLetter.objects.create(
        target=of, position=position, statement_id=statement_id, reason=reason, at=at
    )
    return found


def to(name: str, of: ForwardTarget, *more: object) -> str:
    return reverse(f"operations:{name}", args=[of.pk, *more])


def secret_of(found: ForwardTarget) -> str:
    return unseal(found.secret, purpose=PURPOSE, keys=[django_settings.SECRET_KEY])


def add(client: Client, stub: StubLrs | None = None, **data: Any) -> HttpResponse:
    given = {
        "name": "Central", "endpoint": stub.endpoint if stub else PRIVATE, "key": KEY, "secret": SECRET,
        "what": "ours", "since": "now", "own_pseudonyms": "on",
    }  # fmt: skip
    return client.post(NEW, given | data, follow=True)


def words_of(page: HttpResponse) -> str:
    return page.content.decode()
