"""The files that a statement speaks of."""

from collections.abc import Mapping
from typing import Any


def list_attachments(statement: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of the statement, and of the one inside it (xAPI-Data 2.4.11)."""
    return [*statement.get("attachments", []), *statement["object"].get("attachments", [])]
