"""What a row changes, who no longer appears, and the two guards."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rosters.guards import last_day_of_absent, may_leave_errors_out, needs_confirmation
from lms.people.rosters.plan import (
    Correction,
    Decision,
    Opening,
    Particulars,
    PersonState,
    PostingEnd,
    PostingState,
    Verdict,
    decide_row,
)
from lms.people.rosters.rows import Mention, RosterRow
from lms.people.rosters.storage import RowChunk, pack_chunk, unpack_chunk
from lms.people.rosters.units import UnitBook, UnitEntry
from tests.people.rosters import DAY

ROW = RosterRow(
    number=2,
    fingerprint="ab" * 32,
    run_masked="11.•••.•01-0",
    given_names="Ana",
    family_names="Soto",
    email="ana@servicio.example",
    unit_code="",
    unit_name="Finanzas",
    estamento="profesionales",
    legal_quality="contrata",
    valid_from=None,
    valid_until=None,
)
POSTING = PostingState(7, 1, "profesionales", "contrata", date(2024, 1, 1), None)
PERSON = PersonState(3, "Ana", "Soto", "ana@servicio.example", (POSTING,), is_elsewhere=False)


def decide(
    row: RosterRow = ROW, person: PersonState | None = PERSON, unit: int | None = 1, has_until: bool = True
) -> Decision:
    return decide_row(row=row, person=person, unit_id=unit, roster_date=DAY, has_until=has_until)


def test_an_unknown_person_is_new_from_the_given_day() -> None:
    assert decide(replace(ROW, valid_from=date(2025, 3, 1)), None).opens == Opening(date(2025, 3, 1), None)


def test_without_a_first_day_the_date_of_the_roster_counts() -> None:
    assert decide(ROW, None).opens == Opening(DAY, None)


def test_the_same_job_and_name_is_unchanged() -> None:
    assert decide() == Decision(Verdict.UNCHANGED)


@pytest.mark.parametrize(
    "change", [{"given_names": "Anita"}, {"family_names": "Sotomayor"}, {"email": "a@servicio.example"}]
)
def test_another_name_or_address_is_a_change(change: dict[str, str]) -> None:
    assert decide(replace(ROW, **change)) == Decision(Verdict.CHANGED, renames=True)


def test_an_empty_address_does_not_erase_the_recorded_one() -> None:
    assert decide(replace(ROW, email="")).verdict is Verdict.UNCHANGED


def test_names_of_people_in_force_elsewhere_are_not_rewritten() -> None:
    person = replace(PERSON, is_elsewhere=True)

    assert decide(replace(ROW, given_names="Otra", email="x@servicio.example"), person).renames is False


@pytest.mark.parametrize("change", [{"estamento": "tecnicos"}, {"legal_quality": "planta"}])
def test_another_job_closes_the_posting_the_day_before_and_opens_one(change: dict[str, str]) -> None:
    decision = decide(replace(ROW, **change))

    assert decision.verdict is Verdict.MOVED
    assert decision.closes == PostingEnd(7, date(2026, 10, 31))
    assert decision.opens == Opening(DAY, None)


def test_another_or_a_new_unit_is_a_move() -> None:
    assert decide(unit=2).verdict is Verdict.MOVED
    assert decide(unit=None).verdict is Verdict.MOVED


def test_a_move_happens_on_the_given_day_when_it_is_after_the_start() -> None:
    decision = decide(replace(ROW, valid_from=date(2026, 8, 1), estamento="tecnicos"))

    assert decision.opens == Opening(date(2026, 8, 1), None)
    assert decision.closes == PostingEnd(7, date(2026, 7, 31))


def test_a_first_day_before_the_posting_does_not_rewrite_history() -> None:
    decision = decide(replace(ROW, valid_from=date(2010, 1, 1), estamento="tecnicos"))

    assert decision.opens == Opening(DAY, None)


def test_a_posting_begun_on_the_same_date_is_corrected_in_place() -> None:
    person = replace(PERSON, postings=(replace(POSTING, valid_from=DAY),))

    assert decide(unit=2, person=person) == Decision(Verdict.MOVED, corrects=Correction(7, None))


def test_a_last_day_is_recorded_as_a_change() -> None:
    until = date(2026, 12, 31)

    assert decide(replace(ROW, valid_until=until)) == Decision(Verdict.CHANGED, corrects=Correction(7, until))


def test_a_file_without_last_days_leaves_the_recorded_ones() -> None:
    person = replace(PERSON, postings=(replace(POSTING, valid_until=date(2026, 12, 31)),))

    assert decide(person=person, has_until=False).verdict is Verdict.UNCHANGED
    assert decide(person=person, has_until=True).corrects == Correction(7, None)


def test_who_comes_back_joins_after_the_end_of_the_earlier_posting() -> None:
    person = replace(PERSON, postings=(replace(POSTING, valid_until=date(2026, 6, 30)),))

    decision = decide(replace(ROW, valid_from=date(2024, 1, 1)), person)

    assert (decision.verdict, decision.opens) == (Verdict.JOINED, Opening(date(2026, 7, 1), None))


def test_a_posting_ends_before_one_recorded_to_begin_later() -> None:
    person = replace(PERSON, postings=(replace(POSTING, valid_from=date(2027, 1, 1)),))

    assert decide(person=person).opens == Opening(DAY, date(2026, 12, 31))


def test_an_absent_person_ends_the_day_before_the_roster() -> None:
    assert last_day_of_absent(valid_from=date(2024, 1, 1), valid_until=None, roster_date=DAY) == date(
        2026, 10, 31
    )


def test_an_absent_person_who_began_on_the_date_ends_that_day_once() -> None:
    assert last_day_of_absent(valid_from=DAY, valid_until=None, roster_date=DAY) == DAY
    assert last_day_of_absent(valid_from=DAY, valid_until=DAY, roster_date=DAY) is None


@pytest.mark.parametrize(
    ("ended", "current", "expected"),
    [
        (0, 0, False),
        (0, 50, False),
        (9, 20, False),
        (10, 50, False),
        (11, 50, True),
        (3, 3, True),
        (1, 1, True),
    ],
)
def test_many_endings_need_a_confirmation(ended: int, current: int, expected: bool) -> None:
    assert needs_confirmation(ended=ended, current=current) is expected


@pytest.mark.parametrize(("percent", "expected"), [(5, True), (11, True), (12, False), (50, False)])
def test_the_share_that_needs_a_confirmation_is_set_by_the_installation(percent: int, expected: bool) -> None:
    assert needs_confirmation(ended=12, current=100, percent=percent) is expected


@pytest.mark.parametrize(("wrong", "correct", "expected"), [(4, 100, True), (5, 100, False), (1, 0, False)])
def test_errors_may_be_left_out_below_five_percent(wrong: int, correct: int, expected: bool) -> None:
    assert may_leave_errors_out(wrong=wrong, correct=correct) is expected


DATES = st.dates(date(2023, 1, 1), DAY)


@given(
    starts=st.lists(DATES, unique=True, max_size=4),
    is_open=st.booleans(),
    wanted=st.none() | DATES,
    until=st.none() | st.dates(DAY, date(2028, 1, 1)),
    estamento=st.sampled_from(["profesionales", "tecnicos"]),
)
def test_postings_never_overlap_and_a_second_time_nothing_changes(
    starts: list[date], is_open: bool, wanted: date | None, until: date | None, estamento: str
) -> None:
    postings = _in_a_row(sorted(starts), is_open)
    row = replace(ROW, valid_from=wanted, valid_until=until, estamento=estamento)
    person = replace(PERSON, postings=postings)

    after = _carry_out(decide(row, person), row, postings)

    ordered = sorted(after, key=lambda p: p.valid_from)
    for earlier, later in pairwise(ordered):
        assert earlier.valid_until is not None
        assert earlier.valid_until < later.valid_from
    assert all(p.valid_until is None or p.valid_until >= p.valid_from for p in after)
    assert decide(row, replace(person, postings=tuple(after))).verdict is Verdict.UNCHANGED


def _in_a_row(starts: list[date], is_open: bool) -> tuple[PostingState, ...]:
    """Postings that follow each other, each ending the day the next begins minus one."""
    postings = []
    for index, start in enumerate(starts):
        following = starts[index + 1] if index + 1 < len(starts) else None
        end = date.fromordinal(following.toordinal() - 1) if following else None
        if end is None and not is_open:
            end = start
        postings.append(PostingState(index + 1, 1, "profesionales", "contrata", start, end))
    return tuple(postings)


def _carry_out(decision: Decision, row: RosterRow, postings: tuple[PostingState, ...]) -> list[PostingState]:
    after = []
    for posting in postings:
        if decision.closes and posting.id == decision.closes.posting_id:
            posting = replace(posting, valid_until=decision.closes.valid_until)
        if decision.corrects and posting.id == decision.corrects.posting_id:
            posting = replace(posting, estamento=row.estamento, valid_until=decision.corrects.valid_until)
        after.append(posting)
    if decision.opens:
        after.append(
            PostingState(
                99, 1, row.estamento, "contrata", decision.opens.valid_from, decision.opens.valid_until
            )
        )
    return after


def test_a_unit_is_found_by_code_or_name_without_case_and_accents() -> None:
    finance = UnitEntry(1, "FIN", "División de Finanzas")
    book = UnitBook([finance])

    assert book.resolve(code="", name="division de  FINANZAS") is finance
    assert book.resolve(code="", name="fin") is finance
    assert book.resolve(code="FIN", name="Otro nombre") is finance
    assert not book.new


def test_an_unknown_unit_is_made_once_with_a_code_of_its_own() -> None:
    book = UnitBook([UnitEntry(1, "oficina-de-partes", "Otra")])

    first = book.resolve(code="", name="Oficina de Partes")
    again = book.resolve(code="", name="OFICINA DE PARTES")

    assert first is again
    assert (first.id, first.code, len(book.new)) == (None, "oficina-de-partes-2", 1)


def test_packed_rows_come_back_as_they_were() -> None:
    rows = [replace(ROW, number=n, valid_until=date(2026, 12, 31), grade="5") for n in range(900)]
    mentioned = [Mention("ab" * 32, 7)]

    content = unpack_chunk(pack_chunk(RowChunk(rows, mentioned)))

    assert (list(content.rows), list(content.mentioned)) == (rows, mentioned)


@pytest.mark.parametrize(
    ("change", "particulars"),
    [
        ({"grade": "7"}, Particulars("7", "Jefa", "CL-RM")),
        ({"position": "Analista"}, Particulars("5", "Analista", "CL-RM")),
        ({"region": "CL-NB"}, Particulars("5", "Jefa", "CL-NB")),
        ({"grade": "", "position": "", "region": ""}, Particulars()),
    ],
)
def test_another_grade_position_or_region_corrects_the_posting(
    change: dict[str, str], particulars: Particulars
) -> None:
    person = replace(PERSON, postings=(replace(POSTING, grade="5", position="Jefa", region="CL-RM"),))

    assert decide(replace(ROW, **change), person) == Decision(
        Verdict.CHANGED, corrects=Correction(7, None, particulars)
    )


def test_what_the_file_has_no_column_for_goes_along_to_the_next_posting() -> None:
    person = replace(PERSON, postings=(replace(POSTING, grade="5", position="Jefa", region="CL-RM"),))

    assert decide(unit=2, person=person).opens == Opening(DAY, None, Particulars("5", "Jefa", "CL-RM"))
