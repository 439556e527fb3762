"""Sealed coverage on screens and as files, and who seals."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, CoverageSnapshot, SealedSnapshot
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
PAGE = "/plan/plan/cobertura/2026-11-20/"
FORM = "/plan/gestion/plan/sellar/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def test_anybody_can_compute_the_code_from_the_file(client: Client, sealed: SealedSnapshot) -> None:
    body = client.get("/plan/plan/cobertura/2026-11-20.json").content.decode()
    content = body[body.index('"contenido":') + len('"contenido":') : -1]
    assert hashlib.sha256(content.encode()).hexdigest() == json.loads(body)["sha256"] == sealed.sha256


def test_sealed_table_is_that_of_the_day(client: Client, sealed: SealedSnapshot) -> None:
    now = client.get("/plan/datos/cobertura.csv").content
    assert client.get("/plan/plan/cobertura/2026-11-20.csv").content == now


@pytest.mark.parametrize("day", ["2026-11-21", "20261120", "2026-W47-5", "ayer", "9" * 500, "2026-13-01"])
@pytest.mark.parametrize("end", ["/", ".json", ".csv"])
def test_day_that_was_not_sealed_is_not_found(
    client: Client, sealed: SealedSnapshot, day: str, end: str
) -> None:
    assert client.get(f"/plan/plan/cobertura/{day}{end}").status_code == 404


def test_sealed_file_is_asked_for_again_by_its_tag(client: Client, sealed: SealedSnapshot) -> None:
    first = client.get("/plan/plan/cobertura/2026-11-20.json")
    again = client.get("/plan/plan/cobertura/2026-11-20.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_no_cache_keeps_the_files_of_a_draft(
    client: Client, sealed: SealedSnapshot, personas: Personas
) -> None:
    path = "/plan/plan/cobertura/2026-11-20.json"
    assert client.get(path).headers["Cache-Control"].startswith("public")
    ActionPlan.objects.update(status=ActionPlan.Status.DRAFT)
    assert client_for(personas.pedro).get(path).headers["Cache-Control"] == "private, no-store"


def test_pages_cost_the_same_however_many_seals(client: Client, sealed: SealedSnapshot, at: datetime) -> None:
    few = [count_page_queries(client, path) for path in (PAGE, "/plan/plan/cobertura/")]
    for number in range(1, 30):
        SealedSnapshot.objects.create(
            plan=sealed.plan, number=number + 1, cutoff_date=at.date() - timedelta(days=number), sealed_at=at,
            why="on_demand", content=sealed.content, totals={}, known={}, sha256=str(number),
        )  # fmt: skip
    many = [count_page_queries(client, path) for path in (PAGE, "/plan/plan/cobertura/")]
    assert few == many
    assert max(many) <= 15


def test_team_seals_with_a_reason(covered: Covered, personas: Personas) -> None:
    covered()
    response = client_for(personas.pedro).post(FORM, {"reason": "Informe final"})
    assert response.status_code == 302
    seal = SealedSnapshot.objects.get()
    assert (seal.why, seal.reason, seal.sealed_by_id) == ("on_demand", "Informe final", personas.pedro.pk)


@pytest.mark.parametrize("who", ["ana", "carla", "diego", "elena"])
def test_nobody_else_seals(covered: Covered, personas: Personas, who: str) -> None:
    covered()
    assert client_for(getattr(personas, who)).post(FORM, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("reason", ["", "a\x00b", "x" * 301, "  "])
def test_reason_that_says_nothing_is_refused(covered: Covered, personas: Personas, reason: str) -> None:
    covered()
    assert client_for(personas.pedro).post(FORM, {"reason": reason}).status_code == 400
    assert not SealedSnapshot.objects.exists()


def test_second_seal_of_a_day_is_refused_in_words(sealed: SealedSnapshot, personas: Personas) -> None:
    response = client_for(personas.pedro).post(FORM, {"reason": "Otra vez"})
    assert response.status_code == 400
    assert "ya está sellada" in response.content.decode()


def test_sealed_instant_is_told_in_utc(sealed: SealedSnapshot, at: datetime) -> None:
    assert json.loads(sealed.content)["sellado"] == at.astimezone(UTC).isoformat()
