"""What a file looks like to somebody who has to say which column is which. Masks what identifies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lms.people.rosters import values
from lms.people.rosters.columns import FEWEST_COLUMNS, Headers, recognise, titles_of
from lms.people.rosters.csv_files import SEPARATORS, RosterText
from lms.people.rosters.problems import ValueProblemError
from lms.people.rosters.reading import open_source
from lms.people.rosters.row_reader import DATES
from lms.people.rosters.xlsx_files import RosterWorkbook

SAMPLES = 3
LONGEST_SAMPLE = 40
_DIGITS = re.compile(r"\d")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")


@dataclass(frozen=True)
class ColumnSample:
    """A column of a file: its title, up to three of its values, and what it probably is (or empty)."""

    title: str
    samples: tuple[str, ...]
    guess: str = ""


def sample_file(*, file: BinaryIO) -> list[ColumnSample]:
    """The columns of the row that looks most like titles; empty where none can carry a roster.

    Raises:
        RosterFileError: the file cannot be opened.
    """
    source = open_source(file=file)
    if isinstance(source, RosterText):
        tables: Sequence[Sequence[Sequence[object]]] = [source.first_rows(s) for s in SEPARATORS]
    else:
        tables = _first_tables(source)
    best = max(tables, key=_titled, default=())
    return _sample(best) if _titled(best) >= FEWEST_COLUMNS else []


def _first_tables(source: RosterWorkbook) -> list[list[tuple[object, ...]]]:
    return [source.first_rows(sheet) for sheet in source.sheets]


def _titled(rows: Sequence[Sequence[object]]) -> int:
    """How many columns the best row of titles names; nothing must be below it to count."""
    return max((_words(cells) for cells in rows[:-1]), default=0)


def _words(cells: Sequence[object]) -> int:
    """Different texts without digits: what a row of titles is made of."""
    return len({c.strip() for c in cells if isinstance(c, str) and c.strip() and not _DIGITS.search(c)})


def _sample(rows: Sequence[Sequence[object]]) -> list[ColumnSample]:
    index = max(range(len(rows) - 1), key=lambda i: (_words(rows[i]), -i))
    below = rows[index + 1 :]
    return [
        ColumnSample(title, _values(below, position), str(recognise(title=title) or ""))
        for position, title in enumerate(titles_of(rows[index]))
        if title
    ]


class SampleTaker:
    """Gathers samples while the rows of a file are read; what its columns are is known already."""

    def __init__(self, *, headers: Headers) -> None:
        self._titles = headers.titles
        self._columns = {position: str(column) for column, position in headers.positions.items()}
        self._found: list[dict[str, None]] = [{} for _ in headers.titles]

    def take(self, cells: Sequence[object]) -> None:
        for found, cell in zip(self._found, cells, strict=False):
            if len(found) < SAMPLES and (text := mask(_text(cell))):
                found[text] = None

    def samples(self) -> list[ColumnSample]:
        return [
            ColumnSample(title, tuple(self._found[position]), self._columns.get(position, ""))
            for position, title in enumerate(self._titles)
            if title
        ]


def _values(rows: Sequence[Sequence[object]], position: int) -> tuple[str, ...]:
    texts = [_text(cells[position]) for cells in rows if position < len(cells)]
    return tuple(mask(text) for text in dict.fromkeys(texts) if text)[:SAMPLES]


def _text(cell: object) -> str:
    try:
        return values.text_of(cell)
    except ValueProblemError:
        return ""


def mask(text: str) -> str:
    """Addresses keep their first letter and their domain; six digits or more keep only the last two.

    Dates stay as they are.
    """
    if "@" in text:
        name, _, domain = text.partition("@")
        return f"{name[:1]}•••@{domain}"[:LONGEST_SAMPLE]
    digits = len(_DIGITS.findall(text))
    if digits < 6 or _DATE_LIKE.fullmatch(text):
        return text[:LONGEST_SAMPLE]
    hidden = digits - 2
    for _ in range(hidden):
        text = _DIGITS.sub("•", text, count=1)
    return text[:LONGEST_SAMPLE]


class UnknownWords:
    """Words of an institution that no list knows, by column; the first ``MOST`` of each."""

    MOST = 30

    def __init__(self, known: dict[str, list[str]] | None = None) -> None:
        self.words: dict[str, list[str]] = known or {}

    def add(self, column: str, word: str) -> None:
        """``word`` as quoted in a problem; an empty one hid what must not be repeated."""
        found = self.words.setdefault(DATES if column in _DATE_COLUMNS else column, [])
        if word and word not in found and len(found) < self.MOST:
            found.append(word)


_DATE_COLUMNS = ("desde", "hasta", "ausente_desde", "ausente_hasta")
