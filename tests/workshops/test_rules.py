from datetime import UTC, datetime, timedelta

import pytest

from lms.workshops.rules import (
    Mark,
    QueueEntry,
    SessionFacts,
    SessionProblem,
    SheetChange,
    SignUpRefusal,
    decide_sheet,
    find_problems,
    may_mark,
    promote,
    refuse_sign_up,
    seats_left,
    waiting_position,
)

NOON = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SESSION = SessionFacts(NOON, NOON + 4 * HOUR, 30)
HIDDEN = SessionFacts(NOON, NOON + 4 * HOUR, 30, is_published=False)
CANCELLED = SessionFacts(NOON, NOON + 4 * HOUR, 30, is_cancelled=True)
P, A, N = Mark.PRESENT, Mark.ABSENT, Mark.NONE


def entry(id: int, minute: int, has_seat: bool = False) -> QueueEntry:
    return QueueEntry(id, NOON - HOUR + timedelta(minutes=minute), has_seat)


@pytest.mark.parametrize(
    ("session", "at", "expected"),
    [
        (SESSION, NOON - HOUR, None),
        (SESSION, NOON - timedelta(seconds=1), None),
        (SESSION, NOON, SignUpRefusal.STARTED),
        (SESSION, NOON + 9 * HOUR, SignUpRefusal.STARTED),
        (HIDDEN, NOON - HOUR, SignUpRefusal.NOT_PUBLISHED),
        (CANCELLED, NOON - HOUR, SignUpRefusal.CANCELLED),
    ],
)
def test_sign_up_closes(session: SessionFacts, at: datetime, expected: SignUpRefusal | None) -> None:
    assert refuse_sign_up(session=session, at=at) == expected


@pytest.mark.parametrize(
    ("seats", "queue", "expected"),
    [
        (2, [], ()),
        (2, [entry(1, 1), entry(2, 2), entry(3, 3)], (1, 2)),
        (2, [entry(1, 9), entry(2, 2)], (2, 1)),
        (1, [entry(2, 5), entry(1, 5)], (1,)),
        (2, [entry(1, 1, True), entry(2, 2, True), entry(3, 3)], ()),
        (1, [entry(1, 1, True), entry(2, 2, True), entry(3, 3)], ()),
        (3, [entry(1, 9, True), entry(2, 2), entry(3, 3)], (2, 3)),
    ],
)
def test_free_seats_go_to_who_asked_first(
    seats: int, queue: list[QueueEntry], expected: tuple[int, ...]
) -> None:
    assert promote(seats=seats, queue=queue) == expected


@pytest.mark.parametrize(("id", "expected"), [(1, None), (2, 2), (3, 1), (9, None)])
def test_position_counts_those_who_wait(id: int, expected: int | None) -> None:
    queue = [entry(1, 1, True), entry(2, 5), entry(3, 3)]
    assert waiting_position(queue=queue, id=id) == expected


@pytest.mark.parametrize(
    ("registered", "waiting", "expected"), [(0, 0, 30), (22, 0, 8), (30, 0, 0), (29, 1, 0), (31, 0, 0)]
)
def test_a_free_seat_belongs_to_those_who_wait(registered: int, waiting: int, expected: int) -> None:
    assert seats_left(seats=30, registered=registered, waiting=waiting) == expected


def test_good_session_has_no_problem() -> None:
    assert find_problems(draft=SESSION, at=NOON - HOUR) == ()


@pytest.mark.parametrize("length", [timedelta(0), -HOUR])
def test_session_must_end_after_it_starts(length: timedelta) -> None:
    draft = SessionFacts(NOON, NOON + length, 30)
    assert find_problems(draft=draft, at=NOON - HOUR) == (SessionProblem.END_BEFORE_START,)


def test_new_session_cannot_start_in_the_past() -> None:
    assert find_problems(draft=SESSION, at=NOON) == (SessionProblem.START_IN_PAST,)


def test_held_session_can_still_be_described() -> None:
    assert find_problems(draft=SESSION, at=NOON + HOUR, current=SESSION) == ()


def test_session_cannot_be_moved_into_the_past() -> None:
    moved = SessionFacts(NOON - HOUR, NOON + HOUR, 30)
    assert find_problems(draft=moved, at=NOON, current=SESSION) == (SessionProblem.START_IN_PAST,)


@pytest.mark.parametrize(
    ("registered", "expected"), [(30, ()), (31, (SessionProblem.SEATS_BELOW_REGISTERED,))]
)
def test_nobody_loses_a_seat(registered: int, expected: tuple[SessionProblem, ...]) -> None:
    assert find_problems(draft=SESSION, at=NOON - HOUR, registered=registered, current=SESSION) == expected


def test_session_with_people_cannot_be_hidden() -> None:
    found = find_problems(draft=HIDDEN, at=NOON - HOUR, waiting=1, current=SESSION)
    assert found == (SessionProblem.HIDDEN_WITH_PEOPLE,)


@pytest.mark.parametrize(
    ("session", "at", "expected"),
    [
        (SESSION, NOON - timedelta(minutes=61), False),
        (SESSION, NOON - HOUR, True),
        (SESSION, NOON + timedelta(days=90), True),
        (CANCELLED, NOON + HOUR, False),
    ],
)
def test_marking_opens_an_hour_before(session: SessionFacts, at: datetime, expected: bool) -> None:
    assert may_mark(session=session, at=at) is expected


@pytest.mark.parametrize(
    ("current", "wanted", "attended", "voided", "absent"),
    [
        ({1: N}, {1: N}, set(), set(), set()),
        ({1: N}, {1: P}, {1}, set(), set()),
        ({1: N}, {1: A}, set(), set(), {1}),
        ({1: P}, {1: P}, set(), set(), set()),
        ({1: P}, {1: A}, set(), {1}, {1}),
        ({1: A}, {1: P}, {1}, set(), set()),
        ({1: P}, {1: N}, set(), set(), set()),
        ({1: P}, {}, set(), set(), set()),
        ({1: N}, {2: P}, set(), set(), set()),
        ({1: P, 2: N, 3: A}, {1: A, 2: P, 3: A}, {2}, {1}, {1}),
    ],
)
def test_sheet_changes_only_what_differs(
    current: dict[int, Mark], wanted: dict[int, Mark], attended: set[int], voided: set[int], absent: set[int]
) -> None:
    change = decide_sheet(current=current, wanted=wanted)
    assert change == SheetChange(frozenset(attended), frozenset(voided), frozenset(absent))
