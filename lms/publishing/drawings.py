"""Pictures that stand alone on other pages: SVG with its own title and description, nothing that runs.

Colours are attributes, because a picture brings no style sheet; each stands beside its words.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lms.lib.xml_text import xml_text
from lms.plan.rules.progress import ShownStatus
from lms.publishing.selectors.embeds import EmbedFacts

MEDIA_TYPE = "image/svg+xml; charset=utf-8"
FONT = "Verdana, 'DejaVu Sans', sans-serif"
INK, SOFT, BRAND, PAPER, LINE = "#10242b", "#475960", "#0a5568", "#ffffff", "#6f8087"
FILLS = {
    ShownStatus.COMPLETE: "#0a5568",
    ShownStatus.SUBSTANTIAL: "#2f7f94",
    ShownStatus.LIMITED: "#7fb2c1",
    ShownStatus.NOT_STARTED: "#c9d6da",
    ShownStatus.NO_EVIDENCE: "#f3c64e",
    ShownStatus.NOT_REPORTED: "#ffffff",
}
LETTER = 6.8
"""Width of a letter of 11 pixels, roughly; the text is then fitted to it."""
WIDTH, LINE_HEIGHT, LETTERS_IN_LINE = 480, 20, 62


def draw_badge(facts: EmbedFacts) -> bytes:
    """``Compromiso 2 | 1 de 3 hitos completos, informado al 20 de noviembre de 2026``."""
    left = _("Compromiso %(number)s") % {"number": facts.commitment.number}
    right = f"{facts.short}, {facts.updated}"
    first, second = (round(len(text) * LETTER) + 16 for text in (left, right))
    content = format_html(
        '<rect width="{}" height="24" fill="{}"/><rect x="{}" width="{}" height="23" y=".5" fill="{}" '
        'stroke="{}"/>{}{}',
        first, BRAND, first, second, PAPER, BRAND,
        _fitted(left, 8, first - 16, PAPER), _fitted(right, first + 8, second - 16, INK),
    )  # fmt: skip
    return _picture(
        first + second + 1, 24, title=f"{left}: {right}", text=_description(facts), content=content
    )


def draw_chart(facts: EmbedFacts) -> bytes:
    """Milestones by status as a bar with its legend, and training coverage in words."""
    title = _("Compromiso %(number)s. %(title)s") % {
        "number": facts.commitment.number,
        "title": facts.commitment.title,
    }
    y = 24
    rows = [_text(line, y + LINE_HEIGHT * n, is_bold=True) for n, line in enumerate(_lines(title))]
    y += LINE_HEIGHT * len(rows)
    rows += [_text(f"{facts.short}, {facts.updated}", y), _bar(facts, y + 12)]
    y += 54
    for status, words, count in facts.parts:
        rows.append(_legend(FILLS[status], f"{words}: {count}", y))
        y += LINE_HEIGHT
    training = _("Cobertura de la formación: %(words)s") % {"words": facts.training.words}
    for line in [*_lines(training), facts.training.people]:
        if line:
            rows.append(_text(line, y + 8))
            y += LINE_HEIGHT
    rows.append(_text(_("Fuente: %(url)s") % {"url": facts.url}, y + 10, fill=SOFT, size=10))
    height = y + 26
    frame = format_html(
        '<rect x=".5" y=".5" width="{}" height="{}" fill="{}" stroke="{}"/>',
        WIDTH - 1,
        height - 1,
        PAPER,
        LINE,
    )
    content = format_html_join("", "{}", ((row,) for row in (frame, *rows)))
    return _picture(WIDTH, height, title=title, text=_description(facts), content=content)


def _description(facts: EmbedFacts) -> str:
    training = _("Cobertura de la formación: %(words)s") % {"words": facts.training.words}
    return f"{facts.counted}; {facts.updated}. {training}. {facts.url}"


def _bar(facts: EmbedFacts, y: int) -> SafeString:
    """As long as all milestones; empty and dashed where there is none."""
    width = WIDTH - 32
    if not facts.total:
        return format_html(
            '<rect x="16" y="{}" width="{}" height="18" fill="none" stroke="{}" stroke-dasharray="4 4"/>',
            y, width, LINE,
        )  # fmt: skip
    marks, x = [], 16.0
    for status, _words, count in facts.parts:
        part = width * count / facts.total
        marks.append((f"{x:.1f}", y, f"{part:.1f}", FILLS[status], LINE))
        x += part
    return format_html_join("", '<rect x="{}" y="{}" width="{}" height="18" fill="{}" stroke="{}"/>', marks)


def _legend(fill: str, text: str, y: int) -> SafeString:
    return format_html(
        '<rect x="16" y="{}" width="12" height="12" fill="{}" stroke="{}"/>{}',
        y - 10, fill, LINE, _text(text, y, x=36),
    )  # fmt: skip


def _text(
    text: str, y: int, *, x: int = 16, fill: str = INK, size: int = 12, is_bold: bool = False
) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>',
        x, y, FONT, size, "bold" if is_bold else "normal", fill, xml_text(text),
    )  # fmt: skip


def _fitted(text: str, x: int, width: int, fill: str) -> SafeString:
    return format_html(
        '<text x="{}" y="16" font-family="{}" font-size="11" fill="{}" textLength="{}" '
        'lengthAdjust="spacingAndGlyphs">{}</text>',
        x, FONT, fill, width, xml_text(text),
    )  # fmt: skip


def _lines(text: str) -> Sequence[str]:
    """Broken at spaces, four lines at most."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= LETTERS_IN_LINE:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    return lines if len(lines) <= 4 else [*lines[:3], f"{lines[3]}…"]


def _picture(width: int, height: int, *, title: str, text: str, content: SafeString) -> bytes:
    picture = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="t d" xml:lang="es-CL"><title id="t">{}</title><desc id="d">{}</desc>{}</svg>',
        width, height, width, height, xml_text(title), xml_text(text), content,
    )  # fmt: skip
    return picture.encode()
