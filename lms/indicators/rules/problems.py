"""What can be wrong with an uploaded file. Words are in ``selectors.words``. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class FileFault(StrEnum):
    """Why a whole file is refused."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_A_SHEET = "not_a_sheet"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    COLUMNS = "columns"


@dataclass(frozen=True)
class UnknownColumn:
    """A title that is no column, and the missing column that it may have meant (or empty)."""

    title: str
    closest: str = ""


@dataclass(frozen=True)
class ColumnFaults:
    """What is wrong with the titles."""

    missing: tuple[str, ...] = ()
    unknown: tuple[UnknownColumn, ...] = ()
    repeated: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.unknown or self.repeated)


class FileRefusedError(ValueError):
    """The file cannot be read as data of the indicator. ``columns`` is filled for that fault."""

    def __init__(self, fault: FileFault, columns: ColumnFaults | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.columns = columns or ColumnFaults()


class Problem(StrEnum):
    """Why one row is wrong."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    WRONG_PERIOD = "wrong_period"
    UNKNOWN_VALUE = "unknown_value"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    NUMBER_TOO_LONG = "number_too_long"
    TOO_MANY_DECIMALS = "too_many_decimals"
    ZERO_DENOMINATOR = "zero_denominator"
    NO_DENOMINATOR_HERE = "no_denominator_here"
    MORE_THAN_WHOLE = "more_than_whole"
    UNKNOWN_STATUS = "unknown_status"
    VALUE_WITHOUT_STATUS = "value_without_status"
    STATUS_WITH_VALUE = "status_with_value"
    DUPLICATE = "duplicate"
    EXAMPLE = "example"
    LOCKED = "locked"
    LOCKED_REMOVED = "locked_removed"
    LOCKED_REDEFINED = "locked_redefined"
    TOO_MANY_CELLS = "too_many_cells"


@dataclass(frozen=True)
class RowProblem:
    """One wrong cell. ``line``: the row's number in the file, 0 where a row is absent from it.

    ``detail``: what was found, or the number of the other row, or the closest value.
    """

    line: int
    column: str
    problem: Problem
    detail: str = ""


class CellError(ValueError):
    """A cell's value is refused."""

    def __init__(self, column: str, problem: Problem, detail: str = "") -> None:
        super().__init__(column, problem, detail)
        self.column = column
        self.problem = problem
        self.detail = detail
