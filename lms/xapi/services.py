"""Storing statements: the only way into the record."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from tincan import Statement as Built

from lms.xapi.models import Statement
from lms.xapi.platform import Platform
from lms.xapi.signals import statements_stored
from lms.xapi.statements import VERSION


def authority(platform: Platform) -> dict[str, Any]:
    """We vouch for what we store."""
    return {"objectType": "Agent", "account": {"homePage": platform.base_iri, "name": "aula-abierta"}}


@transaction.atomic(savepoint=False)
def store_statements(*, statements: Sequence[Built], platform: Platform, at: datetime) -> list[Statement]:
    """Store what is not stored yet, in the caller's transaction, and say so by signal.

    A statement whose id is known already is left as it is: the fact was stated before. Two
    queries, whatever the number of statements. Sections 2.4.8, 2.4.9 of xAPI-Data: ``stored``
    and ``authority`` are set here.
    """
    ids = [uuid.UUID(str(statement.id)) for statement in statements]
    known = set(Statement.objects.filter(id__in=ids).values_list("id", flat=True))
    rows = [
        _row(statement, platform=platform, at=at)
        for statement, statement_id in zip(statements, ids, strict=True)
        if statement_id not in known
    ]
    stored = Statement.objects.bulk_create(rows)
    if stored:
        statements_stored.send(sender=Statement, statements=stored)
    return stored


def _row(statement: Built, *, platform: Platform, at: datetime) -> Statement:
    raw = json.loads(statement.to_json(VERSION))
    raw["timestamp"] = statement.timestamp.isoformat()
    raw["stored"] = at.isoformat()
    raw["authority"] = authority(platform)
    raw["version"] = VERSION
    registration = raw.get("context", {}).get("registration")
    return Statement(
        id=uuid.UUID(raw["id"]),
        actor_name=raw["actor"]["account"]["name"],
        verb=raw["verb"]["id"],
        activity=raw["object"]["id"],
        registration=uuid.UUID(registration) if registration else None,
        timestamp=statement.timestamp,
        stored=at,
        raw=raw,
    )
