"""The parts of a text document that are the same in all: types, relations, styles, bullets."""

from xml.sax.saxutils import quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
RELATIONS_OF_DOCUMENT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>'
)
NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_INK, _SOFT, _BRAND = "10242B", "475960", "0A5568"


def styles_part(*, language: str) -> str:
    """Styles by their built-in names, so that a program knows what is a title."""
    base = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
        f"<w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    styles = [
        _style("Normal", "Normal", is_default=True),
        _style("Kicker", "Antetítulo", size=20, colour=_BRAND, is_bold=True),
        _style("Title", "Title", size=44, colour=_INK, is_bold=True),
        _style("Subtitle", "Subtitle", size=26, colour=_SOFT),
        _style("Warning", "Advertencia", is_bold=True, frame=True),
        _style("Heading1", "heading 1", size=30, colour=_INK, is_bold=True, outline=0, before=360),
        _style("Heading2", "heading 2", size=24, colour=_INK, is_bold=True, outline=1, before=240),
        _style("ListBullet", "List Bullet", bullet=True),
        _style("TableHead", "Títulos de tabla", size=19, is_bold=True, after=40),
        _style("TableText", "Texto de tabla", size=19, after=40),
        _style("Footer", "footer", size=17, colour=_SOFT),
    ]
    return f'{_HEAD}<w:styles xmlns:w="{_MAIN}">{base}{"".join(styles)}{_TABLE}</w:styles>'


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="6F8087"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)


def _style(
    code: str, name: str, *, size: int = 0, colour: str = "", is_bold: bool = False, is_default: bool = False,
    outline: int | None = None, before: int = 0, after: int | None = None, bullet: bool = False,
    frame: bool = False,
) -> str:  # fmt: skip
    """``size`` in half points; ``before`` and ``after`` in twentieths of one."""
    paragraph = ["<w:keepNext/>"] if outline is not None else []
    if bullet:
        paragraph.append('<w:numPr><w:numId w:val="1"/></w:numPr>')
    if frame:
        edges = ("top", "left", "bottom", "right")
        lines = "".join(f'<w:{one} w:val="single" w:sz="8" w:space="4" w:color="{_INK}"/>' for one in edges)
        paragraph.append(f"<w:pBdr>{lines}</w:pBdr>")
    if before or after is not None:
        paragraph.append(f'<w:spacing w:before="{before}" w:after="{120 if after is None else after}"/>')
    if outline is not None:
        paragraph.append(f'<w:outlineLvl w:val="{outline}"/>')
    run = ["<w:b/>"] if is_bold else []
    run += [f'<w:color w:val="{colour}"/>'] if colour else []
    run += [f'<w:sz w:val="{size}"/>'] if size else []
    default = ' w:default="1"' if is_default else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>'
        f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{''.join(run)}</w:rPr></w:style>"
    )
