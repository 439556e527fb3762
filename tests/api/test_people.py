"""People by the API: the list, the record, what they may not show."""

from datetime import date

import pytest

from lms.people.models import Institution, Leave, Person, Unit
from tests.api.asking import Program
from tests.api.conftest import hire
from tests.factories.people import PersonFactory, PostingFactory, UnitFactory
from tests.personas import Personas

LIST = "/people/"


def names(program: Program, **query: object) -> set[str]:
    return {row["given_names"] for row in program.rows(LIST, **query)}


def test_everybody_with_a_job_today_is_in_the_list(hr: Program, personas: Personas) -> None:
    assert names(hr) == {"Ana", "Bruno", "Carla", "Diego", "Iris", "Pedro"}


def test_a_row_has_what_identifies_the_person_and_its_job(hr: Program, personas: Personas) -> None:
    row = next(row for row in hr.rows(LIST) if row["given_names"] == "Ana")
    ana, job = personas.ana.person, personas.ana.person.postings.get()
    assert row == {
        "id": str(ana.public_id),
        "run": ana.run_masked,
        "given_names": "Ana",
        "family_names": "Rojas",
        "email": "ana@servicio.example",
        "posting": {
            "id": str(job.public_id),
            "institution": "AA900",
            "unit": "PER",
            "estamento": "profesionales",
            "legal_quality": "contrata",
            "grade": "",
            "position": "",
            "region": "",
            "valid_from": "2024-01-01",
            "valid_until": None,
        },
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "'; DROP TABLE", "Ñandú «Ü» 日本 \u200f", '"\\/<script>&amp;', "Núñez\u0301"]
)
def test_a_name_arrives_as_it_is(hr: Program, unit: Unit, text: str) -> None:
    hire(unit, person=PersonFactory(given_names=text))
    assert text in names(hr)


def test_who_has_left_or_not_begun_is_not_in_the_list(hr: Program, unit: Unit) -> None:
    hire(unit, person=PersonFactory(given_names="Vieja"), valid_until=date(2026, 11, 19))
    hire(unit, person=PersonFactory(given_names="Nueva"), valid_from=date(2026, 11, 21))
    assert not names(hr) & {"Vieja", "Nueva"}


def test_who_was_erased_or_merged_is_not_in_the_list(hr: Program, unit: Unit, personas: Personas) -> None:
    hire(unit, person=PersonFactory(erased=True))
    hire(unit, person=PersonFactory(given_names="Doble", merged_into=personas.ana.person))
    assert not names(hr) & {"Persona retirada", "Doble"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"unit": "JUR"}, {"Julia"}),
        ({"unit": "nada"}, set()),
        ({"institution": "AA900", "unit": "JUR"}, {"Julia"}),
        ({"institution": "AA901"}, set()),
        ({"estamento": "auxiliares"}, {"Julia"}),
        ({"legal_quality": "planta"}, {"Julia"}),
        ({"search": "jul"}, {"Julia"}),
        ({"search": "julia soto"}, set()),
        ({"search": "ana@servicio.example"}, {"Ana"}),
    ],
)
def test_filters_narrow_the_list(
    hr: Program, place: Institution, query: dict[str, str], expected: set[str]
) -> None:
    unit = UnitFactory(institution=place, code="JUR")
    julia = PersonFactory(given_names="Julia", family_names="Paz")
    hire(unit, person=julia, estamento="auxiliares", legal_quality="planta")
    assert names(hr, **query) == expected


def test_of_two_jobs_the_one_begun_last_is_shown(hr: Program, unit: Unit) -> None:
    person = PersonFactory(given_names="Dos")
    hire(unit, person=person, valid_from=date(2025, 1, 1))
    hire(unit, person=person, valid_from=date(2026, 1, 1), estamento="tecnicos")
    rows = [row for row in hr.rows(LIST) if row["given_names"] == "Dos"]
    assert [row["posting"]["valid_from"] for row in rows] == ["2026-01-01"]


def test_a_record_has_all_postings_and_leaves_within_reach(
    hr: Program, unit: Unit, place: Institution
) -> None:
    person = PersonFactory()
    hire(unit, person=person, valid_from=date(2024, 1, 1), valid_until=date(2025, 12, 31))
    hire(unit, person=person, valid_from=date(2026, 1, 1))
    other = PostingFactory(person=person)
    Leave.objects.create(
        person=person, institution=place, first_day=date(2026, 5, 1), last_day=date(2026, 5, 9)
    )
    Leave.objects.create(person=person, institution=other.institution, first_day=date(2026, 6, 1))
    record = hr.get(f"{LIST}{person.public_id}/")
    assert [row["valid_from"] for row in record["postings"]] == ["2026-01-01", "2024-01-01"]
    assert record["leaves"] == [{"institution": "AA900", "first_day": "2026-05-01", "last_day": "2026-05-09"}]


def test_the_record_of_somebody_who_left_can_still_be_read(hr: Program, unit: Unit) -> None:
    posting = hire(unit, valid_until=date(2025, 12, 31))
    assert hr.get(f"{LIST}{posting.person.public_id}/")["postings"]


def test_a_record_without_a_posting_within_reach_does_not_exist(hr: Program, personas: Personas) -> None:
    strangers = [personas.elena.person, PersonFactory(), PersonFactory(erased=True)]
    assert {hr.ask(f"{LIST}{person.public_id}/").status_code for person in strangers} == {404}
    assert hr.ask(f"{LIST}{Person().public_id}/").status_code == 404
