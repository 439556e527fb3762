"""Invitations: HR invites, the link opens once, and only for whom it is."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from lms.people.models import Invitation, Person, Pseudonym, Role, User
from lms.people.policy import Reach
from lms.people.services.accounts import erase_person
from lms.people.services.invitations import invite_people
from lms.people.tasks import send_invitation
from tests.accounts.conftest import address_in, come_back, go_through, text_of
from tests.accounts.test_connecting import client_of
from tests.factories.people import (
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)
from tests.openid_provider import Provider
from tests.personas import Personas, client_for, create_personas

pytestmark = pytest.mark.usefixtures("fixed_clock")

PASSWORD = {"password1": "caballo-bateria-grapa", "password2": "caballo-bateria-grapa"}
EVERYWHERE = Reach(everywhere=True)
LIST = "/cumplimiento/invitaciones/"


@pytest.fixture
def people(db: None) -> Personas:
    return create_personas()


@pytest.fixture
def rosa(people: Personas) -> Person:
    """On the roster of Carla's institution, without account."""
    person = PersonFactory(given_names="Rosa María", family_names="Quispe", email="rosa@servicio.example")
    return PostingFactory(person=person, institution=people.institution, unit=people.unit).person


def invite(person: Person, at: datetime) -> str:
    """The path of the link in the letter."""
    place = person.postings.get().institution_id
    invite_people(
        public_ids=[person.public_id], institution_id=place, reach=EVERYWHERE, created_by_id=None, at=at
    )
    return last_link()


def last_link() -> str:
    found = re.search(r"/cuentas/invitacion/\S+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


# --- HR invites
def test_hr_invites_one_person_from_its_file(people: Personas, rosa: Person) -> None:
    client = client_for(people.carla)
    page = client.post(f"/cumplimiento/personas/{rosa.public_id}/invitar/", follow=True)
    assert "Enviamos 1 invitación" in text_of(page) and "Invitada, sin responder" in text_of(page)
    assert Invitation.objects.get().created_by == people.carla


def test_hr_invites_those_marked(people: Personas, rosa: Person) -> None:
    PostingFactory(institution=people.institution, unit=people.unit)
    page = client_for(people.carla).post(LIST, {"persona": [str(rosa.public_id)]}, follow=True)
    assert "Enviamos 1 invitación" in text_of(page)
    assert [message.to for message in mail.outbox] == [["rosa@servicio.example"]]


def test_hr_invites_all_who_are_missing(people: Personas, rosa: Person, at: datetime) -> None:
    PostingFactory.create_batch(3, institution=people.institution, unit=people.unit)
    invite(rosa, at)
    client_for(people.carla).post(LIST, {"todas": "si"})
    assert len(mail.outbox) == 4 and Invitation.objects.count() == 4


def test_nobody_marked_is_said(people: Personas, rosa: Person) -> None:
    page = client_for(people.carla).post(LIST, {"persona": ["nada"]}, follow=True)
    assert "Elige al menos una persona" in text_of(page)


def test_a_person_without_email_is_told_apart(people: Personas, rosa: Person) -> None:
    Person.objects.filter(pk=rosa.pk).update(email="")
    client = client_for(people.carla)
    assert "Puede ingresar con ClaveÚnica, o contarse sin cuenta" in text_of(client.get(LIST))
    page = client.post(LIST, {"persona": [str(rosa.public_id)]}, follow=True)
    assert "Sin correo no podemos invitar" in text_of(page) and not mail.outbox


def test_who_has_an_account_is_not_on_the_list(people: Personas, rosa: Person) -> None:
    words = text_of(client_for(people.carla).get(LIST))
    assert "Quispe, Rosa María" in words and "Rojas, Ana" not in words


def test_hr_of_another_institution_invites_nobody_here(people: Personas, rosa: Person) -> None:
    client = client_for(people.elena)
    client.post(LIST, {"persona": [str(rosa.public_id)]})
    assert client.post(f"/cumplimiento/personas/{rosa.public_id}/invitar/").status_code == 404
    assert not Invitation.objects.exists()


def test_hr_of_a_unit_invites_only_in_it(people: Personas, rosa: Person) -> None:
    unit = UnitFactory(institution=people.institution)
    RoleAssignmentFactory(user=people.bruno, role=Role.HR, institution=people.institution, unit=unit)
    page = client_for(people.bruno).post(LIST, {"persona": [str(rosa.public_id)]})
    assert page.status_code == 404 or not Invitation.objects.exists()


def test_who_has_left_is_not_invited(people: Personas, rosa: Person) -> None:
    rosa.postings.update(valid_until=datetime(2026, 1, 31).date())
    client_for(people.carla).post(LIST, {"persona": [str(rosa.public_id)]})
    assert not Invitation.objects.exists()


def test_the_list_costs_the_same_with_more_people(people: Personas, rosa: Person) -> None:
    client = client_for(people.carla)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    PostingFactory.create_batch(20, institution=people.institution, unit=people.unit)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(few) == len(many)


# --- The letter
def test_the_letter_says_who_invites_and_until_when(rosa: Person, at: datetime) -> None:
    invite(rosa, at)
    message = mail.outbox[0]
    html = message.alternatives[0][0]
    assert message.subject == "[Aula Abierta] Servicio de Registros Territoriales te invita a tus cursos"
    for words in (message.body, html):
        assert "Hola, Rosa:" in words and "4 de diciembre de 2026" in words and last_link() in words
        assert "Quispe" not in words


def test_only_a_keyed_hash_of_the_token_is_kept(rosa: Person, at: datetime) -> None:
    token = invite(rosa, at).split("/")[-2]
    kept = Invitation.objects.get().token_hash
    assert token not in str(Invitation.objects.values().get()) and len(kept) == 64


def test_a_letter_is_sent_once(rosa: Person, at: datetime) -> None:
    invite(rosa, at)
    assert send_invitation.call(Invitation.objects.get().pk) is False
    assert len(mail.outbox) == 1


def test_a_letter_that_could_not_be_sent_is_written_again(rosa: Person, at: datetime) -> None:
    invite(rosa, at)
    Invitation.objects.update(sent_at=None)
    send_invitation.call(Invitation.objects.get().pk)
    assert Client().get(last_link()).status_code == 200


# --- Opening the link
def test_looking_shows_little_and_uses_nothing_up(rosa: Person, at: datetime) -> None:
    link = invite(rosa, at)
    pages = [Client().get(link) for _number in range(3)]
    words = text_of(pages[-1])
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Hola, Rosa" in words and "Servicio de Registros Territoriales" in words
    assert "Quispe" not in words and "rosa@" not in words
    assert Invitation.objects.get().used_at is None


def test_the_page_is_not_kept_and_tells_no_other_site_its_address(rosa: Person, at: datetime) -> None:
    page = Client().get(invite(rosa, at))
    assert "no-store" in page["Cache-Control"] and page["Referrer-Policy"] == "same-origin"


def test_a_password_makes_the_account_and_lets_in(rosa: Person, at: datetime) -> None:
    client = Client()
    response = client.post(invite(rosa, at), PASSWORD)
    rosa.refresh_from_db()
    user = rosa.user
    assert response["Location"] == "/aula/" and client.get("/aula/").status_code == 200
    assert user.check_password(PASSWORD["password1"]) and user.get_full_name() == "Rosa María Quispe"
    assert EmailAddress.objects.get(user=user).verified and Invitation.objects.get().used_at


@pytest.mark.parametrize("password", ["corta", "123456789012", "integridad-2026", "rosa@servicio.example"])
def test_a_weak_password_is_refused(rosa: Person, at: datetime, password: str) -> None:
    response = Client().post(invite(rosa, at), {"password1": password, "password2": password})
    assert (response.status_code, "Hay algo que corregir" in text_of(response)) == (400, True)
    assert Invitation.objects.get().used_at is None


def test_two_passwords_that_differ_are_refused(rosa: Person, at: datetime) -> None:
    response = Client().post(invite(rosa, at), PASSWORD | {"password2": "otra-distinta-larga"})
    assert response.status_code == 400 and not User.objects.filter(email=rosa.email).exists()


CLOSED = "Esta invitación no se puede abrir"


def assert_closed(link: str, words: str, status: int = 410) -> None:
    for response in (Client().get(link), Client().post(link, PASSWORD)):
        assert response.status_code == status
        assert CLOSED in text_of(response) and words in text_of(response)


def test_a_used_link_opens_nothing(rosa: Person, at: datetime) -> None:
    link = invite(rosa, at)
    Client().post(link, PASSWORD)
    assert_closed(link, "Ya usaste esta invitación")


def test_an_expired_link_opens_nothing(rosa: Person, at: datetime) -> None:
    link = invite(rosa, at)
    with time_machine.travel(at + timedelta(days=14)):
        assert_closed(link, "Pide a Gestión de Personas de tu institución que te envíe otra")


def test_a_link_opens_until_its_last_hour(rosa: Person, at: datetime) -> None:
    link = invite(rosa, at)
    with time_machine.travel(at + timedelta(days=13, hours=23)):
        assert Client().get(link).status_code == 200


def test_a_new_invitation_revokes_the_earlier(rosa: Person, at: datetime) -> None:
    first = invite(rosa, at)
    second = invite(rosa, at)
    assert_closed(first, "Hay una invitación más nueva")
    assert Client().get(second).status_code == 200


def test_a_changed_link_opens_nothing(rosa: Person, at: datetime) -> None:
    link = invite(rosa, at)
    assert_closed(link.replace(link.split("/")[-2][:5], "AAAAA"), "El enlace está incompleto", 404)


def test_a_link_of_an_erased_person_opens_nothing(rosa: Person, at: datetime) -> None:
    link = invite(rosa, at)
    erase_person(person=rosa, at=at)
    assert_closed(link, "El enlace está incompleto", 404)
    assert not Invitation.objects.exists()


def test_an_old_key_still_opens(rosa: Person, at: datetime, settings: Settings) -> None:
    link = invite(rosa, at)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "otra-clave-que-no-es-un-secreto"
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize("made_bad", ["used", "revoked", "expired", "unknown"])
def test_every_closed_link_costs_one_query(rosa: Person, at: datetime, made_bad: str) -> None:
    """So that the time of the answer tells nothing about a guessed link."""
    link = invite(rosa, at)
    changes = {"used": {"used_at": at}, "revoked": {"revoked_at": at}, "expired": {"expires_at": at}}
    Invitation.objects.update(**changes.get(made_bad, {"token_hash": "0" * 64}))
    with CaptureQueriesContext(connection) as queries:
        Client().get(link)
    assert len(queries) == 1


def test_too_many_openings_from_one_address_wait(rosa: Person, at: datetime, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"invitation": "3/m/ip"}
    link = invite(rosa, at)
    assert [Client().get(link).status_code for _number in range(4)] == [200, 200, 200, 429]


# --- Whoever has an account already
def test_who_has_an_account_with_the_address_signs_in_first(rosa: Person, at: datetime) -> None:
    user = UserFactory(email=rosa.email)
    user.emailaddress_set.create(email=rosa.email, verified=True, primary=True)
    link = invite(rosa, at)
    words = text_of(Client().get(link))
    assert "Ya tienes una cuenta con este correo" in words and "Crear mi cuenta" not in words
    Client().post(link, PASSWORD)
    assert Invitation.objects.get().used_at is None


def test_signed_in_the_invitation_is_accepted_by_a_button(rosa: Person, at: datetime) -> None:
    user = UserFactory(email=rosa.email)
    user.emailaddress_set.create(email=rosa.email, verified=True, primary=True)
    own = PersonFactory(user=user, without_run=True)
    client = client_of(user)
    link = invite(rosa, at)
    assert "Aceptar la invitación" in text_of(client.get(link))
    assert client.post(link)["Location"] == "/aula/"
    rosa.refresh_from_db()
    assert rosa.user == user and not Person.objects.filter(pk=own.pk).exists()


def test_a_record_is_not_left_behind_by_accepting(rosa: Person, at: datetime) -> None:
    user = UserFactory(email=rosa.email)
    user.emailaddress_set.create(email=rosa.email, verified=True, primary=True)
    own = PersonFactory(user=user, without_run=True)
    Pseudonym.objects.create(person=own, context="citizen", name="abc")
    response = client_of(user).post(invite(rosa, at))
    assert (response.status_code, "que una los dos registros" in text_of(response)) == (409, True)
    assert Invitation.objects.get().used_at is None


def test_another_account_does_not_accept(people: Personas, rosa: Person, at: datetime) -> None:
    client, link = client_of(people.ana), invite(rosa, at)
    assert "Sal de esta cuenta" in text_of(client.get(link))
    client.post(link, PASSWORD)
    assert Invitation.objects.get().used_at is None and not User.objects.filter(email=rosa.email).exists()


def test_an_address_that_somebody_only_claimed_is_no_hindrance(rosa: Person, at: datetime) -> None:
    UserFactory(email=rosa.email).emailaddress_set.create(email=rosa.email, primary=True)
    Client().post(invite(rosa, at), PASSWORD)
    rosa.refresh_from_db()
    assert User.objects.get(email=rosa.email) == rosa.user


# --- With ClaveÚnica
def accept_with_clave_unica(client: Client, link: str) -> HttpResponseBase:
    page = client.post(link, {"clave_unica": "si"}).content.decode()
    return client.get(come_back(address_in(page)))


def test_clave_unica_accepts_and_notes_the_run(provider: Provider, rosa: Person, at: datetime) -> None:
    Person.objects.filter(pk=rosa.pk).update(run_fingerprint=None, run_masked="")
    accept_with_clave_unica(Client(), invite(rosa, at))
    rosa.refresh_from_db()
    assert rosa.user.email == "rosa@servicio.example" and rosa.run_masked == "44.•••.•44-4"
    assert Invitation.objects.get().used_at is not None


def test_the_clave_unica_of_somebody_else_does_not_accept(
    provider: Provider, rosa: Person, at: datetime
) -> None:
    response = accept_with_clave_unica(Client(), invite(rosa, at))
    rosa.refresh_from_db()
    assert "El RUN no coincide" in text_of(response)
    assert rosa.user is None and Invitation.objects.get().used_at is None


def test_an_account_by_clave_unica_goes_over_to_the_invited_person(
    provider: Provider, rosa: Person, at: datetime
) -> None:
    Person.objects.filter(pk=rosa.pk).update(run_fingerprint=None, run_masked="")
    go_through(Client(), "/cuentas/clave-unica/")
    user = User.objects.get(email__isnull=True)
    accept_with_clave_unica(Client(), invite(rosa, at))
    rosa.refresh_from_db()
    assert rosa.user == user and rosa.run_masked == "44.•••.•44-4"


def test_an_invitation_used_meanwhile_is_refused(provider: Provider, rosa: Person, at: datetime) -> None:
    client, link = Client(), invite(rosa, at)
    address = address_in(client.post(link, {"clave_unica": "si"}).content.decode())
    Client().post(link, PASSWORD)
    assert "La invitación ya no sirve" in text_of(client.get(come_back(address)))


def test_without_clave_unica_configured_it_is_not_offered(rosa: Person, at: datetime) -> None:
    assert "ClaveÚnica" not in text_of(Client().get(invite(rosa, at)))
