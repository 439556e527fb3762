"""Labelled statements: what a conformant store accepts and what it must refuse, and how they come back."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.statements import check_statement
from tests.conformance.sayings import VOIDED, Node, new_id, text, voiding
from tests.conformance.speaking import VERSIONS, Lrs

DATA = Path(__file__).parent / "data"
ASSIGNED = {"id", "stored", "authority", "version", "timestamp"}
LISTS = ("parent", "grouping", "category", "other")
BATCH = 50
each_version = pytest.mark.parametrize("version", VERSIONS)


@dataclass(frozen=True)
class Labelled:
    valid: bool
    statement: Node

    @property
    def needs_record(self) -> bool:
        """It voids a statement properly: whether it may depends on what is stored."""
        target = self.statement.get("object")
        verb = self.statement.get("verb")
        return (
            not self.valid
            and isinstance(target, dict)
            and isinstance(verb, dict)
            and verb.get("id") == VOIDED
            and target.get("objectType") == "StatementRef"
        )


@cache
def read_corpus(version: str) -> list[Labelled]:
    with gzip.open(DATA / f"statements-{version}.jsonl.gz", "rt") as lines:
        return [Labelled(**json.loads(line)) for line in lines]


def is_accepted(statement: Node, version: str) -> bool:
    try:
        check_statement(text(statement), version=version)
    except InvalidValueError:
        return False
    return True


def with_listed_activities(node: Any) -> Any:
    """The same with every lone context activity in a list."""
    if isinstance(node, list):
        return [with_listed_activities(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {name: with_listed_activities(value) for name, value in node.items()}
    context = found.get("contextActivities")
    if isinstance(context, dict):
        found["contextActivities"] = {
            name: value if isinstance(value, list) or name not in LISTS else [value]
            for name, value in context.items()
        }
    return found


def batches(statements: list[Node]) -> Iterator[list[Node]]:
    for start in range(0, len(statements), BATCH):
        yield statements[start : start + BATCH]


@each_version
def test_no_valid_statement_is_refused(version: str) -> None:
    refused = [
        row.statement for row in read_corpus(version) if row.valid and not is_accepted(row.statement, version)
    ]
    assert refused == []


@each_version
def test_no_invalid_statement_is_accepted(version: str) -> None:
    rows = [row for row in read_corpus(version) if not row.valid and not row.needs_record]
    accepted = [row.statement for row in rows if is_accepted(row.statement, version)]
    assert accepted == []
    assert len(rows) > 500


def test_an_invalid_statement_is_answered_400(lrs: Lrs) -> None:
    """Every fifth of them; the rules were asked about all."""
    rows = [row for row in read_corpus(lrs.version or "") if not row.valid and not row.needs_record]
    rows = rows[::5]
    answers = {json.dumps(row.statement): lrs.post(row.statement).status for row in rows}
    assert {said: status for said, status in answers.items() if status != 400} == {}
    assert lrs.get().statements == []


def test_what_voids_a_voiding_statement_is_refused(lrs: Lrs) -> None:
    """Two statements per file: valid in themselves, refused for what they point at (XAPI-00016)."""
    rows = [row for row in read_corpus(lrs.version or "") if row.needs_record]
    assert len(rows) == 2
    for row in rows:
        target = row.statement["object"]["id"]
        lrs.store(voiding(new_id(), id=target))
        assert lrs.post(row.statement).status == 400


def comparable(statement: Node, *, sent: Node) -> Node:
    """Without what the record assigns in any case, and what it adds where ``sent`` does not have it."""
    return {
        name: value
        for name, value in statement.items()
        if name not in ("stored", "authority") and (name in sent or name not in ASSIGNED)
    }


def test_every_valid_statement_comes_back_value_for_value(lrs: Lrs) -> None:
    statements = [row.statement for row in read_corpus(lrs.version or "") if row.valid]
    differing = []
    for batch in batches(statements):
        answer = lrs.post(batch)
        assert answer.status == 200, answer.body
        listed = {said["id"]: said for said in lrs.get(limit=BATCH).statements}
        for statement_id, sent in zip(answer.json, batch, strict=True):
            # A few statements of the corpus take back others of it.
            kept = listed.get(statement_id) or lrs.get(voidedStatementId=statement_id).json
            assert kept.keys() >= ASSIGNED
            if comparable(kept, sent=sent) != with_listed_activities(comparable(sent, sent=sent)):
                differing.append((sent, kept))
    assert differing == []
