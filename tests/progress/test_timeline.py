"""Where a person stands in a requirement: tables of cases. The requirement: by 30 June, asked since 1 March."""

from datetime import date

import pytest

from lms.progress.rules.dates import FOREVER, Span
from lms.progress.rules.requirements import DueSpec
from lms.progress.rules.timeline import PersonFacts, Standing
from tests.progress.timelines import (
    DUE,
    OLD_COURSE,
    OTHER_PLACE,
    SECOND_COURSE,
    START,
    done,
    drawn,
    facts,
    job,
    leave,
    started,
    told,
    version,
)

S = Standing


def test_who_does_nothing_is_late_on_the_day_after_the_due_day() -> None:
    assert told(facts()) == [
        (S.NOT_STARTED, START, DUE),
        (S.LATE, date(2026, 7, 1), FOREVER),
    ]


def test_who_has_begun_is_under_way_and_late_all_the_same() -> None:
    assert told(facts(starts=[started(date(2026, 4, 10))])) == [
        (S.NOT_STARTED, START, date(2026, 4, 9)),
        (S.IN_PROGRESS, date(2026, 4, 10), DUE),
        (S.LATE, date(2026, 7, 1), FOREVER),
    ]


def test_who_completes_on_the_due_day_is_never_late() -> None:
    assert told(facts(completions=[done(DUE)])) == [
        (S.NOT_STARTED, START, date(2026, 6, 29)),
        (S.DONE, DUE, FOREVER),
    ]


def test_who_completes_late_is_late_until_then() -> None:
    assert told(facts(completions=[done(date(2026, 8, 1))])) == [
        (S.NOT_STARTED, START, DUE),
        (S.LATE, date(2026, 7, 1), date(2026, 7, 31)),
        (S.DONE, date(2026, 8, 1), FOREVER),
    ]


def test_what_was_completed_before_counts_from_the_first_day() -> None:
    assert told(facts(completions=[done(date(2025, 5, 1))])) == [(S.DONE, START, FOREVER)]


def test_what_had_expired_before_does_not_count() -> None:
    old = done(date(2024, 1, 1), until=date(2025, 1, 1))
    assert told(facts(completions=[old]))[0] == (S.NOT_STARTED, START, DUE)


def test_a_completion_about_to_expire_is_told_thirty_days_before_and_then_asked_for_again() -> None:
    assert told(facts(completions=[done(date(2026, 4, 1), until=date(2027, 4, 1))])) == [
        (S.NOT_STARTED, START, date(2026, 3, 31)),
        (S.DONE, date(2026, 4, 1), date(2027, 3, 2)),
        (S.EXPIRING, date(2027, 3, 3), date(2027, 4, 1)),
        (S.LATE, date(2027, 4, 2), FOREVER),
    ]


def test_after_an_expiry_there_are_days_of_grace() -> None:
    held = done(date(2026, 4, 1), until=date(2027, 4, 1))
    assert told(facts(completions=[held]), version(grace_days=15))[-2:] == [
        (S.NOT_STARTED, date(2027, 4, 2), date(2027, 4, 16)),
        (S.LATE, date(2027, 4, 17), FOREVER),
    ]


def test_recertification_shortens_what_the_certificate_says() -> None:
    person = facts(completions=[done(date(2026, 4, 1))])
    assert (S.EXPIRING, date(2027, 3, 3), date(2027, 4, 1)) in told(person, version(recertify_months=12))


def test_renewing_in_the_window_loses_no_days() -> None:
    person = facts(completions=[done(date(2026, 4, 1)), done(date(2027, 3, 20))])
    segments = drawn(person, version(recertify_months=12))
    assert [s.valid_until for s in segments if s.standing == S.DONE] == [date(2027, 4, 1), date(2028, 4, 1)]
    assert S.LATE not in {s.standing for s in segments if s.first < date(2028, 4, 1)}


def test_renewing_before_the_window_counts_from_that_day() -> None:
    person = facts(completions=[done(date(2026, 4, 1)), done(date(2026, 10, 1))])
    assert drawn(person, version(recertify_months=12))[-2].valid_until == date(2027, 10, 1)


def test_what_is_learned_later_does_not_change_an_earlier_day() -> None:
    """Before the renewal it was about to expire, and the list of that day still says so."""
    person = facts(completions=[done(date(2026, 4, 1)), done(date(2027, 3, 20))])
    expiring = [s for s in told(person, version(recertify_months=12)) if s[0] == S.EXPIRING]
    assert expiring[0] == (S.EXPIRING, date(2027, 3, 3), date(2027, 3, 19))


def test_all_courses_are_needed_where_all_are_asked_for() -> None:
    both = version(courses=(10, SECOND_COURSE))
    one = facts(completions=[done(date(2026, 4, 1))])
    two = facts(completions=[done(date(2026, 4, 1)), done(date(2026, 5, 1), course=SECOND_COURSE)])
    assert S.DONE not in {standing for standing, *_ in told(one, both)}
    assert told(two, both)[-1] == (S.DONE, date(2026, 5, 1), FOREVER)


def test_any_course_is_enough_where_any_is_asked_for() -> None:
    either = version(courses=(10, SECOND_COURSE), mode="any")
    person = facts(completions=[done(date(2026, 5, 1), course=SECOND_COURSE)])
    assert told(person, either)[-1] == (S.DONE, date(2026, 5, 1), FOREVER)


def test_an_equivalent_older_course_counts() -> None:
    person = facts(completions=[done(date(2025, 5, 1), course=OLD_COURSE)])
    assert told(person, version(equivalents={"10": (OLD_COURSE,)})) == [(S.DONE, START, FOREVER)]


# --- Who is reached -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("audience", "is_reached"),
    [
        ({}, True),
        ({"estamentos": ("profesionales",)}, True),
        ({"estamentos": ("directivos",)}, False),
        ({"legal_qualities": ("planta", "contrata")}, True),
        ({"legal_qualities": ("honorarios",)}, False),
        ({"positions": ("jefa de compras",)}, False),
        ({"everybody": False}, False),
        ({"everybody": False, "people": (1,)}, True),
        ({"estamentos": ("directivos",), "people": (1,)}, True),
        ({"excluded": (1,)}, False),
        ({"people": (1,), "excluded": (1,)}, False),
        ({"joined_from": date(2020, 1, 1)}, True),
        ({"joined_from": date(2020, 1, 2)}, False),
    ],
)
def test_the_audience_decides_who_is_reached(audience: dict[str, object], is_reached: bool) -> None:
    assert bool(told(facts(), version(audience=audience))) is is_reached


def test_people_of_another_institution_are_not_reached() -> None:
    assert told(facts(job(institution_id=OTHER_PLACE))) == []


def test_units_narrow_the_audience() -> None:
    assert told(facts(), version(units=frozenset({200}))) == []


def test_who_has_no_job_is_asked_for_nothing() -> None:
    assert told(PersonFacts(person_id=1)) == []


def test_nothing_is_asked_after_the_last_day_of_the_job() -> None:
    leaver = facts(job(last=date(2026, 5, 31)))
    assert told(leaver) == [(S.NOT_STARTED, START, date(2026, 5, 31))]


def test_who_joins_later_has_the_minimum_of_days() -> None:
    newcomer = facts(job(first=date(2026, 6, 20)))
    assert told(newcomer) == [
        (S.NOT_STARTED, date(2026, 6, 20), date(2026, 7, 20)),
        (S.LATE, date(2026, 7, 21), FOREVER),
    ]


def test_a_newcomer_has_no_more_days_than_the_others_had() -> None:
    hasty = version(due=DueSpec(day=date(2026, 3, 11), minimum_days=30))
    assert drawn(facts(job(first=date(2026, 5, 1))), hasty)[0].due_on == date(2026, 5, 11)


def test_days_after_joining_are_counted_from_the_first_day() -> None:
    rule = version(due=DueSpec(kind="days", days=60))
    assert drawn(facts(job(first=date(2026, 5, 1))), rule)[0].due_on == date(2026, 6, 30)


def test_a_move_between_units_changes_the_place_and_not_the_due_day() -> None:
    mover = facts(
        job(last=date(2026, 4, 30)), job(first=date(2026, 5, 1), unit_id=101, posting_id=2),
    )  # fmt: skip
    segments = drawn(mover, version(due=DueSpec(kind="days", days=90)))
    assert [(s.seat.unit_id, s.first, s.due_on) for s in segments if s.standing == S.NOT_STARTED] == [
        (100, START, date(2026, 5, 30)),
        (101, date(2026, 5, 1), date(2026, 5, 30)),
    ]


def test_who_comes_back_after_a_gap_begins_anew() -> None:
    returned = facts(job(last=date(2026, 3, 31)), job(first=date(2026, 9, 1), posting_id=2))
    rule = version(due=DueSpec(kind="days", days=30))
    assert [(s.first, s.due_on) for s in drawn(returned, rule) if s.standing == S.NOT_STARTED] == [
        (START, date(2026, 3, 31)),
        (date(2026, 9, 1), date(2026, 10, 1)),
    ]


def test_of_two_jobs_at_once_the_one_begun_last_counts() -> None:
    both = facts(job(), job(first=date(2026, 4, 1), unit_id=101, posting_id=2))
    assert [s.seat.unit_id for s in drawn(both)][:2] == [100, 101]


def test_a_promotion_into_the_audience_is_the_first_day() -> None:
    promoted = facts(
        job(last=date(2026, 9, 30)),
        job(first=date(2026, 10, 1), estamento="directivos", posting_id=2),
    )
    rule = version(audience={"estamentos": ("directivos",)}, due=DueSpec(kind="days", days=30))
    assert [(s.standing, s.first) for s in drawn(promoted, rule)] == [
        (S.NOT_STARTED, date(2026, 10, 1)),
        (S.LATE, date(2026, 11, 1)),
    ]


# --- Absences ---------------------------------------------------------------------------------------
def test_who_is_on_leave_is_not_late_and_gets_the_days_back() -> None:
    away = facts(absences=[leave(date(2026, 3, 1), date(2026, 7, 31))])
    assert told(away) == [
        (S.ON_LEAVE, START, date(2026, 7, 31)),
        (S.NOT_STARTED, date(2026, 8, 1), date(2026, 8, 30)),
        (S.LATE, date(2026, 8, 31), FOREVER),
    ]


def test_a_short_leave_moves_nothing_when_there_were_days_enough() -> None:
    away = facts(absences=[leave(date(2026, 6, 29), DUE)])
    assert told(away)[-1] == (S.LATE, date(2026, 7, 1), FOREVER)


def test_who_was_late_before_the_leave_is_late_after_it() -> None:
    away = facts(absences=[leave(date(2026, 8, 1), date(2026, 8, 31))])
    assert told(away)[1:] == [
        (S.LATE, date(2026, 7, 1), date(2026, 7, 31)),
        (S.ON_LEAVE, date(2026, 8, 1), date(2026, 8, 31)),
        (S.LATE, date(2026, 9, 1), FOREVER),
    ]


def test_a_leave_without_end_goes_on() -> None:
    assert told(facts(absences=[leave(date(2026, 4, 1))]))[-1] == (S.ON_LEAVE, date(2026, 4, 1), FOREVER)


def test_a_leave_from_another_institution_does_not_count_here() -> None:
    assert S.ON_LEAVE not in {s for s, *_ in told(facts(absences=[leave(START, place=OTHER_PLACE)]))}


def test_who_has_it_has_it_on_leave_too() -> None:
    away = facts(absences=[leave(START)], completions=[done(date(2026, 1, 1))])
    assert told(away) == [(S.DONE, START, FOREVER)]


def test_an_expiry_during_a_leave_gives_the_window_back() -> None:
    away = facts(
        completions=[done(date(2026, 4, 1), until=date(2027, 4, 1))],
        absences=[leave(date(2027, 1, 1), date(2027, 6, 30))],
    )
    assert told(away)[-2:] == [
        (S.NOT_STARTED, date(2027, 7, 1), date(2027, 7, 30)),
        (S.LATE, date(2027, 7, 31), FOREVER),
    ]


def test_who_is_exempt_is_asked_again_when_it_ends() -> None:
    exempt = facts(exemptions=[Span(START, date(2026, 12, 31))])
    assert told(exempt) == [
        (S.EXEMPT, START, date(2026, 12, 31)),
        (S.NOT_STARTED, date(2027, 1, 1), date(2027, 1, 30)),
        (S.LATE, date(2027, 1, 31), FOREVER),
    ]


# --- Changes of a requirement -----------------------------------------------------------------------
def test_a_later_due_day_holds_from_the_day_it_was_published() -> None:
    extended = version(date(2026, 7, 10), due=DueSpec(day=date(2026, 8, 31)))
    assert told(facts(), version(), extended) == [
        (S.NOT_STARTED, START, DUE),
        (S.LATE, date(2026, 7, 1), date(2026, 7, 9)),
        (S.NOT_STARTED, date(2026, 7, 10), date(2026, 8, 31)),
        (S.LATE, date(2026, 9, 1), FOREVER),
    ]


def test_who_is_reached_by_a_change_has_days_from_that_day() -> None:
    narrow = version(audience={"estamentos": ("directivos",)})
    wide = version(date(2026, 6, 20))
    assert told(facts(), narrow, wide)[0] == (S.NOT_STARTED, date(2026, 6, 20), date(2026, 7, 20))


def test_after_a_withdrawal_nothing_is_asked() -> None:
    withdrawn = version(date(2026, 4, 1), audience={"everybody": False})
    assert told(facts(), version(), withdrawn) == [(S.NOT_STARTED, START, date(2026, 3, 31))]
