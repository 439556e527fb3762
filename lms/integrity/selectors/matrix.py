"""Institutions × slots: which has what, and what awaits its review."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lms.integrity.models import SlotKind, SlotVersion
from lms.integrity.rules.slots import SlotState, state_of


@dataclass(frozen=True)
class SlotCell:
    """One slot of one institution. ``review_by`` None: empty, or without a day."""

    state: SlotState
    review_by: date | None = None


EMPTY = SlotCell(SlotState.EMPTY)

Matrix = Mapping[tuple[int, str], SlotCell]
"""By institution and kind. What is not there is empty."""


def read_matrix(*, day: date, institution_ids: Collection[int] | None = None) -> Matrix:
    """The cells that hold something; without ids, of all institutions. One query, without the words."""
    rows = SlotVersion.objects.current().filled()
    if institution_ids is not None:
        rows = rows.filter(institution_id__in=institution_ids)
    return {
        (institution_id, kind): SlotCell(state_of(is_filled=True, review_by=until, day=day), until)
        for institution_id, kind, until in rows.values_list("institution_id", "kind", "review_by")
    }


def cells_of(*, matrix: Matrix, institution_id: int, kinds: Sequence[SlotKind]) -> tuple[SlotCell, ...]:
    """A row of the matrix, in the order of ``kinds``."""
    return tuple(matrix.get((institution_id, kind.value), EMPTY) for kind in kinds)


def count_states(*, matrix: Matrix, institution_ids: Iterable[int], kind: SlotKind) -> dict[SlotState, int]:
    """How many of these institutions have the slot in each state."""
    counts = Counter(matrix.get((pk, kind.value), EMPTY).state for pk in institution_ids)
    return {state: counts[state] for state in SlotState}
