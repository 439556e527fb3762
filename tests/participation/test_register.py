"""The register of reasoned responses: its numbers, its filters, its files."""

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from lms.participation.rules.contributions import Sector, Verdict
from lms.participation.selectors.register import RegisterFilter, list_register, read_totals
from lms.participation.services.changing import withdraw_contribution
from lms.plan.models import ActionPlan, Commitment
from tests.factories.participation import comment, consult, contribute, meet, reply
from tests.factories.people import UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_queries, read_page

REGISTER = "/plan/plan/respuestas/"


@pytest.fixture
def filled(plan: ActionPlan, commitment: Commitment, at: datetime) -> ActionPlan:
    """Five of 40 days ago, four of them answered after 1, 3, 10 and 20 days, and one of today."""
    long_ago = at - timedelta(days=40)
    verdicts = (Verdict.ACCEPTED, Verdict.PARTLY, Verdict.REJECTED, Verdict.ANSWERED)
    for number, (days, verdict) in enumerate(zip((1, 3, 10, 20), verdicts, strict=True)):
        row = comment(commitment, UserFactory(), at=long_ago, text=f"=Texto {number}")
        reply(row, at=long_ago + timedelta(days=days), verdict=verdict)
    comment(commitment, UserFactory(), at=long_ago, text="Nadie responde")
    consultation = consult(plan, at=at)
    contribute(consultation, UserFactory(), at=at, section=2)
    return plan


def test_totals_say_how_many_and_how_long(filled: ActionPlan, at: datetime) -> None:
    totals = read_totals(plan_id=filled.pk, at=at)
    assert (totals.received, totals.answered, totals.unanswered, totals.late) == (6, 4, 2, 1)
    assert (totals.accepted, totals.partly, totals.rejected, totals.questions) == (1, 1, 1, 1)
    assert totals.median_days == 3


def test_an_empty_register_has_no_median(plan: ActionPlan, client: Client, at: datetime) -> None:
    assert read_totals(plan_id=plan.pk, at=at).median_days is None
    page = client.get(REGISTER).content.decode()
    assert "Sin respuestas todavía" in page and "Todavía no hay aportes" in page


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (RegisterFilter(), 6),
        (RegisterFilter(commitment=11), 5),
        (RegisterFilter(commitment=2), 0),
        (RegisterFilter(verdict="rejected"), 1),
        (RegisterFilter(sector=Sector.ACADEMIA), 1),
        (RegisterFilter(is_unanswered=True), 2),
    ],
)
def test_filters_choose_rows(filled: ActionPlan, wanted: RegisterFilter, count: int) -> None:
    assert list_register(plan_id=filled.pk, wanted=wanted).count() == count


def test_the_page_highlights_what_waits_for_more_than_thirty_days(filled: ActionPlan, client: Client) -> None:
    page = client.get(REGISTER).content.decode()
    assert "1 hace más de 30 días" in page and "Sin respuesta hace más de 30 días" in page
    assert "estándar 4" in page
    assert "Nadie responde" not in client.get(REGISTER + "?decision=accepted").content.decode()


@pytest.mark.parametrize("query", ["?compromiso=" + "9" * 5000, "?decision=%00", "?sector=x", "?consulta=-1"])
def test_what_nobody_offered_is_not_asked(filled: ActionPlan, client: Client, query: str) -> None:
    assert "Nadie responde" in client.get(REGISTER + query).content.decode()


def test_the_table_has_the_same_rows_without_names(filled: ActionPlan, client: Client) -> None:
    answer = client.get(REGISTER + "respuestas.csv?decision=rejected")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["decision"], row["dias"], row["compromiso"], row["corregida"]) == (
        "rejected",
        "10",
        "11",
        "no",
    )
    assert row["texto"].startswith("'=")
    assert "Ana" not in text


def test_the_json_explains_its_columns(filled: ActionPlan, client: Client) -> None:
    answer = client.get(REGISTER + "respuestas.json")
    found = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert len(found["aportes"]) == 6
    assert set(found["aportes"][0]) == set(found["columnas"])
    assert found["aportes"][0]["seccion"] == "Registro público"


def test_withdrawn_words_are_in_no_file(commitment: Commitment, client: Client, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at, text="Secreto")
    withdraw_contribution(contribution_id=row.pk)
    text = b"".join(client.get(REGISTER + "respuestas.json").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Secreto" not in text and '"estado": "withdrawn"' in text


def test_files_cost_the_same_with_three_and_with_thirty(
    commitment: Commitment, client: Client, at: datetime
) -> None:
    def write(start: int, end: int) -> None:
        for number in range(start, end):
            reply(comment(commitment, UserFactory(), at=at, text=f"Texto {number}"), at=at)

    def read() -> None:
        for end in ("respuestas.csv", "respuestas.json"):
            read_page(client, REGISTER + end)

    write(0, 3)
    few = count_queries(read)
    write(3, 30)
    assert count_queries(read) == few


# --- Meetings ------------------------------------------------------------------------------------
def test_meetings_say_who_came_and_that_the_space_is_up_to_date(
    plan: ActionPlan, client: Client, at: datetime
) -> None:
    meet(plan, on=date(2026, 9, 1), at=at)
    page = client.get("/plan/plan/reuniones/").content.decode()
    assert "Al día" in page and "antes del 1 de marzo de 2027" in page
    assert "Sociedad civil" in page and ">17<" in page and "Reunirse en marzo" in page


def test_more_than_six_months_without_a_meeting_are_told(
    plan: ActionPlan, client: Client, at: datetime
) -> None:
    assert "Ninguna reunión publicada" in client.get("/plan/plan/reuniones/").content.decode()
    meet(plan, on=date(2026, 3, 1), at=at)
    meet(plan, on=date(2026, 10, 1), at=at, is_published=False)
    meet(plan, on=date(2026, 12, 1), at=at, attendance={})
    page = client.get("/plan/plan/reuniones/").content.decode()
    assert "Pasaron más de seis meses" in page and "Por realizarse" in page
    assert "1 de octubre" not in page


def test_meetings_are_a_table_too(plan: ActionPlan, client: Client, at: datetime) -> None:
    meet(plan, on=date(2026, 9, 1), at=at)
    [row] = csv.DictReader(io.StringIO(client.get("/plan/plan/reuniones/reuniones.csv").content.decode()))
    assert (row["fecha"], row["asistentes_civil_society"], row["asistentes_academia"]) == (
        "2026-09-01",
        "12",
        "",
    )


@pytest.mark.parametrize("name", ["respuestas.csv", "respuestas.json"])
def test_no_cache_keeps_the_files_of_a_draft(
    plan: ActionPlan, client: Client, personas: Personas, name: str
) -> None:
    assert client.get(REGISTER + name).headers["Cache-Control"] == "public, max-age=60"
    ActionPlan.objects.update(status=ActionPlan.Status.DRAFT)
    answer = client_for(personas.pedro).get(REGISTER + name)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
