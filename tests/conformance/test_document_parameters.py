"""xAPI-Communication 2.3, 2.6, 2.7: the parameters of the document resources."""

from typing import Any

import pytest

from tests.conformance.sayings import DROP, SHA1, SOME_ID, agent
from tests.conformance.speaking import Lrs
from tests.conformance.test_documents import ACTIVITY_PROFILE, AGENT_PROFILE, ANY, DOCUMENT, STATE, Shelf

METHODS = ("PUT", "POST", "GET", "DELETE")
BAD_AGENTS = (
    "ana", "", "[]", "5", "null", "{}", {"name": "Ana"}, {"objectType": "Agent"}, {"mbox": "ana"}, agent(other=1),
    agent(openid="https://lrs.example/ana"), {"objectType": "Group", "member": [agent()]},
)  # fmt: skip
ABSENT: list[tuple[Shelf, str, dict[str, str]]] = [
    (STATE, "activityId", {"PUT": "00210", "POST": "00209", "GET": "00208", "DELETE": "00207"}),
    (STATE, "agent", {"PUT": "00215", "POST": "00214", "GET": "00213", "DELETE": "00212"}),
    (STATE, "stateId", {"PUT": "00206", "POST": "00211"}),
    (AGENT_PROFILE, "agent", {"PUT": "00264", "POST": "00263", "GET": "00261", "DELETE": "00262"}),
    (AGENT_PROFILE, "profileId", {"PUT": "00267", "POST": "00266", "DELETE": "00265"}),
    (ACTIVITY_PROFILE, "activityId", {"PUT": "00299", "POST": "00298", "GET": "00296", "DELETE": "00297"}),
    (ACTIVITY_PROFILE, "profileId", {"PUT": "00302", "POST": "00301", "DELETE": "00300"}),
]
OF_AGENT: list[tuple[Shelf, dict[str, str]]] = [
    (STATE, {"PUT": "00199", "POST": "00198", "GET": "00197", "DELETE": "00196"}),
    (AGENT_PROFILE, {"PUT": "00257", "POST": "00256", "GET": "00258", "DELETE": "00255"}),
]
OF_REGISTRATION = {"PUT": "00203", "POST": "00202", "GET": "00201", "DELETE": "00200"}
OF_SINCE: list[tuple[Shelf, str, str]] = [
    (STATE, "00204", "00221"), (AGENT_PROFILE, "00260", "00268"), (ACTIVITY_PROFILE, "00295", "00303"),
]  # fmt: skip


def is_refused(lrs: Lrs, shelf: Shelf, method: str, **changes: Any) -> bool:
    """Whether the request with these parameters is a 400 that changes nothing."""
    shelf.put(lrs, DOCUMENT)
    params = {name: value for name, value in {**shelf.params(), **changes}.items() if value is not DROP}
    refused = (
        lrs.send(method, shelf.path, params, {"x": 1}, headers=ANY if method == "PUT" else None).status == 400
    )
    assert shelf.send(lrs, "GET").json == DOCUMENT
    shelf.send(lrs, "DELETE")
    return refused


@pytest.mark.parametrize(
    ("shelf", "name", "method"),
    [
        pytest.param(shelf, name, method, id=f"XAPI-{code}-{method}-{shelf.path}-{name}")
        for shelf, name, codes in ABSENT
        for method, code in codes.items()
    ],
)
def test_a_parameter_that_is_needed_is_missed(lrs: Lrs, shelf: Shelf, name: str, method: str) -> None:
    assert is_refused(lrs, shelf, method, **{name: DROP})
    assert is_refused(lrs, shelf, method, **{name: ""})


@pytest.mark.parametrize(
    ("shelf", "method"),
    [
        pytest.param(shelf, method, id=f"XAPI-{code}-{method}-{shelf.path}")
        for shelf, codes in OF_AGENT
        for method, code in codes.items()
    ],
)
def test_an_agent_that_is_none_is_refused(lrs: Lrs, shelf: Shelf, method: str) -> None:
    for value in BAD_AGENTS:
        assert is_refused(lrs, shelf, method, agent=value), value


@pytest.mark.parametrize(
    "method", [pytest.param(method, id=f"XAPI-{code}-{method}") for method, code in OF_REGISTRATION.items()]
)
def test_a_registration_that_is_no_uuid_is_refused(lrs: Lrs, method: str) -> None:
    for value in ("5", "", SOME_ID.replace("-", ""), "{" + SOME_ID + "}"):
        assert is_refused(lrs, STATE, method, registration=value), value


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shelf", [STATE, ACTIVITY_PROFILE], ids=["state", "profile"])
def test_an_activity_that_is_no_iri_is_refused(lrs: Lrs, shelf: Shelf, method: str) -> None:
    for value in ("course", "lrs.example/course", "https://lrs.example/a b"):
        assert is_refused(lrs, shelf, method, activityId=value), value


@pytest.mark.parametrize(
    "shelf", [pytest.param(shelf, id=f"XAPI-{bad}-{shelf.path}") for shelf, bad, _good in OF_SINCE]
)
def test_since_that_is_no_instant_is_refused(lrs: Lrs, shelf: Shelf) -> None:
    for value in ("ayer", "", "2026-01-01", "2026-01-01T00:00:00-00:00", "5"):
        assert shelf.send(lrs, "GET", name=None, since=value).status == 400, value


@pytest.mark.parametrize(
    "shelf", [pytest.param(shelf, id=f"XAPI-{good}-{shelf.path}") for shelf, _bad, good in OF_SINCE]
)
@pytest.mark.parametrize(
    "value", ["0001-12-31T00:00:00Z", "2026-01-01T00:00:00+05:30", "2026-01-01T00:00:00.123456789Z"]
)
def test_since_is_an_instant_in_any_zone(lrs: Lrs, shelf: Shelf, value: str) -> None:
    shelf.put(lrs, DOCUMENT)
    assert shelf.send(lrs, "GET", name=None, since=value).json == ["uno"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("shelf", [STATE, ACTIVITY_PROFILE, AGENT_PROFILE], ids=["XAPI-00205", "2.7", "2.6"])
def test_since_is_only_for_get(lrs: Lrs, shelf: Shelf, method: str) -> None:
    assert is_refused(lrs, shelf, method, since="2020-01-01T00:00:00Z")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("shelf", "name"),
    [
        pytest.param(STATE, "profileId", id="XAPI-00324-state"),
        pytest.param(STATE, "foo", id="XAPI-00324-state-foo"),
        pytest.param(ACTIVITY_PROFILE, "agent", id="XAPI-00304-activity-profile"),
        pytest.param(ACTIVITY_PROFILE, "registration", id="XAPI-00324-activity-profile"),
        pytest.param(AGENT_PROFILE, "activityId", id="XAPI-00324-agent-profile"),
        pytest.param(AGENT_PROFILE, "registration", id="XAPI-00324-agent-profile-registration"),
    ],
)
def test_a_parameter_of_another_resource_is_refused(lrs: Lrs, shelf: Shelf, name: str, method: str) -> None:
    value = {"registration": SOME_ID, "agent": agent(), "activityId": "https://lrs.example/a"}.get(
        name, "uno"
    )
    assert is_refused(lrs, shelf, method, **{name: value})


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "shelf", [STATE, ACTIVITY_PROFILE, AGENT_PROFILE], ids=lambda shelf: f"XAPI-00325-{shelf.path}"
)
def test_a_parameter_in_another_case_is_refused(lrs: Lrs, shelf: Shelf, method: str) -> None:
    for name, value in shelf.params().items():
        assert is_refused(
            lrs, shelf, method, **{name: DROP, name.lower() if name != "agent" else "Agent": value}
        )


@pytest.mark.parametrize(
    "who",
    [
        {"mbox_sha1sum": SHA1},
        {"openid": "https://lrs.example/ana"},
        {"account": {"homePage": "https://lrs.example", "name": "ana"}},
        {"objectType": "Group", "mbox": "mailto:equipo@lrs.example"},
    ],
    ids=["mbox_sha1sum", "openid", "account", "identified-group"],
)
def test_any_identifier_names_an_agent_xapi_00259_00188(lrs: Lrs, who: dict[str, Any]) -> None:
    for shelf in (STATE, AGENT_PROFILE):
        params = shelf.params(agent=who)
        assert lrs.send("PUT", shelf.path, params, DOCUMENT, headers=ANY).status == 204
        assert lrs.send("GET", shelf.path, params).json == DOCUMENT


@pytest.mark.parametrize(
    "name", ["a", "a/b?c=d&e", "ñ 日本", "https://lrs.example/x", "x" * 1000, "5", "null"]
)
def test_any_text_names_a_document_xapi_00216_00217(lrs: Lrs, name: str) -> None:
    for shelf in (STATE, ACTIVITY_PROFILE, AGENT_PROFILE):
        shelf.put(lrs, DOCUMENT, name=name)
        assert shelf.send(lrs, "GET", name=name).json == DOCUMENT
        assert shelf.send(lrs, "DELETE", name=name).status == 204
        assert shelf.send(lrs, "GET", name=name).status == 404
