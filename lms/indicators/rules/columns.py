"""Which columns a file of an indicator has, and which of its titles are which. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from lms.indicators.rules.problems import ColumnFaults, UnknownColumn
from lms.indicators.rules.shapes import Shape
from lms.lib.words import clean_line, plain_words

PERIOD, NUMERATOR, DENOMINATOR, STATUS, NOTE = "periodo", "numerador", "denominador", "estado", "nota"
FIXED = frozenset({PERIOD, NUMERATOR, DENOMINATOR, STATUS, NOTE})
"""No dimension is called so."""
LONGEST_TITLE = 60


def columns_of(shape: Shape) -> tuple[str, ...]:
    """The columns in the order in which a download has them."""
    names = (dimension.name for dimension in shape.dimensions)
    return PERIOD, *names, NUMERATOR, DENOMINATOR, STATUS, NOTE


@dataclass(frozen=True)
class Titles:
    """Where each column is (0 = first), or what is wrong."""

    positions: dict[str, int]
    faults: ColumnFaults

    @property
    def known(self) -> int:
        return len(self.positions)


def match_titles(*, cells: Sequence[object], shape: Shape) -> Titles:
    """Case, accents and order do not matter; a column too many, too few or twice is a fault."""
    names = {plain_words(one.label): one.name for one in shape.dimensions}
    # A column's own name comes before the label of another.
    names |= {plain_words(name): name for name in columns_of(shape)}
    positions: dict[str, int] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for position, cell in enumerate(cells):
        title = clean_line(str(cell))[:LONGEST_TITLE] if cell is not None else ""
        column = names.get(plain_words(title))
        if column in positions:
            repeated.append(column)
        elif column:
            positions[column] = position
        elif title:
            unknown.append(title)
    missing = tuple(name for name in columns_of(shape) if name not in positions)
    guesses = tuple(UnknownColumn(title, _closest(title, missing)) for title in unknown)
    return Titles(positions, ColumnFaults(missing, guesses, tuple(dict.fromkeys(repeated))))


def _closest(title: str, missing: Sequence[str]) -> str:
    words = {plain_words(name): name for name in missing}
    found = get_close_matches(plain_words(title), words, n=1, cutoff=0.5)
    return words[found[0]] if found else ""
