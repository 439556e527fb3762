"""What was planned is sent only if it is still true."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.notices.rules.kinds import Kind, Reason
from lms.notices.rules.validity import Present, PresentAnswer, find_answer_obstacle, find_obstacle
from lms.progress.rules.timeline import Standing

S = Standing
DAY, ASSIGNED, DUE, UNTIL = date(2026, 12, 10), date(2026, 11, 2), date(2026, 12, 17), date(2027, 1, 9)


def present(standing: Standing, **more: date) -> Present:
    return Present(
        standing, more.get("assigned_on", ASSIGNED), more.get("due_on", DUE), more.get("until", UNTIL)
    )


@pytest.mark.parametrize(
    ("kind", "key", "now", "expected"),
    [
        (Kind.ASSIGNED, ASSIGNED, present(S.NOT_STARTED), Reason.NONE),
        (Kind.ASSIGNED, ASSIGNED, present(S.IN_PROGRESS), Reason.STARTED),
        (Kind.ASSIGNED, ASSIGNED, present(S.LATE), Reason.PAST),
        (Kind.ASSIGNED, date(2026, 11, 3), present(S.NOT_STARTED), Reason.CHANGED),
        (Kind.DUE_7, DUE, present(S.NOT_STARTED), Reason.NONE),
        (Kind.DUE_7, DUE, present(S.IN_PROGRESS), Reason.NONE),
        (Kind.DUE_7, DUE, present(S.DONE), Reason.COMPLETED),
        (Kind.DUE_7, DUE, present(S.EXPIRING), Reason.COMPLETED),
        (Kind.DUE_7, DUE, present(S.EXEMPT), Reason.NOT_ASKED),
        (Kind.DUE_7, DUE, present(S.ON_LEAVE), Reason.NOT_ASKED),
        (Kind.DUE_7, DUE, None, Reason.NOT_ASKED),
        (Kind.DUE_7, DUE, present(S.NOT_STARTED, due_on=date(2027, 3, 1)), Reason.CHANGED),
        (Kind.DUE_1, date(2026, 12, 9), present(S.LATE, due_on=date(2026, 12, 9)), Reason.PAST),
        (Kind.LATE, DUE, present(S.LATE), Reason.NONE),
        (Kind.LATE, DUE, present(S.IN_PROGRESS, due_on=date(2027, 3, 1)), Reason.CHANGED),
        (Kind.LATE, DUE, present(S.DONE), Reason.COMPLETED),
        (Kind.EXPIRING, UNTIL, present(S.EXPIRING), Reason.NONE),
        (Kind.EXPIRING, UNTIL, present(S.DONE), Reason.COMPLETED),
        (Kind.EXPIRING, date(2026, 1, 1), present(S.EXPIRING), Reason.CHANGED),
        (Kind.MANUAL, DAY, present(S.LATE), Reason.NONE),
        (Kind.MANUAL, DAY, present(S.EXPIRING), Reason.NONE),
        (Kind.MANUAL, DAY, present(S.DONE), Reason.COMPLETED),
        (Kind.MANUAL, DAY, present(S.ON_LEAVE), Reason.NOT_ASKED),
    ],
)
def test_a_notice_holds_or_says_why_not(kind: Kind, key: date, now: Present | None, expected: Reason) -> None:
    assert find_obstacle(kind=kind, key=key, present=now, day=DAY) == expected


ANSWERED_AT = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
BEFORE, AFTER = ANSWERED_AT - timedelta(hours=1), ANSWERED_AT + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({}, Reason.NONE),
        ({"replied_at": BEFORE}, Reason.NONE),
        ({"replied_at": AFTER, "is_open": True}, Reason.REOPENED),
        ({"replied_at": AFTER}, Reason.REOPENED),  # and answered again
        ({"replied_at": ANSWERED_AT, "is_open": True}, Reason.REOPENED),
        ({"replied_at": AFTER, "is_withdrawn": True}, Reason.TAKEN_BACK),
        ({"is_own": False}, Reason.NOTHING),
    ],
)
def test_an_answer_holds_while_it_is_the_last_word(now: dict[str, object], expected: Reason) -> None:
    plain = {"replied_at": None, "is_open": False, "is_withdrawn": False, "is_own": True}
    present = PresentAnswer(answered_at=ANSWERED_AT, **(plain | now))  # type: ignore[arg-type]
    assert find_answer_obstacle(present) == expected
