"""Half-years, deadlines, evidence and staleness."""

from datetime import date

import pytest

from lms.plan.rules.progress import (
    Duty,
    HalfYear,
    HalfYearError,
    ShownStatus,
    Span,
    add_months,
    duty_of,
    freshness,
    half_years,
    is_late,
    reported_span,
    shown_status,
)
from lms.plan.rules.sdg import TARGETS, UnknownTargetError, read_targets


@pytest.mark.parametrize(
    ("reported", "evidence", "shown"),
    [
        (None, 0, ShownStatus.NOT_REPORTED),
        (None, 3, ShownStatus.NOT_REPORTED),
        ("complete", 0, ShownStatus.NO_EVIDENCE),
        ("not_started", 0, ShownStatus.NO_EVIDENCE),
        ("limited", 1, ShownStatus.LIMITED),
    ],
)
def test_status_without_evidence_reads_so(reported: str | None, evidence: int, shown: ShownStatus) -> None:
    assert shown_status(reported=reported, evidence_count=evidence) == shown


@pytest.mark.parametrize(
    ("due_on", "shown", "late"),
    [
        (date(2026, 5, 1), ShownStatus.LIMITED, True),
        (date(2026, 5, 1), ShownStatus.NO_EVIDENCE, True),
        (date(2026, 5, 1), ShownStatus.COMPLETE, False),
        (date(2026, 5, 2), ShownStatus.LIMITED, False),
        (None, ShownStatus.NOT_REPORTED, False),
    ],
)
def test_late_is_past_its_deadline_and_not_shown_complete(
    due_on: date | None, shown: ShownStatus, late: bool
) -> None:
    assert is_late(due_on=due_on, shown=shown, today=date(2026, 5, 2)) == late


@pytest.mark.parametrize(
    ("last_on", "today", "stale_since"),
    [
        (date(2026, 1, 10), date(2026, 7, 10), None),
        (date(2026, 1, 10), date(2026, 7, 11), date(2026, 1, 10)),
        (None, date(2025, 7, 1), None),
        (None, date(2025, 7, 2), date(2025, 1, 1)),
        (date(2025, 8, 31), date(2026, 2, 28), None),
        (date(2025, 8, 31), date(2026, 3, 1), date(2025, 8, 31)),
    ],
)
def test_stale_six_months_after_the_last_report(
    last_on: date | None, today: date, stale_since: date | None
) -> None:
    found = freshness(last_on=last_on, begins_on=date(2025, 1, 1), today=today)
    assert (found.stale_since, found.is_stale) == (stale_since, stale_since is not None)


@pytest.mark.parametrize(
    ("approved_on", "today", "duty"),
    [
        (date(2026, 6, 30), date(2026, 8, 1), Duty.DONE),
        (date(2026, 7, 1), date(2026, 8, 1), Duty.LATE),
        (None, date(2026, 7, 1), Duty.MISSED),
        (None, date(2026, 6, 30), Duty.DUE),
        (None, date(2025, 12, 31), Duty.COMING),
    ],
)
def test_each_half_year_has_its_update(approved_on: date | None, today: date, duty: Duty) -> None:
    assert duty_of(period=HalfYear(2026, 1), span=Span(), approved_on=approved_on, today=today) == duty


@pytest.mark.parametrize(
    ("span", "is_due"),
    [
        (Span(), True),
        (Span(starts_on=date(2026, 6, 30)), True),
        (Span(starts_on=date(2026, 7, 1)), False),
        (Span(ends_on=date(2026, 1, 1)), True),
        (Span(ends_on=date(2025, 12, 31)), False),
    ],
)
def test_nothing_is_due_before_the_start_or_after_the_end(span: Span, is_due: bool) -> None:
    duty = duty_of(period=HalfYear(2026, 1), span=span, approved_on=None, today=date(2026, 8, 1))
    assert duty == (Duty.MISSED if is_due else Duty.NONE)


@pytest.mark.parametrize(
    ("own", "plan", "expected"),
    [
        # Not before the plan came here, on 1 March 2026.
        (Span(), Span(date(2024, 1, 1), date(2026, 12, 31)), Span(date(2026, 3, 1), date(2026, 12, 31))),
        (
            Span(date(2026, 7, 1), date(2026, 9, 30)),
            Span(date(2024, 1, 1), date(2026, 12, 31)),
            Span(date(2026, 7, 1), date(2026, 9, 30)),
        ),
        # A plan that had ended has a last report; a commitment that goes on, those of its own time.
        (Span(), Span(date(2018, 1, 1), date(2020, 8, 31)), Span(date(2026, 3, 1), date(2026, 3, 1))),
        (
            Span(None, date(2026, 12, 31)),
            Span(date(2018, 1, 1), date(2020, 8, 31)),
            Span(date(2026, 3, 1), date(2026, 12, 31)),
        ),
        (Span(), Span(), Span(date(2026, 3, 1), None)),
    ],
)
def test_commitment_is_reported_on_while_it_is_carried_out(own: Span, plan: Span, expected: Span) -> None:
    assert reported_span(own=own, plan=plan, arrived_on=date(2026, 3, 1)) == expected


def test_half_years_of_a_plan() -> None:
    found = half_years(start=date(2025, 12, 31), end=date(2027, 1, 1))
    assert [str(period) for period in found] == ["2025-2", "2026-1", "2026-2", "2027-1"]


def test_end_before_the_start_has_no_half_year() -> None:
    assert list(half_years(start=date(2026, 1, 1), end=date(2025, 12, 31))) == []


@pytest.mark.parametrize("text", ["2026", "2026-3", "26-1", "", "\x00-1", "２０２６-1", "1999-1", "0000-1"])
def test_what_is_no_half_year_is_refused(text: str) -> None:
    with pytest.raises(HalfYearError):
        HalfYear.read(text)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 6, 30), "2026-1"), (date(2026, 7, 1), "2026-2"), (date(2026, 1, 1), "2026-1")],
)
def test_day_lies_in_its_half_year(day: date, words: str) -> None:
    period = HalfYear.of(day)
    assert str(period) == words
    assert day in period
    assert day not in period.previous


def test_months_end_on_their_last_day() -> None:
    assert add_months(date(2024, 8, 31), 6) == date(2025, 2, 28)


def test_agenda_has_169_targets_and_sixteen_twelve_of_them() -> None:
    assert len(TARGETS) == 169
    assert sum(target.startswith("16.") for target in TARGETS) == 12


def test_targets_are_read_in_order_and_once() -> None:
    assert read_targets("16.10, 16.5; 16.a 4  16.5") == ["4", "16.5", "16.10", "16.a"]


@pytest.mark.parametrize("text", ["16.13", "18", "16.c", "corrupción", "\x00"])
def test_number_that_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(UnknownTargetError):
        read_targets(text)
