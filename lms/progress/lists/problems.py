"""What can be wrong with a list. Words are with the screens."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why one row cannot be attested. The first ones are those of ``people.rosters``, by the same value."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    FORMULA = "formula"
    WRONG_RUN = "wrong_run"
    WRONG_DIGIT = "wrong_digit"
    WRONG_EMAIL = "wrong_email"
    WRONG_DATE = "wrong_date"
    DUPLICATE = "duplicate"
    WRONG_MINUTES = "wrong_minutes"
    WRONG_RESULT = "wrong_result"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_COURSE = "unknown_course"
    FUTURE = "future"
    NOT_IN_POSTING = "not_in_posting"
    OWN = "own"


@dataclass(frozen=True)
class RowFault:
    """One wrong cell. ``detail``: of a duplicate, the number of the first row; never what was written."""

    row: int
    column: str
    fault: Fault
    detail: str = ""


class ListError(ValueError):
    """The file is no list; ``missing`` names columns that are absent, where that is why."""

    def __init__(self, why: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(why, missing)
        self.why, self.missing = why, missing
