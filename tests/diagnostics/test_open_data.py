"""The files: the questionnaire, and the profiles that institutions publish."""

import csv
import io
import json
from datetime import datetime

from django.test import Client

from lms.diagnostics.models import Questionnaire
from lms.lib.clock import CHILE
from tests.factories.diagnostics import CODE, KEYS, finish, install, make_content, question
from tests.factories.people import InstitutionFactory
from tests.queries import count_page_queries

BASE = f"/plan/diagnosticos/{CODE}/"


def read_csv(client: Client, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(BASE + name).content.decode())))


def test_the_csv_has_a_line_for_each_level(questionnaire: Questionnaire, client: Client) -> None:
    rows = read_csv(client, "cuestionario.csv")

    assert len(rows) == 4 * len(KEYS)
    assert rows[2]["nivel_texto"] == "Bastante de existe"
    assert (rows[2]["puntos"], rows[2]["pide_evidencia"]) == ("2", "sí")
    assert rows[0]["fuente_url"].startswith("https://")


def test_the_json_is_the_version_as_it_was_frozen(questionnaire: Questionnaire, client: Client) -> None:
    document = json.loads(client.get(BASE + "cuestionario.json").content)

    assert document["version"] == 1
    assert document["dimensions"][0]["questions"][0]["key"] == "existe"
    assert document["licence"] == "CC BY 4.0"


def test_text_that_a_spreadsheet_would_run_is_disarmed(client: Client, db: None, at: datetime) -> None:
    install(at=at, dimensions=[{"key": "d", "title": "=1+1", "questions": [question("a")]}])

    assert read_csv(client, "cuestionario.csv")[0]["dimension"] == "'=1+1"


def test_published_profiles_can_be_redone_from_their_dimensions(
    questionnaire: Questionnaire, client: Client, at: datetime
) -> None:
    finish(InstitutionFactory(code="AA1"), (3, 2, 1, None), questionnaire=questionnaire, at=at, publish=True)
    finish(InstitutionFactory(code="AA2"), questionnaire=questionnaire, at=at)

    rows = read_csv(client, "perfiles.csv")

    assert {row["institucion_codigo"] for row in rows} == {"AA1"}
    total, *dimensions = (int(row["porcentaje"]) for row in rows)
    assert total == round(sum(dimensions) / len(dimensions))
    assert json.loads(client.get(BASE + "perfiles.json").content)["perfiles"][0]["porcentaje"] == total


def test_the_day_of_publication_is_that_of_chile(questionnaire: Questionnaire, client: Client) -> None:
    evening = datetime(2026, 11, 20, 22, tzinfo=CHILE)
    finish(InstitutionFactory(), questionnaire=questionnaire, at=evening, publish=True)

    assert {row["publicado_el"] for row in read_csv(client, "perfiles.csv")} == {"2026-11-20"}


def test_a_dimension_where_nothing_applies_is_empty_and_never_zero(
    client: Client, db: None, at: datetime
) -> None:
    optional = [question(key, not_applicable=True) for key in ("a", "b")]
    dimensions = [*make_content()["dimensions"], {"key": "otra", "title": "Otra", "questions": optional}]
    questionnaire = install(at=at, dimensions=dimensions)
    finish(InstitutionFactory(), (3, 3, 3, 3, None, None), questionnaire=questionnaire, at=at, publish=True)

    assert [row["porcentaje"] for row in read_csv(client, "perfiles.csv")] == ["100", "100", "100", ""]


def test_a_file_costs_the_same_with_many_profiles(
    questionnaire: Questionnaire, client: Client, at: datetime
) -> None:
    for number in range(3):
        finish(InstitutionFactory(code=f"A{number}"), questionnaire=questionnaire, at=at, publish=True)
    few = count_page_queries(client, BASE + "perfiles.json")
    for number in range(3, 30):
        finish(InstitutionFactory(code=f"A{number}"), questionnaire=questionnaire, at=at, publish=True)

    assert count_page_queries(client, BASE + "perfiles.json") == few <= 3


def test_an_unchanged_file_is_not_sent_again(questionnaire: Questionnaire, client: Client) -> None:
    first = client.get(BASE + "cuestionario.json")

    assert client.get(BASE + "cuestionario.json", headers={"If-None-Match": first["ETag"]}).status_code == 304
