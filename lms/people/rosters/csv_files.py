"""CSV as it comes out of spreadsheets: any usual encoding and separator, read line by line."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from lms.people.rosters.columns import ColumnMap, Headers, find_header
from lms.people.rosters.problems import FileProblem, RosterFileError

LONGEST_LINE = 65_536
"""Characters; a longer line cannot be a person and is replaced by a mark, so that memory is bounded."""

TOO_LONG_MARK = "\x1a"
HEADER_WITHIN = 20
"""The header must be among this many first rows."""

SEPARATORS = (";", ",", "\t")
_BLOCK = 65_536
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect_encoding(*, file: BinaryIO) -> str:
    """The encoding that reads the whole file without a fault: by mark, else UTF-8, else Windows-1252.

    Raises:
        RosterFileError: none does.
    """
    file.seek(0)
    start = file.read(4096)
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), None)
    candidates = (marked,) if marked else (*_unmarked_utf16(start), "utf-8", "cp1252")
    for name in candidates:
        if _decodes(file, name):
            return name
    raise RosterFileError(FileProblem.UNREADABLE_TEXT)


def _unmarked_utf16(start: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every second byte of plain text is zero."""
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) > 0.7 * half:
        return ("utf-16-le",)
    return ("utf-16-be",) if start[0::2].count(0) > 0.7 * half else ()


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class RosterText:
    """A CSV whose encoding is known; rows come with their number in the file (the first is 1)."""

    def __init__(self, *, file: BinaryIO) -> None:
        """
        Raises:
            RosterFileError: unreadable encoding.
        """
        self._file = file
        self._encoding = detect_encoding(file=file)
        self.first_lines = list(islice(_lines(file, self._encoding), HEADER_WITHIN))

    def first_rows(self, separator: str) -> list[list[str]]:
        """The rows among which the titles must be."""
        return [cells for _, cells in _rows(iter(self.first_lines), separator)]

    def find_separator(self, known: ColumnMap | None) -> tuple[str, int, Headers]:
        """The separator under which a row names the required columns, which row, and the columns.

        Raises:
            RosterFileError: under none; says what is missing under the best of them.
        """
        failures: list[RosterFileError] = []
        for separator in SEPARATORS:
            try:
                index, headers = find_header(self.first_rows(separator), known)
            except RosterFileError as error:
                failures.append(error)
                continue
            return separator, index, headers
        # A repeated column is a clearer fault than columns missing under a wrong separator.
        raise min(failures, key=lambda e: (e.problem is not FileProblem.REPEATED_COLUMN, len(e.detail)))

    def rows(self, separator: str, index: int) -> Iterator[tuple[int, list[str]]]:
        """The rows below row ``index`` (0 = first); a broken quotation raises RosterFileError."""
        return islice(_rows(_lines(self._file, self._encoding), separator), index + 1, None)


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) < LONGEST_LINE or line.endswith(("\n", "\r")):
                yield line
                continue
            while (rest := text.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                pass
            yield f"{TOO_LONG_MARK}\n"
    finally:
        # Without it the wrapper would close the caller's file; who is already closed does not mind.
        with suppress(ValueError):
            text.detach()


def _rows(lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise RosterFileError(FileProblem.BROKEN_CSV, str(number)) from None
        if cells is None:
            return
        yield number, cells
