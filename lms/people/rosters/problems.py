"""What can be wrong with a roster: one list for files, one for rows. Words are in ``wording``."""

from dataclasses import dataclass
from enum import StrEnum


class FileProblem(StrEnum):
    """Why a whole file is refused."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_A_ROSTER = "not_a_roster"
    OLD_EXCEL = "old_excel"
    BROKEN_XLSX = "broken_xlsx"
    SUSPICIOUS_XLSX = "suspicious_xlsx"
    UNREADABLE_TEXT = "unreadable_text"
    BROKEN_CSV = "broken_csv"
    MISSING_COLUMNS = "missing_columns"
    REPEATED_COLUMN = "repeated_column"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    UNKNOWN_COLUMN = "unknown_column"


class RosterFileError(ValueError):
    """The file cannot be read as a roster; nothing of it is kept.

    ``detail`` depends on the problem: names of columns, or the number of a row.
    """

    def __init__(self, problem: FileProblem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


class Problem(StrEnum):
    """Why one row is left out."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    FORMULA = "formula"
    ROW_TOO_LONG = "row_too_long"
    WRONG_RUN = "wrong_run"
    WRONG_DIGIT = "wrong_digit"
    DUPLICATE = "duplicate"
    WRONG_EMAIL = "wrong_email"
    UNKNOWN_ESTAMENTO = "unknown_estamento"
    UNKNOWN_QUALITY = "unknown_quality"
    WRONG_DATE = "wrong_date"
    STARTS_LATER = "starts_later"
    ALREADY_ENDED = "already_ended"
    ENDS_BEFORE_START = "ends_before_start"
    UNKNOWN_REGION = "unknown_region"
    OTHER_PARENT = "other_parent"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One wrong cell. ``column`` is a :class:`~lms.people.rosters.columns.Column` or empty (whole row).

    ``detail`` is the text found, never a RUN, an e-mail address or a name; for a duplicate the
    number of the first row.
    """

    row: int
    column: str
    problem: Problem
    detail: str = ""


class ValueProblemError(ValueError):
    """A cell's value is refused."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail
