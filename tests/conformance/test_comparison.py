"""xAPI-Data 2.3.1 and 4.4: when a statement that comes again is the same one."""

import pytest

from tests.conformance.sayings import (
    COURSE,
    VERB,
    Node,
    activity,
    agent,
    changed,
    full_statement,
    group,
    new_id,
    statement,
)
from tests.conformance.speaking import Lrs

FULL = full_statement()
REVERSED = dict(reversed(FULL.items()))
TEAM = group(agent("a"), agent("b"))
DURATION = "result/duration"
INSTANT = "timestamp"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(FULL, REVERSED, id="order-of-properties"),
        pytest.param(FULL, changed(FULL, "object", activity(COURSE)), id="definition-of-activity"),
        pytest.param(FULL, changed(FULL, "object", {"id": COURSE}), id="type-of-activity"),
        pytest.param(FULL, changed(FULL, "verb", {"id": VERB}), id="display-of-verb"),
        pytest.param(FULL, FULL | {"version": "1.0.1"}, id="version"),
        pytest.param(FULL, FULL | {"authority": agent("x")}, id="authority"),
        pytest.param(FULL, FULL | {"stored": "2001-01-01T00:00:00Z"}, id="stored"),
        pytest.param(
            FULL,
            changed(FULL, "context/contextActivities/parent", activity("https://lrs.example/activities/parent")),
            id="lone-context-activity",
        ),
        pytest.param(FULL, changed(FULL, INSTANT, "2026-03-02T09:30:00.123-03:00"), id="instant-in-another-zone"),
        pytest.param(FULL, changed(FULL, INSTANT, "2026-03-02T12:30:00.1230000Z"), id="instant-with-zeros"),
        pytest.param(FULL, changed(FULL, "result/score/raw", 5.0), id="number-with-point"),
        pytest.param(statement(actor=TEAM), statement(actor=TEAM | {"member": TEAM["member"][::-1]}), id="order-of-members"),
        pytest.param(statement(actor=agent()), statement(actor={"mbox": agent()["mbox"]}), id="type-of-agent"),
        pytest.param(
            changed(FULL, DURATION, "PT1.12S"), changed(FULL, DURATION, "PT1.1237S"), id="4.2.7-duration-third-decimal"
        ),
        pytest.param(changed(FULL, DURATION, "PT1S"), changed(FULL, DURATION, "PT1.00S"), id="4.2.7-duration-zeros"),
        pytest.param(FULL, changed(FULL, "context/registration", FULL["context"]["registration"].upper()), id="case-of-uuid"),
    ],
)  # fmt: skip
def test_what_states_the_same_is_the_same(lrs: Lrs, first: Node, second: Node) -> None:
    statement_id = new_id()
    lrs.store({**first, "id": statement_id})
    before = lrs.fetch(statement_id)
    assert lrs.put(second, statement_id).status == 204
    assert lrs.post({**second, "id": statement_id}).status == 200
    assert lrs.fetch(statement_id) == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(FULL, changed(FULL, INSTANT, "2026-03-02T12:30:00.124Z"), id="millisecond"),
        pytest.param(FULL, changed(FULL, INSTANT, "2026-03-02T12:30:00.123-03:00"), id="instant"),
        pytest.param(FULL, changed(FULL, "result/score/scaled", 0.51), id="number"),
        pytest.param(FULL, changed(FULL, "result/response", "A"), id="case-of-text"),
        pytest.param(FULL, changed(FULL, "result/success", False), id="success"),
        pytest.param(FULL, changed(FULL, "verb/id", VERB + "/"), id="verb"),
        pytest.param(FULL, changed(FULL, "context/language", "es"), id="language"),
        pytest.param(FULL, changed(FULL, "attachments", []), id="attachments"),
        pytest.param(FULL, changed(FULL, "context/extensions", {}), id="extensions"),
        pytest.param(statement(), statement(result={}), id="empty-result"),
        pytest.param(
            changed(FULL, DURATION, "PT1.12S"),
            changed(FULL, DURATION, "PT1.13S"),
            id="4.2.7-duration-second-decimal",
        ),
        pytest.param(
            FULL,
            changed(FULL, "context/contextActivities/parent", [activity()]),
            id="context-activity",
        ),
    ],
)
def test_what_states_something_else_is_a_conflict(lrs: Lrs, first: Node, second: Node) -> None:
    statement_id = new_id()
    lrs.store({**first, "id": statement_id})
    assert lrs.put(second, statement_id).status == 409


def test_a_duration_finer_than_hundredths_comes_back_unrounded(lrs: Lrs) -> None:
    """IEEE 9274.1.1, 4.2.7: not refused; kept or cut, never rounded."""
    sent = "P1DT12H36M0.12567S"
    (found,) = lrs.store(statement(result={"duration": sent}))
    assert lrs.fetch(found)["result"]["duration"] in (sent, "P1DT12H36M0.12S")


def test_iris_are_compared_as_text(lrs: Lrs) -> None:
    """IEEE 9274.1.1, 4.2.7: RFC 3987, 5.3.1, simple string comparison."""
    (found,) = lrs.store(statement(object=activity("https://lrs.example/a/../b")))
    assert lrs.get(activity="https://lrs.example/a/../b").ids == [found]
    assert lrs.get(activity="https://lrs.example/b").ids == []
