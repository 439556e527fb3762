"""One A4 page after another, filled from the top. Measures in millimetres; ``y`` is the next baseline."""

from collections.abc import Callable

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.fonts import BOLD, REGULAR, missing_letters, text_width
from lms.ui.pdf.tree import PagedTree

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 18.0, 192.0, 24.0, 274.0
COLUMN = RIGHT - LEFT
INK, SOFT, BRAND, LINE, EDGE = "#10242b", "#475960", "#0a5568", "#d3dbdd", "#6f8087"
LEADING = 1.36

Foot = Callable[[int], tuple[str, str]]


class Page:
    """Where the next thing goes; turns the page when there is no room."""

    def __init__(self, canvas: Canvas, tree: PagedTree, *, foot: Foot) -> None:
        self.canvas, self.tree, self._foot = canvas, tree, foot
        self.y, self.number = TOP, 1

    # --- Room ---------------------------------------------------------------------------------------
    def space(self, height: float) -> None:
        self.y += height

    def need(self, height: float) -> None:
        """Turn the page unless so much is left."""
        if self.y + height > BOTTOM:
            self.turn()

    def turn(self) -> None:
        self._draw_foot()
        self.tree.end_page()
        self.y, self.number = TOP, self.number + 1

    def finish(self) -> None:
        """The last page."""
        self._draw_foot()
        self.tree.end_page(is_last=True)

    def _draw_foot(self) -> None:
        left, right = self._foot(self.number)
        with self.tree.artifact():
            self._block(LEFT, 281, COLUMN, 0.2, LINE)
            self.line(LEFT, 286, left, size=2.7, fill=SOFT)
            self.line(RIGHT, 286, right, size=2.7, fill=SOFT, align="right")

    # --- Text ---------------------------------------------------------------------------------------
    def line(
        self, x: float, y: float, text: str, *, size: float, font: str = REGULAR, fill: str = SOFT,
        align: str = "left",
    ) -> None:  # fmt: skip
        """One line; ``x`` is its left or right end. Not tagged by itself."""
        text = printable(text)
        shift = text_width(text.rstrip(), font, size) if align == "right" else 0.0
        self.canvas.setFillColor(fill)
        self.canvas.setFont(font, size * mm)
        self.canvas.drawString((x - shift) * mm, (HEIGHT - y) * mm, text)

    def wrap(self, text: str, *, size: float, font: str, width: float) -> list[str]:
        """The text broken to a width; every line but the last keeps a space, for readers and search."""
        lines = simpleSplit(printable(text), font, size * mm, width * mm) or [""]
        return [f"{line} " for line in lines[:-1]] + lines[-1:]

    def text(
        self, text: str, *, size: float, font: str = REGULAR, fill: str = INK, role: str = "P",
        after: float = 0,
    ) -> None:  # fmt: skip
        """A paragraph over the whole column, whole on one page."""
        lines = self.wrap(text, size=size, font=font, width=COLUMN)
        self.need(len(lines) * size * LEADING)
        self.y += size * 0.8
        with self.tree.element(role):
            for number, line in enumerate(lines):
                self.line(LEFT, self.y + number * size * LEADING, line, size=size, font=font, fill=fill)
        self.y += (len(lines) - 1) * size * LEADING + size * 0.56 + after

    def heading(self, text: str) -> None:
        """A title with its rule; never alone at the foot of a page."""
        self.need(34)
        self.rule(INK, 0.6, after=1.2)
        self.text(text, size=4.6, font=BOLD, role="H2", after=3.6)

    def column_title(self, text: str, x: float, align: str) -> None:
        with self.tree.element("TH", scope="Column"):
            self.line(x, self.y, text, size=2.9, align=align)

    def untold_title(self, text: str, x: float, align: str) -> None:
        """A title that was told on an earlier page."""
        self.line(x, self.y, text, size=2.9, align=align)

    # --- Shapes -------------------------------------------------------------------------------------
    def rule(self, fill: str, thickness: float, after: float = 3) -> None:
        """A line over the whole column."""
        with self.tree.artifact():
            self._block(LEFT, self.y, COLUMN, thickness, fill)
        self.y += thickness + after

    def bar(self, x: float, y: float, width: float, height: float, share: float) -> None:
        """How much of a whole, drawn; the figure stands beside it."""
        with self.tree.artifact():
            self._block(x, y, width, height, LINE)
            self._block(x, y, width * min(max(share, 0), 1), height, BRAND)

    def _block(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.canvas.setFillColor(fill)
        self.canvas.rect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, stroke=0, fill=1)


def printable(text: str) -> str:
    """The text with a question mark for each letter that the typeface lacks."""
    for letter in missing_letters(text):
        text = text.replace(letter, "?")
    return text
