"""What another LRS gets: which statements, in which order, under which names."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from lms.xapi.services import forwarding
from tests.xapi.samples import RICH, read, write
from tests.xapi.sayings import (
    ANSWERED,
    EXPERIENCED,
    OTHER,
    kept,
    learner,
    ours,
    say,
    say_some,
    saying,
    stranger,
    voiding,
)
from tests.xapi.stub_lrs import StubLrs, open_stub
from tests.xapi.targets import forward_all, fresh, open_target

pytestmark = pytest.mark.usefixtures("committed_record")
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"


@pytest.fixture
def stub() -> Iterator[StubLrs]:
    with open_stub() as found:
        yield found


def sent_to(stub: StubLrs) -> list[dict[str, Any]]:
    return [statement for heard in stub.heard for statement in heard.statements]


def without_assigned(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in ("stored", "authority")}


def test_statements_arrive_in_the_order_of_the_record(stub: StubLrs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "BATCH", 3)
    monkeypatch.setattr(forwarding, "CHUNK", 5)
    ids = [*say_some(8), *say_some(1), *say_some(4)]
    open_target(stub)
    assert forward_all() == 13
    assert stub.taken == ids


def test_nothing_is_sent_a_second_time(stub: StubLrs) -> None:
    ids = say_some(3)
    open_target(stub)
    forward_all()
    assert forward_all() == 0
    assert stub.taken == ids


def test_a_request_is_one_of_xapi_with_the_targets_credentials(stub: StubLrs) -> None:
    say_some(1)
    open_target(stub, endpoint=stub.endpoint + "/", key="clave", secret="se:creto")
    forward_all()
    heard = stub.heard[0]
    assert (heard.method, heard.path) == ("POST", "/xapi/statements")
    assert heard.headers["X-Experience-API-Version"] == "1.0.3"
    assert heard.headers["Content-Type"] == "application/json"
    assert heard.headers["Authorization"] == "Basic Y2xhdmU6c2U6Y3JldG8="


@pytest.mark.parametrize("name", RICH)
@pytest.mark.parametrize("own_pseudonyms", [False, True])
def test_what_is_sent_is_what_is_kept_but_stored_and_authority(
    stub: StubLrs, name: str, own_pseudonyms: bool
) -> None:
    (statement_id,) = say(write(RICH[name]).encode())
    open_target(stub, own_pseudonyms=own_pseudonyms)
    forward_all()
    assert sent_to(stub) == [without_assigned(kept(statement_id))]


@pytest.mark.parametrize("number", ["1.0", "0.1000", "1e2", "-0.10E+02", "123456789012345678901234567890"])
def test_a_number_keeps_its_digits(stub: StubLrs, number: str) -> None:
    said = saying(result={"extensions": {"urn:numero": 0}})
    say(json.dumps(said).replace('"urn:numero": 0', f'"urn:numero": {number}').encode())
    open_target(stub)
    forward_all()
    found = read(stub.heard[0].body)[0]["result"]["extensions"]["urn:numero"]
    assert found == ("number", number)


def test_without_own_pseudonyms_names_stay_as_they_are(stub: StubLrs) -> None:
    say(saying(actor=learner("ana"), context={"registration": REGISTRATION}))
    open_target(stub, own_pseudonyms=False)
    forward_all()
    (sent,) = sent_to(stub)
    assert sent["actor"] == learner("ana")
    assert sent["context"]["registration"] == REGISTRATION


def test_each_target_has_its_own_name_for_a_learner(stub: StubLrs) -> None:
    say(saying(actor=learner("ana")))
    with open_stub() as other:
        open_target(stub, own_pseudonyms=True)
        open_target(other, own_pseudonyms=True)
        forward_all()
        names = {sent_to(found)[0]["actor"]["account"]["name"] for found in (stub, other)}
    assert len(names) == 2
    assert "ana" not in names


def test_a_learner_has_one_name_at_a_target_and_two_learners_have_two(stub: StubLrs) -> None:
    open_target(stub, own_pseudonyms=True)
    for name in ("ana", "ana", "bruno"):
        say(saying(actor=learner(name)))
        forward_all()
    first, second, third = [sent["actor"]["account"]["name"] for sent in sent_to(stub)]
    assert first == second != third
    assert sent_to(stub)[0]["actor"]["account"]["homePage"] == learner()["account"]["homePage"]


def test_the_registration_of_a_learner_is_renamed_alike(stub: StubLrs) -> None:
    open_target(stub, own_pseudonyms=True)
    say(
        saying(context={"registration": REGISTRATION}), saying(context={"registration": REGISTRATION.upper()})
    )
    forward_all()
    first, second = [sent["context"]["registration"] for sent in sent_to(stub)]
    assert first == second != REGISTRATION
    assert uuid.UUID(first).version == 4


@pytest.mark.parametrize(
    "actor",
    [
        OTHER,
        {"account": {"homePage": "https://otro.example/", "name": "ana"}},
        {"account": {"homePage": "http://testserver", "name": "aula-abierta"}},
        {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},
    ],
)
def test_the_names_of_others_are_untouched(stub: StubLrs, actor: dict[str, Any]) -> None:
    open_target(stub, own_pseudonyms=True)
    say(saying(actor=actor, context={"registration": REGISTRATION}))
    forward_all()
    (sent,) = sent_to(stub)
    assert sent["actor"] == actor
    assert sent["context"]["registration"] == REGISTRATION


@pytest.mark.parametrize(
    "said",
    [
        {"actor": {"objectType": "Group", "member": [learner("ana-secreta")]}},
        {"actor": OTHER, "object": {"objectType": "Agent", **learner("ana-secreta")}},
        {"actor": OTHER, "context": {"instructor": learner("ana-secreta")}},
        {"actor": OTHER, "context": {"team": {"objectType": "Group", "member": [learner("ana-secreta")]}}},
        {
            "actor": OTHER,
            "object": {
                "objectType": "SubStatement",
                "actor": learner("ana-secreta"),
                "verb": {"id": EXPERIENCED},
                "object": {"id": "https://otro.example/a"},
            },
        },
    ],
    ids=["member", "object", "instructor", "team", "substatement"],
)
def test_a_learner_is_renamed_wherever_a_statement_names_them(stub: StubLrs, said: dict[str, Any]) -> None:
    open_target(stub, own_pseudonyms=True)
    say(saying(**said), speaker=stranger())
    forward_all()
    assert b"ana-secreta" not in stub.heard[0].body


def test_only_what_the_platform_says_goes_where_that_is_asked(stub: StubLrs) -> None:
    open_target(stub, only_ours=True)
    say(saying(), speaker=stranger())
    ids = say(saying(), speaker=ours())
    say(saying(), speaker=stranger())
    forward_all()
    assert stub.taken == ids


def test_only_the_verbs_asked_for_go(stub: StubLrs) -> None:
    target = open_target(stub, verbs=[ANSWERED])
    say_some(3)
    ids = say_some(2, verb=ANSWERED)
    say_some(3)
    assert forward_all() == 2
    assert stub.taken == ids
    assert fresh(target).sent_count == 2


def test_what_is_passed_over_is_not_looked_at_again(stub: StubLrs) -> None:
    target = open_target(stub, verbs=[ANSWERED])
    say_some(3)
    before = target.cursor
    forward_all()
    assert fresh(target).cursor > before
    assert stub.heard == []


def test_a_voided_statement_and_what_voids_it_both_go(stub: StubLrs) -> None:
    open_target(stub)
    (said,) = say(saying())
    (taking_back,) = say(voiding(said))
    forward_all()
    assert stub.taken == [said, taking_back]


def test_a_target_from_now_on_gets_nothing_older(stub: StubLrs) -> None:
    say_some(3)
    open_target(stub, from_start=False)
    ids = say_some(2)
    forward_all()
    assert stub.taken == ids


def test_a_target_from_now_on_of_an_empty_record_gets_the_first_statement(stub: StubLrs) -> None:
    open_target(stub, from_start=False)
    ids = say_some(1)
    forward_all()
    assert stub.taken == ids


def test_an_inactive_target_gets_nothing(stub: StubLrs) -> None:
    target = open_target(stub)
    type(target).objects.update(is_active=False)
    say_some(1)
    assert forward_all() == 0
    assert stub.heard == []
