"""What a table of the open data is: one definition for files, page and machine-readable schema."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise

from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import write_csv

Kind = Literal["string", "integer", "boolean", "date", "datetime", "array"]
TRUE, FALSE = "sí", "no"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One column: its name, what it holds, and what that means."""

    name: str
    kind: Kind
    meaning: str | Promise


@dataclass(frozen=True)
class Table:
    """One family of files.

    ``rows`` reads what is published of a plan. ``document`` builds the JSON where that is more than
    the same rows; else its rows stand under ``datos``. ``key``: the columns that tell a row from the
    others, where there are such.
    """

    name: str
    title: str | Promise
    text: str | Promise
    fields: Sequence[Field]
    rows: Callable[[ActionPlan], Sequence[Row]]
    document: Callable[[ActionPlan | None], Any] | None = None
    key: Sequence[str] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


def csv_of(*, table: Table, rows: Sequence[Row]) -> bytes:
    """The rows as CSV (RFC 4180): an empty field is a value that is not published."""
    return write_csv(
        columns=table.columns,
        rows=[{name: _as_text(row[name]) for name in table.columns} for row in rows],
    )


def plain_row(*, table: Table, row: Row) -> dict[str, Any]:
    """The row as JSON has it, in the order of the columns."""
    return {name: _as_json(row[name]) for name in table.columns}


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return _as_json(value) if not isinstance(value, list) or value else None


def _as_json(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
