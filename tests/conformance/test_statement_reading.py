"""xAPI-Communication 2.1.3: GET, its parameters and the answer's shape."""

from typing import Any

import pytest

from tests.conformance.sayings import COURSE, SOME_ID, VERB, Node, agent, new_id, statement, voiding
from tests.conformance.speaking import Lrs

FILTERS: Node = {
    "agent": agent(),
    "verb": VERB,
    "activity": COURSE,
    "registration": SOME_ID,
    "related_activities": True,
    "related_agents": True,
    "since": "2026-01-01T00:00:00Z",
    "until": "2060-01-01T00:00:00Z",
    "limit": 5,
    "ascending": True,
}
CODES = {
    "agent": "00181", "verb": "00180", "activity": "00179", "registration": "00178", "related_activities": "00177",
    "related_agents": "00176", "since": "00175", "until": "00174", "limit": "00173", "ascending": "00166",
}  # fmt: skip
FORMS = ("exact", "ids", "canonical")
SINGLE = {"statementId": "XAPI-00151", "voidedStatementId": "XAPI-00150"}
ALLOWED = {"format": "exact", "attachments": "false"}


def each(prefix: str, *names: str) -> list[Any]:
    return [pytest.param(name, id=f"{prefix}-{name}") for name in names]


@pytest.mark.parametrize(
    "name", [pytest.param(name, id=f"XAPI-{code}-{name}") for name, code in CODES.items()]
)
def test_each_parameter_is_understood(lrs: Lrs, name: str) -> None:
    answer = lrs.get(**{name: FILTERS[name]})
    assert answer.status == 200
    assert (answer.json["statements"], answer.json["more"]) == ([], "")


def test_all_parameters_go_together_xapi_00164(lrs: Lrs) -> None:
    registration = FILTERS["registration"]
    (found,) = lrs.store(statement(context={"registration": registration}))
    lrs.store(statement())
    assert lrs.get(**FILTERS, format="exact", attachments="false").ids == [found]


def test_the_answer_has_statements_and_more_xapi_00110_00113_00139_00154_00159(lrs: Lrs) -> None:
    lrs.store(statement(), statement())
    answer = lrs.get(limit=1)
    assert answer.status == 200
    assert answer.json.keys() == {"statements", "more"}
    assert isinstance(answer.json["statements"], list)


def test_nothing_found_is_an_empty_list_xapi_00109_00112_00149(lrs: Lrs) -> None:
    answer = lrs.get(verb="https://lrs.example/verbs/unknown")
    assert (answer.status, answer.json) == (200, {"statements": [], "more": ""})


def test_one_statement_is_found_by_its_id_xapi_00156_00158(lrs: Lrs) -> None:
    ids = lrs.store(statement(), statement())
    assert [lrs.fetch(found)["id"] for found in ids] == ids


def test_a_voided_one_is_found_by_its_id_xapi_00155_00157(lrs: Lrs) -> None:
    (target,) = lrs.store(statement())
    lrs.store(voiding(target))
    answer = lrs.get(voidedStatementId=target)
    assert (answer.status, answer.json["id"]) == (200, target)


@pytest.mark.parametrize("name", SINGLE)
def test_an_unknown_id_is_not_found(lrs: Lrs, name: str) -> None:
    assert lrs.get(**{name: new_id()}).status == 404


def test_a_statement_that_is_not_voided_is_not_found_as_voided_xapi_00018(lrs: Lrs) -> None:
    (found,) = lrs.store(statement())
    assert lrs.get(voidedStatementId=found).status == 404


def store_both(lrs: Lrs) -> dict[str, str]:
    valid, target = lrs.store(statement(), statement())
    lrs.store(voiding(target))
    return {"statementId": valid, "voidedStatementId": target}


@pytest.mark.parametrize("other", [pytest.param(name, id=f"with-{name}") for name in FILTERS])
@pytest.mark.parametrize("name", [pytest.param(name, id=code) for name, code in SINGLE.items()])
def test_an_id_and_a_filter_are_refused(lrs: Lrs, name: str, other: str) -> None:
    ids = store_both(lrs)
    assert lrs.get(**{name: ids[name], other: FILTERS[other]}).status == 400


@pytest.mark.parametrize("other", [pytest.param(name, id=f"with-{name}") for name in ALLOWED])
@pytest.mark.parametrize("name", [pytest.param(name, id=code) for name, code in SINGLE.items()])
def test_an_id_goes_with_format_and_attachments(lrs: Lrs, name: str, other: str) -> None:
    ids = store_both(lrs)
    answer = lrs.get(**{name: ids[name], other: ALLOWED[other]})
    assert (answer.status, answer.json["id"]) == (200, ids[name])


def test_a_boolean_may_be_written_as_tincan_writes_it(lrs: Lrs) -> None:
    store_both(lrs)
    assert lrs.get(ascending="True").json == lrs.get(ascending="true").json


def test_both_ids_together_are_refused_xapi_00151_00150(lrs: Lrs) -> None:
    assert lrs.get(**store_both(lrs)).status == 400


BAD: list[tuple[str, Any]] = [
    ("statementId", "5"), ("statementId", ""), ("statementId", "{" + SOME_ID + "}"), ("voidedStatementId", "5"),
    ("registration", "5"), ("registration", SOME_ID.replace("-", "")), ("verb", "practised"), ("verb", ""),
    ("activity", "course"), ("activity", "lrs.example/course"), ("since", "ayer"), ("since", "2026-01-01"),
    ("since", "2026-01-01T00:00:00-00:00"), ("until", "ayer"), ("until", "2026-02-30T00:00:00Z"), ("limit", "-1"),
    ("limit", "1.5"), ("limit", "diez"), ("limit", ""), ("ascending", "yes"), ("ascending", "1"),
    ("related_agents", "1"), ("related_activities", ""), ("format", "short"), ("format", "Exact"),
    ("attachments", "yes"), ("agent", "ana"), ("agent", ""), ("agent", "{}"), ("agent", "[]"), ("agent", "null"),
    ("agent", {"objectType": "Agent", "name": "Ana"}), ("agent", {"mbox": "ana@lrs.example"}),
    ("agent", agent(openid="https://lrs.example/ana")), ("agent", agent(extra=1)),
    ("agent", {"objectType": "Group", "member": [agent()]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"), [pytest.param(name, value, id=f"XAPI-00012-{name}-{value}") for name, value in BAD]
)
def test_a_parameter_with_a_bad_value_is_refused(lrs: Lrs, name: str, value: Any) -> None:
    answer = lrs.get(**{name: value})
    assert answer.status == 400
    assert answer.json["path"].lstrip("$") in (name, "")


@pytest.mark.parametrize("name", each("XAPI-00325", *FILTERS, *SINGLE, "format", "attachments"))
def test_a_parameter_in_another_case_is_refused(lrs: Lrs, name: str) -> None:
    value = {**FILTERS, **ALLOWED, **dict.fromkeys(SINGLE, new_id())}[name]
    assert lrs.get(**{name.upper(): value}).status == 400
    assert lrs.get(**{name[0].upper() + name[1:]: value}).status == 400


def test_put_with_its_parameter_in_another_case_is_refused_xapi_00325(lrs: Lrs) -> None:
    assert lrs.send("PUT", "statements", {"StatementId": new_id()}, statement()).status == 400


@pytest.mark.parametrize("params", ["foo=bar", "verb=urn:a:b&foo=", "limit=1&limit=2", "agent=%FF", "a%00=1"])
def test_an_unknown_or_broken_parameter_is_refused_xapi_00324(lrs: Lrs, params: str) -> None:
    assert lrs.send("GET", "statements", params).status == 400


@pytest.mark.parametrize("params", [{"statementId": new_id()}, {"format": "exact"}, {"foo": "bar"}])
def test_post_has_no_parameters_xapi_00324(lrs: Lrs, params: Node) -> None:
    assert lrs.send("POST", "statements", params, statement()).status == 400


@pytest.mark.parametrize("form", each("format", *FORMS))
def test_the_answer_is_json_xapi_00165(lrs: Lrs, form: str) -> None:
    (found,) = lrs.store(statement())
    for answer in (lrs.get(format=form), lrs.get(statementId=found, format=form)):
        assert answer.headers["Content-Type"] == "application/json"


def test_last_modified_is_the_second_of_storing(lrs: Lrs) -> None:
    """2.0, 4.1.6.1."""
    (found,) = lrs.store(statement())
    answer = lrs.get(statementId=found)
    assert answer.headers["Last-Modified"].endswith(f"{answer.json['stored'][11:19]} GMT")
