"""The sheet of progress: it comes back as it was downloaded, and refuses row by row."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from lms.plan.models import Commitment, Evidence, ProgressUpdate
from tests.factories.plan import CommitmentFactory
from tests.factories.plan_progress import create_milestone
from tests.personas import Personas, client_for
from tests.plan.reporting import UPDATE, begun, bruno, commitment, form, send

__all__ = ["begun", "bruno", "commitment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

# --- The sheet -----------------------------------------------------------------------------------
SHEET = "/plan/informar/local/planilla/"


def sheet_rows(client: Client) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(client.get("/plan/informar/local/planilla.xlsx").content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def upload(client: Client, text: str, name: str = "avance.csv") -> Any:
    return client.post(SHEET, {"file": SimpleUploadedFile(name, text.encode())})


def test_sheet_comes_back_as_it_was_downloaded(bruno: Client, begun: ProgressUpdate) -> None:
    bruno.post(UPDATE, form(begun, **{"h1-status": "limited", "h1-text": "=1+1", "h2-text": "Sí; «no»"}))
    content = bruno.get("/plan/informar/local/planilla.csv").content
    answer = bruno.post(SHEET, {"file": SimpleUploadedFile("avance.csv", content)})
    assert answer.status_code == 302
    lines = begun.lines.order_by("milestone__order").values_list("status", "text")
    assert list(lines) == [("limited", "=1+1"), (None, "Sí; «no»")]


def test_filled_workbook_is_saved_in_drafts(bruno: Client, commitment: Commitment) -> None:
    book = load_workbook(io.BytesIO(bruno.get("/plan/informar/local/planilla.xlsx").content))
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    for title, value in {
        "estado": "Completo", "avance": "Listo", "evidencia": "Acta", "enlace": "https://x.example/a",
        "fecha_evidencia": "02-05-2024",
    }.items():  # fmt: skip
        sheet.cell(row=2, column=titles.index(title) + 1, value=value)
    out = io.BytesIO()
    book.save(out)
    bruno.post(SHEET, {"file": SimpleUploadedFile("avance.xlsx", out.getvalue())})
    update = commitment.updates.get()
    assert (update.state, update.lines.get(milestone__code="h1").status) == ("draft", "complete")
    assert Evidence.objects.get().url == "https://x.example/a"


def test_evidence_of_a_sheet_is_added_once(bruno: Client, commitment: Commitment) -> None:
    text = (
        "compromiso;hito;estado;avance;evidencia;enlace;fecha_evidencia\n"
        "1;h1;Limitado;x;Acta;https://x.example/a;02-05-2024\n"
    )
    for _turn in range(2):
        assert upload(bruno, text).status_code == 302
    assert Evidence.objects.count() == 1


def test_row_errors_name_row_and_column_and_nothing_is_saved(bruno: Client, commitment: Commitment) -> None:
    text = (
        "compromiso,hito,estado,avance,plazo_nuevo,motivo_plazo,evidencia,enlace,fecha_evidencia\n"
        "1,h1,Limitado,bien,,,,,\n"
        "1,h9,Limitado,x,,,,,\n"
        "1,h2,Casi,x,31-02-2025,,Acta,nada,\n"
        "1,h1,Completo,x,,,,,\n"
    )
    answer = upload(bruno, text)
    page = answer.content.decode()
    assert answer.status_code == 400
    for words in (
        "Fila 3, columna «hito»", "No hay un hito «h9»", "Fila 4, columna «estado»", "«Casi» no es un estado",
        "Fila 4, columna «plazo_nuevo»", "Fila 4, columna «enlace»", "Fila 4, columna «fecha_evidencia»",
        "Fila 5, columna «hito»", "ya está en la fila 2",
    ):  # fmt: skip
        assert words in page
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "El archivo está vacío"),
        (b"compromiso;hito;status;avance\n1;h1;x;y\n", "Faltan columnas: «estado»"),
        (b"compromiso;hito;estdo;avance\n1;h1;x;y\n", "¿«estdo» es «estado»?"),
        (b"compromiso;hito;estado;avance;estado\n1;h1;x;y;z\n", "está dos veces"),
        (b"compromiso;hito;estado;avance\n", "no tiene filas"),
        (b"compromiso;hito;estado;avance\n1;h1;;\n", "no dice nada nuevo"),
        (b"%PDF-1.4", "Eso no es una planilla"),
        (b"PK\x03\x04roto", "El archivo está dañado"),
        (b"a\x00b", "No se entiende el texto"),
        (b"x" * (5 * 1024 * 1024 + 1), "pesa más de 5 MB"),
    ],
)
def test_file_that_is_no_such_sheet_is_refused(
    bruno: Client, commitment: Commitment, content: bytes, words: str
) -> None:
    answer = bruno.post(SHEET, {"file": SimpleUploadedFile("avance.csv", content)})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ProgressUpdate.objects.exists()


def test_renamed_column_that_is_not_required_is_refused_too(bruno: Client, commitment: Commitment) -> None:
    text = "compromiso;hito;estado;avance;plaso_nuevo;motivo_plazo\n1;h1;Limitado;x;31-12-2026;Por qué\n"
    assert "¿«plaso_nuevo» es «plazo_nuevo»?" in upload(bruno, text).content.decode()
    assert not ProgressUpdate.objects.exists()


def test_blank_cell_leaves_what_the_draft_says(bruno: Client, begun: ProgressUpdate) -> None:
    bruno.post(UPDATE, form(begun, **{"h1-text": "De una colega."}))
    upload(bruno, "compromiso;hito;estado;avance\n1;h1;Limitado;\n")
    line = begun.lines.get(milestone__code="h1")
    assert (line.status, line.text) == ("limited", "De una colega.")


def test_sheet_does_not_write_over_what_was_sent(bruno: Client, begun: ProgressUpdate) -> None:
    send(bruno, begun)
    answer = bruno.post(
        SHEET,
        {"file": SimpleUploadedFile("a.csv", b"compromiso;hito;estado;avance\n1;h1;Completo;otro\n")},
        follow=True,
    )
    assert "No se guardó nada" in answer.content.decode()
    assert begun.lines.filter(text="otro").count() == 0


def test_sheet_holds_only_what_one_reports_on(bruno: Client, commitment: Commitment, at: Any) -> None:
    other = CommitmentFactory(plan=commitment.plan, number=2)
    create_milestone(commitment=other, at=at)
    assert {row[0] for row in sheet_rows(bruno)[1:]} == {"1"}
    text = "compromiso;hito;estado;avance\n2;h1;Completo;x\n"
    assert "No hay un hito «h1» en el compromiso «2»" in upload(bruno, text).content.decode()


def test_sheet_does_not_exist_for_others(commitment: Commitment, personas: Personas) -> None:
    assert client_for(personas.ana).get(SHEET).status_code == 404
    assert client_for(personas.ana).get("/plan/informar/local/planilla.csv").status_code == 404
