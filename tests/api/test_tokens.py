"""The door: which token opens what, and when it stops."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from lms.api.access import ScopeNotHeldError
from lms.api.models import ApiToken, Scope
from lms.api.services.tokens import TokenTermError, revoke_token
from lms.people.models import Institution, Role, RoleAssignment, User
from lms.progress.models import TrainingRequirement
from tests.api.asking import BASE, Program, give_token, program
from tests.factories.people import InstitutionFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_queries

PEOPLE = f"{BASE}/people/"


def status(secret: str) -> int:
    return Program(secret).ask("/people/").status_code


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer aula_",
        "Bearer aula_equivocada",
        "Bearer otra_cosa",
        "Basic YTpi",
        "Token aula_x",
        "Bearer aula_\u00f1",
        "Bearer " + "aula_x" * 500,
    ],
)
def test_without_a_token_nothing_opens(db: None, header: str) -> None:
    response = Client(headers={"Authorization": header}).get(PEOPLE)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "http://testserver/api/v1/#unauthorized"


def test_a_token_opens_whatever_the_case_of_the_scheme(hr: Program) -> None:
    assert Client(headers={"Authorization": f"bearer {hr.secret}"}).get(PEOPLE).status_code == 200


def test_a_logged_in_browser_opens_nothing_and_no_cookie_is_set(personas: Personas, hr: Program) -> None:
    browser = client_for(personas.carla)
    refused = browser.get(PEOPLE)
    assert (refused.status_code, dict(refused.cookies)) == (401, {})
    given = hr.ask("/people/")
    assert not given.cookies and given.status_code == 200


def test_a_token_in_the_address_opens_nothing(hr: Program) -> None:
    assert Client().get(f"{PEOPLE}?access_token={hr.secret}").status_code == 401


def test_no_other_origin_is_let_in(hr: Program) -> None:
    answer = hr.client.get(PEOPLE, headers={"Origin": "https://otra.example"})
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
    assert answer["Cache-Control"] == "private, no-store"


def test_revoking_stops_it_at_once(hr: Program, at: datetime) -> None:
    assert status(hr.secret) == 200
    assert revoke_token(token_id=hr.token_id, at=at) is True
    assert status(hr.secret) == 401
    assert revoke_token(token_id=hr.token_id, at=at) is False


def test_it_stops_when_it_expires(personas: Personas, place: Institution, at: datetime) -> None:
    secret = program(personas.carla, at=at, institution=place, days=2).secret
    with time_machine.travel(at + timedelta(days=2, seconds=-1), tick=False):
        assert status(secret) == 200
    with time_machine.travel(at + timedelta(days=2), tick=False):
        assert status(secret) == 401


@pytest.mark.parametrize("days", [0, -1, 367, 5000])
def test_it_lasts_a_year_at_most(personas: Personas, place: Institution, at: datetime, days: int) -> None:
    with pytest.raises(TokenTermError):
        give_token(personas.carla, at=at, institution=place, days=days)


def test_the_secret_is_kept_by_nobody(hr: Program) -> None:
    token = ApiToken.objects.get()
    assert len(hr.secret) >= 48
    assert hr.secret not in str(vars(token))


def test_it_still_opens_after_the_key_of_the_installation_changed(hr: Program, settings: object) -> None:
    before = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra" * 10, [before]  # type: ignore[attr-defined]
    assert status(hr.secret) == 200
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert status(hr.secret) == 401


# --- It rests on a role ---------------------------------------------------------------------------
def test_it_stops_when_the_role_of_its_creator_ends(hr: Program, personas: Personas, at: datetime) -> None:
    RoleAssignment.objects.filter(user=personas.carla).update(valid_until=at)
    assert status(hr.secret) == 401


def test_giving_the_role_again_does_not_wake_it(hr: Program, personas: Personas, at: datetime) -> None:
    RoleAssignment.objects.filter(user=personas.carla).update(valid_until=at)
    RoleAssignmentFactory(user=personas.carla, role=Role.HR, institution=personas.institution, valid_from=at)
    assert status(hr.secret) == 401


def test_it_stops_when_its_creator_is_closed_or_deleted(hr: Program, personas: Personas) -> None:
    User.objects.filter(pk=personas.carla.pk).update(is_active=False)
    assert status(hr.secret) == 401
    User.objects.filter(pk=personas.carla.pk).delete()
    assert status(hr.secret) == 401


def test_that_of_a_superuser_stops_when_it_is_one_no_more(place: Institution, at: datetime) -> None:
    susana = UserFactory(superuser=True)
    system = program(susana, at=at, institution=None, scopes=["places:read"])
    assert system.ask("/institutions/").status_code == 200
    User.objects.filter(pk=susana.pk).update(is_superuser=False)
    assert system.ask("/institutions/").status_code == 401


@pytest.fixture
def operators(db: None) -> list[User]:
    """Who operates the platform: by a role, and as superuser."""
    rita = UserFactory()
    RoleAssignmentFactory(user=rita, role=Role.ADMINISTRATOR, everywhere=True)
    return [rita, UserFactory(superuser=True)]


@pytest.mark.parametrize("scope", ["people:read", "training:read"])
def test_an_administrator_gives_none_that_reads_people(
    operators: list[User], place: Institution, at: datetime, scope: str
) -> None:
    for account in operators:
        for reach in (None, place):
            with pytest.raises(ScopeNotHeldError):
                give_token(account, at=at, institution=reach, scopes=["places:read", scope])


def test_an_administrator_gives_what_names_nobody(
    operators: list[User], requirement: TrainingRequirement, at: datetime
) -> None:
    for account in operators:
        system = program(account, at=at, institution=None, scopes=["places:read", "reports:read"])
        asked = f"/requirements/{requirement.public_id}"
        for path in ("/institutions/", "/requirements/", f"{asked}/counts/"):
            assert system.ask(path).status_code == 200
        assert system.ask(f"{asked}/standings/").status_code == 403


def test_what_an_administrator_gave_before_reads_no_people_either(
    operators: list[User], personas: Personas, requirement: TrainingRequirement, at: datetime
) -> None:
    paths = (
        "/people/",
        f"/people/{personas.ana.person.public_id}/",
        "/completions/",
        f"/requirements/{requirement.public_id}/standings/",
    )
    for account in operators:
        system = program(account, at=at, institution=None, scopes=["places:read"])
        token = ApiToken.objects.filter(pk=system.token_id)
        token.update(scopes=["people:read", "places:read", "training:read"])
        assert {system.ask(path).status_code for path in paths} == {403}
        assert system.ask("/institutions/").status_code == 200
        token.update(scopes=["people:read", "training:read"])
        assert {system.ask(path).status_code for path in paths} == {401}


def test_hr_gives_no_token_of_another_institution_nor_of_all(personas: Personas, at: datetime) -> None:
    for place in (personas.other_institution, None):
        with pytest.raises(ScopeNotHeldError):
            give_token(personas.carla, at=at, institution=place)


def test_hr_gives_no_token_of_dependents_that_its_role_does_not_reach(
    personas: Personas, at: datetime
) -> None:
    InstitutionFactory(parent=personas.institution)
    with pytest.raises(ScopeNotHeldError):
        give_token(personas.carla, at=at, institution=personas.institution, with_dependents=True)


@pytest.mark.parametrize("name", ["ana", "bruno", "diego", "iris", "pedro"])
def test_who_may_not_export_gives_none(personas: Personas, at: datetime, name: str) -> None:
    with pytest.raises(ScopeNotHeldError):
        give_token(getattr(personas, name), at=at, institution=personas.institution, scopes=["places:read"])


def test_an_auditor_gives_reading_and_not_writing(
    personas: Personas, place: Institution, at: datetime
) -> None:
    auditor = UserFactory()
    RoleAssignmentFactory(user=auditor, role=Role.AUDITOR, everywhere=True)
    assert give_token(auditor, at=at, institution=place, scopes=["people:read"])
    with pytest.raises(ScopeNotHeldError):
        give_token(auditor, at=at, institution=place, scopes=["people:read", "rosters:write"])


def test_hr_of_a_unit_gives_none(personas: Personas, at: datetime) -> None:
    account = UserFactory()
    RoleAssignmentFactory(user=account, role=Role.HR, institution=personas.institution, unit=personas.unit)
    with pytest.raises(ScopeNotHeldError):
        give_token(account, at=at, institution=personas.institution, scopes=["people:read"])


def test_a_ministry_reaches_its_services_and_loses_those_that_leave_it(at: datetime, db: None) -> None:
    ministry = InstitutionFactory(ministry=True)
    service = InstitutionFactory(parent=ministry)
    account = UserFactory()
    RoleAssignmentFactory(user=account, role=Role.HR, institution=ministry, with_dependents=True)
    ours = program(account, at=at, institution=ministry, with_dependents=True)
    alone = program(account, at=at, institution=service)
    codes = {row["code"] for row in ours.rows("/institutions/")}
    assert codes == {ministry.code, service.code}
    assert alone.ask("/people/").status_code == 200
    Institution.objects.filter(pk=service.pk).update(parent=None)
    assert {row["code"] for row in ours.rows("/institutions/")} == {ministry.code}
    assert alone.ask("/people/").status_code == 401


# --- Scopes, use, cost ----------------------------------------------------------------------------
@pytest.mark.parametrize("scope", Scope.values)
def test_a_scope_opens_only_what_it_says(
    personas: Personas, place: Institution, at: datetime, scope: str
) -> None:
    opened = {
        Scope.PLACES_READ: {"/institutions/", f"/institutions/{place.code}/units/"},
        Scope.PEOPLE_READ: {"/people/"},
        Scope.TRAINING_READ: {"/requirements/", "/completions/"},
        Scope.REPORTS_READ: {"/requirements/"},
        Scope.ROSTERS_WRITE: set(),
    }
    system = program(personas.carla, at=at, institution=place, scopes=[scope])
    paths = {path for paths in opened.values() for path in paths}
    assert {path for path in paths if system.ask(path).status_code == 200} == opened[Scope(scope)]
    refused = [system.ask(path) for path in paths - opened[Scope(scope)]]
    assert {answer.status_code for answer in refused} == {403}
    assert all(answer.json()["type"].endswith("#scope-missing") for answer in refused)


def test_the_day_of_the_last_use_is_written_once_a_day(hr: Program, at: datetime) -> None:
    first = count_queries(lambda: hr.get("/institutions/"))
    second = count_queries(lambda: hr.get("/institutions/"))
    assert first == second + 1
    assert ApiToken.objects.get().last_used_on == at.date()


def test_recognising_a_token_takes_one_query(hr: Program) -> None:
    hr.get("/institutions/")
    assert count_queries(lambda: hr.get("/institutions/")) == 2


def test_too_many_calls_in_a_minute_wait(
    hr: Program, other_hr: Program, settings: object, at: datetime
) -> None:
    settings.API_PER_MINUTE = 3  # type: ignore[attr-defined]
    with time_machine.travel(at.replace(second=20), tick=False):
        assert [hr.ask("/institutions/").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = hr.ask("/institutions/")
        assert refused["Retry-After"] == "40"
        assert refused.json()["type"].endswith("#too-many-requests")
        assert other_hr.ask("/institutions/").status_code == 200
    with time_machine.travel(at.replace(minute=1), tick=False):
        assert hr.ask("/institutions/").status_code == 200
