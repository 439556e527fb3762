"""Who keeps the plan and who reads it: the pages, the files, and figures that agree with each other."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from lms.people.models import Posting, Role
from lms.people.services.roles import assign_role
from lms.progress.models import Completion
from tests.browser.conftest import Look
from tests.browser.stage import COURSE, Stage, account, build_stage
from tests.browser.steps import log_in
from tests.factories.learning import make_learner
from tests.factories.people import PersonFactory, PostingFactory

TRAINED, STAFF = 30, 60


def build_trained_stage() -> Stage:
    """Half of the sixty people of the institution have completed the course."""
    stage = build_stage()
    owner = account("pedro@plan.example", "Pedro", "Antilef")
    at = clock.now()
    assign_role(user=owner, role=Role.PLAN_OWNER, at=at)
    for _number in range(STAFF - 14):
        PostingFactory(person=PersonFactory(), unit=stage.unit, institution=stage.institution)
    for posting in Posting.objects.filter(institution=stage.institution).order_by("pk")[:TRAINED]:
        learner = make_learner(person=posting.person, at=at, course=COURSE, posting=posting)
        Completion.objects.create(
            enrolment=learner.enrolment,
            person=posting.person,
            course=learner.release.course,
            release=learner.release,
            context=learner.enrolment.context,
            completed_at=at,
            completed_on=clock.local_date(at),
            minutes=learner.release.outline.minutes,
        )
    call_command("refresh_coverage", verbosity=0, stdout=StringIO())
    return stage


def download(page: Page, name: str | re.Pattern[str]) -> str:
    with page.expect_download() as file:
        page.get_by_role("link", name=name).first.click()
    return file.value.path().read_text("utf-8")


def total_row(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = [row for row in rows if row["nivel"] == "total" and str(row["compromiso"]) == "1"]
    return row


@pytest.mark.parametrize("device", ["page", "phone"])
def test_the_plan_says_the_same_in_words_figures_and_files(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    set_up: Callable[..., Stage],
    look: Look,
) -> None:
    set_up(build_trained_stage)
    page: Page = request.getfixturevalue(device)
    base = live_server.url
    page.goto(base)
    look(page)
    page.get_by_role("link", name="Ver el plan completo").click()
    look(page)
    page.get_by_label("Formación").select_option(index=1)
    page.get_by_role("button", name="Aplicar").click()
    look(page)
    page.locator("ol.commits a").first.click()
    look(page)

    words = page.get_by_text(re.compile(r"Cobertura = personas distintas .* = \d+ ÷ \d+ = \d+"))
    part, whole, percent = map(int, re.search(r"= (\d+) ÷ (\d+) = (\d+)", words.inner_text()).groups())  # type: ignore[union-attr]
    assert (part, whole, percent) == (TRAINED, STAFF, 100 * TRAINED // STAFF)
    expect(page.locator(".portal figcaption")).to_contain_text(f"{percent} %".replace(" ", "\u00a0"))

    page.get_by_role("link", name="Todos los archivos y sus versiones").click()
    look(page)
    table = total_row(list(csv.DictReader(StringIO(download(page, "cobertura.csv")))))
    assert (table["completaron"], table["personas"], table["cobertura_porcentaje"]) == ("30", "60", "50")
    document = json.loads(download(page, "cobertura.json"))
    total = total_row([cell for goal in document["metas"] for cell in goal["celdas"]])
    assert total["cobertura_porcentaje"] == percent
    commitments = json.loads(download(page, "compromisos.json"))["compromisos"]
    rows = list(csv.DictReader(StringIO(download(page, "compromisos.csv"))))
    assert [item["numero"] for item in commitments] == list(range(1, 13))
    assert [int(row["numero"]) for row in rows] == list(range(1, 13))

    page.get_by_role("link", name="Qué significa cada columna").click()
    look(page)
    page.get_by_role("link", name="Cómo se calcula la cobertura").click()
    look(page)


def test_every_commitment_can_be_read_one_after_the_other(
    live_server: LiveServer, stage: Stage, page: Page, look: Look
) -> None:
    page.goto(f"{live_server.url}/plan/plan-chile-4/compromisos/1/")
    for number in range(1, 13):
        expect(page).to_have_url(f"{live_server.url}/plan/plan-chile-4/compromisos/{number}/")
        look(page)
        page.locator("nav.pager a").last.click()
    expect(page).to_have_url(f"{live_server.url}/plan/plan-chile-4/")


def test_the_plan_owner_reads_the_same_plan_as_everybody(
    live_server: LiveServer, set_up: Callable[..., Stage], page: Page, look: Look
) -> None:
    set_up(build_trained_stage)
    base = live_server.url
    page.goto(f"{base}/plan/plan-chile-4/compromisos/1/")
    public = page.locator("main").inner_text()
    log_in(page, base, "pedro@plan.example")
    look(page)
    page.get_by_role("navigation", name="Principal").get_by_role("link", name="Plan").click()
    look(page)
    page.goto(f"{base}/plan/plan-chile-4/compromisos/1/")
    assert page.locator("main").inner_text() == public
