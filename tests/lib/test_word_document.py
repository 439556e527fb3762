"""A paper as a text document: what an office program and a screen reader need to find."""

import io
import zipfile
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from lms.lib.paper import Bullets, Grid, GridColumn, Heading, Paper, Passage
from lms.lib.word_document import write_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
PAPER = Paper(
    title="Informe & más",
    kicker="Plan",
    subtitle="2026",
    author="Servicio de Ejemplo",
    made_at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
    foot="Borrador",
    warning="Revisar antes de enviar.",
    blocks=[
        Heading("Sección"),
        Passage("Primera línea\nSegunda línea", label="Responsable"),
        Heading("Dentro", 3),
        Bullets(["uno", "dos"]),
        Grid((GridColumn("Hito", 0.6), GridColumn("Plazo", 0.4)), [["Guía <1>", "junio\njulio"]]),
        Passage("Con \x0b y \x00 letras que no valen"),
    ],
)


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(write_word(paper=PAPER)))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> Element:
    found = fromstring(parts["word/document.xml"]).find(f"{W}body")
    assert found is not None
    return found


def style_of(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.attrib[f"{W}val"] if style is not None else ""


def text_of(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_every_part_is_well_formed_and_declared(parts: dict[str, bytes]) -> None:
    for body in parts.values():
        fromstring(body)
    assert next(iter(parts)) == "[Content_Types].xml"
    declared = {
        one.attrib["PartName"] for one in fromstring(parts["[Content_Types].xml"]) if "PartName" in one.attrib
    }
    assert declared == {f"/{name}" for name in parts if name.endswith(".xml") and "[" not in name}


def test_titles_are_titles(body: Element) -> None:
    found = [(style_of(one), text_of(one)) for one in body.findall(f"{W}p")]
    assert ("Title", "Informe & más") in found
    assert ("Warning", "Revisar antes de enviar.") in found
    assert ("Heading1", "Sección") in found
    assert ("Heading2", "Dentro") in found
    assert [text for style, text in found if style == "ListBullet"] == ["uno", "dos"]


def test_used_styles_are_defined(parts: dict[str, bytes], body: Element) -> None:
    defined = {one.attrib[f"{W}styleId"] for one in fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    used = {style_of(one) for one in body.iter(f"{W}p")} - {""}
    assert used <= defined


def test_table_has_a_row_of_titles(body: Element) -> None:
    table = body.find(f"{W}tbl")
    assert table is not None
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False]
    assert [text_of(cell) for cell in rows[1].findall(f"{W}tc")] == ["Guía <1>", "juniojulio"]


def test_lines_are_paragraphs_and_what_xml_cannot_hold_is_left_out(body: Element) -> None:
    texts = [text_of(one) for one in body.findall(f"{W}p")]
    assert "Responsable: Primera línea" in texts
    assert "Segunda línea" in texts
    assert "Con  y  letras que no valen" in texts


def test_language_and_title_are_set(parts: dict[str, bytes]) -> None:
    languages = [one.attrib[f"{W}val"] for one in fromstring(parts["word/styles.xml"]).iter(f"{W}lang")]
    assert languages == ["es-CL"]
    core = fromstring(parts["docProps/core.xml"])
    assert core.findtext(f"{DC}title") == "Informe & más"
    assert core.findtext(f"{DC}language") == "es-CL"


def test_same_paper_gives_the_same_bytes() -> None:
    assert write_word(paper=PAPER) == write_word(paper=PAPER)
