"""Rows of a workbook. It is a ZIP of XML from outside: its sizes are checked before it is opened."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from courses.quizzes.formats.base import FileProblem, QuestionFileError
from courses.quizzes.formats.sheets.cells import cell_text
from courses.quizzes.formats.sheets.columns import HEADER_WITHIN, find_titles

ZIP = b"PK\x03\x04"
MOST_MEMBERS = 1_000
MOST_BYTES = 100 * 1024 * 1024
"""Uncompressed, all members together. The library keeps all texts in memory."""

MOST_RATIO = 200
RATIO_FROM_BYTES = 5 * 1024 * 1024
MOST_COLUMNS = 100
LAST_ROW = 1_048_576
_ELEMENT_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z]")

Rows = Iterator[tuple[int, list[str]]]


def read_xlsx(data: bytes) -> Rows:
    """Number (the first is 1) and cells of each row of the first sheet with our titles.

    Raises:
        QuestionFileError: no workbook, damaged, hostile, or without such a sheet.
    """
    check_workbook(data)
    book = _guarded(lambda: load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False))
    try:
        for sheet in _guarded(lambda: list(book.worksheets)):
            if any(find_titles(cells) for _number, cells in islice(_rows(sheet), HEADER_WITHIN)):
                yield from _rows(sheet)
                return
    finally:
        book.close()
    raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)


def check_workbook(data: bytes) -> None:
    """Refuse what would fill the memory, or has a document type, by which entities come in.

    Raises:
        QuestionFileError: hostile, damaged, or no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive.infolist(), len(data))
            if "xl/workbook.xml" not in archive.namelist():
                raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
            for member in archive.infolist():
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(member) as content:
                        _check_start(content.read(2048))
    except QuestionFileError:
        raise
    except Exception as error:  # zipfile answers damage with whatever its parts happen to raise
        raise QuestionFileError(FileProblem.BROKEN) from error


def _check_sizes(members: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(member.file_size for member in members)
    is_bomb = total > RATIO_FROM_BYTES and total > MOST_RATIO * packed
    if is_bomb or len(members) > MOST_MEMBERS or total > MOST_BYTES:
        raise QuestionFileError(FileProblem.HOSTILE)


def _check_start(start: bytes) -> None:
    # A document type can only stand before the first element: nothing but a declaration may.
    if not _ELEMENT_FIRST.match(start) or b"<!DOCTYPE" in start or b"\0" in start:
        raise QuestionFileError(FileProblem.HOSTILE)


def _rows(sheet: Any) -> Rows:
    """The rows that are not blank; programs leave thousands of blank ones below."""
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
    number = 0
    while (cells := _guarded(lambda: next(rows, None))) is not None:
        number += 1
        if any(cell is not None for cell in cells):
            yield number, list(map(_text, cells))


def _text(cell: Any) -> str:
    try:
        return cell_text(cell)
    except (ArithmeticError, ValueError) as error:  # an infinite number
        raise QuestionFileError(FileProblem.BROKEN) from error


def _guarded(call: Callable[[], Any]) -> Any:
    """The library answers a damaged workbook with whatever error its parts happen to raise."""
    try:
        return call()
    except Exception as error:
        raise QuestionFileError(FileProblem.BROKEN) from error
