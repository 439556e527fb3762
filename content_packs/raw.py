"""Pieces of raw StreamField data that all sections share."""

import uuid
from collections.abc import Iterable
from typing import Any

from courses.models import Law

Raw = dict[str, Any]


def items(values: Iterable[Any]) -> list[Raw]:
    """Members of a ListBlock. Without ids Wagtail takes them for its older format and loses them."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def each(members: Iterable[Raw]) -> list[Raw]:
    """The values of a ListBlock. The inverse of :func:`items`."""
    return [member["value"] for member in members]


def law_version(law: Law | None) -> str | None:
    """The date of the text that a card was written from."""
    return law.version.isoformat() if law and law.version else None
