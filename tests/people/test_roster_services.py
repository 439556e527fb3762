"""Rosters read, applied, repeated and discarded."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from lms.people.models import (
    Estamento,
    Institution,
    Person,
    Posting,
    RosterImport,
    RosterStatus,
    Unit,
)
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RosterFileError
from lms.people.services import rosters
from lms.people.services.roster_changes import CHUNK
from tests.factories.people import (
    InstitutionFactory,
    PersonFactory,
    PostingFactory,
    UnitFactory,
    make_run,
)
from tests.people.rosters import DAY, csv_file, line, xlsx_file
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

Reader = Callable[..., RosterImport]


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory()


@pytest.fixture
def read(institution: Institution, at: datetime) -> Reader:
    """Reads lines (or a file) as a roster of ``institution``."""

    def read_lines(
        lines: list[list[object]] | io.BytesIO, *, day: date = DAY, name: str = "nomina.csv"
    ) -> RosterImport:
        return rosters.read_roster(
            institution=institution,
            file=lines if isinstance(lines, io.BytesIO) else csv_file(lines),
            file_name=name,
            roster_date=day,
            run_key=settings.RUN_KEY,
            uploaded_by=None,
            at=at,
        )

    return read_lines


def counts_of(roster: RosterImport) -> RosterCounts:
    roster.refresh_from_db()
    return RosterCounts.from_stored(roster.counts)


def snapshot() -> list[list[dict[str, object]]]:
    """All rows of people, postings and units."""
    return [list(model.objects.order_by("pk").values()) for model in (Person, Posting, Unit)]


def test_a_preview_counts_and_changes_nothing(read: Reader) -> None:
    before = snapshot()

    counts = counts_of(read([line(1), line(2), line(3, estamento="Rey")]))

    assert (counts.new, counts.wrong, counts.new_units) == (2, 1, 1)
    assert counts.new_unit_names == ["Finanzas"]
    assert snapshot() == before


def test_applying_creates_people_units_and_postings(
    read: Reader, institution: Institution, at: datetime
) -> None:
    rosters.apply_roster(roster=read([line(1), line(2, hasta="31-12-2026")]), at=at)

    second = Posting.objects.select_related("person", "unit").get(person__family_names="Peña 2")
    assert (second.institution, second.unit.name) == (institution, "Finanzas")
    assert (second.estamento, second.legal_quality) == (Estamento.PROFESIONALES, "contrata")
    assert (second.valid_from, second.valid_until) == (date(2025, 3, 1), date(2026, 12, 31))
    assert (second.person.email, second.person.created_at) == ("p2@servicio.example", at)
    assert Unit.objects.count() == 1


def test_the_same_file_twice_changes_nothing(read: Reader, at: datetime) -> None:
    lines = [line(n, hasta="31-12-2027" if n % 2 else "") for n in range(30)]
    rosters.apply_roster(roster=read(lines), at=at)
    before = snapshot()

    second = read(lines)
    counts = rosters.apply_roster(roster=second, at=at + timedelta(hours=1))

    assert (counts.unchanged, counts.writes, counts.new_units) == (30, 0, 0)
    assert snapshot() == before


def test_a_workbook_after_the_csv_of_the_same_people_changes_nothing(read: Reader, at: datetime) -> None:
    rosters.apply_roster(roster=read([line(1), line(2)]), at=at)

    assert counts_of(read(xlsx_file([line(1), line(2)]))).unchanged == 2


def test_a_changed_name_is_corrected(read: Reader, at: datetime) -> None:
    rosters.apply_roster(roster=read([line(1)]), at=at)

    rosters.apply_roster(roster=read([line(1, apellidos="Sotomayor")]), at=at)

    assert Person.objects.get().family_names == "Sotomayor"
    assert Posting.objects.count() == 1


def test_a_move_closes_one_posting_and_opens_the_next(read: Reader, at: datetime) -> None:
    rosters.apply_roster(roster=read([line(1)], day=date(2026, 6, 1)), at=at)

    counts = rosters.apply_roster(roster=read([line(1, unidad="Compras")]), at=at)

    old, new = Posting.objects.order_by("valid_from")
    assert counts.moved == 1
    assert (old.valid_until, new.valid_from, new.unit.name) == (date(2026, 10, 31), DAY, "Compras")


def test_who_is_absent_ends_the_day_before_and_stays_a_person(read: Reader, at: datetime) -> None:
    rosters.apply_roster(roster=read([line(n) for n in range(5)], day=date(2026, 6, 1)), at=at)

    counts = rosters.apply_roster(roster=read([line(n) for n in range(4)]), at=at)

    assert (counts.ended, counts.unchanged, counts.current) == (1, 4, 5)
    assert Person.objects.count() == 5
    assert Posting.objects.get(person__family_names="Peña 4").valid_until == date(2026, 10, 31)


def test_a_person_of_another_institution_is_recognised_and_keeps_both_postings(
    read: Reader, at: datetime
) -> None:
    person = PersonFactory(run=make_run(11_000_001), given_names="Ana")
    PostingFactory(person=person)

    counts = rosters.apply_roster(roster=read([line(1)]), at=at)

    person.refresh_from_db()
    assert counts.joined == 1
    assert person.postings.count() == 2
    assert person.given_names == "Ana"  # the other institution has her in force


def test_people_of_other_institutions_never_end(read: Reader, at: datetime) -> None:
    elsewhere = PostingFactory()

    rosters.apply_roster(roster=read([line(1)]), at=at)

    elsewhere.refresh_from_db()
    assert elsewhere.valid_until is None


def test_people_without_a_run_are_left_alone_and_counted(
    read: Reader, institution: Institution, at: datetime
) -> None:
    posting = PostingFactory(institution=institution, person=PersonFactory(without_run=True))

    counts = rosters.apply_roster(roster=read([line(1)]), at=at)

    posting.refresh_from_db()
    assert (counts.without_run, counts.ended, posting.valid_until) == (1, 0, None)


def test_a_known_unit_is_used_by_its_code(read: Reader, institution: Institution, at: datetime) -> None:
    unit = UnitFactory(institution=institution, code="FIN", name="Finanzas y Presupuesto")

    rosters.apply_roster(roster=read([line(1, unidad="fin")]), at=at)

    assert Posting.objects.get().unit == unit


def test_with_a_wrong_row_nothing_is_applied_by_default(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(40)] + [line(99, estamento="Rey")])

    with pytest.raises(rosters.RosterHasErrorsError):
        rosters.apply_roster(roster=roster, at=at)

    assert not Person.objects.exists()


def test_few_wrong_rows_can_be_left_out_when_chosen(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(40)] + [line(99, estamento="Rey")])

    rosters.apply_roster(roster=roster, at=at, include_errors=True)

    assert Person.objects.count() == 40


def test_many_wrong_rows_can_never_be_left_out(read: Reader, at: datetime) -> None:
    roster = read([line(n) for n in range(10)] + [line(99, estamento="Rey")])

    with pytest.raises(rosters.RosterHasErrorsError):
        rosters.apply_roster(roster=roster, at=at, include_errors=True)


def test_people_of_wrong_rows_do_not_end(read: Reader, at: datetime) -> None:
    everybody = [line(n) for n in range(60)]
    rosters.apply_roster(roster=read(everybody, day=date(2026, 6, 1)), at=at)
    everybody[7] = line(7, correo="sin arroba")

    counts = rosters.apply_roster(roster=read(everybody), at=at, include_errors=True)

    assert (counts.wrong, counts.ended) == (1, 0)


def test_a_cut_file_needs_a_confirmation(read: Reader, at: datetime) -> None:
    rosters.apply_roster(roster=read([line(n) for n in range(50)], day=date(2026, 6, 1)), at=at)
    cut = read([line(n) for n in range(35)])

    with pytest.raises(rosters.EndedNotConfirmedError):
        rosters.apply_roster(roster=cut, at=at)
    assert Posting.objects.filter(valid_until__isnull=True).count() == 50

    assert rosters.apply_roster(roster=cut, at=at, confirm_ended=True).ended == 15


def test_a_second_decision_is_refused(read: Reader, at: datetime) -> None:
    roster = read([line(1)])
    rosters.apply_roster(roster=roster, at=at)

    with pytest.raises(rosters.RosterDecidedError):
        rosters.apply_roster(roster=roster, at=at)
    with pytest.raises(rosters.RosterDecidedError):
        rosters.discard_roster(roster=roster, at=at)

    assert Posting.objects.count() == 1


def test_a_preview_that_no_longer_holds_is_not_applied_but_counted_again(read: Reader, at: datetime) -> None:
    first, second = read([line(1)]), read([line(1, unidad="Compras")])
    rosters.apply_roster(roster=first, at=at)
    before = snapshot()

    with pytest.raises(rosters.RosterOutdatedError):
        rosters.apply_roster(roster=second, at=at)

    assert snapshot() == before
    assert (counts_of(second).new, counts_of(second).moved) == (0, 1)
    rosters.apply_roster(roster=second, at=at)


def test_a_database_that_gives_up_waiting_leaves_the_preview_to_be_tried_again(
    read: Reader, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = read([line(1)])
    with monkeypatch.context() as patch:
        patch.setattr(rosters, "write_roster", Mock(side_effect=OperationalError("deadlock detected")))
        with pytest.raises(rosters.RosterBusyError):
            rosters.apply_roster(roster=roster, at=at)

    assert rosters.apply_roster(roster=roster, at=at).new == 1


def test_a_roster_before_one_already_applied_is_refused(read: Reader, at: datetime) -> None:
    rosters.apply_roster(roster=read([line(1)]), at=at)

    with pytest.raises(rosters.RosterDateError) as caught:
        read([line(1)], day=DAY - timedelta(days=1))

    assert caught.value.latest == DAY


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2026, 12, 22)])
def test_a_date_that_cannot_be_meant_is_refused(read: Reader, day: date) -> None:
    with pytest.raises(rosters.RosterDateError):
        read([line(1)], day=day)


def test_a_file_that_cannot_be_read_leaves_no_trace(read: Reader) -> None:
    with pytest.raises(RosterFileError):
        read(io.BytesIO(b"nada"))

    assert not RosterImport.objects.exists()


@pytest.mark.parametrize("decide", [rosters.apply_roster, rosters.discard_roster])
def test_a_decision_erases_rows_and_quotations(
    read: Reader, at: datetime, decide: Callable[..., object]
) -> None:
    roster = read([line(n) for n in range(60)] + [line(99, estamento="Rey"), line(1)])
    options = {"include_errors": True} if decide is rosters.apply_roster else {}

    decide(roster=roster, at=at, **options)

    roster.refresh_from_db()
    assert (roster.rows, roster.decided_at) == (None, at)
    assert [error["detail"] for error in roster.errors] == ["", "3"]


def test_the_same_upload_twice_leaves_one_preview(read: Reader) -> None:
    first, second = read([line(1)]), read([line(1)])

    first.refresh_from_db()
    assert (first.status, second.status) == (RosterStatus.DISCARDED, RosterStatus.PREVIEW)


def test_unused_previews_are_discarded_after_a_week(read: Reader, at: datetime) -> None:
    roster = read([line(1)])

    assert rosters.discard_unused_rosters(at=at + timedelta(days=7)) == 0
    assert rosters.discard_unused_rosters(at=at + timedelta(days=7, seconds=1)) == 1

    roster.refresh_from_db()
    assert (roster.status, roster.rows) == (RosterStatus.DISCARDED, None)


def test_no_run_stays_anywhere_in_the_database(read: Reader, at: datetime) -> None:
    wrong = make_run(11_000_900)
    lines = [line(n) for n in range(40)] + [line(99, run="11.000.900-" + ("1" if wrong[-1] != "1" else "2"))]
    roster = read(lines, name="nomina 11.000.001-9.csv")
    _assert_no_run()

    rosters.apply_roster(roster=roster, at=at, include_errors=True)

    _assert_no_run()


def _assert_no_run() -> None:
    """Looks for the bodies of the tests' RUN in every column of every table, rows unpacked."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for values in cursor.fetchall():
                text = " ".join(map(_readable, values))
                assert not any(body in text for body in ("110000", "11.000.0", "110009", "11.000.9")), table


def _readable(value: object) -> str:
    """The value as text, without fingerprints and identifiers, whose random digits may be any."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes) and value.startswith(b'{"has_until"'):
        _kept, packed = rosters._split(value)
        value = list(rosters.unpack_rows(packed))
    return re.sub(r"[0-9a-f-]{32,}", "", str(value))


def test_the_number_of_queries_does_not_grow_with_the_rows_of_a_chunk(read: Reader, at: datetime) -> None:
    few = _count_queries(read([line(n) for n in range(3)]), at)
    rosters.apply_roster(roster=read([line(n) for n in range(3)]), at=at)

    many = _count_queries(read([line(n) for n in range(1000, 1030)] + [line(n) for n in range(3)]), at)

    assert many <= few + 1


def _count_queries(roster: RosterImport, at: datetime) -> int:
    return count_queries(lambda: rosters.apply_roster(roster=roster, at=at))


def test_a_chunk_stays_below_the_parameters_of_any_sqlite() -> None:
    assert CHUNK < 999
