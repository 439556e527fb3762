"""Counting people by adding up changes. Pure.

A segment is one person more on its first day and one less on the day after its last. The sum of
the changes up to a day is the number of people who stand so on it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.progress.rules.dates import FOREVER, ONE_DAY
from lms.progress.rules.timeline import Segment, Standing


@dataclass(frozen=True, slots=True)
class Cell:
    """What is counted together: people of a unit, or (``unit_id`` None) of a rank in an institution."""

    institution_id: int
    unit_id: int | None
    estamento: str
    legal_quality: str
    standing: Standing


Turn = tuple[Cell, date]
"""A cell and the day on which its number changes."""


def turns_of(segments: Iterable[Segment]) -> Counter[Turn]:
    """Changes by cell and day, in both families of cells; those that cancel out are left away."""
    turns: Counter[Turn] = Counter()
    for segment in segments:
        for cell in _cells_of(segment):
            turns[cell, segment.first] += 1
            if segment.last != FOREVER:
                turns[cell, segment.last + ONE_DAY] -= 1
    return _without_zeros(turns)


def difference(*, before: Iterable[Segment], after: Iterable[Segment]) -> Counter[Turn]:
    """The changes that lead from one timeline to another."""
    turns = turns_of(after)
    turns.subtract(turns_of(before))
    return _without_zeros(turns)


def coarsen(turns: Counter[Turn], *, month: date) -> Counter[Turn]:
    """The same changes, those before ``month`` (a first day) told only as exactly as they are asked for.

    Of units the present is counted: all their past falls on one day. Of ranks month ends are
    counted too: a past change falls on the first day of its month. Most of them cancel out.
    """
    coarse: Counter[Turn] = Counter()
    for (cell, day), change in turns.items():
        if day < month:
            day = month - ONE_DAY if cell.unit_id is not None else day.replace(day=1)
        coarse[cell, day] += change
    return _without_zeros(coarse)


def _cells_of(segment: Segment) -> tuple[Cell, Cell]:
    seat, standing = segment.seat, segment.standing
    return (
        Cell(seat.institution_id, seat.unit_id, "", "", standing),
        Cell(seat.institution_id, None, seat.estamento, seat.legal_quality, standing),
    )


def _without_zeros(turns: Counter[Turn]) -> Counter[Turn]:
    return Counter({turn: change for turn, change in turns.items() if change})
