"""One figure of a group, and how much of it may be said. Pure.

Rules of statistical disclosure control for public coverage: a group of fewer than ``k`` people is
not described; a figure that says of nearly everybody in a group what each of them did is given as
a range or not at all.
"""

from dataclasses import dataclass
from enum import StrEnum

BAND_MINIMUM_GROUP = 20
"""Below this, "5 % o menos" could only mean zero and would not be a range."""
BAND_GROUP_LIMIT = 50
BAND_PERCENT = 5


class Band(StrEnum):
    """A range instead of an exact share. ``NONE``: the figure is exact, or not given."""

    NONE = ""
    LOW = "low"
    HIGH = "high"


class Motive(StrEnum):
    """Why a figure is not given."""

    NONE = ""
    SMALL = "small"
    FEW = "few"
    PROTECTS = "protects"


@dataclass(frozen=True)
class Tally:
    """True counts of distinct people of one group: never shown as they are."""

    headcount: int = 0
    reached: int = 0
    started: int = 0
    assessed: int = 0
    completed: int = 0

    @property
    def most(self) -> int:
        """The largest of the four figures: at least so many people there are."""
        return max(self.reached, self.started, self.assessed, self.completed)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.headcount + other.headcount,
            self.reached + other.reached,
            self.started + other.started,
            self.assessed + other.assessed,
            self.completed + other.completed,
        )


@dataclass(frozen=True)
class Figure:
    """A count of people as it may be shown: exact with its whole percentage, a range, or a reason.

    ``value`` and ``percent`` (0 to 100) are ``None`` together, but for people of whom nobody knows
    how many there are in all: these have no ``percent``. ``None`` is never zero. ``as_of`` (ISO 8601)
    is its day where that is not the day of the figures beside it.
    """

    value: int | None = None
    percent: int | None = None
    band: Band = Band.NONE
    motive: Motive = Motive.NONE
    as_of: str = ""


def percent_of(*, part: int, whole: int) -> int | None:
    """Whole per cent, halves rounded up; ``None`` where there is nobody to divide by."""
    return None if whole <= 0 else (200 * part + whole) // (2 * whole)


def few_below(*, k: int) -> int:
    """So many people on one side of a figure are too few: half of ``k`` (5 where ``k`` is 10)."""
    return max(1, k // 2)


def band_bounds(*, band: Band, headcount: int) -> tuple[int, int]:
    """Which counts a range may stand for, both ends included."""
    reach = headcount * BAND_PERCENT // 100
    return (0, reach) if band == Band.LOW else (headcount - reach, headcount)


def percent_span(*, figure: Figure) -> tuple[int, int] | None:
    """Between which percentages the share lies as published; ``None`` where nothing of it is.

    An exact one is a span of one value; ranges are (0, 5) and (95, 100).
    """
    if figure.percent is not None:
        return figure.percent, figure.percent
    if not figure.band:
        return None
    return (0, BAND_PERCENT) if figure.band == Band.LOW else (100 - BAND_PERCENT, 100)


def show_figure(*, value: int, headcount: int, k: int) -> Figure:
    """What may be said of ``value`` people out of ``headcount``, other groups left aside."""
    if headcount < k:
        return Figure(motive=Motive.SMALL)
    side = min(value, headcount - value)
    is_few = side < few_below(k=k)
    is_extreme = side * 100 <= headcount * BAND_PERCENT
    if is_extreme and headcount >= BAND_MINIMUM_GROUP and (is_few or headcount < BAND_GROUP_LIMIT):
        return Figure(band=Band.LOW if value * 2 < headcount else Band.HIGH)
    if is_few:
        return Figure(motive=Motive.FEW)
    return Figure(value=value, percent=percent_of(part=value, whole=headcount))


def show_people(*, value: int, k: int) -> Figure:
    """What may be said of ``value`` people where there is no headcount."""
    return Figure(value=value) if value >= k else Figure(motive=Motive.SMALL)
