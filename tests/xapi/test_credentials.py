"""A credential is recognised, does what its scopes say, and nothing else opens the record."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.forms.models import model_to_dict
from django.test import Client

from lms.lib import clock
from lms.xapi.models import Credential, Scope, Statement
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.services.credentials import (
    Issued,
    issue_credential,
    issue_launch,
    revoke_credential,
    rotate_credential,
)
from tests.factories.people import UserFactory
from tests.xapi.callers import AGENT, STATEMENTS, VERSION, anonymous, basic, post
from tests.xapi.sayings import say, saying

pytestmark = pytest.mark.django_db
ACTIVITY = "https://otro.example/actividad/1"


def issue(*scopes: str) -> Issued:
    return issue_credential(
        name="Programa", scopes=scopes or [Scope.ALL], key=django_settings.SECRET_KEY, at=clock.now()
    )


def client_of(issued: Issued, **headers: str) -> Client:
    return Client(
        headers={
            "Authorization": basic(issued.credential.key, issued.secret),
            VERSION: "1.0.3",
            **headers,
        }
    )


def status(issued: Issued) -> int:
    return int(client_of(issued).get(STATEMENTS).status_code)


def _address(path: str, **parameters: str) -> str:
    return f"/xapi/{path}?{urlencode(parameters)}" if parameters else f"/xapi/{path}"


STATE = _address("activities/state", activityId=ACTIVITY, agent=json.dumps(AGENT), stateId="s")
ACTIVITY_PROFILE = _address("activities/profile", activityId=ACTIVITY, profileId="p")
AGENT_PROFILE = _address("agents/profile", agent=json.dumps(AGENT), profileId="p")
NEW = {"headers": {"If-None-Match": "*"}}
ANY = {"headers": {"If-Match": "*"}}
CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "read statements": ("GET", STATEMENTS, {}),
    "head statements": ("HEAD", STATEMENTS, {}),
    "post statements": ("POST", STATEMENTS, {"data": json.dumps(saying())}),
    "put statement": (
        "PUT",
        _address("statements", statementId="12345678-1234-4234-8234-123456789012"),
        {"data": json.dumps({k: v for k, v in saying().items() if k != "id"})},
    ),
    "put state": ("PUT", STATE, {"data": "{}"}),
    "post state": ("POST", STATE, {"data": "{}"}),
    "delete state": ("DELETE", STATE, {}),
    "list states": ("GET", _address("activities/state", activityId=ACTIVITY, agent=json.dumps(AGENT)), {}),
    "delete states": ("DELETE", _address("activities/state", activityId=ACTIVITY, agent=json.dumps(AGENT)), {}),
    "put activity profile": ("PUT", ACTIVITY_PROFILE, {"data": "{}"} | NEW),
    "post activity profile": ("POST", ACTIVITY_PROFILE, {"data": "{}"}),
    "delete activity profile": ("DELETE", ACTIVITY_PROFILE, {}),
    "list activity profiles": ("GET", _address("activities/profile", activityId=ACTIVITY), {}),
    "put agent profile": ("PUT", AGENT_PROFILE, {"data": "{}"} | NEW),
    "post agent profile": ("POST", AGENT_PROFILE, {"data": "{}"}),
    "delete agent profile": ("DELETE", AGENT_PROFILE, {}),
    "list agent profiles": ("GET", _address("agents/profile", agent=json.dumps(AGENT)), {}),
    "read activity": ("GET", _address("activities", activityId=ACTIVITY), {}),
    "read agent": ("GET", _address("agents", agent=json.dumps(AGENT)), {}),
    "about": ("GET", _address("about"), {}),
}  # fmt: skip
READS = {"read statements", "head statements"}
WRITES = {"post statements", "put statement"}
STATES = {name for name in CALLS if "state" in name and "statement" not in name}
PROFILES = {name for name in CALLS if "profile" in name}
THINGS = {"read activity", "read agent"}
MAY = {
    Scope.STATEMENTS_WRITE: WRITES,
    Scope.STATEMENTS_READ_MINE: READS | THINGS,
    Scope.STATEMENTS_READ: READS | THINGS,
    Scope.STATE: STATES | THINGS,
    Scope.PROFILE: PROFILES | THINGS,
    Scope.ALL: set(CALLS),
}
SUCCESS = {"POST": 204, "PUT": 204, "DELETE": 204, "GET": 200, "HEAD": 200}


@pytest.mark.parametrize("scope", MAY)
@pytest.mark.parametrize("name", CALLS)
def test_a_scope_opens_what_it_says_and_nothing_else(scope: Scope, name: str) -> None:
    method, address, options = CALLS[name]
    response = client_of(issue(scope)).generic(method, address, content_type="application/json", **options)
    expected = 200 if name == "post statements" else SUCCESS[method]
    allowed = name in MAY[scope] or name == "about"
    assert response.status_code == (expected if allowed else 403)


def test_scopes_add_up() -> None:
    client = client_of(issue(Scope.STATEMENTS_WRITE, Scope.STATE))
    assert post(client, saying()).status_code == 200
    assert client.put(STATE, "{}", content_type="application/json").status_code == 204
    assert client.get(STATEMENTS).status_code == 403


def test_with_read_mine_only_its_own_statements_are_seen() -> None:
    (foreign,) = say(saying())
    client = client_of(issue(Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ_MINE))
    own = saying()
    post(client, own)
    assert [found["id"] for found in client.get(STATEMENTS).json()["statements"]] == [own["id"]]
    assert client.get(STATEMENTS, {"statementId": own["id"]}).status_code == 200
    assert client.get(STATEMENTS, {"statementId": foreign}).status_code == 404


def test_a_new_secret_works_and_the_old_one_does_not() -> None:
    old = issue()
    new = rotate_credential(credential_id=old.credential.pk, key=django_settings.SECRET_KEY, at=clock.now())
    assert (status(old), status(new)) == (401, 200)


def test_statements_of_before_a_rotation_stay_ones_own() -> None:
    old = issue(Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ_MINE)
    post(client_of(old), saying())
    new = rotate_credential(credential_id=old.credential.pk, key=django_settings.SECRET_KEY, at=clock.now())
    assert len(client_of(new).get(STATEMENTS).json()["statements"]) == 1


def test_a_revoked_credential_opens_nothing_and_its_statements_stay() -> None:
    issued = issue()
    post(client_of(issued), saying())
    revoke_credential(credential_id=issued.credential.pk, at=clock.now())
    assert status(issued) == 401
    assert Statement.objects.count() == 1


def test_revoking_twice_keeps_the_first_instant() -> None:
    issued, at = issue(), clock.now()
    revoke_credential(credential_id=issued.credential.pk, at=at)
    revoke_credential(credential_id=issued.credential.pk, at=at + timedelta(days=1))
    assert Credential.objects.get().revoked_at == at


def test_a_revoked_credential_gets_no_new_secret() -> None:
    issued = issue()
    revoke_credential(credential_id=issued.credential.pk, at=clock.now())
    with pytest.raises(Credential.DoesNotExist):
        rotate_credential(credential_id=issued.credential.pk, key=django_settings.SECRET_KEY, at=clock.now())


def test_an_expired_credential_opens_nothing() -> None:
    now = clock.now()
    issued = issue_launch(
        actor=AGENT, registration=UUID(int=1), activity_prefix=ACTIVITY, verbs=[],
        expires_at=now + timedelta(hours=1), key=django_settings.SECRET_KEY, at=now,
    )  # fmt: skip
    assert status(issued) == 200
    Credential.objects.update(expires_at=now)
    assert status(issued) == 401


@pytest.mark.parametrize(
    "spoil",
    [
        lambda i: basic(i.credential.key, i.secret + "x"),
        lambda i: basic(i.credential.key, ""),
        lambda i: basic(i.credential.key, i.credential.secret_hash),
        lambda i: basic("desconocida", i.secret),
        lambda i: basic("", ""),
        lambda i: basic(i.credential.key.upper(), i.secret),
        lambda i: basic(i.credential.key + "\x00", i.secret),
        lambda i: "Bearer " + i.secret,
        lambda i: "Basic ñ",
        lambda i: "Basic " + i.secret,
        lambda i: "Basic",
        lambda i: "",
    ],
)
def test_anything_but_key_and_secret_opens_nothing(spoil: Any) -> None:
    response = anonymous(Authorization=spoil(issue())).get(STATEMENTS)
    assert response.status_code == 401
    assert "statements" not in response.json()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_the_session_of_an_administrator_opens_nothing(method: str) -> None:
    client = anonymous()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.cookies
    response = client.generic(method, STATEMENTS, json.dumps(saying()), content_type="application/json")
    assert response.status_code == 401
    assert "Set-Cookie" not in response
    assert not Statement.objects.exists()


def test_the_secret_is_kept_nowhere() -> None:
    issued = issue()
    assert issued.secret not in str(model_to_dict(issued.credential))
    assert issued.secret not in str(Credential.objects.values_list())


def test_no_two_secrets_are_alike() -> None:
    found = [issue() for _ in range(20)]
    assert len({issued.secret for issued in found} | {issued.credential.key for issued in found}) == 40


def test_a_credential_outlives_the_secret_key_while_the_old_one_is_a_fallback(settings: Any) -> None:
    issued, old = issue(), settings.SECRET_KEY
    settings.SECRET_KEY = "la-nueva-clave-de-la-instalación"
    assert status(issued) == 401
    settings.SECRET_KEY_FALLBACKS = [old]
    assert status(issued) == 200


@pytest.mark.parametrize(
    ("name", "scopes", "path"),
    [
        ("", [Scope.ALL], ".name"),
        (" ", [Scope.ALL], ".name"),
        ("a", [], ".scopes"),
        ("a", ["todo"], ".scopes"),
    ],
)
def test_a_credential_has_a_name_and_scopes_that_exist(name: str, scopes: list[str], path: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        issue_credential(name=name, scopes=scopes, key="k", at=clock.now())
    assert caught.value.path == path
    assert not Credential.objects.exists()
