"""xAPI-Data 2.3.2 and xAPI-Communication 2.1.4: taking back, and what is found through references."""

import pytest

from tests.conformance.conftest import Issue
from tests.conformance.sayings import (
    VOIDED,
    activity,
    agent,
    new_id,
    new_iri,
    reference,
    statement,
    substatement,
    voiding,
)
from tests.conformance.speaking import VERSIONS, Lrs

WHO = agent("carla")


def test_what_is_voided_is_only_found_as_voided_xapi_00018_00163(lrs: Lrs) -> None:
    (target,) = lrs.store(statement(result={"response": "x"}))
    before = lrs.fetch(target)
    lrs.store(voiding(target))
    assert lrs.get(statementId=target).status == 404
    assert lrs.get(voidedStatementId=target).json == before


def test_only_the_statement_that_voids_is_listed_xapi_00162_00163(lrs: Lrs) -> None:
    (target,) = lrs.store(statement(actor=WHO))
    (by,) = lrs.store(voiding(target))
    assert lrs.get().ids == [by]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=f"XAPI-00162-{name}")
        for name in ("agent", "activity", "registration", "verb", "since", "limit")
    ],
)
def test_what_refers_to_a_voided_statement_is_found_through_it(lrs: Lrs, name: str) -> None:
    """The voiding statement and every other that has it as object, never the voided one."""
    target_parts = {
        "actor": WHO,
        "object": activity(new_iri()),
        "verb": {"id": new_iri("verbs")},
        "context": {"registration": new_id()},
    }
    (mark, target) = lrs.store(statement(), statement(**target_parts))
    by, comment = lrs.store(voiding(target), statement(object=reference(target)))
    params = {
        "agent": WHO,
        "activity": target_parts["object"]["id"],
        "registration": target_parts["context"]["registration"],
        "verb": target_parts["verb"]["id"],
        "since": lrs.fetch(mark)["stored"],
        "limit": 2,
    }
    assert lrs.get(**{name: params[name]}).ids == [comment, by]


def test_what_voids_cannot_be_voided_and_nothing_of_the_attempt_stays_xapi_00016_00326(
    committed: Lrs,
) -> None:
    target, other = committed.store(statement(), statement())
    (by,) = committed.store(voiding(target))
    for lrs in map(committed.speaking, VERSIONS):
        assert lrs.post(voiding(by)).status == 400
        assert lrs.put(voiding(by), new_id()).status == 400
        assert lrs.post([voiding(other), voiding(by)]).status == 400
        assert lrs.get().ids == [by, other]
        assert lrs.get(statementId=target).status == 404


def test_voiding_twice_leaves_it_voided_xapi_00016(lrs: Lrs) -> None:
    (target,) = lrs.store(statement())
    lrs.store(voiding(target))
    assert lrs.post(voiding(target)).status in (200, 400)
    assert lrs.get(voidedStatementId=target).status == 200


def test_an_unknown_target_is_no_reason_to_refuse_xapi_00016(lrs: Lrs) -> None:
    """IEEE 9274.1.1, 4.2.4.1; xAPI-Data 2.3.2 leaves it open."""
    assert lrs.post(voiding(new_id())).status == 200


def test_what_was_voided_before_it_came_is_voided_when_it_comes(lrs: Lrs) -> None:
    target = new_id()
    (by,) = lrs.store(voiding(target))
    lrs.store(statement(id=target))
    assert lrs.get(statementId=target).status == 404
    assert lrs.get(voidedStatementId=target).status == 200
    assert lrs.get().ids == [by]


def test_a_statement_and_what_voids_it_may_come_together(lrs: Lrs) -> None:
    target = new_id()
    ids = lrs.post([statement(id=target), voiding(target)]).json
    assert lrs.get().ids == ids[1:]


def test_the_voided_one_cannot_be_stored_again(lrs: Lrs) -> None:
    (target,) = lrs.store(statement())
    lrs.store(voiding(target))
    assert lrs.post(statement(id=target)).json == [target]
    assert lrs.post(statement(id=target, actor=WHO)).status == 409
    assert lrs.get(statementId=target).status == 404


def test_only_who_stated_it_takes_it_back(committed: Lrs, issue: Issue) -> None:
    """xAPI-Data 2.3.2 leaves it to the record; here nobody voids what another stated."""
    (target,) = committed.store(statement())
    stranger = committed.showing(issue(["all"]))
    for version in VERSIONS:
        assert stranger.speaking(version).post(voiding(target)).status == 403
    assert committed.get().ids == [target]


def test_a_reference_is_found_through_its_whole_chain_xapi_00164(lrs: Lrs) -> None:
    (first,) = lrs.store(statement(actor=WHO))
    (second,) = lrs.store(statement(object=reference(first)))
    (third,) = lrs.store(statement(object=reference(second)))
    lrs.store(statement())
    assert lrs.get(agent=WHO).ids == [third, second, first]


def test_a_chain_whose_target_comes_last_is_found_too(lrs: Lrs) -> None:
    first, second = new_id(), new_id()
    (third,) = lrs.store(statement(object=reference(second)))
    lrs.store(statement(id=second, object=reference(first)), statement(id=first, actor=WHO))
    assert set(lrs.get(agent=WHO).ids) == {first, second, third}


def test_references_in_a_circle_end(lrs: Lrs) -> None:
    first, second = new_id(), new_id()
    lrs.store(
        statement(id=first, actor=WHO, object=reference(second)),
        statement(id=second, object=reference(first)),
    )
    assert set(lrs.get(agent=WHO).ids) == {first, second}


def test_a_statement_that_refers_to_itself_is_listed_once(lrs: Lrs) -> None:
    own = new_id()
    lrs.store(statement(id=own, object=reference(own)))
    assert lrs.get().ids == [own]


def test_since_and_until_are_of_the_referring_statement_itself_xapi_00162(lrs: Lrs) -> None:
    (target,) = lrs.store(statement(actor=WHO))
    stored = lrs.fetch(target)["stored"]
    (comment,) = lrs.store(statement(object=reference(target)))
    assert lrs.get(agent=WHO, since=stored).ids == [comment]
    assert lrs.get(agent=WHO, until=stored).ids == [target]


@pytest.mark.parametrize(
    "parts",
    [
        {"context": {"statement": "ref"}},
        {"object": "sub"},
    ],
    ids=["context.statement", "reference-in-substatement"],
)
def test_a_reference_elsewhere_is_no_target(lrs: Lrs, parts: dict[str, object]) -> None:
    """Only a StatementRef that is the object itself (2.1.3, filter conditions for StatementRefs)."""
    (target,) = lrs.store(statement(actor=WHO))
    named = reference(target)
    told = {"context": {"statement": named}} if "context" in parts else {"object": substatement(object=named)}
    lrs.store(statement(**told))
    assert lrs.get(agent=WHO).ids == [target]


def test_voided_is_one_verb_and_not_its_ending_xapi_00019(lrs: Lrs) -> None:
    """Another vocabulary's word for it takes nothing back."""
    (target,) = lrs.store(statement())
    lrs.store(statement(verb={"id": "https://lrs.example/verbs/unvoided"}, object=reference(target)))
    assert lrs.get(statementId=target).status == 200
    lrs.store(statement(verb={"id": VOIDED, "display": {"es": "anuló"}}, object=reference(target)))
    assert lrs.get(statementId=target).status == 404
