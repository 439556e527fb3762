"""The matrix of institutions and slots, as far as the viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.integrity.models import SlotKind
from lms.integrity.rules.slots import SlotState
from lms.integrity.selectors.matrix import Matrix, SlotCell, cells_of, count_states, read_matrix
from lms.lib.clock import local_date
from lms.people.models import Institution, Role
from lms.people.policy import Action, NotAllowedError, Viewer, institution_ids_for
from lms.people.rules import below
from lms.people.selectors.holders import Holders, read_holders
from lms.reports.ethics.slot_filters import SlotFilters


@dataclass(frozen=True)
class MatrixRow:
    """An institution. ``is_kept``: somebody receives the reminders of its slots."""

    institution: Institution
    cells: tuple[SlotCell, ...]
    is_kept: bool
    may_edit: bool


@dataclass(frozen=True)
class SlotMatrix:
    """``totals``: of each slot, in the order of ``kinds``, how many of the rows have it in which state."""

    kinds: tuple[SlotKind, ...]
    rows: list[MatrixRow]
    totals: list[dict[SlotState, int]]
    ministries: list[Institution]


def read_slot_matrix(*, viewer: Viewer, filters: SlotFilters, at: datetime) -> SlotMatrix:
    """Four queries, for any number of institutions and slots.

    Raises:
        NotAllowedError: the viewer sees the slots of no institution.
    """
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_SLOTS)
    if allowed is not None and not allowed:
        raise NotAllowedError(Action.SEE_SLOTS)
    day = local_date(at)
    places = Institution.objects.valid_on(day)
    if allowed is not None:
        places = places.filter(pk__in=allowed)
    institutions = list(places.select_related("parent").order_by("name", "pk"))
    matrix = read_matrix(day=day, institution_ids=allowed)
    editable = institution_ids_for(viewer=viewer, action=Action.EDIT_ETHICS_CODE)
    holders = read_holders(role=Role.INTEGRITY_COORDINATOR, at=at)
    rows = [
        _row(one, matrix, filters.kinds, holders, editable)
        for one in _of_ministry(institutions, filters.ministry)
    ]
    if filters.state:
        rows = [row for row in rows if any(cell.state == filters.state for cell in row.cells)]
    ids = [row.institution.pk for row in rows]
    totals = [count_states(matrix=matrix, institution_ids=ids, kind=kind) for kind in filters.kinds]
    return SlotMatrix(filters.kinds, rows, totals, _ministries(institutions))


def _row(
    institution: Institution,
    matrix: Matrix,
    kinds: Sequence[SlotKind],
    holders: Holders,
    editable: frozenset[int] | None,
) -> MatrixRow:
    return MatrixRow(
        institution,
        cells_of(matrix=matrix, institution_id=institution.pk, kinds=kinds),
        is_kept=any(holder.person_id for holder in holders.nearest_of(institution.pk)),
        may_edit=editable is None or institution.pk in editable,
    )


def _of_ministry(institutions: Sequence[Institution], code: str) -> list[Institution]:
    """The ministry and all that depends on it; all of them where none is asked for."""
    roots = [one.pk for one in institutions if one.code == code]
    if not code:
        return list(institutions)
    found = below(roots=roots, parent_of={one.pk: one.parent_id for one in institutions})
    return [one for one in institutions if one.pk in found]


def _ministries(institutions: Sequence[Institution]) -> list[Institution]:
    """Those on which others depend."""
    parents = {one.parent_id for one in institutions}
    return [one for one in institutions if one.pk in parents]
