"""Institutions × slots: who has what, what is overdue, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.selectors.viewers import get_viewer
from lms.reports.ethics.selectors_slots import MatrixRow, SlotMatrix, read_slot_matrix
from lms.reports.ethics.slot_filters import (
    SLUG_OF,
    SlotFilters,
    ministry_choices,
    read_slot_filters,
    slot_choices,
    state_choices,
)
from lms.reports.ethics.slot_words import WORDS, look_of
from lms.reports.files import TableFile, answer_with
from lms.ui.components import Notice

PER_PAGE = 50


@dataclass(frozen=True)
class DrawnCell:
    """A cell: its state in words and until when it counts as reviewed."""

    look: Notice
    review_by: date | None


@dataclass(frozen=True)
class Total:
    """A state: how many cells of the list have it, and the address that shows them."""

    look: Notice
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class SlotTotal:
    """A slot: how many institutions of the list have it in each state, and the address that shows it."""

    name: str
    counts: list[int]
    query: str


@require_GET
@not_allowed_is_404
def matrix(request: HttpRequest) -> HttpResponse:
    """Fifty institutions; the totals are those of the whole list."""
    filters = read_slot_filters(request.GET)
    found = _read(request, filters)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "filters": filters,
        "kinds": found.kinds,
        "page": page,
        "lines": [
            (row, [DrawnCell(look_of(cell.state), cell.review_by) for cell in row.cells]) for row in page
        ],
        "totals": _totals(found, filters),
        "slot_totals": _slot_totals(found, filters),
        "unkept": sum(not row.is_kept for row in found.rows),
        "states": state_choices(filters),
        "slots": slot_choices(filters),
        "ministries": ministry_choices(filters, found.ministries),
    }
    return render(request, "reports/slot_matrix.html", context)


@require_GET
@not_allowed_is_404
def export_matrix(request: HttpRequest) -> HttpResponseBase:
    """All institutions of the present filters."""
    found = _read(request, read_slot_filters(request.GET))
    day = clock.local_date(clock.now())
    header = [_("Código"), _("Institución"), _("Depende de"), _("Tiene coordinación")]
    for kind in found.kinds:
        header += [str(kind.name), _("%(slot)s: vale hasta el") % {"slot": kind.name}]
    table = TableFile(
        name=f"textos-de-integridad-{day.isoformat()}",
        title=_("Textos de integridad por institución"),
        day=day,
        header=header,
        rows=_file_rows(found.rows),
    )
    return answer_with(table=table, kind="csv")


def _read(request: HttpRequest, filters: SlotFilters) -> SlotMatrix:
    at = clock.now()
    return read_slot_matrix(viewer=get_viewer(user=request.user, at=at), filters=filters, at=at)


def _file_rows(rows: list[MatrixRow]) -> Iterator[list[object]]:
    for row in rows:
        place = row.institution
        line: list[object] = [place.code, place.name, place.parent.name if place.parent else ""]
        line.append(_("Sí") if row.is_kept else _("No"))
        for cell in row.cells:
            line += [str(WORDS[cell.state]), cell.review_by]
        yield line


def _totals(found: SlotMatrix, filters: SlotFilters) -> list[Total]:
    return [
        Total(
            look_of(state),
            sum(counts[state] for counts in found.totals),
            filters.query(estado="" if state == filters.state else SLUG_OF[state]),
            state == filters.state,
        )
        for state in WORDS
    ]


def _slot_totals(found: SlotMatrix, filters: SlotFilters) -> list[SlotTotal]:
    return [
        SlotTotal(str(kind.name), [counts[state] for state in WORDS], filters.query(espacio=kind.slug))
        for kind, counts in zip(found.kinds, found.totals, strict=True)
    ]
