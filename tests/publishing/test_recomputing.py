"""A stranger redoes published percentages from the published files alone, with no code of ours."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, CoverageSnapshot
from lms.publishing.services import release_data

Covered = Callable[..., CoverageSnapshot]
pytestmark = pytest.mark.django_db


def test_three_percentages_are_recomputed_from_a_cited_version(
    client: Client, plan: ActionPlan, covered: Covered, at: datetime
) -> None:
    covered(institutions=3, people=41, completed=17)
    release_data(plan_id=plan.pk, at=at)

    # The address and the sum stand on the page of the version; the dictionary says what to divide.
    page = unescape(client.get("/plan/plan/datos/v/1/").content.decode())
    body = client.get("/plan/plan/datos/v/1/cobertura.csv").content
    assert hashlib.sha256(body).hexdigest() in page
    package = json.loads(client.get("/plan/plan/datos/v/1/datapackage.json").content)
    (schema,) = (one["schema"] for one in package["resources"] if one["path"] == "cobertura.csv")
    (rule,) = (one["description"] for one in schema["fields"] if one["name"] == "cobertura_porcentaje")
    assert rule == "completaron ÷ personas × 100, sin decimales. Las mitades suben."

    found = 0
    for row in csv.DictReader(io.StringIO(body.decode(), newline="")):
        if not row["cobertura_porcentaje"]:
            continue
        exact = Decimal(row["completaron"]) / Decimal(row["personas"]) * 100
        assert row["cobertura_porcentaje"] == str(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        shown = f"{row['cobertura_porcentaje']}\N{NO-BREAK SPACE}%"
        text = re.sub(r"<[^>]+>", " ", unescape(client.get("/plan/plan/compromisos/1/").content.decode()))
        assert shown in text
        found += 1
    assert found >= 3
