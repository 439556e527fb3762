"""The statements of the first table arrive in the record."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lms.xapi.engines import postgres
from lms.xapi.models import Statement, StatementKey
from lms.xapi.selectors.finding import StatementFilter, find_page, find_statement
from lms.xapi.services.activities import forget_activities
from lms.xapi.vocabulary import ATTENDED, COMPLETED, VOIDED

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("xapi", "0002_set_old_statements_aside")]
HOME = "http://testserver"
PEOPLE = f"{HOME}/personas/funcionarias"
FIRST = datetime(2025, 11, 3, 12, 0, 0, 123456, tzinfo=UTC)
SPACE = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
COURSE = f"{HOME}/id/curso/1"
MEETING = f"{HOME}/id/encuentro/1"
REGISTRATION = UUID("ec531277-b57b-4c15-8d91-d292c5b2b8f7")


def id_of(fact: str) -> str:
    return str(uuid5(SPACE, fact))


def written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def make_raw(
    fact: str, *, name: str, verb: str, target: dict[str, Any], at: datetime, registered: bool
) -> dict[str, Any]:
    """A statement as the platform kept it until then."""
    context: dict[str, Any] = {"platform": "Aula Abierta", "language": "es-CL"}
    if registered:
        context["registration"] = str(REGISTRATION)
    return {
        "id": id_of(fact),
        "actor": {"objectType": "Agent", "account": {"homePage": PEOPLE, "name": name}},
        "verb": {"id": verb, "display": {"es": "ñandú 😀", "en": "done"}},
        "object": target,
        "result": {
            "score": {"scaled": 0.5, "raw": 7, "min": 0, "max": 14},
            "duration": "PT1M30.5S",
            "success": True,
        },
        "context": context,
        "timestamp": written(at - timedelta(days=1)),
        "stored": written(at),
        "version": "1.0.3",
        "authority": {"objectType": "Agent", "account": {"homePage": HOME, "name": "aula-abierta"}},
    }


def list_facts() -> list[dict[str, Any]]:
    """1,300 statements of thirteen months, pairs of them in one microsecond, then an attendance and its voiding."""
    course = {"objectType": "Activity", "id": COURSE, "definition": {"name": {"es": "Curso"}}}
    found = [
        make_raw(
            f"hecho {number}", name=f"persona-{number % 10}", verb=COMPLETED.iri, target=course,
            at=FIRST + timedelta(hours=number // 2 * 14), registered=number % 3 == 0,
        )
        for number in range(1300)
    ]  # fmt: skip
    later = FIRST + timedelta(days=400)
    meeting = {"objectType": "Activity", "id": MEETING}
    reference = {"objectType": "StatementRef", "id": id_of("asistencia")}
    found.append(
        make_raw("asistencia", name="ana", verb=ATTENDED.iri, target=meeting, at=later, registered=False)
    )
    found.append(
        make_raw(
            "anulación",
            name="ana",
            verb=VOIDED.iri,
            target=reference,
            at=later + timedelta(minutes=1),
            registered=False,
        )
    )
    return found


def fill(state: Any, facts: list[dict[str, Any]]) -> None:
    old = state.get_model("xapi", "OldStatement")
    old.objects.bulk_create(
        old(
            id=raw["id"],
            actor_name=raw["actor"]["account"]["name"],
            verb=raw["verb"]["id"],
            activity=raw["object"]["id"],
            registration=raw["context"].get("registration"),
            timestamp=raw["timestamp"],
            stored=raw["stored"],
            raw=raw,
        )
        for raw in facts
    )


def migrate(targets: list[Any]) -> Any:
    executor = MigrationExecutor(connection)
    return executor.migrate(targets).apps


@pytest.fixture
def facts(transactional_db: None) -> Iterator[list[dict[str, Any]]]:
    """What was in the old table; the record is migrated to the newest."""
    postgres._known_months.clear()  # as in a new process: its tables are made anew
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    known = list_facts()
    fill(migrate(BEFORE), json.loads(json.dumps(known)))
    migrate(newest)
    yield known
    postgres._known_months.clear()
    forget_activities()


def test_statements_of_the_first_table_arrive_in_the_record(facts: list[dict[str, Any]]) -> None:
    rows = list(Statement.objects.order_by("position"))
    assert [str(row.id) for row in rows] == [raw["id"] for raw in facts]
    for row, raw in zip(rows[:-1], facts, strict=False):
        assert row.raw == raw
        assert row.stored - datetime.fromisoformat(raw["stored"]) in (timedelta(0), timedelta(microseconds=1))
    assert len({row.position for row in rows}) == len(facts)
    assert StatementKey.objects.filter(position=None).count() == 0

    # A voiding must not name a platform: that is the only thing that was left out.
    last = facts[-1]
    assert rows[-1].raw == last | {"context": {"language": "es-CL"}}

    assert_found(
        facts, StatementFilter(registration=str(REGISTRATION)), lambda raw: "registration" in raw["context"]
    )
    assert_found(
        facts,
        StatementFilter(agent=f"account {PEOPLE} persona-3"),
        lambda raw: raw["actor"]["account"]["name"] == "persona-3",
    )
    assert_found(
        facts, StatementFilter(activity=COURSE, verb=COMPLETED.iri), lambda raw: raw["object"]["id"] == COURSE
    )

    attendance, voiding = UUID(id_of("asistencia")), UUID(id_of("anulación"))
    assert find_statement(statement_id=attendance) is None
    voided = find_statement(statement_id=attendance, voided=True)
    assert voided is not None
    assert voided.raw == facts[-2]
    assert StatementKey.objects.get(pk=attendance).voided_by == voiding
    assert ids_of(StatementFilter(verb=ATTENDED.iri)) == [str(voiding)]
    assert ids_of(StatementFilter(activity=MEETING)) == [str(voiding)]
    assert str(attendance) not in ids_of(StatementFilter())


def assert_found(facts: list[dict[str, Any]], wanted: StatementFilter, is_wanted: Any) -> None:
    assert ids_of(wanted) == [raw["id"] for raw in facts if is_wanted(raw)]


def ids_of(wanted: StatementFilter) -> list[str]:
    """All that match, oldest first, in pages."""
    found: list[str] = []
    after = None
    while True:
        page = find_page(
            wanted=StatementFilter(**(vars(wanted) | {"ascending": True, "after": after})), limit=200
        )
        found += [str(row.id) for row in page.statements]
        after = page.next_after
        if after is None:
            return found
