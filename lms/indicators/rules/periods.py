"""Periods of an indicator: one spelling for each, in order of time when sorted as text. Pure."""

import re
from datetime import date
from enum import StrEnum

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""A year outside is a typing error."""


class Frequency(StrEnum):
    """How often an indicator is measured. ``ONCE``: a single year or month."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    ONCE = "once"


class PeriodError(ValueError):
    """Not a period of that frequency."""


_YEAR = r"(?P<year>[0-9]{4})"
_MONTHS = (rf"{_YEAR}[-/](?P<part>[0-9]{{1,2}})(-01)?", rf"(?P<part>[0-9]{{1,2}})[-/]{_YEAR}")
_PATTERNS: dict[Frequency, tuple[str, ...]] = {
    Frequency.YEAR: (_YEAR,),
    Frequency.HALF_YEAR: (rf"{_YEAR}[- ]?S(?P<part>[12])", rf"S(?P<part>[12])[- ]{_YEAR}"),
    Frequency.QUARTER: (rf"{_YEAR}[- ]?[TQ](?P<part>[1-4])", rf"[TQ](?P<part>[1-4])[- ]{_YEAR}"),
    Frequency.MONTH: _MONTHS,
    Frequency.ONCE: (_YEAR, *_MONTHS),
}
_LETTERS = {Frequency.HALF_YEAR: "S", Frequency.QUARTER: "T"}

EXAMPLES = {
    Frequency.YEAR: "2025",
    Frequency.HALF_YEAR: "2025-S1",
    Frequency.QUARTER: "2025-T1",
    Frequency.MONTH: "2025-03",
    Frequency.ONCE: "2025",
}
"""How to write one."""


def read_period(*, text: str, frequency: Frequency) -> str:
    """``"t1-2025"`` → ``"2025-T1"``, ``"3/2025"`` → ``"2025-03"``, ``"2025"`` → ``"2025"``.

    Raises:
        PeriodError: see there.
    """
    for pattern in _PATTERNS[frequency]:
        found = re.fullmatch(pattern, text.strip().upper())
        if found:
            return _spell(year=int(found["year"]), part=found.groupdict().get("part"), frequency=frequency)
    raise PeriodError(text)


def period_of_day(*, day: date, frequency: Frequency) -> str:
    """What a spreadsheet made of ``2025-03``: a date, read again as its month.

    Raises:
        PeriodError: the frequency has no months, or it is not the first of one.
    """
    if frequency not in {Frequency.MONTH, Frequency.ONCE} or day.day != 1:
        raise PeriodError(day.isoformat())
    return _spell(year=day.year, part=str(day.month), frequency=frequency)


def split_period(period: str) -> tuple[int, str]:
    """``"2025-T1"`` → ``(2025, "T1")``; a year has an empty second part."""
    year, _dash, part = period.partition("-")
    return int(year), part


def _spell(*, year: int, part: str | None, frequency: Frequency) -> str:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PeriodError(str(year))
    if part is None:
        return f"{year}"
    if frequency in _LETTERS:
        return f"{year}-{_LETTERS[frequency]}{part}"
    if not 1 <= int(part) <= 12:
        raise PeriodError(part)
    return f"{year}-{int(part):02d}"
