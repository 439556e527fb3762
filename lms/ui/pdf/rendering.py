"""A PDF from a function that fills its pages: drawn twice, because each page says of how many."""

import io
from collections.abc import Callable

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.fonts import REGULAR, register_fonts
from certificates.pdf.metadata import DocumentData, set_dates, write_metadata
from lms.ui.pdf.page import HEIGHT, WIDTH, Page
from lms.ui.pdf.tree import PagedTree


def render_pages(*, data: DocumentData, foot: str, draw: Callable[[Page], None]) -> bytes:
    """The same data and drawing give the same bytes in any process."""
    register_fonts()
    _content, pages = _draw(data, foot, draw, 0)
    content, _pages = _draw(data, foot, draw, pages)
    return content


def _draw(data: DocumentData, foot: str, draw: Callable[[Page], None], pages: int) -> tuple[bytes, int]:
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer, pagesize=(WIDTH * mm, HEIGHT * mm), pageCompression=1, invariant=1, pdfVersion=(1, 7),
        lang=data.language, initialFontName=REGULAR,
    )  # fmt: skip
    set_dates(canvas, data.created_at)
    canvas.setTitle(data.title)
    canvas.setAuthor(data.author)
    canvas.setSubject(data.subject)
    canvas.setCreator(data.author)
    tree = PagedTree(canvas, language=data.language)
    page = Page(canvas, tree, foot=lambda number: _foot(foot, number, pages))
    draw(page)
    page.finish()
    tree.write()
    write_metadata(canvas, data)
    canvas.save()
    return buffer.getvalue(), page.number


def _foot(text: str, number: int, pages: int) -> tuple[str, str]:
    return text, _("Página %(number)s de %(pages)s") % {"number": number, "pages": pages}
