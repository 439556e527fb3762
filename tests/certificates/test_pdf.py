import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pikepdf
import pytest
import segno

from certificates.pdf import CertificateNameError, CertificateTextError, render_certificate
from certificates.pdf.qr import qr_matrix
from tests.certificates.samples import NAME, SHEET, facts, sheet

LONG_NAME = "María de los Ángeles Fernanda Valentina Huenchullán-Catrileo del Río y Sánchez de la Barra"


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(render_certificate(sheet=SHEET))) as opened:
        yield opened


def text_by_element(opened: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Role and text of each marked piece of the first page, in the order of drawing."""
    page = opened.pages[0]
    tables = {name: unicode_table(font) for name, font in page.Resources.Font.items()}
    pieces: list[tuple[str, str]] = []
    table: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in {"BDC", "BMC"}:
            pieces.append((str(operands[0]), ""))
        elif str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) == "Tj":
            role, text = pieces[-1]
            pieces[-1] = (role, text + "".join(table[code] for code in bytes(operands[0])))
    return pieces


def unicode_table(font: pikepdf.Object) -> dict[int, str]:
    """The font's ToUnicode map: byte to letter."""
    source = font.ToUnicode.read_bytes().decode("ascii")
    return {
        int(code, 16): bytes.fromhex(target).decode("utf-16-be")
        for code, target in re.findall(r"^<(\w\w)> <(\w{4,})>$", source, re.MULTILINE)
    }


def whole_text(opened: pikepdf.Pdf) -> str:
    return "\n".join(text for _role, text in text_by_element(opened))


def structure(opened: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(opened.Root.StructTreeRoot.K[0].K)


def xmp_of(opened: pikepdf.Pdf) -> str:
    return bytes(opened.Root.Metadata.read_bytes()).decode()


# --- Structure -----------------------------------------------------------------------------------
def test_document_is_marked_as_tagged_and_says_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "es-CL"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == f"Certificado de {NAME}: {SHEET.facts.course_title}"
    assert pdf.pages[0].Tabs == pikepdf.Name.S


def test_structure_has_one_heading_and_only_known_roles(pdf: pikepdf.Pdf) -> None:
    roles = [str(element.S) for element in structure(pdf)]
    assert roles.count("/H1") == roles.count("/Link") == roles.count("/Figure") == 1
    assert set(roles) == {"/H1", "/P", "/Figure", "/Link"}


def test_every_piece_of_content_is_an_artifact_or_belongs_to_the_structure(pdf: pikepdf.Pdf) -> None:
    depth, marked = 0, []
    painting = {"Tj", "f", "F", "f*", "B", "S", "b", "s"}
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in painting:
            assert depth == 1, name
        if name == "BDC":
            marked.append(int(operands[1].MCID))
    assert depth == 0
    assert marked == [int(element.K[0]) for element in structure(pdf)] == list(range(len(marked)))


def test_parent_tree_leads_from_content_back_to_elements(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    (link,) = [element for element in structure(pdf) if pikepdf.Name.Link == element.S]
    assert [element.objgen for element in numbers[1]] == [element.objgen for element in structure(pdf)]
    assert numbers[3].objgen == link.objgen


def test_link_has_a_description_and_leads_to_the_verification_page(pdf: pikepdf.Pdf) -> None:
    (annotation,) = pdf.pages[0].Annots
    assert str(annotation.A.URI) == SHEET.verification_url
    assert str(annotation.Contents) == "Comprobar este certificado"
    assert int(annotation.F) == 4
    assert int(annotation.StructParent) == 1


def test_qr_has_an_alternative_text(pdf: pikepdf.Pdf) -> None:
    (figure,) = [element for element in structure(pdf) if pikepdf.Name.Figure == element.S]
    assert str(figure.Alt) == f"Código QR que lleva a {SHEET.verification_url}"
    assert len(figure.A.BBox) == 4


def test_all_fonts_are_embedded_subsets_with_a_unicode_map(pdf: pikepdf.Pdf) -> None:
    fonts = list(pdf.pages[0].Resources.Font.values())
    assert len(fonts) == 3
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
        assert "/FontFile2" in font.FontDescriptor
        assert "/ToUnicode" in font


def test_metadata_claims_ua_1_and_a_2a_with_an_output_intent(pdf: pikepdf.Pdf) -> None:
    xmp = xmp_of(pdf)
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
    assert str(pdf.docinfo.CreationDate) == "D:20260512164200+00'00'"
    assert "<xmp:CreateDate>2026-05-12T16:42:00+00:00</xmp:CreateDate>" in xmp


def test_every_stream_ends_with_an_end_of_line() -> None:
    content = render_certificate(sheet=SHEET)
    assert len(re.findall(rb"\nendstream\n", content)) == content.count(b"endstream\n")


def test_page_is_a4_landscape(pdf: pikepdf.Pdf) -> None:
    assert [round(float(value) / 72 * 25.4, 1) for value in pdf.pages[0].MediaBox] == [0, 0, 297, 210]


# --- Words ---------------------------------------------------------------------------------------
def test_text_says_everything_in_reading_order(pdf: pikepdf.Pdf) -> None:
    read = [text for role, text in text_by_element(pdf) if role != "/Artifact" and text]
    assert read == [
        "Aula Abierta",
        "Formación en integridad y gobierno abierto",
        "Certificado",
        "Aporta al compromiso 1 de 12 del Plan de Acción",
        "Se certifica que",
        NAME,
        "RUN 15.•••.•17-K, Servicio de Registros Territoriales",
        "completó y aprobó el curso",
        "Integridad en la función pública: fundamentos",
        "6 horas. Aprobado con 80 %. Versión 2 del curso.",
        "Competencias: juicio ético, gestión de conflictos de interés y uso de canales de denuncia.",
        "Emitido",
        "12 de mayo de 2026",
        "Vigente hasta",
        "12 de mayo de 2028",
        "Rosa Paillalef Quidel",
        "Coordinadora de integridad",
        "7K2M-90QX 3F4T-8WZP",
        "Comprueba que es válido en ",
        "testserver/verificar/7K2M-90QX-3F4T-8WZP",
        " o con el código QR.",
    ]


def test_what_is_not_known_is_left_out() -> None:
    bare = facts(
        result_percent=None, institution_name="", commitment_number=None, signatory_name="", competences=()
    )
    content = render_certificate(sheet=sheet(facts=bare, run_masked="", valid_until=None))
    with pikepdf.open(io.BytesIO(content)) as opened:
        text = whole_text(opened)
    assert "completó el curso" in text
    for absent in ("Aprobado", "RUN", "compromiso", "Coordinadora", "Competencias", "Vigente"):
        assert absent not in text


def test_markup_in_a_name_is_printed_as_letters() -> None:
    content = render_certificate(sheet=sheet(recipient_name="<b>Ana</b> &amp; (Soto)"))
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert "<b>Ana</b> &amp; (Soto)" in whole_text(opened)
        assert "&lt;b&gt;Ana" in xmp_of(opened)


def test_long_name_takes_two_lines_and_stays_whole() -> None:
    with pikepdf.open(io.BytesIO(render_certificate(sheet=sheet(recipient_name=LONG_NAME)))) as opened:
        assert LONG_NAME in whole_text(opened)


def test_competences_that_do_not_fit_are_counted() -> None:
    many = tuple(f"competencia con un nombre largo, la número {number}" for number in range(20))
    with pikepdf.open(io.BytesIO(render_certificate(sheet=sheet(facts=facts(competences=many))))) as opened:
        assert re.search(r"la número 0, .* y 1\d más\.", whole_text(opened))


def test_one_door_of_the_arcade_is_yellow() -> None:
    def yellow_fills(number: int | None) -> int:
        content = render_certificate(sheet=sheet(facts=facts(commitment_number=number)))
        with pikepdf.open(io.BytesIO(content)) as opened:
            page = opened.pages[0].Contents.read_bytes().decode("latin-1")
        return page.count(".964706 .72549 .184314 rg")

    assert yellow_fills(3) == yellow_fills(None) + 1


# --- Refusals ------------------------------------------------------------------------------------
def test_name_with_letters_that_the_typeface_lacks_is_refused_by_naming_them() -> None:
    with pytest.raises(CertificateNameError, match="ŋ, 王"):
        render_certificate(sheet=sheet(recipient_name="Haŋa 王 ŋ"))


def test_name_without_room_is_refused() -> None:
    with pytest.raises(CertificateNameError, match="demasiado largo"):
        render_certificate(sheet=sheet(recipient_name=" ".join([NAME] * 12)))


@pytest.mark.parametrize("change", [{"course_title": "Curso 王"}, {"course_title": "Integridad " * 60}])
def test_other_text_that_cannot_be_printed_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(CertificateTextError):
        render_certificate(sheet=sheet(facts=facts(**change)))


# --- QR ------------------------------------------------------------------------------------------
def test_qr_draws_exactly_the_modules_of_the_address(pdf: pikepdf.Pdf) -> None:
    expected = segno.make(SHEET.verification_url, error="m", boost_error=False, micro=False, mask=2).matrix
    size = len(expected)
    drawn = [[0] * size for _ in range(size)]
    content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    boxes = re.findall(r"(?<![\d.])(\d+) (\d+) (\d+) 1 re", content)
    for left, bottom, length in ((int(a), int(b), int(c)) for a, b, c in boxes):
        for column in range(left, left + length):
            drawn[size - bottom - 1][column] = 1
    assert drawn == [list(row) for row in expected]


def test_qr_of_another_address_differs() -> None:
    assert qr_matrix(SHEET.verification_url) != qr_matrix(SHEET.verification_url.replace("7K2M", "7K2N"))


# --- Determinism ---------------------------------------------------------------------------------
def test_same_sheet_gives_the_same_bytes_and_another_one_does_not() -> None:
    first = render_certificate(sheet=SHEET)
    later = sheet(issued_at=SHEET.issued_at + timedelta(seconds=1))
    assert render_certificate(sheet=SHEET) == first
    assert render_certificate(sheet=later) != first


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import django, hashlib; django.setup();"
        "from certificates.pdf import render_certificate; from tests.certificates.samples import SHEET;"
        "print(hashlib.sha256(render_certificate(sheet=SHEET)).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(render_certificate(sheet=SHEET)).hexdigest()
