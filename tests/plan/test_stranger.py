"""Somebody with the published files and the method page, and nothing else, gets the same percentages."""

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from lms.plan.models import TrainingGoal
from lms.plan.services import refresh_current_coverage, seal_now
from tests.factories.plan import Group, create_institution, populate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


@pytest.fixture(autouse=True)
def world(goal: TrainingGoal, at: datetime) -> None:
    """Shares that need rounding: 67 of 200 is 33.5 per cent."""
    for number, (people, done) in enumerate(((200, 67), (90, 61), (77, 30), (6, 2))):
        place = create_institution(code=f"S{number}", name=f"Servicio {number}")
        populate(Group(place, people, done), Group(place, people // 2, done // 3, estamento="tecnicos"))
    refresh_current_coverage(at=at)
    seal_now(plan_id=goal.commitment.plan_id, reason="Prueba", sealed_by_id=None, at=at)


def read_method(client: Client) -> str:
    html = client.get("/plan/metodo/").content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def recompute(row: Mapping[str, Any]) -> int:
    """As the page says: completed ÷ people × 100, no decimals, halves go up."""
    share = Decimal(row["completaron"]) * 100 / Decimal(row["personas"])
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_method_page_says_all_that_is_needed(client: Client) -> None:
    text = read_method(client)
    assert "Cobertura = personas distintas con el curso aprobado y vigente ÷ personas de la dotación" in text
    assert "no lleva decimales. Las mitades suben" in text


@pytest.mark.parametrize("path", ["/plan/datos/cobertura.csv", "/plan/plan/cobertura/2026-11-20.csv"])
def test_percentages_of_the_table_are_recomputed(client: Client, path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(path).content.decode(), newline="")))
    published = [row for row in rows if row["cobertura_porcentaje"]]
    assert len(published) >= 3
    for row in published:
        assert recompute(row) == int(row["cobertura_porcentaje"])
    assert {row["nivel"] for row in published} >= {"total", "institucion", "estamento"}


def test_percentages_of_the_json_are_recomputed(client: Client) -> None:
    document = json.loads(client.get("/plan/datos/cobertura.json").content)
    published = [row for row in document["metas"][0]["celdas"] if row["cobertura_porcentaje"] is not None]
    assert len(published) >= 3
    assert all(recompute(row) == row["cobertura_porcentaje"] for row in published)


def test_half_is_rounded_up_as_the_page_says(client: Client) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/plan/datos/cobertura.csv").content.decode()))
    halves = [row for row in rows if row["personas"] == "200"]
    assert [row["cobertura_porcentaje"] for row in halves if row["completaron"] == "67"] in ([], ["34"])


def test_page_shows_what_the_stranger_recomputes(client: Client) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/plan/datos/cobertura.csv").content.decode()))
    total = next(row for row in rows if row["nivel"] == "total")
    text = re.sub(r"\s+", " ", unescape(client.get("/plan/plan/compromisos/1/").content.decode()))
    assert f"{total['completaron']} ÷ {total['personas']} = <b>{recompute(total)}" in text
