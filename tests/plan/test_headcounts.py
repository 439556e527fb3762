"""Headcounts uploaded where there is no roster: how they are read, and what they divide."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.people.models import Institution, RosterImport, User
from lms.plan.models import (
    CoverageSnapshot,
    Headcount,
    HeadcountUpload,
    ImmutableChangeError,
    TrainingGoal,
)
from lms.plan.rules.headcounts import read_people
from lms.plan.services import refresh_current_coverage, seal_now
from lms.plan.services.headcounts import HeadcountRow, HeadcountSource, save_headcounts
from tests.factories.plan import Group, create_institution, populate
from tests.personas import Personas, client_for

PAGE = "/plan/gestion/plan/dotaciones/"
TITLES = "institucion;estamento;calidad juridica;personas"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


@pytest.fixture
def place(goal: TrainingGoal) -> Institution:
    """40 people without a roster, of whom 20 completed, beside an institution of 100 people."""
    found = create_institution(code="S1", name="Servicio Uno")
    populate(Group(found, 40, 20), Group(create_institution(code="S2", name="Servicio Dos"), 100, 50))
    return found


def upload(
    plan_id: int, people: int, *, day: date = date(2026, 10, 1), at: datetime, quality: str = "contrata"
) -> None:
    source = HeadcountSource(
        day, "Informe de dotación", "https://dipres.example/informe", True, "d.csv", "0" * 64
    )
    rows = [HeadcountRow("S1", "profesionales", quality, people)]
    save_headcounts(plan_id=plan_id, source=source, rows=rows, uploaded_by_id=None, at=at)


def total(at: datetime) -> Any:
    refresh_current_coverage(at=at)
    cell = CoverageSnapshot.objects.get(kind="current").total
    return cell["headcount"], cell["completed"]["value"]


def table(client: Client) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(client.get("/plan/datos/cobertura.csv").content.decode()))
    return {row["institucion"]: row for row in rows if row["institucion"] and not row["estamento"]}


# --- What it divides ---------------------------------------------------------------------------------
def test_uploaded_headcount_divides_where_there_is_no_roster(
    goal: TrainingGoal, place: Institution, at: datetime
) -> None:
    upload(goal.commitment.plan_id, 80, at=at)
    assert total(at) == (180, 70)


def test_roster_comes_before_an_uploaded_headcount(
    goal: TrainingGoal, place: Institution, at: datetime
) -> None:
    RosterImport.objects.create(
        institution=place, file_name="n.csv", roster_date=date(2026, 9, 1), status="applied", created_at=at,
        decided_at=at,
    )  # fmt: skip
    upload(goal.commitment.plan_id, 80, at=at)
    assert total(at) == (140, 70)


def test_latest_headcount_on_or_before_the_day_counts(
    goal: TrainingGoal, place: Institution, at: datetime
) -> None:
    plan_id = goal.commitment.plan_id
    upload(plan_id, 70, day=date(2026, 11, 1), at=at)
    upload(plan_id, 60, day=date(2026, 3, 1), at=at)
    upload(plan_id, 90, day=date(2026, 11, 21), at=at)
    assert total(at) == (170, 70)
    assert total(at + timedelta(days=1)) == (190, 70)


def test_date_and_source_are_shown(
    client: Client, goal: TrainingGoal, place: Institution, at: datetime
) -> None:
    upload(goal.commitment.plan_id, 80, at=at)
    refresh_current_coverage(at=at)
    text = client.get("/plan/plan/compromisos/1/").content.decode()
    assert "Informe de dotación" in text
    part = json.loads(client.get("/plan/datos/cobertura.json").content)["metas"][0]
    assert part["dotaciones"][1]["fecha"] == "2026-10-01"
    seal = seal_now(plan_id=goal.commitment.plan_id, reason="Hoy", sealed_by_id=None, at=at)
    assert json.loads(seal.content)["metas"][0]["dotaciones"] == part["dotaciones"]


def test_headcount_smaller_than_the_people_trained_is_a_warning_and_no_percentage(
    client: Client, goal: TrainingGoal, place: Institution, at: datetime
) -> None:
    upload(goal.commitment.plan_id, 12, at=at)
    assert total(at) == (100, 50)
    row = table(client)["Servicio Uno"]
    assert (row["nivel"], row["completaron"], row["cobertura_porcentaje"]) == ("institucion_aparte", "20", "")
    assert "menor que las personas capacitadas" in row["motivo"]
    text = client.get("/plan/plan/compromisos/1/").content.decode()
    assert "Aviso: la dotación informada es menor que las personas capacitadas" in text
    assert "167" not in row["cobertura_porcentaje"]


def test_group_without_a_headcount_shows_people_without_percentage(
    client: Client, goal: TrainingGoal, place: Institution, at: datetime
) -> None:
    upload(goal.commitment.plan_id, 80, at=at, quality="planta")
    assert total(at) == (100, 50)
    row = table(client)["Servicio Uno"]
    assert (row["personas"], row["completaron"], row["cobertura_porcentaje"]) == ("", "20", "")
    assert "solo personas, sin porcentaje" in row["motivo"]


def test_few_people_of_an_institution_aside_are_not_told(
    client: Client, goal: TrainingGoal, at: datetime
) -> None:
    populate(Group(create_institution(code="S1", name="Servicio Uno"), 40, 9))
    populate(Group(create_institution(code="S2", name="Servicio Dos"), 100, 50))
    upload(goal.commitment.plan_id, 5, at=at)
    refresh_current_coverage(at=at)
    assert table(client)["Servicio Uno"]["completaron"] == ""


def test_headcounts_are_never_rewritten(goal: TrainingGoal, place: Institution, at: datetime) -> None:
    upload(goal.commitment.plan_id, 80, at=at)
    for rows in (HeadcountUpload.objects, Headcount.objects):
        with pytest.raises(ImmutableChangeError):
            rows.all().delete()


# --- The screen --------------------------------------------------------------------------------------
def sent(body: str | bytes, **changes: Any) -> dict[str, Any]:
    data = body.encode() if isinstance(body, str) else body
    return {
        "headcount_date": "2026-10-01", "source_text": "Informe", "source_url": "", "includes_honorarios": "on",
        "file": SimpleUploadedFile("dotacion.csv", data),
    } | changes  # fmt: skip


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def pedro(personas: Personas, place: Institution) -> Client:
    return client_for(personas.pedro)


@pytest.mark.parametrize(
    "body",
    [
        f"{TITLES}\nS1;Profesionales;Contrata;1.080\n",
        "CALIDAD,Dotación,Código institución,ESTAMENTO\ncontrata,1080,s1,Profesional\n",
        workbook(
            ("Institución", "Estamento", "Calidad jurídica", "Personas"),
            ("S1", "Profesionales", "A contrata", 1080),
        ),
    ],
    ids=["csv", "other_titles", "xlsx"],
)
def test_file_is_shown_and_then_written(pedro: Client, body: str | bytes) -> None:
    shown = pedro.post(PAGE, sent(body))
    assert shown.status_code == 200
    assert not HeadcountUpload.objects.exists()
    answer = pedro.post(f"{PAGE}guardar/", {"rows": shown.context["signed"]}, follow=True)
    assert "quedó guardada" in answer.content.decode()
    row = Headcount.objects.get()
    assert (row.institution.code, row.estamento, row.legal_quality, row.people) == (
        "S1",
        "profesionales",
        "contrata",
        1080,
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"{TITLES}\nZZ9;profesionales;contrata;8\n", "Fila 2: Ninguna institución"),
        (f"{TITLES}\nS1;reyes;contrata;8\n", "Fila 2: No conocemos ese estamento"),
        (f"{TITLES}\nS1;profesionales;amigos;8\n", "Fila 2: No conocemos esa calidad"),
        (f"{TITLES}\nS1;profesionales;contrata;-8\n", "Fila 2"),
        (f"{TITLES}\nS1;profesionales;contrata;{'9' * 5000}\n", "número entero"),
        (f"{TITLES}\nS1;profesionales;contrata;8,5\n", "número entero"),
        (
            f"{TITLES}\nS1;profesionales;contrata;8\nS1;profesionales;contrata;9\n",
            "Fila 3: Ese grupo ya está",
        ),
        (f"{TITLES}\nS1;pro\x00fesionales;contrata;8\n", "No se entiende el texto"),
        ("servicio;grado;x;y\nS1;profesionales;contrata;8\n", "No encontramos estas columnas"),
        (f"{TITLES}\n", "no tiene filas"),
        ("", "vacío"),
        (b"%PDF-1.7 nada", "archivo"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
        (f"{TITLES}\n" + "S1;profesionales;contrata;8\n" * 20_001, "máximo 20.000"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_and_nothing_is_written(
    pedro: Client, body: str | bytes, words: str
) -> None:
    answer = pedro.post(PAGE, sent(body))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not HeadcountUpload.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"headcount_date": "2026-11-21"}, "y hoy"),
        ({"headcount_date": "1026-01-01"}, "2000 y hoy"),
        ({"headcount_date": "9" * 5000}, "fecha"),
        ({"source_text": ""}, "Escribe la fuente"),
        ({"source_text": "a\x00b"}, "nulo"),
        ({"source_url": "javascript:alert(1)"}, "dirección completa"),
    ],
)
def test_what_is_wrong_with_the_source_is_said(pedro: Client, changes: dict[str, str], words: str) -> None:
    answer = pedro.post(PAGE, sent(f"{TITLES}\nS1;profesionales;contrata;8\n", **changes))
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_honorarios_in_a_headcount_without_them_is_a_contradiction(pedro: Client) -> None:
    body = f"{TITLES}\nS1;profesionales;honorarios;8\n"
    answer = pedro.post(PAGE, sent(body, includes_honorarios=""))
    assert "dijiste que la dotación no los incluye" in answer.content.decode()


@pytest.mark.parametrize("rows", ["", "x", "a\x00b", "9" * 5000])
def test_rows_that_nobody_was_shown_are_not_written(pedro: Client, rows: str) -> None:
    answer = pedro.post(f"{PAGE}guardar/", {"rows": rows}, follow=True)
    assert "No se guardó nada" in answer.content.decode()
    assert not HeadcountUpload.objects.exists()


@pytest.mark.parametrize("who", ["ana", "carla", "diego", "elena"])
def test_nobody_else_uploads(place: Institution, personas: Personas, who: str) -> None:
    user: User = getattr(personas, who)
    assert client_for(user).get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1.234", 1234),
        ("1.000.000", 1_000_000),
        ("1000001", None),
        ("1,5", None),
        ("٣", None),
        ("", None),
    ],
)
def test_number_is_whole_and_not_absurd(text: str, number: int | None) -> None:
    assert read_people(text) == number
