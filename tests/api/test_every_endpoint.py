"""Every address of the API, asked with every kind of token: the Elena test of programs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from lms.api.models import Scope
from lms.api.services.tokens import revoke_token
from lms.people.models import Institution, Role, RosterImport
from lms.progress.models import TrainingRequirement
from tests.access.routes import list_routes
from tests.api.asking import BASE, Program, give_token, program
from tests.api.conftest import hire
from tests.factories.learning import make_learner
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.people.rosters import csv_file, line
from tests.personas import Personas, client_for

ROSTER = "?institution=AA900&roster_date=2026-11-20"


@dataclass(frozen=True)
class Endpoint:
    """``is_list``: outside its reach a token gets an empty list, else 404."""

    name: str
    method: str
    path: str
    scopes: tuple[Scope, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Ids:
    person: str
    requirement: str
    roster: str

    def fill(self, path: str) -> str:
        return path.format(person=self.person, requirement=self.requirement, roster=self.roster)


TRAINING, READERS = (Scope.TRAINING_READ,), (Scope.TRAINING_READ, Scope.REPORTS_READ)
WRITERS = (Scope.ROSTERS_WRITE,)
ENDPOINTS = [
    Endpoint("api_v1_institutions", "get", "/institutions/", (Scope.PLACES_READ,), is_list=True),
    Endpoint("api_v1_units", "get", "/institutions/AA900/units/", (Scope.PLACES_READ,)),
    Endpoint("api_v1_people", "get", "/people/", (Scope.PEOPLE_READ,), is_list=True),
    Endpoint("api_v1_person", "get", "/people/{person}/", (Scope.PEOPLE_READ,)),
    Endpoint("api_v1_requirements", "get", "/requirements/", READERS, is_list=True),
    Endpoint("api_v1_requirement", "get", "/requirements/{requirement}/", READERS),
    Endpoint("api_v1_standings", "get", "/requirements/{requirement}/standings/", TRAINING),
    Endpoint("api_v1_counts", "get", "/requirements/{requirement}/counts/", (Scope.REPORTS_READ,)),
    Endpoint("api_v1_completions", "get", "/completions/", TRAINING, is_list=True),
    Endpoint("api_v1_roster", "get", "/rosters/{roster}/", WRITERS),
    Endpoint("api_v1_rosters", "post", f"/rosters/{ROSTER}", WRITERS),
    Endpoint("api_v1_roster_apply", "post", "/rosters/{roster}/apply/", WRITERS),
    Endpoint("api_v1_roster_discard", "post", "/rosters/{roster}/discard/", WRITERS),
    Endpoint("api_v1_roster_undo", "post", "/rosters/{roster}/undo/", WRITERS),
]


@pytest.fixture
def ids(personas: Personas, requirement: TrainingRequirement, hr: Program, at: datetime) -> Ids:
    """One of everything, all of institution A."""
    ana = personas.ana.person
    make_learner(person=ana, at=at, posting=ana.postings.get()).complete(at)
    body = csv_file([line(1)]).getvalue()
    roster = hr.post(f"/rosters/{ROSTER}", body, content_type="text/csv").json()
    return Ids(str(ana.public_id), str(requirement.public_id), roster["id"])


def ask(endpoint: Endpoint, client: Client, ids: Ids) -> tuple[int, str]:
    """Status and text of the answer."""
    address = f"{BASE}{ids.fill(endpoint.path)}"
    if endpoint.method == "get":
        answer = client.get(address)
    elif endpoint.name == "api_v1_rosters":
        answer = client.post(address, b" ", content_type="text/csv")
    else:
        answer = client.post(address, {}, content_type="application/json")
    assert answer["Content-Type"].startswith(("application/json", "application/problem+json"))
    assert not answer.cookies
    return answer.status_code, answer.content.decode()


Maker = Callable[[Personas, datetime], Client]


def _with(secret: str, cookies: Client | None = None) -> Client:
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    if cookies is not None:
        client.cookies.update(cookies.cookies)
    return client


def _token(maker: str, place: str, **more: object) -> Maker:
    def make(personas: Personas, at: datetime) -> Client:
        where: Institution = getattr(personas, place)
        return _with(give_token(getattr(personas, maker), at=at, institution=where, **more).secret)  # type: ignore[arg-type]

    return make


def _expired(personas: Personas, at: datetime) -> Client:
    before = at - timedelta(days=10)
    issued = give_token(personas.carla, at=before, institution=personas.institution, days=10)
    return _with(issued.secret)


def _revoked(personas: Personas, at: datetime) -> Client:
    issued = give_token(personas.carla, at=at, institution=personas.institution)
    revoke_token(token_id=issued.token.pk, at=at)
    return _with(issued.secret)


def _auditor(personas: Personas, at: datetime) -> Client:
    account = UserFactory()
    RoleAssignmentFactory(user=account, role=Role.AUDITOR, everywhere=True)
    scopes = [scope for scope in Scope if scope != Scope.ROSTERS_WRITE]
    return _with(give_token(account, at=at, institution=None, scopes=scopes).secret)


INSIDE: dict[str, Maker] = {
    "hr_of_a": _token("carla", "institution"),
    "hr_of_a_with_the_session_of_elena": lambda personas, at: _with(
        give_token(personas.carla, at=at, institution=personas.institution).secret, client_for(personas.elena)
    ),
}
OUTSIDE: dict[str, Maker] = {
    "hr_of_b": _token("elena", "other_institution"),
    "hr_of_b_with_the_session_of_carla": lambda personas, at: _with(
        give_token(personas.elena, at=at, institution=personas.other_institution).secret,
        client_for(personas.carla),
    ),
}
NOBODY: dict[str, Maker] = {
    "no_token": lambda personas, at: Client(),
    "session_of_carla": lambda personas, at: client_for(personas.carla),
    "wrong_token": lambda personas, at: _with("aula_" + "x" * 43),
    "expired": _expired,
    "revoked": _revoked,
}


def test_every_address_has_a_row_here() -> None:
    names = {route.name for route in list_routes() if route.name.startswith("api_v1_")}
    names = {name for name in names if not name.startswith("api_v1_plan_")}  # those need no token
    assert names - {"api_v1_openapi"} == {endpoint.name for endpoint in ENDPOINTS}
    assert get_resolver()


@pytest.mark.parametrize("who", INSIDE)
def test_a_token_of_the_institution_finds_what_is_there(
    personas: Personas, ids: Ids, at: datetime, who: str
) -> None:
    client = INSIDE[who](personas, at)
    for endpoint in ENDPOINTS:
        status, body = ask(endpoint, client, ids)
        # A blank file is no roster, and what is applied is neither discarded nor, twice, confirmed.
        expected = {"api_v1_rosters": 422, "api_v1_roster_apply": 409, "api_v1_roster_undo": 409}
        assert status == expected.get(endpoint.name, 200), (endpoint, body)
        if endpoint.is_list:
            assert '"items": []' not in body, endpoint


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_token_of_another_institution_finds_nothing(
    personas: Personas, ids: Ids, at: datetime, who: str
) -> None:
    client = OUTSIDE[who](personas, at)
    hidden = [ids.person, "Rojas", "ana@servicio", "AA900", "Territoriales", "Peña"]
    for endpoint in ENDPOINTS:
        status, body = ask(endpoint, client, ids)
        assert status == (200 if endpoint.is_list else 404), (endpoint, body)
        assert not [text for text in hidden if text in body], endpoint
    assert RosterImport.objects.get().status == "preview"


@pytest.mark.parametrize("who", NOBODY)
def test_without_a_token_in_force_every_address_is_closed(
    personas: Personas, ids: Ids, at: datetime, who: str
) -> None:
    client = NOBODY[who](personas, at)
    assert {ask(endpoint, client, ids)[0] for endpoint in ENDPOINTS} == {401}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_without_its_scope_an_address_is_closed(
    personas: Personas, ids: Ids, place: Institution, at: datetime, endpoint: Endpoint
) -> None:
    others = [scope for scope in Scope if scope not in endpoint.scopes]
    system = program(personas.carla, at=at, institution=place, scopes=others)
    status, body = ask(endpoint, system.client, ids)
    assert status == 403
    assert ids.person not in body


def test_an_auditor_of_everything_reads_all_and_writes_nothing(
    personas: Personas, ids: Ids, at: datetime
) -> None:
    client = _auditor(personas, at)
    statuses = {endpoint.name: ask(endpoint, client, ids)[0] for endpoint in ENDPOINTS}
    assert {status for name, status in statuses.items() if "roster" not in name} == {200}
    assert {status for name, status in statuses.items() if "roster" in name} == {403}


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_as_a_problem(hr: Program, ids: Ids, method: str) -> None:
    for endpoint in ENDPOINTS:
        answer = getattr(hr.client, method)(f"{BASE}{ids.fill(endpoint.path)}")
        assert answer.status_code == 405, endpoint
        assert answer["Allow"] and answer["Content-Type"] == "application/problem+json"


def test_head_is_answered_as_get(hr: Program) -> None:
    assert hr.client.head(f"{BASE}/institutions/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/nada/", "/people", "/people/1/", "/people/x/../", "/openapi.yaml", "/%00/", "/people/%0a/"]
)
def test_an_address_that_does_not_exist_is_a_problem(hr: Program, path: str) -> None:
    answer = hr.client.get(f"{BASE}{path}")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert answer["Content-Type"] == "application/problem+json"


def test_people_hired_later_are_found_at_once(hr: Program, personas: Personas) -> None:
    posting = hire(personas.unit)
    assert str(posting.person.public_id) in {row["id"] for row in hr.rows("/people/")}
