"""HR names the columns of a file, and takes its wrong rows home to correct them."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from lms.people.models import AccessLogEntry, RosterImport, RosterStatus
from tests.people.rosters import csv_file, line, xlsx_file
from tests.personas import Personas, client_for
from tests.reports.rosters import path, preview, staff, upload

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


# --- Columns -------------------------------------------------------------------------------------
OWN = (
    "Identificación",
    "Nombre de pila",
    "Apellidos",
    "Correo",
    "Centro",
    "Escalón",
    "Vínculo",
    "Alta",
    "Baja",
)


def columns_form(**changes: str) -> dict[str, str]:
    chosen = [
        "run",
        "nombres",
        "apellidos",
        "correo",
        "unidad",
        "estamento",
        "calidad_juridica",
        "desde",
        "hasta",
    ]
    return {"name": "Propio", **{f"column_{n}": name for n, name in enumerate(chosen)}} | changes


def unmatched(personas: Personas, carla: Client) -> RosterImport:
    upload(carla, personas.institution, csv_file([line(n) for n in range(4)], header=OWN))
    return RosterImport.objects.get()


def test_an_unknown_file_leads_to_its_columns_with_masked_samples(personas: Personas, carla: Client) -> None:
    page = upload(carla, personas.institution, csv_file([line(n) for n in range(4)], header=OWN))

    text = page.content.decode()
    assert page.redirect_chain[0][0] == path("roster_columns", RosterImport.objects.get())
    assert "Identificación" in text and "Peña 2" in text and "p•••@servicio.example" in text
    assert not any(whole in text for whole in ("11000002", "p2@servicio.example"))


def test_naming_the_columns_reads_the_file_and_serves_the_next_one(personas: Personas, carla: Client) -> None:
    roster = unmatched(personas, carla)

    page = carla.post(path("roster_columns", roster), columns_form(), follow=True)
    upload(carla, personas.institution, csv_file([line(n) for n in range(9)], header=OWN))

    assert page.context["counts"].new == 4
    assert RosterImport.objects.first().counts["new"] == 9


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"column_0": ""}, "Falta indicar: RUN."),
        ({"column_1": "apellidos"}, "Elegiste Apellidos dos veces"),
        ({"name": ""}, "Nombre de este formato"),
        ({"column_3": "inventada"}, "inventada"),
    ],
)
def test_columns_that_do_not_make_a_roster_are_refused_with_words(
    personas: Personas, carla: Client, changes: dict[str, str], words: str
) -> None:
    roster = unmatched(personas, carla)

    page = carla.post(path("roster_columns", roster), columns_form(**changes))

    assert page.status_code == 400
    assert words in page.content.decode()
    roster.refresh_from_db()
    assert roster.status == RosterStatus.UNMATCHED


def test_unknown_words_are_given_a_meaning_on_the_same_page(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), line(1, estamento="Nivel 2")])
    assert "Decir qué significan" in carla.get(path("roster", roster)).content.decode()

    page = carla.post(path("roster_columns", roster), columns_form(word_0="tecnicos"), follow=True)

    assert (page.context["counts"].wrong, page.context["counts"].new) == (0, 1)


# --- Wrong rows ----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_wrong_rows_can_be_corrected_in_the_file_they_come_in_and_loaded(
    personas: Personas, carla: Client, kind: str
) -> None:
    roster = preview(personas, [line(1), line(2, estamento="Rey"), line(3, nombres="=1+1", estamento="Rey")])

    content = carla.get(path(f"roster_wrong_{kind}", roster)).getvalue()
    rows = _table(content, kind)

    assert [row[-3:] for row in rows[1:]] == [
        ["3", "Estamento: «Rey»: no conocemos ese estamento.", _TODO],
        [
            "4",
            "Nombres: hay una fórmula o un error de la planilla. Estamento: «Rey»: no conocemos ese estamento.",
            f"Pega solo el valor. {_TODO}",
        ],
    ]
    assert rows[2][1] == "'=1+1"
    for row in rows[1:]:
        row[1], row[5] = "Ana", "Técnico"
    make = csv_file if kind == "csv" else xlsx_file
    again = upload(carla, personas.institution, make(rows[1:], header=rows[0]), name=f"n.{kind}")
    assert (again.context["counts"].wrong, again.context["counts"].new) == (0, 2)


_TODO = (
    "Usa Directivos, Profesionales, Fiscalizadores, Técnicos, Administrativos, Auxiliares o Sin estamento."
)


def _table(content: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(content.decode("utf-8-sig").splitlines()))
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def test_each_look_at_the_wrong_rows_is_written_down(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [line(1), line(2, estamento="Rey")])

    carla.get(path("roster_wrong_csv", roster))

    entry = AccessLogEntry.objects.get(action=AccessLogEntry.Action.EXPORT)
    assert (entry.viewer, entry.people_count) == (personas.carla, 1)


def test_after_the_decision_there_are_no_wrong_rows_any_more(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), *(line(n) for n in range(30)), line(50, estamento="Rey")])
    carla.post(path("roster_apply", roster), {"include_errors": "on"})

    assert carla.get(path("roster_wrong_csv", roster)).status_code == 404
    assert carla.get(path("roster_problems", roster)).status_code == 200
