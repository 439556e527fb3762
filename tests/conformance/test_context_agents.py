"""IEEE 9274.1.1, 4.2.2.5: contextAgents and contextGroups, which 1.0.3 does not have."""

from typing import Any

import pytest

from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.statements import check_statement
from tests.conformance.sayings import Node, agent, group, inside, statement, text
from tests.conformance.speaking import NEW, OLD, Lrs

WHO = agent("carla")
TYPES = ["https://lrs.example/roles/tutor"]
TEAM = {"objectType": "Group", "mbox": "mailto:equipo@lrs.example"}
GOOD: list[tuple[str, Any]] = [
    ("contextAgents", [{"objectType": "contextAgent", "agent": WHO}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": WHO, "relevantTypes": TYPES}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": {"mbox": WHO["mbox"]}}]),
    ("contextAgents", []),
    ("contextGroups", [{"objectType": "contextGroup", "group": group(WHO)}]),
    ("contextGroups", [{"objectType": "contextGroup", "group": TEAM, "relevantTypes": TYPES}]),
]
BAD: list[tuple[str, Any]] = [
    ("contextAgents", {"objectType": "contextAgent", "agent": WHO}),
    ("contextAgents", "carla"),
    ("contextAgents", None),
    ("contextAgents", [WHO]),
    ("contextAgents", [{"agent": WHO}]),
    ("contextAgents", [{"objectType": "ContextAgent", "agent": WHO}]),
    ("contextAgents", [{"objectType": "contextGroup", "agent": WHO}]),
    ("contextAgents", [{"objectType": "contextAgent"}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": {"name": "Carla"}}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": group(WHO)}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": WHO, "relevantTypes": []}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": WHO, "relevantTypes": ["tutor"]}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": WHO, "relevantTypes": TYPES[0]}]),
    ("contextAgents", [{"objectType": "contextAgent", "agent": WHO, "other": 1}]),
    ("contextGroups", {"objectType": "contextGroup", "group": TEAM}),
    ("contextGroups", [{"objectType": "contextGroup", "group": WHO}]),
    ("contextGroups", [{"objectType": "contextGroup", "group": {"objectType": "Group", "name": "E"}}]),
    ("contextGroups", [{"objectType": "contextAgent", "group": TEAM}]),
    ("contextGroups", [{"objectType": "contextGroup", "agent": TEAM}]),
    ("contextGroups", [{"objectType": "contextGroup", "group": TEAM, "relevantTypes": []}]),
    ("contextGroups", [{"objectType": "contextGroup", "group": TEAM, "relevantTypes": ["x"]}]),
    ("contextgroups", [{"objectType": "contextGroup", "group": TEAM}]),
]


def accepts(context: Node, version: str) -> bool:
    """Alone and in a SubStatement alike."""
    whole = statement(context=context)
    verdicts = []
    for said in (whole, inside(whole)):
        try:
            check_statement(text(said), version=version)
        except InvalidValueError:
            verdicts.append(False)
        else:
            verdicts.append(True)
    assert len(set(verdicts)) == 1
    return verdicts[0]


@pytest.mark.parametrize(
    ("name", "value"), [pytest.param(*case, id=f"4.2.2.5-{place}") for place, case in enumerate(GOOD)]
)
def test_2_0_accepts_them_and_1_0_3_does_not_know_them(name: str, value: Any) -> None:
    assert accepts({name: value}, NEW)
    assert not accepts({name: value}, OLD)


@pytest.mark.parametrize(
    ("name", "value"), [pytest.param(*case, id=f"4.2.2.5-{place}") for place, case in enumerate(BAD)]
)
def test_what_is_none_is_refused(name: str, value: Any) -> None:
    assert not accepts({name: value}, NEW)


@pytest.mark.parametrize(("name", "value"), [case for case in GOOD if case[1]])
def test_they_come_back_as_they_were_sent(new: Lrs, name: str, value: Any) -> None:
    (found,) = new.store(statement(context={name: value}))
    assert new.fetch(found)["context"] == {name: value}


@pytest.mark.parametrize(
    "context",
    [
        {"contextAgents": [{"objectType": "contextAgent", "agent": WHO}]},
        {"contextGroups": [{"objectType": "contextGroup", "group": group(agent(), WHO)}]},
        {"contextGroups": [{"objectType": "contextGroup", "group": TEAM | {"mbox": WHO["mbox"]}}]},
    ],
    ids=["agent", "member", "group"],
)
def test_they_are_related_agents(new: Lrs, context: Node) -> None:
    """IEEE 9274.1.1, 4.1.6.1, related_agents."""
    found, _other = new.store(statement(context=context), statement())
    assert new.get(agent=WHO).ids == []
    assert new.get(agent=WHO, related_agents=True).ids == [found]


def test_format_ids_reduces_them(new: Lrs) -> None:
    context = {
        "contextAgents": [
            {"objectType": "contextAgent", "agent": WHO | {"name": "Carla"}, "relevantTypes": TYPES}
        ]
    }
    (found,) = new.store(statement(context=context))
    assert new.fetch(found, format="ids")["context"]["contextAgents"] == [
        {"objectType": "contextAgent", "agent": WHO, "relevantTypes": TYPES}
    ]


def test_1_0_3_refuses_them_at_the_endpoint(old: Lrs) -> None:
    answer = old.post(statement(context={"contextAgents": GOOD[0][1]}))
    assert (answer.status, answer.json["path"]) == (400, "$.context.contextAgents")
