"""From the cells of one row to what is claimed of somebody. Pure; nobody is looked up here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from lms.people.rosters.problems import ValueProblemError
from lms.people.rosters.values import read_date, read_email, read_run, text_of
from lms.progress.lists.columns import Column
from lms.progress.lists.problems import Fault, RowFault
from lms.progress.lists.reading import Cells

MOST_MINUTES = 60_000
T = TypeVar("T")
_PERCENT = re.compile(r"^(\d{1,3})\s*%?$")
_MINUTES = re.compile(r"^(\d{1,5})(?:\s*min(?:utos)?\.?)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One checked row. Either ``run`` (compact) or ``email`` says who."""

    row: int
    run: str
    email: str
    course: str
    day: date
    minutes: int
    percent: int | None


@dataclass
class Checker:
    """Goes through rows and gathers what is wrong with them. ``today``: no later day can be meant."""

    today: date
    faults: list[RowFault] = field(default_factory=list)

    def check(self, row: int, cells: Cells) -> Line | None:
        """The row, or ``None`` after noting every wrong cell."""
        before = len(self.faults)
        run = self._read(row, Column.RUN, cells, _optional(read_run)) or ""
        email = self._read(row, Column.EMAIL, cells, _optional(read_email)) or ""
        course = self._read(row, Column.COURSE, cells, _required(str.lower))
        day = self._day(row, cells)
        minutes = self._read(row, Column.MINUTES, cells, _required(_read_minutes))
        percent = self._read(row, Column.RESULT, cells, _optional(_read_percent))
        if len(self.faults) == before and not (run or email):
            who = Column.RUN if Column.RUN in cells else Column.EMAIL
            self.faults.append(RowFault(row, who, Fault.MISSING))
        if len(self.faults) > before or not (course and day and minutes):
            return None
        return Line(row, run, email, course, day, minutes, percent)

    def _day(self, row: int, cells: Cells) -> date | None:
        try:
            day = read_date(cells.get(Column.DAY))
        except ValueProblemError as error:
            self._note(row, Column.DAY, Fault(str(error.problem)))
            return None
        if day is None or day > self.today:
            self._note(row, Column.DAY, Fault.FUTURE if day else Fault.MISSING)
            return None
        return day

    def _read(self, row: int, column: Column, cells: Cells, read: Callable[[str], T]) -> T | None:
        try:
            return read(text_of(cells.get(column)))
        except ValueProblemError as error:
            self._note(row, column, Fault(str(error.problem)))
        except _RefusedError as error:
            self._note(row, column, error.fault)
        return None

    def _note(self, row: int, column: Column, fault: Fault) -> None:
        self.faults.append(RowFault(row, column, fault))


class _RefusedError(ValueError):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def _optional(read: Callable[[str], T]) -> Callable[[str], T | None]:
    return lambda text: read(text) if text else None


def _required(read: Callable[[str], T]) -> Callable[[str], T]:
    def checked(text: str) -> T:
        if not text:
            raise _RefusedError(Fault.MISSING)
        return read(text)

    return checked


def _read_minutes(text: str) -> int:
    found = _MINUTES.match(text)
    if found is None or not 1 <= int(found.group(1)) <= MOST_MINUTES:
        raise _RefusedError(Fault.WRONG_MINUTES)
    return int(found.group(1))


def _read_percent(text: str) -> int:
    found = _PERCENT.match(text)
    if found is None or int(found.group(1)) > 100:
        raise _RefusedError(Fault.WRONG_RESULT)
    return int(found.group(1))
