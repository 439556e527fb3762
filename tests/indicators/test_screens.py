"""The public pages of indicators."""

import re

import pytest
from django.test import Client

from lms.indicators.models import Indicator, IndicatorRevision
from lms.plan.models import ActionPlan
from tests.factories.indicators import IndicatorFactory, release
from tests.queries import count_page_queries

pytestmark = pytest.mark.django_db
BASE = "/plan/plan/indicadores/"
ONE = f"{BASE}cumplen/"
MOST_QUERIES = 15
PAGES = [BASE, f"{BASE}ods/16/", ONE, f"{ONE}revisiones/1/", "/plan/plan/compromisos/1/"]
FILES = [f"{ONE}datos.csv", f"{ONE}datos.json", f"{ONE}datos.xlsx", f"{ONE}revisiones/1/datos.csv"]


def text_of(client: Client, path: str) -> str:
    """What a reader sees, in one line."""
    html = client.get(path).content.decode()
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_anybody_may_read_without_an_account(client: Client, released: IndicatorRevision, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_page_of_a_draft_plan_does_not_exist(client: Client, released: IndicatorRevision, path: str) -> None:
    ActionPlan.objects.update(status="draft")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_page_costs_the_same_with_few_and_many(client: Client, indicator: Indicator, path: str) -> None:
    lines = ["2024,,,30,64,,", "2025,,,40,64,,", *(f"2025,Región {n},,1,2,," for n in range(3))]
    release(indicator, *lines)
    few = count_page_queries(client, path)
    many = [
        *(f"{year},,,30,64,," for year in range(1990, 2020)),
        *(f"2025,Región {n},,1,2,," for n in range(200)),
    ]
    release(indicator, *lines[:2], *many)
    for number in range(30):
        other = IndicatorFactory(commitment=indicator.commitment, code=f"otro-{number}", sdg_target="16.6")
        release(other, *lines)
    assert few == count_page_queries(client, path) <= MOST_QUERIES
