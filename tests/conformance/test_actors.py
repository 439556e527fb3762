"""xAPI-Data 2.4.2: agents, groups and what identifies them, wherever an actor may stand."""

from typing import Any

import pytest

from tests.conformance.judging import refuses
from tests.conformance.sayings import SHA1, Node, agent, changed, full_statement, group, statement

FULL = full_statement()
ACCOUNT = {"homePage": "https://lrs.example", "name": "ana"}
IDENTIFIERS: Node = {
    "mbox": "mailto:ana@lrs.example",
    "mbox_sha1sum": SHA1,
    "openid": "https://lrs.example/ana",
    "account": ACCOUNT,
}
PAIRS = [(one, other) for one in IDENTIFIERS for other in IDENTIFIERS if one < other]
AGENTS = ("actor", "object", "context/instructor", "context/team/member/0", "authority")
GROUPS = ("actor", "object", "context/instructor", "context/team")


def at(path: str, actor: Any) -> Node:
    """A full statement with that actor there; nothing that only suits an activity beside it."""
    whole = {**FULL, "context": {"team": group(agent())}}
    return changed(whole, path, actor)


def refuses_at(path: str, actor: Any) -> bool:
    return refuses(at(path, actor), nested=path != "authority")


agents = pytest.mark.parametrize("path", AGENTS)
groups = pytest.mark.parametrize("path", GROUPS)


@agents
@pytest.mark.parametrize("name", [pytest.param(name, id=f"XAPI-00034-{name}") for name in IDENTIFIERS])
def test_an_agent_with_one_identifier_is_accepted(path: str, name: str) -> None:
    assert not refuses_at(path, {"objectType": "Agent", name: IDENTIFIERS[name]})


@agents
def test_an_agent_without_identifier_is_refused_xapi_00034(path: str) -> None:
    assert refuses_at(path, {"objectType": "Agent", "name": "Ana"})


@agents
@pytest.mark.parametrize("pair", [pytest.param(p, id=f"XAPI-00034-{p[0]}-and-{p[1]}") for p in PAIRS])
def test_an_agent_with_two_identifiers_is_refused(path: str, pair: tuple[str, str]) -> None:
    assert refuses_at(path, {"objectType": "Agent", **{name: IDENTIFIERS[name] for name in pair}})


@groups
@pytest.mark.parametrize("name", [pytest.param(name, id=f"XAPI-00037-{name}") for name in IDENTIFIERS])
@pytest.mark.parametrize("members", [None, [], [agent("bruno")]])
def test_an_identified_group_is_accepted(path: str, name: str, members: list[Node] | None) -> None:
    told: Node = {"objectType": "Group", name: IDENTIFIERS[name]}
    assert not refuses_at(path, told if members is None else told | {"member": members})


@groups
@pytest.mark.parametrize("pair", [pytest.param(p, id=f"XAPI-00037-{p[0]}-and-{p[1]}") for p in PAIRS])
def test_a_group_with_two_identifiers_is_refused(path: str, pair: tuple[str, str]) -> None:
    told = {"objectType": "Group", "member": [agent()], **{name: IDENTIFIERS[name] for name in pair}}
    assert refuses_at(path, told)


@groups
@pytest.mark.parametrize(
    ("member", "refused"),
    [
        pytest.param(
            [agent("bruno"), {"openid": "https://lrs.example/b"}], False, id="XAPI-00036-two-agents"
        ),
        pytest.param([], True, id="XAPI-00035-nobody"),
        pytest.param(None, True, id="XAPI-00035-none"),
        pytest.param("bruno", True, id="XAPI-00036-text"),
        pytest.param(agent("bruno"), True, id="XAPI-00036-object"),
        pytest.param(["mailto:bruno@lrs.example"], True, id="XAPI-00036-list-of-text"),
        pytest.param([{"name": "Bruno"}], True, id="XAPI-00036-without-identifier"),
        pytest.param([group(agent())], True, id="XAPI-00036-group"),
        pytest.param([{"objectType": "Group", **ACCOUNT}], True, id="XAPI-00036-account-as-group"),
        pytest.param([agent(), agent(openid="https://lrs.example/b")], True, id="XAPI-00036-two-identifiers"),
    ],
)
def test_an_anonymous_group_needs_agents_as_members(path: str, member: Any, refused: bool) -> None:
    assert refuses_at(path, {"objectType": "Group", "name": "Equipo", "member": member}) is refused


@groups
def test_an_anonymous_group_without_members_is_refused_xapi_00035(path: str) -> None:
    assert refuses_at(path, {"objectType": "Group", "name": "Equipo"})


@agents
def test_an_agent_with_members_is_refused_xapi_00035(path: str) -> None:
    assert refuses_at(path, agent(member=[agent("bruno")]))


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        pytest.param({"mbox": "mailto:ana@lrs.example"}, False, id="XAPI-00031-absent-is-agent"),
        pytest.param(agent() | {"objectType": "Person"}, True, id="XAPI-00031-person"),
        pytest.param(agent() | {"objectType": "Activity"}, True, id="XAPI-00031-activity"),
        pytest.param(agent() | {"objectType": 5}, True, id="XAPI-00032-number"),
        pytest.param(agent() | {"objectType": ["Agent"]}, True, id="XAPI-00032-list"),
        pytest.param(agent() | {"objectType": ""}, True, id="XAPI-00032-empty"),
        pytest.param(agent(name=5), True, id="XAPI-00033-number"),
        pytest.param(agent(name={"es": "Ana"}), True, id="XAPI-00033-language-map"),
        pytest.param(agent(name=""), False, id="XAPI-00033-empty-text"),
        pytest.param(group(agent(), name=["Equipo"]), True, id="XAPI-00033-group"),
        pytest.param({"mbox": "ana@lrs.example"}, True, id="XAPI-00038-without-mailto"),
        pytest.param({"mbox": "mailto:ana"}, True, id="XAPI-00038-without-host"),
        pytest.param({"mbox": "mailto:@lrs.example"}, True, id="XAPI-00038-without-name"),
        pytest.param({"mbox": "mailto:"}, True, id="XAPI-00038-without-address"),
        pytest.param({"mbox": "MAILTO ana@lrs.example"}, True, id="XAPI-00038-other-scheme"),
        pytest.param({"mbox": ["mailto:ana@lrs.example"]}, True, id="XAPI-00038-list"),
        pytest.param({"mbox": "mailto:ñandú@lrs.example"}, False, id="XAPI-00038-other-letters"),
        pytest.param({"mbox_sha1sum": SHA1.upper()}, False, id="XAPI-00039-upper-case"),
        pytest.param({"mbox_sha1sum": SHA1[1:]}, True, id="XAPI-00039-short"),
        pytest.param({"mbox_sha1sum": "g" + SHA1[1:]}, True, id="XAPI-00039-not-hexadecimal"),
        pytest.param({"mbox_sha1sum": 5}, True, id="XAPI-00039-number"),
        pytest.param({"openid": "ana"}, True, id="XAPI-00040-no-uri"),
        pytest.param({"openid": {"id": "https://lrs.example"}}, True, id="XAPI-00040-object"),
        pytest.param({"account": "ana"}, True, id="XAPI-00041-text"),
        pytest.param({"account": [ACCOUNT]}, True, id="XAPI-00041-list"),
        pytest.param({"account": {}}, True, id="XAPI-00041-empty"),
        pytest.param({"account": {"name": "ana"}}, True, id="XAPI-00042-absent"),
        pytest.param({"account": ACCOUNT | {"homePage": "ana"}}, True, id="XAPI-00042-no-irl"),
        pytest.param({"account": ACCOUNT | {"homePage": 5}}, True, id="XAPI-00042-number"),
        pytest.param({"account": {"homePage": "https://lrs.example"}}, True, id="XAPI-00043-absent"),
        pytest.param({"account": ACCOUNT | {"name": 5}}, True, id="XAPI-00043-number"),
        pytest.param({"account": ACCOUNT | {"name": {"es": "ana"}}}, True, id="XAPI-00043-object"),
        pytest.param({"account": ACCOUNT | {"id": "5"}}, True, id="XAPI-00041-unknown-property"),
    ],
)
def test_an_actor_is_checked(told: Node, refused: bool) -> None:
    assert refuses(statement(actor=told)) is refused


@pytest.mark.parametrize("told", [{"mbox": "mailto:ana@lrs.example"}, {"member": [agent()]}])
def test_an_actor_as_object_without_object_type_is_refused_xapi_00065(told: Node) -> None:
    assert refuses(statement(object=told))
