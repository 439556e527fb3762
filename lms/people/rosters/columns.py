"""Which column is which: headers are matched without regard to case, accents and punctuation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lms.lib.words import plain_words
from lms.people.rosters.column_names import SYNONYMS
from lms.people.rosters.column_names import Column as Column
from lms.people.rosters.problems import FileProblem, RosterFileError

_BY_NAME = {name: column for column, names in SYNONYMS.items() for name in (*names, column.replace("_", " "))}

_ALTERNATIVES: tuple[tuple[Column, ...], ...] = (
    (Column.RUN,),
    (Column.GIVEN_NAMES,),
    (Column.FAMILY_NAMES, Column.PATERNAL_NAME),
    (Column.UNIT, Column.UNIT_CODE, Column.UNIT_NAME),
    (Column.ESTAMENTO,),
    (Column.LEGAL_QUALITY,),
)
"""Of each group one column is required; the first is the one we ask for."""

FEWEST_COLUMNS = len(_ALTERNATIVES)


@dataclass(frozen=True)
class ColumnMap:
    """How one institution spells its rosters.

    ``columns``: our column → their header. ``words``: column → their word (``plain_words``) → our code;
    a date's word means "no date".
    """

    columns: Mapping[Column, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Headers:
    """Where each recognised column is (0 = first); all titles of the row, as written; their words."""

    positions: dict[Column, int]
    titles: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many cells of a row matter: those under a title."""
        return max(len(self.titles), max(self.positions.values(), default=-1) + 1)

    def has(self, column: Column) -> bool:
        return column in self.positions

    def missing(self) -> list[Column]:
        """Required columns that are absent, by the name we ask for."""
        return missing_of(columns=self.positions)


def missing_of(*, columns: Mapping[Column, object]) -> list[Column]:
    """Required columns that are not among ``columns``, by the name we ask for."""
    return [group[0] for group in _ALTERNATIVES if not any(column in columns for column in group)]


def recognise(*, title: object) -> Column | None:
    """The column that a title names by itself."""
    return _BY_NAME.get(plain_words(title)) if isinstance(title, str) else None


def match_headers(cells: Sequence[object], names: Mapping[str, Column] = _BY_NAME) -> Headers:
    """The columns recognised in one row; unknown ones are ignored.

    Raises:
        RosterFileError: one column stands twice, so that we cannot know which to read.
    """
    positions: dict[Column, int] = {}
    for position, cell in enumerate(cells):
        column = names.get(plain_words(cell)) if isinstance(cell, str) else None
        if column is None:
            continue
        if column in positions:
            raise RosterFileError(FileProblem.REPEATED_COLUMN, column)
        positions[column] = position
    return Headers(positions, titles_of(cells))


def titles_of(cells: Sequence[object]) -> tuple[str, ...]:
    """The titles of a row as text, without the empty cells at its end."""
    titles = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def find_header(rows: Sequence[Sequence[object]], known: ColumnMap | None = None) -> tuple[int, Headers]:
    """The row that names the columns, and what it names; titles may stand above it.

    With ``known`` all headers of that mapping are needed, and nothing else counts.

    Raises:
        RosterFileError: no row names all required columns (``detail``: those that are missing).
    """
    if known is not None:
        return _find_mapped(rows, known)
    best = Headers({})
    for index, cells in enumerate(rows):
        if not any(recognise(title=cell) is Column.RUN for cell in cells):
            continue
        headers = match_headers(cells)
        if not headers.missing():
            return index, headers
        if len(headers.positions) > len(best.positions):
            best = headers
    raise RosterFileError(FileProblem.MISSING_COLUMNS, ",".join(best.missing()))


def _find_mapped(rows: Sequence[Sequence[object]], known: ColumnMap) -> tuple[int, Headers]:
    names = {plain_words(title): column for column, title in known.columns.items()}
    missing = set(known.columns)
    for index, cells in enumerate(rows):
        found = {
            names[words] for cell in cells if isinstance(cell, str) and (words := plain_words(cell)) in names
        }
        if len(found) == len(names):
            headers = match_headers(cells, names)
            return index, Headers(headers.positions, headers.titles, known.words)
        missing = min(missing, set(known.columns) - found, key=len)
    raise RosterFileError(FileProblem.MISSING_COLUMNS, ",".join(sorted(missing)))
