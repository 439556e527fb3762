"""Storing statements: once, in order, with what the store itself vouches for."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from tincan import Statement as Built

from lms.xapi.models import Statement
from lms.xapi.platform import Platform
from lms.xapi.selectors.reading import iterate_statements, list_raw_of
from lms.xapi.services.storing import store_statements
from lms.xapi.signals import statements_stored
from lms.xapi.statements import account, activity, build_statement, score, statement_id, verb
from lms.xapi.vocabulary import COMPLETED, COURSE, VERBS
from tests.queries import count_queries

PLATFORM = Platform("https://aula.example", "clave")
AT = datetime(2026, 11, 20, 15, 0, 0, 123456, tzinfo=UTC)


def built(name: str = "abc", fact: str = "hecho") -> Built:
    return build_statement(
        id=statement_id("prueba", name, fact, platform=PLATFORM),
        actor=account(platform=PLATFORM, context="employee", name=name),
        verb=verb(COMPLETED),
        object=activity(iri="https://aula.example/id/curso/x", kind=COURSE, name="Curso"),
        at=AT,
        registration=uuid.uuid5(uuid.NAMESPACE_URL, "inscripción"),
    )


def test_a_statement_comes_back_as_it_was_stored(db: None) -> None:
    store_statements(statements=[built()], platform=PLATFORM)
    raw = Statement.objects.get().raw
    assert raw["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": "https://aula.example/personas/funcionarias", "name": "abc"},
    }
    assert raw["timestamp"] == "2026-11-20T15:00:00.123456Z"
    assert raw["authority"]["account"]["name"] == "aula-abierta"


def test_a_fact_stated_twice_is_one_statement(db: None) -> None:
    assert len(store_statements(statements=[built()], platform=PLATFORM)) == 1
    assert store_statements(statements=[built()], platform=PLATFORM) == []
    assert Statement.objects.count() == 1


def test_storing_costs_the_same_for_many(db: None) -> None:
    few = count_queries(lambda: store_statements(statements=[built()], platform=PLATFORM))
    many = [built(fact=str(number)) for number in range(100)]
    assert count_queries(lambda: store_statements(statements=many, platform=PLATFORM)) <= few


def test_listeners_hear_only_what_is_new(db: None) -> None:
    heard: list[int] = []

    def listen(sender: object, statements: list[Statement], **kwargs: object) -> None:
        heard.append(len(statements))

    statements_stored.connect(listen)
    try:
        store_statements(statements=[built(), built(fact="otro")], platform=PLATFORM)
        store_statements(statements=[built()], platform=PLATFORM)
    finally:
        statements_stored.disconnect(listen)
    assert heard == [2]


def test_a_listener_that_fails_takes_the_statements_back(db: None) -> None:
    def fail(sender: object, **kwargs: object) -> None:
        raise RuntimeError

    statements_stored.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            store_statements(statements=[built()], platform=PLATFORM)
    finally:
        statements_stored.disconnect(fail)
    assert not Statement.objects.exists()


def test_the_record_is_read_in_order_of_storage(db: None) -> None:
    for fact in ("c", "a", "b"):
        store_statements(statements=[built(fact=fact)], platform=PLATFORM)
    positions = [statement.position for statement in iterate_statements(platform=PLATFORM, chunk=1)]
    assert positions == sorted(positions)


def test_one_persons_record_holds_nobody_elses(db: None) -> None:
    store_statements(statements=[built("ana"), built("elena")], platform=PLATFORM)
    assert len(list_raw_of(actors=[("https://aula.example/personas/funcionarias", "ana")])) == 1


def test_a_score_is_scaled_and_never_above_one() -> None:
    whole = score(raw=15, maximum=15)
    assert (whole.scaled, whole.min, whole.max) == (1, 0, 15)
    assert score(raw=0, maximum=0).scaled == 0


def test_every_verb_has_a_spanish_word_and_a_registry_address() -> None:
    assert all(word.iri.startswith("http") and word.es and word.en for word in VERBS)
    assert len({word.iri for word in VERBS}) == len(VERBS)


def test_the_record_says_its_version(db: None) -> None:
    response = Client().get("/xapi/about")
    assert response.json()["version"] == ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]
    assert response["X-Experience-API-Version"] == "1.0.3"
