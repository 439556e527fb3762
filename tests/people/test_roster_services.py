"""Rosters read, applied, repeated and discarded."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.journeys import import_roster as journey
from lms.people.models import Estamento, Institution, Person, Posting, RosterImport, RosterStatus, Unit
from lms.people.rosters.problems import RosterFileError
from lms.people.rosters.storage import CHUNK_ROWS
from lms.people.selectors.rosters import list_problems
from lms.people.services import roster_errors as errors
from lms.people.services import rosters
from lms.people.services.rosters import OUTDATED
from tests.factories.people import PersonFactory, PostingFactory, UnitFactory, make_run
from tests.people.rosters import (
    DAY,
    EARLIER,
    TERMS,
    Reader,
    apply_roster,
    counts_of,
    line,
    records,
    xlsx_file,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db


def test_a_preview_counts_and_changes_nothing(read: Reader) -> None:
    before = records()

    counts = counts_of(read([line(1), line(2), line(3, estamento="Rey")]))

    assert (counts.new, counts.wrong, counts.new_units) == (2, 1, 1)
    assert counts.new_unit_names == ["Finanzas"]
    assert records() == before


def test_applying_creates_people_units_and_postings(
    read: Reader, institution: Institution, at: datetime
) -> None:
    apply_roster(read([line(1), line(2, hasta="31-12-2026")]), at=at)

    second = Posting.objects.select_related("person", "unit").get(person__family_names="Peña 2")
    assert (second.institution, second.unit.name) == (institution, "Finanzas")
    assert (second.estamento, second.legal_quality) == (Estamento.PROFESIONALES, "contrata")
    assert (second.valid_from, second.valid_until) == (date(2025, 3, 1), date(2026, 12, 31))
    assert (second.person.email, second.person.created_at) == ("p2@servicio.example", at)
    assert Unit.objects.count() == 1


def test_the_same_file_twice_changes_nothing(read: Reader, at: datetime) -> None:
    lines = [line(n, hasta="31-12-2027" if n % 2 else "") for n in range(30)]
    apply_roster(read(lines), at=at)
    before = records()

    second = read(lines)
    counts = apply_roster(second, at=at + timedelta(hours=1))

    assert (counts.unchanged, counts.writes, counts.new_units) == (30, 0, 0)
    assert records() == before


def test_a_workbook_after_the_csv_of_the_same_people_changes_nothing(read: Reader, at: datetime) -> None:
    apply_roster(read([line(1), line(2)]), at=at)

    assert counts_of(read(xlsx_file([line(1), line(2)]))).unchanged == 2


def test_a_changed_name_is_corrected(read: Reader, at: datetime) -> None:
    apply_roster(read([line(1)]), at=at)

    apply_roster(read([line(1, apellidos="Sotomayor")]), at=at)

    assert Person.objects.get().family_names == "Sotomayor"
    assert Posting.objects.count() == 1


def test_a_move_closes_one_posting_and_opens_the_next(read: Reader, at: datetime) -> None:
    apply_roster(read([line(1)], day=EARLIER), at=at)

    counts = apply_roster(read([line(1, unidad="Compras")]), at=at)

    old, new = Posting.objects.order_by("valid_from")
    assert counts.moved == 1
    assert (old.valid_until, new.valid_from, new.unit.name) == (date(2026, 10, 31), DAY, "Compras")


def test_who_is_absent_ends_the_day_before_and_stays_a_person(read: Reader, at: datetime) -> None:
    apply_roster(read([line(n) for n in range(5)], day=EARLIER), at=at)

    counts = apply_roster(read([line(n) for n in range(4)]), at=at)

    assert (counts.ended, counts.unchanged, counts.current) == (1, 4, 5)
    assert Person.objects.count() == 5
    assert Posting.objects.get(person__family_names="Peña 4").valid_until == date(2026, 10, 31)


def test_a_person_of_another_institution_is_recognised_and_keeps_both_postings(
    read: Reader, at: datetime
) -> None:
    person = PersonFactory(run=make_run(11_000_001), given_names="Ana")
    PostingFactory(person=person)

    counts = apply_roster(read([line(1)]), at=at)

    person.refresh_from_db()
    assert counts.joined == 1
    assert person.postings.count() == 2
    assert person.given_names == "Ana"  # the other institution has her in force


def test_people_of_other_institutions_never_end(read: Reader, at: datetime) -> None:
    elsewhere = PostingFactory()

    apply_roster(read([line(1)]), at=at)

    elsewhere.refresh_from_db()
    assert elsewhere.valid_until is None


def test_people_without_a_run_are_left_alone_and_counted(
    read: Reader, institution: Institution, at: datetime
) -> None:
    posting = PostingFactory(institution=institution, person=PersonFactory(without_run=True))

    counts = apply_roster(read([line(1)]), at=at)

    posting.refresh_from_db()
    assert (counts.without_run, counts.ended, posting.valid_until) == (1, 0, None)


def test_a_known_unit_is_used_by_its_code(read: Reader, institution: Institution, at: datetime) -> None:
    unit = UnitFactory(institution=institution, code="FIN", name="Finanzas y Presupuesto")

    apply_roster(read([line(1, unidad="fin")]), at=at)

    assert Posting.objects.get().unit == unit


def test_with_a_wrong_row_nothing_is_applied_by_default(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(40)] + [line(99, estamento="Rey")])

    with pytest.raises(errors.RosterHasErrorsError):
        apply_roster(roster, at=at)

    assert not Person.objects.exists()


def test_few_wrong_rows_can_be_left_out_when_chosen(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(40)] + [line(99, estamento="Rey")])

    apply_roster(roster, at=at, include_errors=True)

    assert Person.objects.count() == 40


def test_many_wrong_rows_can_never_be_left_out(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(10)] + [line(99, estamento="Rey")])

    with pytest.raises(errors.RosterHasErrorsError):
        apply_roster(roster, at=at, include_errors=True)


def test_people_of_wrong_rows_do_not_end(read: Reader, at: datetime) -> None:
    everybody = [line(n) for n in range(60)]
    apply_roster(read(everybody, day=EARLIER), at=at)
    everybody[7] = line(7, correo="sin arroba")

    counts = apply_roster(read(everybody), at=at, include_errors=True)

    assert (counts.wrong, counts.ended) == (1, 0)


def test_a_cut_file_needs_a_confirmation(read: Reader, at: datetime) -> None:
    apply_roster(read([line(n) for n in range(50)], day=EARLIER), at=at)
    cut = read([line(n) for n in range(35)])

    with pytest.raises(errors.EndedNotConfirmedError):
        apply_roster(cut, at=at)
    assert Posting.objects.filter(valid_until__isnull=True).count() == 50

    assert apply_roster(cut, at=at, confirm_ended=True).ended == 15


def test_a_second_decision_is_refused(read: Reader, at: datetime) -> None:
    roster = read([line(1)])
    apply_roster(roster, at=at)

    with pytest.raises(errors.RosterDecidedError):
        apply_roster(roster, at=at)
    with pytest.raises(errors.RosterDecidedError):
        rosters.discard_roster(roster=roster, at=at)

    assert Posting.objects.count() == 1


def test_a_preview_that_no_longer_holds_is_not_applied_but_counted_again(read: Reader, at: datetime) -> None:
    first, second = read([line(1)]), read([line(1, unidad="Compras")])
    apply_roster(first, at=at)
    before = records()

    counts = apply_roster(second, at=at)

    assert records() == before
    assert (second.status, second.reason, second.decided_at) == (RosterStatus.PREVIEW, OUTDATED, None)
    assert (counts.new, counts.moved) == (0, 1)


def test_a_preview_counted_again_can_be_applied(read: Reader, at: datetime) -> None:
    first, second = read([line(1)]), read([line(1, unidad="Compras")])
    apply_roster(first, at=at)
    apply_roster(second, at=at)

    apply_roster(second, at=at)

    assert second.status == RosterStatus.APPLIED


def test_a_roster_before_one_already_applied_is_refused(read: Reader, at: datetime) -> None:
    apply_roster(read([line(1)]), at=at)

    with pytest.raises(errors.RosterDateError) as caught:
        read([line(1)], day=DAY - timedelta(days=1))

    assert caught.value.latest == DAY


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2026, 12, 22)])
def test_a_date_that_cannot_be_meant_is_refused(read: Reader, day: date) -> None:
    with pytest.raises(errors.RosterDateError):
        read([line(1)], day=day)


def test_the_number_of_queries_does_not_grow_with_the_rows_of_a_chunk(read: Reader, at: datetime) -> None:
    few = _count_queries(read([line(n) for n in range(3)]), at)

    many = _count_queries(read([line(n) for n in range(1000, 1030)] + [line(n) for n in range(3)]), at)

    assert many <= few + 3


def test_an_unchanged_chunk_asks_for_no_write_of_people(read: Reader, at: datetime) -> None:
    lines = [line(n) for n in range(30)]
    apply_roster(read(lines), at=at)
    again = read(lines)

    with CaptureQueriesContext(connection) as queries:
        apply_roster(again, at=at)

    tables = ("people_person", "people_posting", "people_unit", "people_leave")
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in writes if any(f'"{table}"' in sql.split("WHERE")[0] for table in tables)]


def _count_queries(roster: RosterImport, at: datetime) -> int:
    return count_queries(lambda: apply_roster(roster, at=at))


def test_a_chunk_stays_below_the_parameters_of_any_sqlite() -> None:
    assert CHUNK_ROWS < 999


def test_a_file_larger_than_a_chunk_gives_the_same_as_in_one_piece(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(CHUNK_ROWS + 5)] + [line(3)])

    assert roster.chunks.count() == 2
    assert (counts_of(roster).new, counts_of(roster).wrong) == (CHUNK_ROWS + 5, 1)
    assert next(list_problems(roster=roster, keys=[TERMS.sealing_key])).detail == "5"


def test_rows_of_another_program_are_read_like_a_file(institution: Institution, at: datetime) -> None:
    rows = [
        {
            "run": make_run(11_000_000 + n), "nombres": "Ana", "apellidos": "Soto", "unidad": "Finanzas",
            "estamento": "profesional", "calidad_juridica": "planta", "desde": date(2025, 3, 1), "hasta": None,
        }
        for n in range(3)
    ]  # fmt: skip

    roster = journey.receive_rows(
        institution=institution, rows=iter(rows), source="SIAPER", roster_date=DAY, uploaded_by=None,
        terms=TERMS, at=at,
    )  # fmt: skip

    assert (roster.status, counts_of(roster).new, counts_of(roster).wrong) == (RosterStatus.PREVIEW, 3, 0)


def test_a_column_that_another_program_invents_is_refused(institution: Institution, at: datetime) -> None:
    with pytest.raises(RosterFileError):
        journey.receive_rows(
            institution=institution, rows=[{"run": "1", "sueldo": 1}], source="SIAPER", roster_date=DAY,
            uploaded_by=None, terms=TERMS, at=at,
        )  # fmt: skip

    assert not RosterImport.objects.exists()


def test_what_depends_on_postings_is_told_whose_changed(
    read: Reader, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_roster(read([line(n) for n in range(20)], day=EARLIER), at=at)
    told: list[int] = []
    monkeypatch.setattr(journey, "follow_people", lambda *, person_ids, at: told.extend(person_ids))
    lines = [line(n) for n in range(1, 19)] + [line(19, unidad="Compras"), line(40)]
    lines[3][1] = "Otro nombre"

    apply_roster(read(lines), at=at)

    names = Person.objects.filter(pk__in=told).values_list("family_names", flat=True)
    assert set(names) == {"Peña 0", "Peña 19", "Peña 40"}
