"""A launch speaks for one learner, in one registration, about its own activities, with its own verbs."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client

from lms.lib import clock
from lms.xapi.models import Activity, Credential, Document, Statement, StatementKey
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.services.credentials import Issued, issue_launch
from lms.xapi.services.documents import DocumentKey, DocumentPlace, Preconditions, put_document
from tests.factories.people import UserFactory
from tests.xapi.callers import STATEMENTS, anonymous, basic, content_of, post
from tests.xapi.sayings import ANSWERED, EXPERIENCED, OTHER, VOIDED, kept, learner, say, saying, stranger

pytestmark = pytest.mark.django_db
UNIT = "https://cursos.example/paquete/unidad/1"
REGISTRATION = UUID("ec531277-b57b-4c15-8d91-d292c5b2b8f7")
ANA = learner("ana")
STATE = "/xapi/activities/state"


def issue(**changes: Any) -> Issued:
    now = clock.now()
    fields = {
        "actor": ANA,
        "registration": REGISTRATION,
        "activity_prefix": UNIT,
        "verbs": [EXPERIENCED, VOIDED],
        "expires_at": now + timedelta(hours=1),
        "key": django_settings.SECRET_KEY,
        "at": now,
    }
    return issue_launch(**(fields | changes))


def client_of(issued: Issued) -> Client:
    return anonymous(Authorization=basic(issued.credential.key, issued.secret))


@pytest.fixture
def launch() -> Client:
    return client_of(issue())


def allowed(**changes: Any) -> dict[str, Any]:
    """A statement that the launch may make, but for ``changes``."""
    fields = {"actor": ANA, "activity": UNIT, "context": {"registration": str(REGISTRATION)}}
    return saying(**(fields | changes))


def assert_nothing_kept() -> None:
    assert not Statement.objects.exists()
    assert not StatementKey.objects.exists()
    assert not Activity.objects.exists()


def test_what_it_may_say_is_kept_and_we_vouch_for_it(launch: Client) -> None:
    said = allowed(authority=OTHER)
    assert post(launch, said).status_code == 200
    authority = kept(said["id"])["authority"]
    identity = Credential.objects.get().authority_id
    assert authority["account"] == {"homePage": "http://testserver", "name": f"credencial-{identity}"}


@pytest.mark.parametrize("activity", [UNIT, f"{UNIT}/pregunta/3"])
def test_its_activity_and_what_lies_below_are_its_own(launch: Client, activity: str) -> None:
    assert post(launch, allowed(activity=activity)).status_code == 200


def test_its_registration_may_be_written_in_capitals(launch: Client) -> None:
    said = allowed(context={"registration": str(REGISTRATION).upper()})
    assert post(launch, said).status_code == 200


GROUP = {"objectType": "Group", "account": ANA["account"], "member": [learner("bruno")]}
INNER = {"objectType": "SubStatement", "actor": ANA, "verb": {"id": EXPERIENCED}, "object": {"id": UNIT}}
REFERENCE = {"objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"}
REFUSED: dict[str, dict[str, Any]] = {
    "another activity": {"activity": "https://cursos.example/paquete/unidad/2"},
    "the activity above": {"activity": "https://cursos.example/paquete"},
    "an activity with the same beginning": {"activity": f"{UNIT}0"},
    "an activity with the same beginning and a query": {"activity": f"{UNIT}?x"},
    "the same address in capitals": {"activity": UNIT.upper()},
    "another learner": {"actor": learner("bruno")},
    "the same name elsewhere": {"actor": learner("ana", "ciudadania")},
    "a mailbox": {"actor": OTHER},
    "a group that bears her account": {"actor": GROUP},
    "a group with her in it": {"actor": {"objectType": "Group", "member": [ANA]}},
    "another registration": {"context": {"registration": str(uuid4())}},
    "no registration": {"context": {"platform": "x"}},
    "no context": {"context": {}},
    "another verb": {"verb": ANSWERED},
    "a verb of the platform": {"verb": "https://w3id.org/xapi/adl/verbs/satisfied"},
    "a voiding": {"verb": VOIDED, "object": REFERENCE},
    "a reference": {"object": REFERENCE},
    "a substatement": {"object": INNER},
    "an agent as the object": {"object": {"objectType": "Agent", **ANA}},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_what_is_not_its_own_is_refused(launch: Client, changes: dict[str, Any]) -> None:
    response = post(launch, allowed(**changes))
    assert response.status_code == 403
    assert response.json()["error"]
    assert_nothing_kept()


def test_one_that_is_refused_takes_the_whole_batch_along(launch: Client) -> None:
    assert post(launch, [allowed(), allowed(verb=ANSWERED), allowed()]).status_code == 403
    assert_nothing_kept()


@pytest.mark.parametrize("changes", [{}, {"verb": ANSWERED}])
def test_a_put_is_judged_like_a_post(launch: Client, changes: dict[str, Any]) -> None:
    said = allowed(**changes)
    response = launch.put(
        f"{STATEMENTS}?{urlencode({'statementId': said['id']})}",
        json.dumps(said),
        content_type="application/json",
    )
    assert response.status_code == (403 if changes else 204)


def test_without_its_token_nothing_is_kept() -> None:
    assert post(anonymous(), allowed()).status_code == 401
    assert_nothing_kept()


def test_the_session_of_the_learner_is_no_token() -> None:
    client = anonymous()
    client.force_login(UserFactory())
    response = post(client, allowed())
    assert response.status_code == 401
    assert "Set-Cookie" not in response
    assert_nothing_kept()


def test_after_its_time_nothing_is_kept(launch: Client) -> None:
    Credential.objects.update(expires_at=clock.now())
    assert post(launch, allowed()).status_code == 401
    assert_nothing_kept()


def test_a_voiding_of_its_own_statement_is_refused_too(launch: Client) -> None:
    said = allowed()
    post(launch, said)
    taking_back = allowed(verb=VOIDED, object={"objectType": "StatementRef", "id": said["id"]})
    assert post(launch, taking_back).status_code == 403
    assert StatementKey.objects.get().voided_by is None


def test_it_reads_what_it_said_and_nothing_else(launch: Client) -> None:
    (foreign,) = say(allowed(), speaker=stranger())
    say(allowed())
    own = allowed()
    post(launch, own)
    for parameters in ({}, {"agent": json.dumps(ANA)}, {"activity": UNIT}, {"related_agents": "true"}):
        found = launch.get(STATEMENTS, parameters).json()["statements"]
        assert [statement["id"] for statement in found] == [own["id"]]
    assert launch.get(STATEMENTS, {"statementId": own["id"]}).status_code == 200
    assert launch.get(STATEMENTS, {"statementId": foreign}).status_code == 404


def test_a_later_launch_does_not_read_what_an_earlier_one_said(launch: Client) -> None:
    post(launch, allowed())
    assert client_of(issue()).get(STATEMENTS).json()["statements"] == []


def state(**changes: str) -> str:
    fields = {
        "activityId": UNIT,
        "agent": json.dumps(ANA),
        "registration": str(REGISTRATION),
        "stateId": "marca",
    }
    return f"{STATE}?{urlencode({name: value for name, value in (fields | changes).items() if value})}"


def put(client: Client, address: str) -> int:
    return int(client.put(address, b'{"a":1}', content_type="application/json").status_code)


def test_it_keeps_the_state_of_its_learner(launch: Client) -> None:
    assert put(launch, state()) == 204
    assert launch.get(state()).json() == {"a": 1}
    assert launch.delete(state()).status_code == 204
    assert launch.get(state()).status_code == 404


FOREIGN = {
    "another learner": {"agent": json.dumps(learner("bruno"))},
    "another activity": {"activityId": "https://cursos.example/paquete/unidad/2"},
    "an activity with the same beginning": {"activityId": f"{UNIT}0"},
    "another registration": {"registration": str(uuid4())},
    "no registration": {"registration": ""},
}


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize("changes", FOREIGN.values(), ids=FOREIGN)
def test_the_state_of_others_is_closed_to_it(launch: Client, method: str, changes: dict[str, str]) -> None:
    response = launch.generic(method, state(**changes), b"{}", content_type="application/json")
    assert response.status_code == 403
    assert not Document.objects.exists()


def write_launch_data() -> None:
    place = DocumentPlace("state", UNIT, f"account {ANA['account']['homePage']} ana")
    put_document(
        key=DocumentKey(place, "LMS.LaunchData", str(REGISTRATION)),
        content=b'{"launchMode":"Normal"}',
        content_type="application/json",
        conditions=Preconditions(),
        at=clock.now(),
    )


def test_it_reads_its_launch_data(launch: Client) -> None:
    write_launch_data()
    assert json.loads(content_of(launch.get(state(stateId="LMS.LaunchData")))) == {"launchMode": "Normal"}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("name", ["LMS.LaunchData", ""])
def test_it_does_not_change_its_launch_data(launch: Client, method: str, name: str) -> None:
    write_launch_data()
    response = launch.generic(method, state(stateId=name), b"{}", content_type="application/json")
    assert response.status_code == 403
    assert bytes(Document.objects.get().content) == b'{"launchMode":"Normal"}'


@pytest.mark.parametrize(
    ("path", "parameters"),
    [("activities/profile", {"activityId": UNIT}), ("agents/profile", {"agent": json.dumps(ANA)})],
)
def test_it_reads_profiles_and_writes_none(launch: Client, path: str, parameters: dict[str, str]) -> None:
    address = f"/xapi/{path}?{urlencode(parameters | {'profileId': 'p'})}"
    assert launch.get(address).status_code == 404
    response = launch.put(address, b"{}", content_type="application/json", headers={"If-None-Match": "*"})
    assert response.status_code == 403


def test_it_asks_about_its_own_learner_and_activity_only(launch: Client) -> None:
    assert launch.get("/xapi/agents", {"agent": json.dumps(ANA)}).status_code == 200
    assert launch.get("/xapi/agents", {"agent": json.dumps(learner("bruno"))}).status_code == 403
    assert launch.get("/xapi/activities", {"activityId": UNIT}).status_code == 200
    assert launch.get("/xapi/activities", {"activityId": f"{UNIT}0"}).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [{"actor": {"objectType": "Group", "member": [ANA]}}, {"actor": {}}, {"expires_at": clock.now()}],
)
def test_a_launch_is_of_one_agent_and_ends_later(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        issue(**changes)
    assert not Credential.objects.exists()
