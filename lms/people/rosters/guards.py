"""Who no longer appears in a roster, and what needs a second look before it is applied. Pure."""

from datetime import date

from lms.people.days import eve_of

ENDED_PERCENT = 20
ENDED_MINIMUM = 10
"""More than this percentage of the present people ending, and at least ten: probably a cut file."""

WRONG_PERCENT_LIMIT = 5
"""From 5 wrong rows per 100 correct ones on, the file has to be corrected first."""


def last_day_of_absent(*, valid_from: date, valid_until: date | None, roster_date: date) -> date | None:
    """The new last day of a posting whose person is not in the roster; ``None`` when nothing changes.

    The eve of the roster's date, but never before the posting's own first day.
    """
    last_day = max(valid_from, eve_of(roster_date))
    return None if valid_until is not None and valid_until <= last_day else last_day


def needs_confirmation(*, ended: int, current: int, percent: int = ENDED_PERCENT) -> bool:
    """True when so many people would end that someone must say that it is meant."""
    if not ended:
        return False
    return ended >= current or (ended >= ENDED_MINIMUM and ended * 100 > percent * current)


def may_leave_errors_out(*, wrong: int, correct: int) -> bool:
    """True when the wrong rows are so few that the correct ones may be applied without them."""
    return wrong * 100 < WRONG_PERCENT_LIMIT * correct
