from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from lms.integrity.models import Acknowledgement, EthicsCode, SlotVersion
from lms.integrity.rules.slots import SlotContent, SlotState
from lms.integrity.selectors.inserts import OWN_KINDS, InstitutionInsert, find_current_code, get_insert
from lms.integrity.selectors.slots import find_version_at, list_slots
from lms.integrity.services.acknowledgements import record_acknowledgement, restore_acknowledgements
from lms.integrity.services.slots import SlotChangedError, save_slot
from lms.people.models import Institution, Person, Pseudonym
from lms.people.services.pseudonyms import ensure_pseudonym
from tests.factories.integrity import write_code, write_contacts, write_example
from tests.factories.people import InstitutionFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
GIFTS = "article_regalos"
A_DAY = timedelta(days=1)


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory(name="Servicio de Caminos")


def insert_of(institution: Institution, at: datetime, person_id: int = 0) -> InstitutionInsert:
    return get_insert(
        kinds=OWN_KINDS,
        institution_id=institution.pk,
        institution_name=institution.name,
        person_id=person_id,
        day=at.date(),
    )


def with_pseudonym() -> Person:
    person: Person = PersonFactory()
    ensure_pseudonym(person=person, context=Pseudonym.Context.EMPLOYEE, key="clave")
    return person


def write(institution: Institution, text: str, at: datetime, **more: object) -> SlotVersion | None:
    version, _is_new = save_slot(
        institution=institution, kind=GIFTS, content=SlotContent(text), at=at, **more
    )  # type: ignore[arg-type]
    return version


def numbers(institution: Institution) -> list[tuple[int, str, bool]]:
    rows = SlotVersion.objects.filter(institution=institution, kind=GIFTS).order_by("number")
    return list(rows.values_list("number", "text", "is_current"))


# --- The document ----------------------------------------------------------------------------------
def test_the_first_code_is_version_one(institution: Institution, at: datetime) -> None:
    code = write_code(institution, at)
    assert (code.version, code.is_current, code.updated_at) == (1, True, at)


def test_a_correction_keeps_the_version(institution: Institution, at: datetime) -> None:
    first, again = write_code(institution, at), write_code(institution, at)
    assert (again.pk, again.version) == (first.pk, 1)


def test_a_new_version_leaves_the_earlier_as_it_was(institution: Institution, at: datetime) -> None:
    first = write_code(institution, at)
    second = write_code(institution, at, as_new_version=True)
    first.refresh_from_db()
    assert (second.version, first.is_current) == (2, False)
    assert find_current_code(institution_id=institution.pk) == second


def test_the_database_refuses_a_second_current_code(institution: Institution, at: datetime) -> None:
    write_code(institution, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        EthicsCode.objects.create(institution=institution, version=2, title="x", updated_at=at)


# --- Slots -----------------------------------------------------------------------------------------
def test_each_change_is_a_version_and_none_is_rewritten(institution: Institution, at: datetime) -> None:
    for text in ("No.", "Nunca.", ""):
        write(institution, text, at)
    assert numbers(institution) == [(1, "No.", False), (2, "Nunca.", False), (3, "", True)]


def test_saving_the_same_makes_no_version(institution: Institution, at: datetime) -> None:
    first = write(institution, "No.", at, review_by=date(2027, 1, 1))
    assert write(institution, "No.", at + A_DAY, review_by=date(2027, 1, 1)) == first


def test_a_review_without_changes_is_a_version(institution: Institution, at: datetime) -> None:
    write(institution, "No.", at, review_by=date(2027, 1, 1))
    write(institution, "No.", at, review_by=date(2028, 1, 1))
    assert [number for number, _text, _current in numbers(institution)] == [1, 2]


def test_an_emptied_slot_has_nothing_to_review(institution: Institution, at: datetime) -> None:
    write(institution, "No.", at, review_by=date(2027, 1, 1))
    emptied = write(institution, " ", at, review_by=date(2027, 1, 1))
    assert emptied is not None and emptied.review_by is None


def test_an_empty_slot_that_never_held_anything_stays_without_version(
    institution: Institution, at: datetime
) -> None:
    assert write(institution, "", at) is None


def test_nobody_overwrites_what_they_have_not_read(institution: Institution, at: datetime) -> None:
    write(institution, "No.", at, seen=0)
    with pytest.raises(SlotChangedError):
        write(institution, "Sí.", at, seen=0)
    assert numbers(institution) == [(1, "No.", True)]


def test_the_database_refuses_a_second_current_version(institution: Institution, at: datetime) -> None:
    write(institution, "No.", at)
    with pytest.raises(IntegrityError), transaction.atomic():
        SlotVersion.objects.create(institution=institution, kind=GIFTS, number=2, written_at=at)


def test_it_is_known_what_lessons_showed_on_a_day(institution: Institution, at: datetime) -> None:
    write(institution, "No.", at)
    write(institution, "Nunca.", at + 10 * A_DAY)

    def shown(when: datetime) -> str | None:
        version = find_version_at(institution_id=institution.pk, kind=GIFTS, at=when)
        return version.text if version else None

    assert [shown(at + days * A_DAY) for days in (-1, 0, 9, 10)] == [None, "No.", "No.", "Nunca."]


def test_a_version_outlives_the_accounts_of_its_author_and_owner(
    institution: Institution, at: datetime
) -> None:
    user = UserFactory()
    write(institution, "No.", at, owner=user, author=user)
    user.delete()
    version = SlotVersion.objects.get()
    assert (version.text, version.owner, version.written_by) == ("No.", None, None)


def test_all_slots_are_listed_filled_or_not(
    institution: Institution, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_contacts(institution, at, review_by=at.date() - A_DAY)
    with django_assert_num_queries(1):
        rows = list_slots(institution_id=institution.pk, day=at.date())
    assert [row.kind.slug for row in rows if row.state == SlotState.EXPIRED] == ["consultas", "denuncias"]
    assert sum(row.state == SlotState.EMPTY for row in rows) == 20


# --- What a lesson reads ---------------------------------------------------------------------------
def test_without_institution_there_is_nothing_to_show(
    at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        insert = get_insert(
            kinds=OWN_KINDS, institution_id=None, institution_name="", person_id=0, day=at.date()
        )
    assert (insert.has_code, insert.contacts, insert.article("regalos")) == (False, [], None)
    assert insert.needs_whom_to_ask and insert.needs_where_to_report


def test_an_institution_without_code_shows_its_contacts(institution: Institution, at: datetime) -> None:
    write_contacts(institution, at)
    insert = insert_of(institution, at)
    assert not insert.has_code
    assert [contact.label for contact in insert.contacts] == ["Canal de consultas", "Canal de denuncias"]


def test_a_slot_stands_for_its_topic_only(institution: Institution, at: datetime) -> None:
    write_code(institution, at, codigo="Todo.")
    write_example(institution, at, lobby="Una reunión.")
    insert = insert_of(institution, at)
    assert insert.article("codigo").content.text == "Todo."
    assert insert.example("lobby").content.text == "Una reunión."
    assert (insert.article("regalos"), insert.article("lobby"), insert.example("codigo")) == (None,) * 3


def test_a_lesson_costs_two_queries_whatever_the_slots_hold(
    institution: Institution, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_code(institution, at, regalos="a", lobby="b", trato="c", codigo="d")
    write_contacts(institution, at)
    person = PersonFactory()
    with django_assert_num_queries(2):
        insert_of(institution, at, person.pk)


# --- Declarations ----------------------------------------------------------------------------------
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


def test_a_new_version_asks_again(institution: Institution, at: datetime) -> None:
    person = PersonFactory()
    record_acknowledgement(person=person, code=write_code(institution, at), at=at)
    assert insert_of(institution, at, person.pk).acknowledged
    write_code(institution, at, as_new_version=True)
    assert not insert_of(institution, at, person.pk).acknowledged


def test_a_correction_does_not_ask_again(institution: Institution, at: datetime) -> None:
    person = PersonFactory()
    record_acknowledgement(person=person, code=write_code(institution, at), at=at)
    write_code(institution, at, regalos="No.")
    assert insert_of(institution, at, person.pk).acknowledged
