"""The order of the record. A position is the instant of storing, so order and ``stored`` cannot differ.

Microseconds since 2000, times 4096, plus a tie that keeps apart two batches of one microsecond: 51 and
12 bits, enough until 2071.
"""

from datetime import UTC, datetime, timedelta

_ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
TIES = 4096
LAST = 2**63 - 1


def position_at(at: datetime, *, tie: int = 0) -> int:
    """The position of an instant; with tie 0 the first of its microsecond."""
    return ((at - _ORIGIN) // _MICROSECOND) * TIES + tie % TIES


def bound_at(at: datetime) -> int:
    """As ``position_at``, for comparing with any instant: what lies beyond the numbers is their end."""
    return max(-LAST - 1, min(LAST, position_at(at)))


def stored_at(position: int) -> datetime:
    """The instant of a position, UTC, to the microsecond."""
    return _ORIGIN + timedelta(microseconds=position // TIES)


def month_of(at: datetime) -> tuple[int, int]:
    """Year and month, UTC: the partition it falls into."""
    utc = at.astimezone(UTC)
    return utc.year, utc.month


def has_ended(year: int, month: int, *, at: datetime) -> bool:
    """Whether nothing can be stored in that month any more."""
    return (year, month) < month_of(at)


def month_bounds(year: int, month: int) -> tuple[int, int]:
    """The first position of a month, and the first of the next."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return (
        position_at(datetime(year, month, 1, tzinfo=UTC)),
        position_at(datetime(*following, 1, tzinfo=UTC)),
    )
