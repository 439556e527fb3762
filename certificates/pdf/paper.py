"""A sheet measured in millimetres from its top left corner, on which tagged text and shapes are put."""

from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.fonts import Fitted, text_width
from certificates.pdf.tagged import Rect, StructureTree

WIDTH, HEIGHT = 297.0, 210.0


class Paper:
    """Draws on a canvas; every y is the baseline of a text or the top of a shape, downwards."""

    def __init__(self, canvas: Canvas, tree: StructureTree) -> None:
        self.canvas = canvas
        self.tree = tree

    def box(self, x: float, y: float, width: float, height: float) -> Rect:
        """A rectangle in points, lower left and upper right corner."""
        return (x * mm, (HEIGHT - y - height) * mm, (x + width) * mm, (HEIGHT - y) * mm)

    def line(
        self, x: float, y: float, text: str, *, font: str, size: float, fill: str, align: str = "left"
    ) -> None:
        """One line; ``x`` is its left end, right end or middle, by ``align``. Not tagged by itself."""
        shift = {"left": 0.0, "right": 1.0, "centre": 0.5}[align] * text_width(text.rstrip(), font, size)
        self.canvas.setFillColor(fill)
        self.canvas.setFont(font, size * mm)
        self.canvas.drawString((x - shift) * mm, (HEIGHT - y) * mm, text)

    def paragraph(
        self, x: float, y: float, fitted: Fitted, *, font: str, fill: str, lead: float = 0,
        role: str = "P", align: str = "left", actual_text: str = "",
    ) -> Any:  # fmt: skip
        """Lines under one another as one element; ``lead`` is the distance of their baselines."""
        with self.tree.element(role, actual_text=actual_text) as element:
            for number, text in enumerate(fitted.lines):
                # A space at the end of a broken line keeps its words apart for readers and search.
                space = " " if number < len(fitted.lines) - 1 else ""
                self.line(
                    x, y + number * lead, text + space, font=font, size=fitted.size, fill=fill, align=align
                )
        return element

    def block(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle."""
        self.canvas.setFillColor(fill)
        self.canvas.rect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, stroke=0, fill=1)

    def arch(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        """A door: straight sides under a half circle; ``stroke`` draws its edge, 0.4 mm."""
        radius = width / 2
        path = self.canvas.beginPath()
        path.moveTo(x * mm, (HEIGHT - y - height) * mm)
        path.lineTo(x * mm, (HEIGHT - y - radius) * mm)
        path.arcTo(*self.box(x, y, width, width), 180, -180)
        path.lineTo((x + width) * mm, (HEIGHT - y - height) * mm)
        path.close()
        self._paint(path, fill, stroke)

    def half_disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """The upper half of a disc with its centre at ``x``, ``y``."""
        path = self.canvas.beginPath()
        path.moveTo((x - radius) * mm, (HEIGHT - y) * mm)
        path.arcTo(*self.box(x - radius, y - radius, 2 * radius, 2 * radius), 180, -180)
        path.close()
        self._paint(path, fill)

    def operators(self, code: str, fill: str) -> None:
        """Ready operators, filled with one colour."""
        self.canvas.setFillColor(fill)
        self.canvas._code.append(code)

    def _paint(self, path: Any, fill: str, stroke: str = "") -> None:
        self.canvas.setFillColor(fill)
        if stroke:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(0.4 * mm)
        self.canvas.drawPath(path, fill=1, stroke=1 if stroke else 0)
