from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from lms.integrity.models import Acknowledgement, EthicsCode, IntegrityContact
from lms.integrity.selectors import InstitutionInsert, find_current_code, get_insert
from lms.integrity.services import (
    ContactText,
    record_acknowledgement,
    restore_acknowledgements,
    save_contacts,
)
from lms.people.models import Institution, Person, Pseudonym
from lms.people.services.pseudonyms import ensure_pseudonym
from tests.factories.people import InstitutionFactory, PersonFactory
from tests.integrity.conftest import write_code, write_contacts

pytestmark = pytest.mark.django_db


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory(name="Servicio de Caminos")


def insert_of(institution: Institution, person_id: int | None = None) -> InstitutionInsert:
    return get_insert(institution_id=institution.pk, institution_name=institution.name, person_id=person_id)


def with_pseudonym() -> Person:
    person: Person = PersonFactory()
    ensure_pseudonym(person=person, context=Pseudonym.Context.EMPLOYEE, key="clave")
    return person


def test_the_first_code_is_version_one(institution: Institution, at: datetime) -> None:
    code = write_code(institution, at, regalos="No.")
    assert (code.version, code.is_current, code.updated_at) == (1, True, at)


def test_a_correction_keeps_the_version(institution: Institution, at: datetime) -> None:
    first = write_code(institution, at, regalos="No.")
    again = write_code(institution, at, regalos="Nunca.")
    assert (again.pk, again.version) == (first.pk, 1)
    assert again.articles.get().text == "Nunca."


def test_a_new_version_leaves_the_earlier_as_it_was(institution: Institution, at: datetime) -> None:
    first = write_code(institution, at, regalos="No.")
    second = write_code(institution, at, as_new_version=True, regalos="Nunca.")
    first.refresh_from_db()
    assert (second.version, first.is_current) == (2, False)
    assert first.articles.get().text == "No."
    assert find_current_code(institution_id=institution.pk) == second


def test_the_database_refuses_a_second_current_code(institution: Institution, at: datetime) -> None:
    write_code(institution, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        EthicsCode.objects.create(institution=institution, version=2, title="x", updated_at=at)


def test_an_article_left_empty_is_removed(institution: Institution, at: datetime) -> None:
    write_code(institution, at, regalos="No.", lobby="Regístralo.")
    code = write_code(institution, at, regalos=" \n", lobby="Regístralo.")
    assert [article.topic for article in code.articles.all()] == ["lobby"]


def test_contacts_are_replaced(institution: Institution) -> None:
    write_contacts(institution)
    save_contacts(institution=institution, contacts={"reports": ContactText("Otro canal", phone="600")})
    assert list(institution.integrity_contacts.values_list("kind", "name", "url")) == [
        ("reports", "Otro canal", "")
    ]


def test_contacts_of_others_stay(institution: Institution) -> None:
    other = InstitutionFactory()
    write_contacts(other)
    save_contacts(institution=institution, contacts={})
    assert IntegrityContact.objects.filter(institution=other).count() == 2


def test_declaring_twice_keeps_the_first_date(institution: Institution, at: datetime) -> None:
    code, person = write_code(institution, at), PersonFactory()
    first, is_new = record_acknowledgement(person=person, code=code, at=at)
    again, again_is_new = record_acknowledgement(person=person, code=code, at=at.replace(year=2027))
    assert (is_new, again_is_new) == (True, False)
    assert (again.pk, again.acknowledged_at) == (first.pk, at)


def test_declarations_are_restored_to_what_the_record_says(institution: Institution, at: datetime) -> None:
    code, first, second = write_code(institution, at), with_pseudonym(), with_pseudonym()
    record_acknowledgement(person=first, code=code, at=at)
    public_id = uuid4()
    restore_acknowledgements(rows=[(public_id, second.pk, code.pk, at)])
    assert list(Acknowledgement.objects.values_list("public_id", "person_id")) == [(public_id, second.pk)]


def test_declarations_of_people_who_cannot_be_named_stay(institution: Institution, at: datetime) -> None:
    code, erased = write_code(institution, at), PersonFactory(erased=True)
    record_acknowledgement(person=erased, code=code, at=at)
    restore_acknowledgements(rows=[])
    assert Acknowledgement.objects.get().person == erased


def test_without_institution_there_is_nothing_to_show(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        insert = get_insert(institution_id=None, institution_name="", person_id=None)
    assert (insert.has_code, insert.contacts, insert.article("regalos")) == (False, (), None)


def test_an_institution_without_code_shows_its_contacts(institution: Institution) -> None:
    write_contacts(institution)
    insert = insert_of(institution)
    assert not insert.has_code
    assert [contact.label for contact in insert.contacts] == ["Canal de consultas", "Canal de denuncias"]


def test_an_article_stands_for_its_topic_only(institution: Institution, at: datetime) -> None:
    write_code(institution, at, codigo="Todo.")
    insert = insert_of(institution)
    assert insert.article("codigo").text == "Todo."
    assert insert.article("regalos") is None


def test_a_lesson_costs_four_queries_whatever_the_code_holds(
    institution: Institution, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_code(institution, at, regalos="a", lobby="b", trato="c", codigo="d")
    write_contacts(institution)
    person = PersonFactory()
    with django_assert_num_queries(4):
        insert_of(institution, person.pk)


def test_a_new_version_asks_again(institution: Institution, at: datetime) -> None:
    person = PersonFactory()
    record_acknowledgement(person=person, code=write_code(institution, at), at=at)
    assert insert_of(institution, person.pk).acknowledged
    write_code(institution, at, as_new_version=True)
    assert not insert_of(institution, person.pk).acknowledged


def test_a_correction_does_not_ask_again(institution: Institution, at: datetime) -> None:
    person = PersonFactory()
    record_acknowledgement(person=person, code=write_code(institution, at), at=at)
    write_code(institution, at, regalos="No.")
    assert insert_of(institution, person.pk).acknowledged
