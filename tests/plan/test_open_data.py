"""The files say what the pages say."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from lms.people.models import Estamento
from lms.plan.models import Commitment, CoverageSnapshot, TrainingGoal
from lms.plan.rules import percent_of
from lms.plan.selectors.open_data import spell_field
from lms.plan.services import refresh_current_coverage
from tests.factories.plan import Group, create_institution, populate

Covered = Callable[..., CoverageSnapshot]
pytestmark = pytest.mark.django_db


def read_rows(client: Client, name: str = "cobertura") -> list[dict[str, str]]:
    body = client.get(f"/plan/datos/{name}.csv").content.decode()
    return list(csv.DictReader(io.StringIO(body, newline="")))


def visible_text(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    return re.sub(r"[ \n\t]+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.fixture
def mixed(goal: TrainingGoal, at: datetime) -> None:
    """Big, small and extreme groups."""
    a, b, c = (create_institution(code=f"S{n}", name=f"Servicio {'ABC'[n]}") for n in range(3))
    tiny = create_institution(code="S9", name="Comisión de Faros")
    directivos, auxiliares = Estamento.DIRECTIVOS, Estamento.AUXILIARES
    populate(
        Group(a, 40, 25), Group(a, 4, 2, estamento=directivos), Group(a, 30, 11, estamento=auxiliares),
        Group(b, 55, 20), Group(b, 25, 9, estamento=directivos), Group(b, 33, 0, estamento=auxiliares),
        Group(c, 48, 30), Group(c, 28, 13, estamento=directivos), Group(c, 41, 20, estamento=auxiliares),
        Group(tiny, 6, 5),
    )  # fmt: skip
    refresh_current_coverage(at=at)


def test_page_shows_exactly_the_percentages_that_the_csv_gives(client: Client, mixed: None) -> None:
    text = visible_text(client, "/plan/plan/compromisos/1/")
    rows = [row for row in read_rows(client) if row["nivel"] != "institucion_estamento"]
    for row in rows:
        if row["completaron"]:
            percent = percent_of(part=int(row["completaron"]), whole=int(row["personas"]))
            assert row["cobertura_porcentaje"] == str(percent)
            name = row["institucion"] or row["estamento"] or row["calidad_juridica"]
            shown = f"{percent}\N{NO-BREAK SPACE}% {row['completaron']} de {row['personas']}"
            assert f"{name} {shown}" in text if name else shown in text


def test_csv_and_json_have_the_same_cells(client: Client, mixed: None) -> None:
    document = json.loads(client.get("/plan/datos/cobertura.json").content)
    cells = [
        {name: "" if value is None else str(value) for name, value in cell.items()}
        for cell in document["metas"][0]["celdas"]
    ]
    assert cells == read_rows(client)


def test_hidden_cell_is_empty_with_its_reason(client: Client, mixed: None) -> None:
    row = next(row for row in read_rows(client) if row["institucion"] == "Comisión de Faros")
    assert (row["personas"], row["completaron"], row["cobertura_porcentaje"]) == ("", "", "")
    assert row["motivo"] == "menos de 10 personas"


def test_cell_hidden_for_another_says_so(client: Client, mixed: None) -> None:
    assert "protege otra celda" in {row["motivo"] for row in read_rows(client)}


def test_page_says_the_reason_and_no_figure(client: Client, mixed: None) -> None:
    text = visible_text(client, "/plan/plan/compromisos/1/")
    assert "Comisión de Faros No se publica: menos de 10 personas" in text


@pytest.mark.parametrize("path", ["/plan/", "/plan/plan/compromisos/2/", "/plan/plan/compromisos/6/"])
def test_unknown_is_never_zero_per_cent(client: Client, goal: TrainingGoal, path: str) -> None:
    assert not re.search(r"\b0\s*%", visible_text(client, path))


def test_unknown_values_are_null_in_json_and_empty_in_csv(client: Client, goal: TrainingGoal) -> None:
    document = json.loads(client.get("/plan/datos/compromisos.json").content)
    first = document["compromisos"][0]
    assert (first["responsable"], first["metas"][0]["meta_porcentaje"]) == (None, None)
    row = read_rows(client, "compromisos")[0]
    assert (row["responsable"], row["meta_porcentaje"], row["ods"]) == ("", "", "")


def test_csv_has_no_byte_order_mark(client: Client, mixed: None) -> None:
    response = client.get("/plan/datos/cobertura.csv")
    assert response.content.startswith(b"compromiso,")
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("text", ["=1+1", "+56", "-2", "@x", "\tx"])
def test_text_that_looks_like_a_formula_is_disarmed(text: str) -> None:
    assert spell_field(text) == f"'{text}"


def test_numbers_are_not_taken_for_formulas() -> None:
    assert spell_field(-3) == "-3"


def test_commitment_title_cannot_become_a_formula(client: Client, goal: TrainingGoal) -> None:
    Commitment.objects.filter(number=2).update(title='=HYPERLINK("x")')
    assert read_rows(client, "compromisos")[1]["titulo"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("name", ["cobertura.csv", "cobertura.json", "compromisos.csv", "compromisos.json"])
def test_file_may_be_kept_a_minute_and_asked_for_again(client: Client, covered: Covered, name: str) -> None:
    covered()
    first = client.get(f"/plan/datos/{name}")
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(f"/plan/datos/{name}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_new_count_changes_the_tag(client: Client, covered: Covered, at: datetime) -> None:
    covered()
    before = client.get("/plan/datos/cobertura.csv")["ETag"]
    CoverageSnapshot.objects.update(mark="")
    refresh_current_coverage(at=at.replace(hour=13))
    assert client.get("/plan/datos/cobertura.csv")["ETag"] != before


def test_data_page_tells_licence_and_columns(client: Client, mixed: None) -> None:
    text = visible_text(client, "/plan/datos/")
    for words in ("CC BY 4.0", "sin marca inicial (BOM)", "cobertura_porcentaje", "cobertura.csv"):
        assert words in text
