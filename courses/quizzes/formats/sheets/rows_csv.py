"""Rows of a CSV as spreadsheet programs write it."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from courses.quizzes.formats.base import FileProblem, QuestionFileError
from courses.quizzes.formats.sheets.cells import cell_text
from courses.quizzes.formats.sheets.columns import HEADER_WITHIN, find_titles

SEPARATORS = (";", ",", "\t")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Number (the first is 1) and cells of each row.

    Raises:
        QuestionFileError: it is no text; a cell is endless.
    """
    text = decode(data)
    return _rows(text, _find_separator(text))


def decode(data: bytes) -> str:
    """The text by its mark, else as UTF-8, else as Windows-1252.

    Raises:
        QuestionFileError: it is none.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)


def _find_separator(text: str) -> str:
    """The one under which one of the first rows has most of our titles."""

    def count_titles(separator: str) -> int:
        first = islice(_rows(text, separator), HEADER_WITHIN)
        return max((len(find_titles(cells)) for _number, cells in first), default=0)

    return max(SEPARATORS, key=count_titles)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise QuestionFileError(FileProblem.BROKEN, number) from error
        if cells is None:
            return
        yield number, [cell_text(cell) for cell in cells]
