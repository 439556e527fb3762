"""A paper as a text document: WordprocessingML (ISO/IEC 29500-1, transitional), which all offices open.

Titles are real titles, rows of titles are marked as such and repeat on each page, and the language
and the name of the document are set, so that a screen reader finds its way. The same paper gives
the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import singledispatch
from xml.sax.saxutils import escape, quoteattr

from lms.lib.paper import Bullets, Grid, GridColumn, Heading, Paper, Passage
from lms.lib.word_parts import CONTENT_TYPES, NUMBERING, RELATIONS, RELATIONS_OF_DOCUMENT, styles_part
from lms.lib.xml_text import xml_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TEXT_WIDTH = 9070
"""Twentieths of a point: an A4 page less its margins of 2.5 cm."""


def write_word(*, paper: Paper) -> bytes:
    """The document as the bytes of a .docx."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "docProps/core.xml": _properties(paper),
        "word/document.xml": _document(paper),
        "word/styles.xml": styles_part(language=paper.language),
        "word/numbering.xml": NUMBERING,
        "word/settings.xml": _settings(paper),
        "word/footer1.xml": _footer(paper),
        "word/_rels/document.xml.rels": RELATIONS_OF_DOCUMENT,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _document(paper: Paper) -> str:
    body = "".join(_body(paper))
    return (
        f'{HEAD}<w:document xmlns:w="{MAIN}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
        f"{body}<w:sectPr>"
        '<w:footerReference w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _body(paper: Paper) -> Iterator[str]:
    yield _paragraph(paper.kicker, style="Kicker")
    yield _paragraph(paper.title, style="Title")
    yield _paragraph(paper.subtitle, style="Subtitle")
    if paper.warning:
        yield _paragraph(paper.warning, style="Warning")
    for block in paper.blocks:
        yield _block(block)


@singledispatch
def _block(block: object) -> str:
    raise TypeError(block)


@_block.register
def _heading(block: Heading) -> str:
    return _paragraph(block.text, style=f"Heading{block.level - 1}")


@_block.register
def _passage(block: Passage) -> str:
    lines = block.text.split("\n")
    first = _paragraph(lines[0], label=block.label)
    return first + "".join(_paragraph(line) for line in lines[1:] if line.strip())


@_block.register
def _bullets(block: Bullets) -> str:
    return "".join(_paragraph(item, style="ListBullet") for item in block.items)


@_block.register
def _grid(block: Grid) -> str:
    widths = [round(column.share * TEXT_WIDTH) for column in block.columns]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, widths) for row in block.rows)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{_titles(block.columns, widths)}{rows}</w:tbl>"
        f"{_paragraph('')}"
    )


def _titles(columns: Sequence[GridColumn], widths: Sequence[int]) -> str:
    cells = "".join(
        _cell(column.title, width, style="TableHead") for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = "".join(_cell(text, width, style="TableText") for text, width in zip(row, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, *, style: str) -> str:
    paragraphs = "".join(_paragraph(line, style=style) for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, *, style: str = "", label: str = "") -> str:
    kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    before = f"<w:r><w:rPr><w:b/></w:rPr>{_run_text(f'{label}: ')}</w:r>" if label else ""
    return f"<w:p>{kind}{before}<w:r>{_run_text(text)}</w:r></w:p>"


def _run_text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(xml_text(text))}</w:t>'


def _settings(paper: Paper) -> str:
    language = quoteattr(paper.language)
    return f'{HEAD}<w:settings xmlns:w="{MAIN}"><w:themeFontLang w:val={language}/></w:settings>'


def _footer(paper: Paper) -> str:
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    text = _run_text(f"{paper.foot} · ")
    foot = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r>{text}</w:r>{number}</w:p>'
    return f'{HEAD}<w:ftr xmlns:w="{MAIN}">{foot}</w:ftr>'


def _properties(paper: Paper) -> str:
    made = _instant(paper.made_at)
    return (
        f"{HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(xml_text(paper.title))}</dc:title>"
        f"<dc:subject>{escape(xml_text(paper.subtitle))}</dc:subject>"
        f"<dc:creator>{escape(xml_text(paper.author))}</dc:creator>"
        f"<dc:language>{escape(paper.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
