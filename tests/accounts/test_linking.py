"""A verified address recognises whom HR loaded."""

import re
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from lms.people.models import Person, User
from lms.people.services.accounts import erase_person, link_person
from tests.factories.people import PersonFactory, UserFactory

FORM = {
    "email": "ana@servicio.example",
    "first_name": "Ana",
    "last_name": "Ñanco",
    "password1": "caballo-bateria-grapa",
    "password2": "caballo-bateria-grapa",
}


def test_a_loaded_person_is_recognised_by_the_verified_address(db: None, at: datetime) -> None:
    loaded = PersonFactory(email="Ana@Servicio.example")
    user = UserFactory(email="ana@servicio.example")
    assert link_person(user=user, at=at) == loaded
    assert Person.objects.count() == 1


def test_two_people_with_one_address_are_not_guessed(db: None, at: datetime) -> None:
    PersonFactory(email="oficina@servicio.example")
    PersonFactory(email="oficina@servicio.example")
    user = UserFactory(email="oficina@servicio.example")
    assert link_person(user=user, at=at).user == user
    assert Person.objects.count() == 3


def test_a_person_with_an_account_is_not_taken_over(db: None, at: datetime) -> None:
    taken = PersonFactory(email="ana@servicio.example", user=UserFactory())
    user = UserFactory(email="ana@servicio.example")
    assert link_person(user=user, at=at) != taken


def test_nobody_is_recognised_before_the_address_is_verified(db: None) -> None:
    loaded = PersonFactory(email="ana@servicio.example")
    response = Client().post("/cuentas/crear/", FORM)
    assert response.status_code == 302
    loaded.refresh_from_db()
    assert loaded.user is None


def test_confirming_the_address_links_the_person(db: None) -> None:
    loaded = PersonFactory(email="ana@servicio.example")
    client = Client()
    client.post("/cuentas/crear/", FORM)
    link = re.search(r"(/cuentas/correo/confirmar/[^/\s]+/)", mail.outbox[0].body)
    assert link
    client.post(link[1])
    loaded.refresh_from_db()
    assert loaded.user == User.objects.get()


def test_an_account_cannot_log_in_before_confirming(db: None) -> None:
    Client().post("/cuentas/crear/", FORM)
    client = Client()
    client.post("/cuentas/ingresar/", {"login": FORM["email"], "password": FORM["password1"]})
    assert client.get("/aula/").status_code == 302


def test_an_existing_address_is_not_given_away(db: None) -> None:
    UserFactory(email="ana@servicio.example").emailaddress_set.create(
        email="ana@servicio.example", verified=True, primary=True
    )
    known = Client().post("/cuentas/crear/", FORM)
    unknown = Client().post("/cuentas/crear/", FORM | {"email": "otra@servicio.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("password", ["corta", "123456789012", "integridad-2026", "ana.servicio.example"])
def test_weak_passwords_are_refused(db: None, password: str) -> None:
    response = Client().post("/cuentas/crear/", FORM | {"password1": password, "password2": password})
    assert response.status_code == 200
    assert not User.objects.exists()


def test_erasing_leaves_no_word_of_the_person(db: None, at: datetime) -> None:
    person = PersonFactory(
        given_names="Rayén", family_names="Catrileo", email="rayen@servicio.example", user=UserFactory()
    )
    erase_person(person=person, at=at)
    person.refresh_from_db()
    kept = [person.given_names, person.family_names, person.email, person.run_masked, person.run_fingerprint]
    assert not any(value and ("Ray" in value or "Catrileo" in value) for value in kept)
    assert person.run_fingerprint is None and person.user is None and not User.objects.exists()
