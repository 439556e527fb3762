"""The cells of the matrix: as an icon with a word on screen, as words in a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Course
from lms.reports.matrix.selectors_matrix import CellKind, MatrixCell, MatrixRow
from lms.ui.components import Notice, TagKind

KIND_WORDS = {
    CellKind.DONE: gettext_lazy("Completado"),
    CellKind.EXPIRED: gettext_lazy("Vencido"),
    CellKind.ACCREDITED: gettext_lazy("Acreditado"),
    CellKind.STARTED: gettext_lazy("En curso"),
    CellKind.NOTHING: gettext_lazy("Sin iniciar"),
}
_LOOKS: dict[CellKind, tuple[TagKind, str]] = {
    CellKind.DONE: ("ok", "circle-check"),
    CellKind.EXPIRED: ("warn", "clock-alert"),
    CellKind.ACCREDITED: ("ok", "shield-check"),
    CellKind.STARTED: ("info", "circle-dot"),
    CellKind.NOTHING: ("mute", "minus"),
}


@dataclass(frozen=True)
class DrawnCell:
    """``visible``: what is written beside the icon; ``spoken``: the same for those who do not see it."""

    notice: Notice
    visible: str
    spoken: str


@dataclass(frozen=True)
class DrawnRow:
    """A row of the matrix as the page prints it."""

    row: MatrixRow
    cells: list[DrawnCell]


def draw_rows(rows: Iterable[MatrixRow]) -> list[DrawnRow]:
    """Rows with their cells in words."""
    return [DrawnRow(row, [_draw(cell) for cell in row.cells]) for row in rows]


def list_looks() -> list[Notice]:
    """The legend."""
    return [Notice(*_LOOKS[kind], str(KIND_WORDS[kind])) for kind in CellKind]


def _draw(cell: MatrixCell) -> DrawnCell:
    notice = Notice(*_LOOKS[cell.kind], str(KIND_WORDS[cell.kind]))
    if cell.kind == CellKind.EXPIRED and cell.until:
        return DrawnCell(notice, _("venció %(day)s") % {"day": _short(cell.until)}, notice.text)
    if cell.kind == CellKind.DONE and cell.on:
        until = _("hasta %(day)s") % {"day": _short(cell.until)} if cell.until else _("no vence")
        return DrawnCell(notice, f"{_short(cell.on)} · {until}", notice.text)
    return DrawnCell(notice, "" if cell.kind == CellKind.NOTHING else notice.text, notice.text)


def _short(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


# --- Files --------------------------------------------------------------------------------------------
def header_of(courses: Sequence[Course]) -> list[str]:
    """Three columns for each course: how it stands, since when, until when."""
    fixed = [
        _("Persona"), _("RUN (parcial)"), _("Unidad"), _("Estamento"), _("Calidad jurídica"),
    ]  # fmt: skip
    return fixed + [
        text % {"course": course.title}
        for course in courses
        for text in (
            _("%(course)s: situación"), _("%(course)s: completado el"), _("%(course)s: vigente hasta"),
        )
    ]  # fmt: skip


def cells_of(rows: Iterable[MatrixRow]) -> Iterator[list[object]]:
    """The cells of a file, row by row."""
    for row in rows:
        line: list[object] = [row.name, row.run_masked, row.unit, row.estamento, row.legal_quality]
        for cell in row.cells:
            line += [str(KIND_WORDS[cell.kind]), cell.on, cell.until]
        yield line
