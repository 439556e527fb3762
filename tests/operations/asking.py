"""Asking for the screens of statements."""

import uuid

from django.test import Client
from django.urls import reverse

PAGE = "/registro/"
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
PASSED = {"id": "http://adlnet.gov/expapi/verbs/passed"}


def one(statement_id: object) -> str:
    return reverse("operations:statement", args=[statement_id])


def shown(client: Client, **filters: str) -> list[uuid.UUID]:
    """The ids that a filtered list shows, in its order."""
    page = client.get(PAGE, filters)
    assert page.status_code == 200, page.context["form"].errors
    return [line.id for line in page.context["page"].lines]
