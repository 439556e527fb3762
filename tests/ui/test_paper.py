"""Reports on paper: tagged over several pages, the same bytes every time."""

import hashlib
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest

from lms.ui.pdf import Column, Sheet, Table, render_sheet

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def sheet(rows: int = 90) -> Sheet:
    columns = [Column("Unidad", 100), Column("Personas", 30, True), Column("Avance", 44, True)]
    return Sheet(
        title="Informe de prueba",
        kicker="Servicio de Registros",
        subtitle="2026",
        facts=[("Exigencia", "Integridad"), ("Código", "ab" * 32)],
        figures=[("Cumplen", "16,7 %", "1 de 6"), ("Atrasadas", "5", "")],
        tables=[
            Table(
                "Por unidad", columns, [[f"Unidad {n} " + "larga " * 20, str(n), "5 %"] for n in range(rows)],
                bars=[n / 100 for n in range(rows)], last_is_total=True,
            )
        ],
        notes_title="Notas",
        notes=["Una nota. " * 30, "Ñandú, ŋ y 漢字."],
        foot="Servicio · ab",
        author="Aula Abierta",
        made_at=AT,
        warning="Informe retirado",
    )  # fmt: skip


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(render_sheet(sheet=sheet()))) as opened:
        yield opened


def walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary):
            yield from walk(kid)


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(walk(pdf.Root.StructTreeRoot.K[0]))


def test_it_is_marked_with_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "es-CL"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "Informe de prueba"
    xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_a_long_table_is_one_table_over_several_pages(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) > 3
    roles = [str(element.S) for element in elements(pdf)]
    assert roles.count("/Table") == roles.count("/H1") == 1
    assert roles.count("/TR") == 91  # titles once, whatever the pages
    assert roles.count("/TH") == 3 + 90


def test_rows_and_columns_name_their_heads(pdf: pikepdf.Pdf) -> None:
    heads = [element for element in elements(pdf) if str(element.S) == "/TH"]
    scopes = [str(head.A.Scope) for head in heads]
    assert scopes.count("/Column") == 3
    assert scopes.count("/Row") == 90


def test_every_mark_leads_to_its_element(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    for number, page in enumerate(pdf.pages):
        assert int(page.StructParents) == number
        marks = list(marks_of(page))
        assert marks == list(range(len(marks)))
        assert len(parents[number]) == len(marks)
        for mark, element in zip(marks, parents[number], strict=True):
            assert list(element.K) == [mark]
            assert element.Pg.objgen == page.obj.objgen


def marks_of(page: pikepdf.Page) -> Iterator[int]:
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            yield int(operands[1].MCID)


def test_everything_drawn_is_told_or_decoration(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                assert depth == 0
                depth += 1
            elif name == "EMC":
                depth -= 1
            elif name in {"Tj", "f", "f*", "re"}:
                assert depth == 1, name
        assert depth == 0


def test_a_report_without_rows_is_one_page() -> None:
    with pikepdf.open(io.BytesIO(render_sheet(sheet=sheet(rows=1)))) as opened:
        assert len(opened.pages) == 1


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import django; django.setup(); import hashlib;"
        "from tests.ui.test_paper import sheet; from lms.ui.pdf import render_sheet;"
        "print(hashlib.sha256(render_sheet(sheet=sheet())).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(render_sheet(sheet=sheet())).hexdigest()
