"""xAPI-Communication 2.1.3: which statements a filter finds, in which order, page by page."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.conformance.sayings import (
    SHA1,
    VERB,
    Node,
    activity,
    agent,
    group,
    new_id,
    new_iri,
    reference,
    statement,
    substatement,
)
from tests.conformance.speaking import Lrs

WHO = agent("carla")
WHAT = "https://lrs.example/activities/wanted"
TEAM = {"objectType": "Group", "mbox": "mailto:equipo@lrs.example"}
LISTS = ("parent", "grouping", "category", "other")


def inner(**parts: Any) -> Node:
    return {"object": substatement(**parts)}


DIRECT_AGENTS = [
    pytest.param({"actor": WHO}, id="XAPI-00181-actor"),
    pytest.param({"actor": WHO | {"name": "Otro nombre"}}, id="XAPI-00181-actor-with-name"),
    pytest.param({"actor": {"mbox": WHO["mbox"]}}, id="XAPI-00181-actor-without-type"),
    pytest.param({"object": WHO}, id="XAPI-00181-object"),
    pytest.param({"actor": group(agent("bruno"), WHO)}, id="XAPI-00181-member-of-anonymous-group"),
    pytest.param({"actor": TEAM | {"member": [WHO]}}, id="XAPI-00181-member-of-identified-group"),
    pytest.param({"object": group(WHO)}, id="XAPI-00181-member-of-object"),
]
RELATED_AGENTS = [
    pytest.param({"context": {"instructor": WHO}}, id="XAPI-00176-instructor"),
    pytest.param({"context": {"team": group(WHO)}}, id="XAPI-00176-member-of-team"),
    pytest.param({"context": {"team": TEAM | {"mbox": WHO["mbox"]}}}, id="XAPI-00176-team"),
    pytest.param(inner(actor=WHO), id="XAPI-00176-actor-of-substatement"),
    pytest.param(inner(object=WHO), id="XAPI-00176-object-of-substatement"),
    pytest.param(inner(actor=group(WHO)), id="XAPI-00176-member-in-substatement"),
    pytest.param(inner(context={"instructor": WHO}), id="XAPI-00176-instructor-of-substatement"),
    pytest.param(inner(context={"team": group(WHO)}), id="XAPI-00176-team-of-substatement"),
]
DIRECT_ACTIVITIES = [
    pytest.param({"object": {"id": WHAT}}, id="XAPI-00179-without-type"),
    pytest.param({"object": activity(WHAT, name={"es": "Curso"})}, id="XAPI-00179-with-definition"),
]
RELATED_ACTIVITIES = [
    *[
        pytest.param(
            {"context": {"contextActivities": {name: [activity(), activity(WHAT)]}}}, id=f"XAPI-00177-{name}"
        )
        for name in LISTS
    ],
    pytest.param({"context": {"contextActivities": {"parent": activity(WHAT)}}}, id="XAPI-00177-lone-parent"),
    pytest.param(inner(object=activity(WHAT)), id="XAPI-00177-object-of-substatement"),
    pytest.param(
        inner(context={"contextActivities": {"other": [activity(WHAT)]}}),
        id="XAPI-00177-context-of-substatement",
    ),
]


@pytest.mark.parametrize("parts", DIRECT_AGENTS)
def test_an_agent_is_found_where_it_acts_or_is_acted_on(lrs: Lrs, parts: Node) -> None:
    found, _other = lrs.store(statement(**parts), statement())
    assert lrs.get(agent=WHO).ids == [found]
    assert lrs.get(agent=WHO, related_agents=True).ids == [found]


@pytest.mark.parametrize("parts", RELATED_AGENTS)
def test_an_agent_elsewhere_is_only_found_as_related(lrs: Lrs, parts: Node) -> None:
    found, _other = lrs.store(statement(**parts), statement())
    assert lrs.get(agent=WHO).ids == []
    assert lrs.get(agent=WHO, related_agents=True).ids == [found]
    assert lrs.get(agent=WHO, related_agents=False).ids == []


def test_who_vouches_is_a_related_agent_xapi_00176(lrs: Lrs) -> None:
    (found,) = lrs.store(statement())
    authority = lrs.fetch(found)["authority"]
    assert lrs.get(agent=authority).ids == []
    assert lrs.get(agent=authority, related_agents=True).ids == [found]


@pytest.mark.parametrize(
    "who",
    [
        pytest.param({"mbox_sha1sum": SHA1}, id="XAPI-00181-mbox_sha1sum"),
        pytest.param({"openid": "https://lrs.example/carla"}, id="XAPI-00181-openid"),
        pytest.param(
            {"account": {"homePage": "https://lrs.example", "name": "carla"}}, id="XAPI-00181-account"
        ),
        pytest.param(TEAM, id="XAPI-00181-identified-group"),
    ],
)
def test_an_agent_is_found_by_any_identifier(lrs: Lrs, who: Node) -> None:
    found, _other = lrs.store(statement(actor=who), statement())
    assert lrs.get(agent=who).ids == [found]


def test_another_account_of_the_same_name_is_somebody_else(lrs: Lrs) -> None:
    lrs.store(statement(actor={"account": {"homePage": "https://lrs.example", "name": "carla"}}))
    assert lrs.get(agent={"account": {"homePage": "https://other.example", "name": "carla"}}).ids == []


@pytest.mark.parametrize("parts", DIRECT_ACTIVITIES)
def test_an_activity_is_found_as_object(lrs: Lrs, parts: Node) -> None:
    found, _other = lrs.store(statement(**parts), statement())
    assert lrs.get(activity=WHAT).ids == [found]
    assert lrs.get(activity=WHAT, related_activities=True).ids == [found]


@pytest.mark.parametrize("parts", RELATED_ACTIVITIES)
def test_an_activity_elsewhere_is_only_found_as_related(lrs: Lrs, parts: Node) -> None:
    found, _other = lrs.store(statement(**parts), statement())
    assert lrs.get(activity=WHAT).ids == []
    assert lrs.get(activity=WHAT, related_activities=True).ids == [found]


def test_a_statement_that_matches_in_many_ways_comes_once(lrs: Lrs) -> None:
    context = {"instructor": WHO, "contextActivities": {name: [activity(WHAT)] for name in LISTS}}
    (found,) = lrs.store(statement(actor=WHO, object=activity(WHAT), context=context))
    assert lrs.get(agent=WHO, activity=WHAT, related_agents=True, related_activities=True).ids == [found]


def test_a_verb_is_found_by_its_iri_alone_xapi_00180(lrs: Lrs) -> None:
    verb = new_iri("verbs")
    found, _other, _inner = lrs.store(
        statement(verb={"id": verb, "display": {"es": "hizo"}}),
        statement(),
        statement(**inner(verb={"id": verb})),
    )
    assert lrs.get(verb=verb).ids == [found]


def test_a_registration_is_found_whatever_its_case_xapi_00178(lrs: Lrs) -> None:
    registration = new_id()
    found, _other = lrs.store(statement(context={"registration": registration}), statement())
    assert lrs.get(registration=registration.upper()).ids == [found]


def test_all_filters_must_match_xapi_00164(lrs: Lrs) -> None:
    found, _one, _two = lrs.store(
        statement(actor=WHO, object=activity(WHAT)), statement(actor=WHO), statement(object=activity(WHAT))
    )
    assert lrs.get(agent=WHO, activity=WHAT, verb=VERB).ids == [found]


def test_the_newest_come_first_unless_asked_otherwise_xapi_00166(lrs: Lrs) -> None:
    ids = lrs.store(statement(), statement(), statement())
    assert lrs.get().ids == ids[::-1]
    assert lrs.get(ascending=False).ids == ids[::-1]
    assert lrs.get(ascending=True).ids == ids


def test_a_batch_keeps_its_order(lrs: Lrs) -> None:
    ids = lrs.post([statement() for _ in range(5)]).json
    assert lrs.get(ascending=True).ids == ids


def test_since_excludes_and_until_includes_its_instant_xapi_00174_00175(lrs: Lrs) -> None:
    ids = lrs.store(statement(), statement(), statement())
    stored = lrs.fetch(ids[1])["stored"]
    assert lrs.get(since=stored).ids == [ids[2]]
    assert lrs.get(until=stored, ascending=True).ids == ids[:2]
    assert lrs.get(since=stored, until=stored).ids == []


def test_since_and_until_are_about_storing_not_about_happening_xapi_00175(lrs: Lrs) -> None:
    (found,) = lrs.store(statement(timestamp="2001-01-01T00:00:00Z"))
    assert lrs.get(since="2002-01-01T00:00:00Z").ids == [found]
    assert lrs.get(until="2002-01-01T00:00:00Z").ids == []


@pytest.mark.parametrize("year", ["0001", "1900", "2071", "2126", "9999"])
def test_since_and_until_may_be_far_away_xapi_00174_00175(lrs: Lrs, year: str) -> None:
    (found,) = lrs.store(statement())
    ago = year < "2000"
    assert lrs.get(since=f"{year}-12-31T00:00:00Z").ids == ([found] if ago else [])
    assert lrs.get(until=f"{year}-12-31T00:00:00Z").ids == ([] if ago else [found])


def test_limit_is_the_most_that_comes_xapi_00173(lrs: Lrs) -> None:
    ids = lrs.store(statement(), statement(), statement())
    assert lrs.get(limit=2).ids == [ids[2], ids[1]]
    assert lrs.get(limit=0).ids == lrs.get().ids == ids[::-1]
    assert lrs.get(limit=3).json["more"] == ""


def test_limit_0_and_none_are_what_the_server_admits_xapi_00114(lrs: Lrs, settings: Settings) -> None:
    settings.XAPI_MAX_RESULTS = 2
    lrs.post([statement() for _ in range(3)])
    for params in ({}, {"limit": 0}, {"limit": 100}):
        answer = lrs.get(**params)
        assert len(answer.statements) == 2
        assert answer.json["more"] != ""


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_more_leads_through_every_page_once_xapi_00108_00109_00111_00114(lrs: Lrs, ascending: str) -> None:
    wanted = lrs.post([statement(actor=WHO) for _ in range(5)]).json
    lrs.store(statement())
    answer = lrs.get(agent=WHO, limit=2, ascending=ascending, format="ids")
    pages = [answer.ids]
    while answer.json["more"]:
        assert answer.json["more"].startswith("/")
        answer = lrs.follow(answer)
        assert answer.status == 200
        assert answer.json.keys() == {"statements", "more"}
        pages.append(answer.ids)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [found for page in pages for found in page] == (wanted if ascending == "true" else wanted[::-1])


def test_what_is_stored_meanwhile_does_not_shift_the_pages_xapi_00111(lrs: Lrs) -> None:
    ids = lrs.store(statement(), statement(), statement())
    first = lrs.get(limit=2)
    lrs.store(statement())
    assert first.ids + lrs.follow(first).ids == ids[::-1]


def test_more_needs_the_credential_too(lrs: Lrs) -> None:
    lrs.store(statement(), statement())
    answer = lrs.get(limit=1)
    assert lrs.showing(None).follow(answer).status == 401


def test_a_reference_is_found_through_its_target_not_half_each(lrs: Lrs) -> None:
    """One statement of a chain must match all of the filter (2.1.3)."""
    verb = new_iri("verbs")
    (target,) = lrs.store(statement(actor=WHO))
    lrs.store(statement(verb={"id": verb}, object=reference(target)))
    assert lrs.get(agent=WHO, verb=verb).ids == []
