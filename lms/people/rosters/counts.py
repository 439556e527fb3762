"""What a roster does, in numbers: stored with the preview and compared when it is applied."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from lms.people.rosters.guards import ENDED_PERCENT, may_leave_errors_out, needs_confirmation
from lms.people.rosters.plan import BY_LETTER

UNIT_NAMES_KEPT = 100


@dataclass
class RosterCounts:
    """Numbers of people (``wrong``, ``problems``: of rows, of wrong cells).

    ``current`` are those present on the date before the roster; ``without_run`` those whom it
    cannot touch. ``new_unit_names`` lists the first units to be created. ``ended_percent`` is the
    limit beyond which endings must be confirmed. ``digest`` changes with any decision, so that what
    is applied is what was shown; ``differences`` counts the people for whom it was decided anew
    because somebody changed them while the roster was being written.
    """

    correct: int = 0
    wrong: int = 0
    problems: int = 0
    new: int = 0
    joined: int = 0
    moved: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    current: int = 0
    without_run: int = 0
    new_units: int = 0
    new_unit_names: list[str] = field(default_factory=list)
    ended_percent: int = ENDED_PERCENT
    differences: int = 0
    digest: str = ""

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "RosterCounts":
        """From ``RosterImport.counts``."""
        names = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in names})

    def to_stored(self) -> dict[str, Any]:
        """For ``RosterImport.counts``."""
        return asdict(self)

    def add(self, verdicts: str) -> None:
        """Add the decisions of one chunk, one letter a person."""
        for letter, count in Counter(verdicts).items():
            verdict = BY_LETTER[letter]
            setattr(self, verdict, getattr(self, verdict) + count)
            self.correct += count

    @property
    def rows(self) -> int:
        return self.correct + self.wrong

    @property
    def arriving(self) -> int:
        """People who were not in the institution on the date: unknown ones, and known from before."""
        return self.new + self.joined

    @property
    def writes(self) -> int:
        """People for whom something changes."""
        return self.new + self.joined + self.moved + self.changed + self.ended

    @property
    def needs_confirmation(self) -> bool:
        return needs_confirmation(ended=self.ended, current=self.current, percent=self.ended_percent)

    @property
    def may_leave_errors_out(self) -> bool:
        return may_leave_errors_out(wrong=self.wrong, correct=self.correct)

    @property
    def can_be_applied(self) -> bool:
        return self.correct > 0 and (not self.wrong or self.may_leave_errors_out)


class DecisionDigest:
    """A running hash over decisions, in the order of the file."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, *parts: object) -> None:
        self._hash.update(("|".join(map(str, parts)) + "\n").encode())

    def __str__(self) -> str:
        return self._hash.hexdigest()[:32]
