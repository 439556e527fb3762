"""A report as pages: heading, facts, key figures, tables that go on over pages, notes. Millimetres."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from certificates.pdf.fonts import BOLD, REGULAR, SEMIBOLD
from certificates.pdf.metadata import DocumentData
from lms.ui.pdf.page import BOTTOM, BRAND, COLUMN, INK, LEFT, RIGHT, SOFT, Page
from lms.ui.pdf.rendering import render_pages

LANGUAGE = "es-CL"


@dataclass(frozen=True)
class Column:
    """One column of a table: its title, its width, and whether figures stand in it."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Cells as texts; the first of each row names it. ``bars``: a share 0–1 for each row, or ``None``.

    ``last_is_total``: the last row is set apart.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    bars: Sequence[float | None] = ()
    last_is_total: bool = False


@dataclass(frozen=True)
class Sheet:
    """All that one report says. ``figures``: label, number, what it is of. ``foot``: on every page."""

    title: str
    kicker: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    figures: Sequence[tuple[str, str, str]]
    tables: Sequence[Table]
    notes_title: str
    notes: Sequence[str]
    foot: str
    author: str
    made_at: datetime
    warning: str = ""


def render_sheet(*, sheet: Sheet) -> bytes:
    """The report as a PDF; the same sheet gives the same bytes in any process."""
    data = DocumentData(
        title=sheet.title,
        subject=sheet.subtitle,
        author=sheet.author,
        language=LANGUAGE,
        created_at=sheet.made_at,
    )
    return render_pages(data=data, foot=sheet.foot, draw=lambda page: _draw_all(page, sheet))


def _draw_all(page: Page, sheet: Sheet) -> None:
    page.text(sheet.kicker, size=3.4, font=SEMIBOLD, fill=BRAND, after=3.4)
    page.text(sheet.title, size=7.2, font=BOLD, fill=INK, role="H1", after=1.6)
    page.text(sheet.subtitle, size=4, fill=SOFT, after=3)
    if sheet.warning:
        page.text(sheet.warning, size=3.8, font=SEMIBOLD, fill=INK, after=3)
    page.rule(INK, 0.9)
    for label, value in sheet.facts:
        page.text(f"{label}: {value}", size=3.3, fill=INK, after=0.6)
    if sheet.figures:
        _draw_figures(page, sheet.figures)
    for table in sheet.tables:
        _draw_table(page, table)
    if sheet.notes:
        page.space(5)
        page.heading(sheet.notes_title)
        for note in sheet.notes:
            page.text(note, size=3.1, fill=INK, after=1.4)


def _draw_figures(page: Page, figures: Sequence[tuple[str, str, str]]) -> None:
    """Key figures side by side; each is one paragraph: label, number, what it is of."""
    page.space(4)
    page.need(20)
    width = COLUMN / len(figures)
    for index, (label, number, note) in enumerate(figures):
        x = LEFT + index * width
        with page.tree.element("P"):
            page.line(x, page.y, f"{label} ", size=3.1, fill=SOFT)
            page.line(x, page.y + 8.4, f"{number} ", size=8, font=BOLD, fill=INK)
            page.line(x, page.y + 13, note, size=3.1, fill=SOFT)
    page.space(15)


def _draw_table(page: Page, table: Table) -> None:
    page.space(6)
    page.heading(table.title)
    first = len(page.tree.pages)
    with page.tree.group("Table"):
        _draw_head(page, table, is_first=True)
        for index, row in enumerate(table.rows):
            if page.y + 12 > BOTTOM:
                page.turn()
                _draw_head(page, table, is_first=len(page.tree.pages) == first)
            is_total = table.last_is_total and index == len(table.rows) - 1
            _draw_row(page, table, row, table.bars[index] if table.bars else None, is_total=is_total)


def _draw_head(page: Page, table: Table, *, is_first: bool) -> None:
    """The titles; repeated on later pages for the eye only."""
    if not is_first:
        with page.tree.artifact():
            _draw_titles(page, table, page.untold_title)
    else:
        with page.tree.group("TR"):
            _draw_titles(page, table, page.column_title)
    page.space(1.6)
    page.rule("#6f8087", 0.25, after=4.4)


def _draw_titles(page: Page, table: Table, draw: Callable[[str, float, str], None]) -> None:
    x = LEFT
    for column in table.columns:
        right = x + column.width
        draw(column.title, right - 1 if column.is_number else x, "right" if column.is_number else "left")
        x = right


def _draw_row(page: Page, table: Table, row: Sequence[str], bar: float | None, *, is_total: bool) -> None:
    font = SEMIBOLD if is_total else REGULAR
    label = page.wrap(row[0], size=3.2, font=font, width=table.columns[0].width - 3)
    with page.tree.group("TR"):
        with page.tree.element("TH", scope="Row"):
            for number, text in enumerate(label):
                page.line(LEFT, page.y + number * 4, text, size=3.2, font=font, fill=INK)
        x = LEFT + table.columns[0].width
        for column, text in zip(table.columns[1:], row[1:], strict=True):
            right = x + column.width
            with page.tree.element("TD"):
                place, align = (right - 1, "right") if column.is_number else (x, "left")
                page.line(place, page.y, text, size=3.2, font=font, fill=INK, align=align)
            x = right
    if bar is not None:
        page.bar(RIGHT - 26, page.y - 2.6, 26, 2.8, bar)
    page.space((len(label) - 1) * 4 + 1.6)
    page.rule("#d3dbdd", 0.2, after=4.2)
