"""A paper as PDF pages: titles, passages that go on over pages, lists, and tables whose cells wrap."""

from collections.abc import Sequence
from functools import singledispatch

from certificates.pdf.fonts import BOLD, REGULAR, SEMIBOLD, text_width
from certificates.pdf.metadata import DocumentData
from lms.lib.paper import Bullets, Grid, Heading, Paper, Passage
from lms.ui.pdf.page import BOTTOM, BRAND, COLUMN, INK, LEADING, LEFT, SOFT, Page
from lms.ui.pdf.rendering import render_pages

SIZE, CELL_SIZE = 3.4, 3.0
CELL_LINE, CELL_GAP, INDENT = 3.9, 2.5, 5.0


def render_paper(*, paper: Paper) -> bytes:
    """The paper as a tagged PDF; the same paper gives the same bytes."""
    data = DocumentData(
        title=paper.title,
        subject=paper.subtitle,
        author=paper.author,
        language=paper.language,
        created_at=paper.made_at,
    )
    return render_pages(data=data, foot=paper.foot, draw=lambda page: _draw(page, paper))


def _draw(page: Page, paper: Paper) -> None:
    _flow(page, paper.kicker, size=3.4, font=SEMIBOLD, fill=BRAND)
    page.space(2)
    _flow(page, paper.title, size=6.6, font=BOLD, role="H1")
    page.space(1)
    _flow(page, paper.subtitle, size=4, fill=SOFT)
    if paper.warning:
        page.space(1)
        _flow(page, paper.warning, size=3.8, font=SEMIBOLD)
    page.rule(INK, 0.9)
    for block in paper.blocks:
        _block(block, page)


@singledispatch
def _block(block: object, page: Page) -> None:
    raise TypeError(block)


@_block.register
def _heading(block: Heading, page: Page) -> None:
    page.space(5 if block.level == 2 else 3)
    if block.level == 2:
        page.need(34)
        page.rule(INK, 0.6, after=1.2)
        _flow(page, block.text, size=4.6, font=BOLD, role="H2")
        page.space(1.6)
    else:
        page.need(20)
        _flow(page, block.text, size=3.9, font=BOLD, role="H3")


@_block.register
def _passage(block: Passage, page: Page) -> None:
    text = f"{block.label}: {block.text}" if block.label else block.text
    for line in text.split("\n"):
        if line.strip():
            _flow(page, line, size=SIZE)


@_block.register
def _bullets(block: Bullets, page: Page) -> None:
    with page.tree.group("L"):
        for item in block.items:
            with page.tree.group("LI"):
                page.need(SIZE * LEADING)
                with page.tree.artifact():
                    page.line(LEFT + 1, page.y + SIZE * 0.8, "•", size=SIZE, fill=INK)
                _flow(page, item.replace("\n", " "), size=SIZE, role="LBody", indent=INDENT)


@_block.register
def _grid(block: Grid, page: Page) -> None:
    page.space(2)
    widths = [column.share * COLUMN for column in block.columns]
    titles = [column.title for column in block.columns]
    with page.tree.group("Table"):
        page.need(24)
        with page.tree.group("TR"):
            _cells(page, titles, widths, font=SEMIBOLD, roles=("TH", "TH"), scopes=("Column", "Column"))
        for row in block.rows:
            if page.y + _height(page, row, widths) > BOTTOM:
                page.turn()
                with page.tree.artifact():
                    _draw_cells(page, titles, widths, font=SEMIBOLD)
            with page.tree.group("TR"):
                _cells(page, row, widths, font=REGULAR, roles=("TH", "TD"), scopes=("Row", ""))
    page.space(2)


def _cells(
    page: Page, texts: Sequence[str], widths: Sequence[float], *, font: str,
    roles: tuple[str, str], scopes: tuple[str, str],
) -> None:  # fmt: skip
    """One row; the first cell has the first role, the others the second."""
    x = LEFT
    for index, (text, width) in enumerate(zip(texts, widths, strict=True)):
        after = min(index, 1)
        with page.tree.element(roles[after], scope=scopes[after]):
            _lines(page, x, text, width, font=font)
        x += width
    _end_row(page, texts, widths)


def _draw_cells(page: Page, texts: Sequence[str], widths: Sequence[float], *, font: str) -> None:
    """The titles again, for the eye only."""
    x = LEFT
    for text, width in zip(texts, widths, strict=True):
        _lines(page, x, text, width, font=font)
        x += width
    page.space(_height(page, texts, widths))


def _end_row(page: Page, texts: Sequence[str], widths: Sequence[float]) -> None:
    page.space(_height(page, texts, widths) - 1.4)
    page.rule("#d3dbdd", 0.2, after=1.2)


def _lines(page: Page, x: float, text: str, width: float, *, font: str) -> None:
    for number, line in enumerate(_break(page, text, CELL_SIZE, font, width - CELL_GAP)):
        page.line(x, page.y + CELL_LINE * (number + 0.7), line, size=CELL_SIZE, font=font, fill=INK)


def _height(page: Page, texts: Sequence[str], widths: Sequence[float]) -> float:
    """Of a row, in the wider of its two weights."""
    most = max(
        len(_break(page, text, CELL_SIZE, SEMIBOLD, width - CELL_GAP))
        for text, width in zip(texts, widths, strict=True)
    )
    return most * CELL_LINE + 2


def _flow(
    page: Page, text: str, *, size: float, font: str = REGULAR, fill: str = INK, role: str = "P",
    indent: float = 0,
) -> None:  # fmt: skip
    """A paragraph that goes on on the next page where it has to; its parts are told one after another."""
    lines = _break(page, text, size, font, COLUMN - indent)
    step = size * LEADING
    while lines:
        room = int((BOTTOM - page.y) / step)
        if room < min(2, len(lines)):
            page.turn()
            continue
        with page.tree.element(role):
            for number, line in enumerate(lines[:room]):
                y = page.y + size * 0.8 + number * step
                page.line(LEFT + indent, y, line, size=size, font=font, fill=fill)
        page.space(min(len(lines), room) * step)
        lines = lines[room:]
    page.space(size * 0.4)


def _break(page: Page, text: str, size: float, font: str, width: float) -> list[str]:
    """The text broken to a width; an address that is too long for a line is broken anywhere."""
    lines: list[str] = []
    for part in text.split("\n"):
        for line in page.wrap(part, size=size, font=font, width=width):
            lines += _cut(line, size, font, width)
    return lines


def _cut(line: str, size: float, font: str, width: float) -> list[str]:
    pieces = []
    while text_width(line.rstrip(), font, size) > width and len(line) > 1:
        end = len(line)
        while end > 1 and text_width(line[:end], font, size) > width:
            end -= 1
        pieces.append(line[:end])
        line = line[end:]
    return [*pieces, line]
