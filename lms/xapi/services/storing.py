"""Storing statements: the only way into the record."""

import json
import random
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TypeVar

import msgspec
from django.db import DatabaseError, OperationalError, connection, transaction
from tincan import Statement as Built

from lms.xapi.engines import NewStatement, current_engine
from lms.xapi.models import Statement, StatementKey
from lms.xapi.platform import Platform
from lms.xapi.rules import codec, positions
from lms.xapi.rules.assembling import assemble
from lms.xapi.rules.canonical import digest_statement
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import format_instant
from lms.xapi.rules.keys import Keys, keys_of, vouching_key
from lms.xapi.rules.shapes import Actor
from lms.xapi.rules.speakers import Speaker, check_speech, platform_speaker
from lms.xapi.rules.statements import Checked, check_statement
from lms.xapi.services.activities import learn_activities
from lms.xapi.services.references import link_arrivals, link_references
from lms.xapi.signals import statements_stored
from lms.xapi.statements import VERSION

T = TypeVar("T")
ATTEMPTS = 6
_RETRIED = {"40001", "40P01", "55P03"}
"""PostgreSQL: serialization failure, deadlock, lock not available."""


class StatementConflictError(Exception):
    """A statement with that id is known and states something else (xAPI-Communication 2.1.1)."""

    def __init__(self, statement_id: uuid.UUID) -> None:
        super().__init__(f"Ya existe otra declaración con el id {statement_id}.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked statement on its way in: everything that needs no database."""

    checked: Checked
    id: uuid.UUID
    digest: bytes
    keys: Keys
    authority: bytes
    vouched_by: int
    version: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: sent with ``statements_stored``."""

    position: int
    id: uuid.UUID
    checked: Checked
    vouched_by: int


def prepare_statement(
    raw: bytes, *, speaker: Speaker, version: str, expected_id: uuid.UUID | None = None
) -> Prepared:
    """Check one statement in every way that needs no database.

    Args:
        raw: its JSON text, valid UTF-8.
        version: of the request, which chooses the rules.
        expected_id: of a PUT; the statement may repeat it, not contradict it.

    Raises:
        InvalidValueError: it breaks a rule.
        SpeechError: the speaker may not say it.
    """
    checked = check_statement(raw, version=version)
    check_speech(speaker, checked)
    given = checked.shape.id
    statement_id = uuid.UUID(given) if isinstance(given, str) else expected_id or uuid.uuid4()
    if expected_id is not None and statement_id != expected_id:
        raise InvalidValueError("no es el statementId de la solicitud", ".id")
    return Prepared(
        checked=checked,
        id=statement_id,
        digest=digest_statement(raw),
        keys=keys_of(checked, authority=speaker.shape),
        authority=speaker.authority,
        vouched_by=speaker.key,
        version="2.0.0" if version.startswith("2.") else "1.0.0",
    )


def prepare_imported(raw: bytes, *, importer: Speaker) -> Prepared:
    """A statement of another record's log, with the authority it has there; ``importer``'s if it has none.

    Whoever may run the import decides what is believed: nothing is refused for who said it.

    Raises:
        InvalidValueError: it breaks a rule, or has no id.
    """
    checked = check_statement(raw, version="2.0.0")
    if not isinstance(checked.shape.id, str):
        raise InvalidValueError("falta el id", ".id")
    given = checked.shape.authority
    authority = given if isinstance(given, Actor) else importer.shape
    return Prepared(
        checked=checked,
        id=uuid.UUID(checked.shape.id),
        digest=digest_statement(raw),
        keys=keys_of(checked, authority=authority),
        authority=msgspec.json.encode(authority),
        vouched_by=vouching_key(authority),
        version="1.0.0",
    )


def receive_statements(*, statements: Sequence[Prepared], speaker: Speaker) -> list[Stored]:
    """Store what others send: all of it or nothing; what was new.

    A statement that is known and says the same is left as it is. A deadlock or a lock that did not
    come is tried again; the caller never sees it. Queries: two for a batch without references
    and with known activities, whatever its size.

    Raises:
        InvalidValueError: an id twice in the batch; a voiding statement is to be voided.
        StatementConflictError: an id is known with other content.
        SpeechError: it would void what somebody else stated.
    """
    if not statements:
        return []
    ids = [statement.id for statement in statements]
    if len(set(ids)) != len(ids):
        twice = next(place for place, known in enumerate(ids) if known in ids[:place])
        raise InvalidValueError("el mismo id aparece dos veces", f"[{twice}].id")
    return retry_transaction(lambda: _store(statements, speaker=speaker, strict=True))


@transaction.atomic(savepoint=False)
def store_statements(*, statements: Sequence[Built], platform: Platform) -> list[Stored]:
    """Store what the platform itself states, in the caller's transaction; what was new.

    A statement whose id is known already is left as it is: the fact was stated before.
    """
    speaker = platform_speaker(platform.base_iri)
    prepared = [
        prepare_statement(_written(statement), speaker=speaker, version=VERSION) for statement in statements
    ]
    return _store(prepared, speaker=speaker, strict=False) if prepared else []


def retry_transaction(work: Callable[[], T]) -> T:
    """Run ``work`` in a transaction, again where the database gave it up through no fault of its own.

    Inside somebody else's transaction there is nothing to repeat: it runs once.
    """
    if connection.in_atomic_block:
        return work()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return work()
        except DatabaseError as error:
            if attempt == ATTEMPTS or not _may_pass(error):
                raise
            time.sleep(random.uniform(0.5, 1) * 0.02 * 2**attempt)  # noqa: S311
    raise AssertionError


def _may_pass(error: DatabaseError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _RETRIED or (isinstance(error, OperationalError) and "locked" in str(error))


def _written(statement: Built) -> bytes:
    said = json.loads(statement.to_json(VERSION))
    said["timestamp"] = format_instant(statement.timestamp.astimezone(UTC))
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _store(statements: Sequence[Prepared], *, speaker: Speaker, strict: bool) -> list[Stored]:
    engine = current_engine()
    rows: list[NewStatement] = []
    for statement, position in zip(statements, engine.open_batch(len(statements)), strict=True):
        body = assemble(
            statement.checked,
            statement_id=str(statement.id),
            stored=format_instant(positions.stored_at(position)),
            authority=statement.authority,
            version=statement.version,
        )
        rows.append(NewStatement(position, statement.id, statement.digest, codec.pack(body), statement.keys))
    fresh = engine.insert(rows)
    if len(fresh) < len(rows):
        fresh |= _settle_known([row for row in rows if row.position not in fresh], strict=strict)
    stored = [
        Stored(row.position, row.id, statement.checked, statement.vouched_by)
        for row, statement in zip(rows, statements, strict=True)
        if row.position in fresh
    ]
    link_references(stored=stored)
    learn_activities(stored=stored, base_iri=speaker.base_iri)
    if stored:
        statements_stored.send(sender=Statement, statements=stored)
    return stored


def _settle_known(rows: Sequence[NewStatement], *, strict: bool) -> set[int]:
    """Rows whose id has a key already: only referred to so far, the same again, or a conflict."""
    keys = StatementKey.objects.select_for_update().in_bulk([row.id for row in rows])
    awaited = [row for row in rows if keys[row.id].position is None]
    if strict:
        for row in rows:
            known = keys[row.id]
            if known.position is not None and bytes(known.digest or b"") != row.digest:
                _compare_bodies(known, row)
    if not awaited:
        return set()
    arrived: set[int] = current_engine().insert_known(awaited)
    link_arrivals(arrivals=[(row.position, keys[row.id]) for row in awaited])
    return arrived


def _compare_bodies(known: StatementKey, row: NewStatement) -> None:
    """What was read back from the record and sent again has the timestamp that the record gave it.

    Raises:
        StatementConflictError: it says something else all the same.
    """
    body = Statement.objects.filter(position=known.position or 0).first()
    if body is None or digest_statement(body.text) != row.digest:
        raise StatementConflictError(row.id)
