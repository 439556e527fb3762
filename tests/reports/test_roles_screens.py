"""Administrators give and end roles; nobody else does."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import Role, RoleAssignment, User
from lms.people.services.roles import (
    AUTHOR_GROUP,
    REVIEWER_GROUP,
    RolePlace,
    assign_role,
    withdraw_lapsed_authors,
)
from tests.factories.people import InstitutionFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

PAGE = "/cumplimiento/roles/"


pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def rita(personas: Personas) -> User:
    account: User = UserFactory(email="rita@servicio.example", first_name="Rita", last_name="Pino")
    RoleAssignmentFactory(user=account, role=Role.ADMINISTRATOR, everywhere=True)
    return account


@pytest.fixture
def admin(rita: User) -> Client:
    return client_for(rita)


def give(client: Client, **data: str) -> HttpResponse:
    sent = {"email": "ana@servicio.example", "role": "hr", "institution": "AA900", "last_day": ""} | data
    return client.post(PAGE, sent, follow=True)


def ending(assignment: RoleAssignment) -> str:
    return reverse("reports:role_end", args=[assignment.pk])


# --- Who gets in ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ana", "bruno", "carla", "diego", "elena", "iris", "pedro"])
def test_whoever_does_not_administer_finds_no_page(personas: Personas, name: str) -> None:
    client = client_for(getattr(personas, name))
    role = RoleAssignment.objects.get(user=personas.carla)

    assert client.get(PAGE).status_code == 404
    assert give(client).status_code == 404
    assert client.get(ending(role)).status_code == 404
    assert client.post(ending(role)).status_code == 404
    assert RoleAssignment.objects.filter(valid_until=None).count() == 5


def test_an_administrator_of_one_institution_does_not_give_roles(personas: Personas) -> None:
    local = UserFactory()
    RoleAssignmentFactory(user=local, role=Role.ADMINISTRATOR, institution=personas.institution)

    assert client_for(local).get(PAGE).status_code == 404


# --- The list ------------------------------------------------------------------------------------
def test_it_lists_roles_in_force_only(personas: Personas, admin: Client) -> None:
    RoleAssignmentFactory(user=personas.bruno, role=Role.HR, ended=True)

    page = admin.get(PAGE)
    text = page.content.decode()

    assert page.context["page"].paginator.count == 6
    assert "carla@servicio.example" in text
    assert "bruno@servicio.example" not in text
    assert "Toda la plataforma" in text


@pytest.mark.parametrize("words", ["carla", "muñoz", "Carla Registros", "carla AA900"])
def test_it_can_be_searched(personas: Personas, admin: Client, words: str) -> None:
    page = admin.get(PAGE, {"q": words})

    assert [line.assignment.user.email for line in page.context["lines"]] == ["carla@servicio.example"]


def test_a_search_without_result_says_so(admin: Client) -> None:
    assert "No hay roles que mostrar" in admin.get(PAGE, {"q": "nadie\x00"}).content.decode()


def test_the_list_asks_the_same_queries_for_few_and_many(personas: Personas, admin: Client) -> None:
    few = count_page_queries(admin, PAGE)
    RoleAssignmentFactory.create_batch(30)

    assert count_page_queries(admin, PAGE) == few


# --- Giving --------------------------------------------------------------------------------------
def test_a_role_is_given_by_address_and_code(personas: Personas, admin: Client) -> None:
    page = give(admin, email="ANA@servicio.example")

    assert "ana@servicio.example tiene ahora el rol Gestión de Personas" in page.content.decode()
    assignment = RoleAssignment.objects.get(user=personas.ana)
    assert (assignment.role, assignment.institution) == (Role.HR, personas.institution)
    assert assignment.valid_until is None


@pytest.mark.parametrize("text", ["aa900", "Servicio de Registros Territoriales", "registros"])
def test_an_institution_is_found_by_code_or_name(personas: Personas, admin: Client, text: str) -> None:
    give(admin, institution=text)

    assert RoleAssignment.objects.get(user=personas.ana).institution == personas.institution


def test_accents_of_an_institution_do_not_matter(personas: Personas, admin: Client) -> None:
    institution = InstitutionFactory(code="ZZ1", name="Dirección de Vialidad")

    give(admin, institution="direccion de vialidad")

    assert RoleAssignment.objects.get(user=personas.ana).institution == institution


@pytest.mark.parametrize("role", ["trainer", "reviewer", "plan_owner", "auditor", "administrator"])
def test_some_roles_are_given_for_the_whole_platform(personas: Personas, admin: Client, role: str) -> None:
    give(admin, role=role, institution="")

    assert RoleAssignment.objects.get(user=personas.ana).institution is None


def test_a_last_day_is_included_whole(personas: Personas, admin: Client) -> None:
    page = give(admin, last_day="2026-12-31")

    until = RoleAssignment.objects.get(user=personas.ana).valid_until
    assert until is not None
    assert until.isoformat() == "2027-01-01T03:00:00+00:00"
    assert "31 de diciembre de 2026" in page.content.decode()


def test_giving_the_same_role_again_changes_nothing(personas: Personas, admin: Client) -> None:
    give(admin)
    page = give(admin)

    assert "No cambió nada" in page.content.decode()
    assert RoleAssignment.objects.filter(user=personas.ana).count() == 1


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"email": ""}, "email", "Escribe el correo"),
        ({"email": "ana"}, "email", "correo completo"),
        ({"email": "nadie@servicio.example"}, "email", "No hay ninguna cuenta"),
        ({"email": "a\x00@b.cl"}, "email", ""),
        ({"role": ""}, "role", "Elige un rol"),
        ({"role": "rey"}, "role", "de la lista"),
        ({"institution": ""}, "institution", "Escribe cuál"),
        ({"institution": "", "role": "integrity_coordinator"}, "institution", "Escribe cuál"),
        ({"role": "administrator"}, "institution", "en blanco"),
        ({"role": "reviewer"}, "institution", "en blanco"),
        ({"institution": "Ministerio de Nada"}, "institution", "No hay ninguna institución"),
        ({"institution": "servicio de"}, "institution", "2 instituciones"),
        ({"institution": "x" * 256}, "institution", ""),
        ({"last_day": "ayer"}, "last_day", "Escribe la fecha así"),
        ({"last_day": "2026-11-19"}, "last_day", "ya pasó"),
        ({"last_day": "9999-12-31"}, "last_day", "diez años"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(
    personas: Personas, admin: Client, data: dict[str, str], field: str, words: str
) -> None:
    page = give(admin, **data)

    assert page.status_code == 400
    assert words in " ".join(page.context["form"].errors[field])
    assert not RoleAssignment.objects.filter(user=personas.ana).exists()


def test_an_empty_post_is_answered_with_words(admin: Client) -> None:
    assert admin.post(PAGE, {}).status_code == 400


def test_another_end_of_a_role_held_is_refused(personas: Personas, admin: Client) -> None:
    give(admin)
    page = give(admin, last_day="2026-12-31")

    assert "ya tiene el rol, con otro término" in page.content.decode()
    assert RoleAssignment.objects.filter(user=personas.ana).count() == 1


def test_a_closed_account_and_one_of_an_unproved_address_get_no_role(
    personas: Personas, admin: Client
) -> None:
    personas.bruno.is_active = False
    personas.bruno.save()
    unproved = UserFactory(email="promesa@servicio.example")
    unproved.emailaddress_set.create(email=unproved.email, verified=False, primary=True)

    for email in ("bruno@servicio.example", "promesa@servicio.example"):
        page = give(admin, email=email)
        assert "cerrada o todavía no confirma" in page.content.decode()
    assert not RoleAssignment.objects.filter(user__in=[personas.bruno, unproved]).exists()


def test_a_role_given_again_after_its_end_is_a_new_row(personas: Personas, admin: Client) -> None:
    give(admin)
    admin.post(ending(RoleAssignment.objects.get(user=personas.ana)))
    give(admin)

    assert RoleAssignment.objects.filter(user=personas.ana).count() == 2


# --- Ending --------------------------------------------------------------------------------------
def test_ending_asks_first_and_then_ends_once(personas: Personas, admin: Client) -> None:
    role = RoleAssignment.objects.get(user=personas.carla)

    asked = admin.get(ending(role))
    first = admin.post(ending(role), follow=True)
    role.refresh_from_db()
    ended_at = role.valid_until
    second = admin.post(ending(role), follow=True)

    assert "carla@servicio.example" in asked.content.decode()
    assert "ya no tiene el rol" in first.content.decode()
    assert "ya había terminado" in second.content.decode()
    role.refresh_from_db()
    assert role.valid_until == ended_at is not None
    assert client_for(personas.carla).get("/cumplimiento/").status_code == 404


@pytest.mark.parametrize("number", ["999999", "99999999999999999999999"])
def test_an_unknown_role_is_not_found(admin: Client, number: str) -> None:
    assert admin.get(f"{PAGE}{number}/terminar/").status_code == 404
    assert admin.post(f"{PAGE}{number}/terminar/").status_code == 404


def test_nobody_ends_their_own_last_administrator_role(rita: User, admin: Client) -> None:
    role = RoleAssignment.objects.get(user=rita)

    page = admin.post(ending(role), follow=True)

    assert "No puedes terminar tu último rol de administración" in page.content.decode()
    role.refresh_from_db()
    assert role.valid_until is None


def test_another_administrator_may_end_it(rita: User, personas: Personas) -> None:
    RoleAssignmentFactory(user=personas.bruno, role=Role.ADMINISTRATOR, everywhere=True)
    role = RoleAssignment.objects.get(user=rita)

    client_for(personas.bruno).post(ending(role))

    role.refresh_from_db()
    assert role.valid_until is not None


def test_a_trainer_leaves_the_authors_with_the_role(personas: Personas, admin: Client) -> None:
    give(admin, role="trainer", institution="")
    assert personas.ana.groups.filter(name=AUTHOR_GROUP).exists()

    admin.post(ending(RoleAssignment.objects.get(user=personas.ana)))

    assert not personas.ana.groups.filter(name=AUTHOR_GROUP).exists()


def test_an_administrator_who_also_reviews_stays_with_the_reviewers(
    personas: Personas, admin: Client, at: datetime
) -> None:
    for role in (Role.ADMINISTRATOR, Role.REVIEWER):
        assign_role(user=personas.ana, role=role, at=at)

    admin.post(ending(RoleAssignment.objects.get(user=personas.ana, role=Role.ADMINISTRATOR)))

    assert [group.name for group in personas.ana.groups.all()] == [REVIEWER_GROUP]


def test_a_trainer_whose_role_lapses_leaves_the_authors(personas: Personas, at: datetime) -> None:
    until = at + timedelta(days=1)
    for account in (personas.ana, personas.bruno):
        assign_role(user=account, role=Role.TRAINER, at=at, until=until)
    assign_role(user=personas.bruno, role=Role.TRAINER, place=RolePlace(personas.institution), at=at)

    assert withdraw_lapsed_authors(at=at) == 0
    assert withdraw_lapsed_authors(at=until) == 2  # Bruno keeps what his institution gave him

    assert not personas.ana.groups.exists()
    assert personas.bruno.groups.filter(name=AUTHOR_GROUP).exists()


def test_pages_have_one_heading_labelled_fields_and_no_inline_style(
    personas: Personas, admin: Client
) -> None:
    for address in (PAGE, ending(RoleAssignment.objects.get(user=personas.carla))):
        text = admin.get(address).content.decode()
        assert text.count("<h1") == 1
        assert "style=" not in text
    assert 'for="id_institution"' in admin.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"role": "team_lead"}, "Una jefatura es de una unidad"),
        ({"role": "team_lead", "unit": "Ninguna"}, "ninguna unidad con ese"),
        ({"role": "team_lead", "unit": "Departamento", "institution": ""}, "también la institución"),
        ({"role": "trainer", "unit": "PER"}, "pertenece a una institución|vale en toda la plataforma"),
        ({"role": "reviewer", "with_dependents": "on"}, "vale en toda la plataforma"),
    ],
)
def test_a_role_in_a_place_it_cannot_have_is_refused(
    personas: Personas, admin: Client, changes: dict[str, str], message: str
) -> None:
    page = give(admin, **({"email": "ana@servicio.example", "institution": "AA900"} | changes))
    assert any(text in page.content.decode() for text in message.split("|"))
    assert not RoleAssignment.objects.filter(user=personas.ana).exists()


def test_a_team_lead_is_given_a_unit(personas: Personas, admin: Client) -> None:
    give(admin, email="ana@servicio.example", role="team_lead", institution="AA900", unit="PER")
    assert RoleAssignment.objects.get(user=personas.ana).unit == personas.unit


def test_hr_of_a_ministry_is_given_the_services_below_it(personas: Personas, admin: Client) -> None:
    give(admin, email="ana@servicio.example", role="hr", institution="AA900", with_dependents="on")
    page = admin.get(PAGE).content.decode()
    assert RoleAssignment.objects.get(user=personas.ana).with_dependents
    assert "y las que dependen de ella" in page
