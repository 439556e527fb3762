"""Half-years, in which progress is reported."""

import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(20\d\d)-([12])", re.ASCII)


@dataclass(frozen=True, order=True)
class HalfYear:
    """``HalfYear(2026, 1)``: January to June 2026."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def read(cls, text: str) -> "HalfYear | None":
        """``"2026-1"``; ``None`` for anything else."""
        found = _WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @property
    def starts_on(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def previous(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"
