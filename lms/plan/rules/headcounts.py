"""Rows of an uploaded headcount, and what becomes of counts where only such a headcount exists. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.lib.words import plain_words
from lms.plan.rules.cube import TrueCell
from lms.plan.rules.figures import Tally

MOST_PEOPLE = 1_000_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "institution": (
        "institucion",
        "codigo",
        "codigo institucion",
        "codigo de institucion",
        "institucion codigo",
    ),
    "estamento": ("estamento",),
    "legal_quality": ("calidad juridica", "calidad"),
    "people": ("personas", "dotacion", "cantidad", "numero de personas"),
}
_NUMBER = re.compile(r"^\d{1,7}$|^\d{1,3}(?:\.\d{3}){1,2}$", re.ASCII)

Group = tuple[str, str, str]
"""Institution code, estamento, legal quality."""


class HeadcountFault(StrEnum):
    """What is wrong with one row."""

    UNREADABLE = "unreadable"
    UNKNOWN_INSTITUTION = "unknown_institution"
    FOREIGN_INSTITUTION = "foreign_institution"
    UNKNOWN_ESTAMENTO = "unknown_estamento"
    UNKNOWN_QUALITY = "unknown_quality"
    WRONG_NUMBER = "wrong_number"
    REPEATED = "repeated"
    HONORARIOS = "honorarios"


@dataclass(frozen=True)
class FaultyRow:
    """A row (the first is 1) and what is wrong with it."""

    row: int
    fault: HeadcountFault


@dataclass(frozen=True)
class HeadcountRow:
    """One checked row."""

    institution: str
    estamento: str
    legal_quality: str
    people: int

    @property
    def group(self) -> Group:
        return self.institution, self.estamento, self.legal_quality


def find_columns(cells: Sequence[object]) -> dict[str, int]:
    """Where each column is in a row of titles; those not found are absent."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        words = plain_words(cell) if isinstance(cell, str) else ""
        for name, titles in COLUMNS.items():
            if words in titles:
                found.setdefault(name, place)
    return found


def read_people(text: str) -> int | None:
    """``"1.234"`` → 1234; ``None`` where it is no whole number from 0 to a million."""
    if not _NUMBER.match(text):
        return None
    number = int(text.replace(".", ""))
    return number if number <= MOST_PEOPLE else None


@dataclass(frozen=True)
class Divided:
    """Cells that have a headcount, and the institutions that stand aside.

    ``without``: nobody says how many people work in some group that has trained people.
    ``contradicted``: the headcount is smaller than the people trained. Both map a code to the sums.
    """

    cells: tuple[TrueCell, ...]
    without: Mapping[str, Tally]
    contradicted: Mapping[str, Tally]


def divide(*, cells: Iterable[TrueCell], uploaded: Mapping[Group, int]) -> Divided:
    """Takes the headcounts of the institutions in ``uploaded`` from there; the others keep theirs.

    An institution stands aside as a whole: a part of it would be found by subtraction.
    """
    cells = list(cells)
    covered = {institution for institution, _estamento, _quality in uploaded}
    kept = [cell for cell in cells if cell.institution not in covered]
    counted = {
        (c.institution, c.estamento, c.legal_quality): c.tally for c in cells if c.institution in covered
    }
    without: dict[str, Tally] = {}
    contradicted: dict[str, Tally] = {}
    for code in sorted(covered):
        groups = {group for group in (*uploaded, *counted) if group[0] == code}
        tallies = {group: _divided(counted.get(group, Tally()), uploaded.get(group)) for group in groups}
        trained = sum((counted.get(group, Tally()) for group in groups), Tally())
        whole = sum(uploaded.get(group, 0) for group in groups)
        if trained.most > whole or any(
            tally.most > tally.headcount for group, tally in tallies.items() if group in uploaded
        ):
            contradicted[code] = trained
        elif any(tally.most > 0 for group, tally in tallies.items() if group not in uploaded):
            without[code] = trained
        else:
            kept += [TrueCell(*group, tally) for group, tally in sorted(tallies.items()) if tally.headcount]
    return Divided(tuple(kept), without, contradicted)


def _divided(counted: Tally, people: int | None) -> Tally:
    """The figures over the uploaded headcount; 0 where there is none."""
    return Tally(people or 0, counted.reached, counted.started, counted.assessed, counted.completed)
