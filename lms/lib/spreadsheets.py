"""Cells that no spreadsheet program takes for a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> object:
    """Text that would start a formula gets an apostrophe before it; numbers and dates stay.

    OWASP, CSV injection; the full-width forms are read as formulas by some programs too.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_DANGEROUS):
        return f"'{value}"
    return value


def csv_lines(*, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a CSV file (comma, quotes where needed, CRLF), one at a time: bounded memory."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([safe_cell(value) for value in row])
    yield buffer.getvalue()
