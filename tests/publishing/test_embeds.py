"""Chart and badge on other people's pages: they say what is known, run nothing and follow nobody."""

from collections.abc import Callable
from datetime import date, datetime
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot, Evidence, Milestone
from lms.plan.services import MilestoneValues, add_milestone
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
PAGE = "/plan/plan/compromisos/2/insertar/"
CHART = "/plan/insertar/plan/2/grafico/"
PICTURE = "/plan/insertar/plan/2/grafico.svg"
BADGE = "/plan/insertar/plan/2/insignia.svg"
ALL = [PAGE, CHART, PICTURE, BADGE]


def read(client: Client, path: str) -> Element:
    response = client.get(path)
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    return fromstring(response.content)


def title_of(picture: Element) -> str:
    return picture.findtext(f"{SVG}title") or ""


@pytest.mark.parametrize("path", ALL)
def test_anybody_gets_it_without_a_cookie(client: Client, milestone: Milestone, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", ALL)
def test_draft_and_unknown_commitment_have_none(client: Client, milestone: Milestone, path: str) -> None:
    for number in ("/9/", "/99999999999999999999/"):
        assert client.get(path.replace("/2/", number)).status_code == 404
    ActionPlan.objects.update(status="draft")
    assert client.get(path).status_code == 404


def test_chart_alone_may_stand_in_a_frame_and_does_nothing_there(
    client: Client, milestone: Milestone
) -> None:
    response = client.get(CHART)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in response
    assert "<script" not in response.content.decode()
    for path in (PAGE, PICTURE, BADGE, "/plan/plan/compromisos/2/"):
        other = client.get(path)
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize("path", [PICTURE, BADGE])
def test_picture_has_a_text_alternative_and_nothing_that_runs(
    client: Client, evidence: Evidence, path: str
) -> None:
    picture = read(client, path)
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-labelledby"] == "t d"
    assert "1 Limitado" in (picture.findtext(f"{SVG}desc") or "")
    names = {element.tag.removeprefix(SVG) for element in picture.iter()}
    assert names <= {"svg", "title", "desc", "rect", "text"}
    attributes = {name for element in picture.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith(("on", "style")) or "href" in name}


def test_badge_says_how_many_are_complete_and_as_of_when(client: Client, evidence: Evidence) -> None:
    Milestone.objects.update(status="complete")
    Commitment.objects.update(last_update_on=date(2026, 7, 15))
    assert title_of(read(client, BADGE)) == (
        "Compromiso 2: 1 de 1 hito completo, informado al 15 de julio de 2026"
    )


def test_complete_without_evidence_is_not_complete(client: Client, milestone: Milestone) -> None:
    Milestone.objects.update(status="complete")
    assert title_of(read(client, BADGE)) == "Compromiso 2: 0 de 1 hito completo, sin avance informado"
    assert "Sin evidencia disponible: 1" in client.get(CHART).content.decode()


def test_nothing_published_is_said_and_is_no_zero(client: Client, commitment: Commitment) -> None:
    assert title_of(read(client, BADGE)) == "Compromiso 2: sin hitos publicados, sin avance informado"
    text = client.get(CHART).content.decode()
    assert "sin hitos publicados" in text
    assert "Sin cursos vinculados" in text


def test_coverage_is_what_the_page_publishes(client: Client, covered: Covered) -> None:
    covered()
    for path in (CHART.replace("/2/", "/1/"), PICTURE.replace("/2/", "/1/")):
        text = client.get(path).content.decode()
        assert "50\N{NO-BREAK SPACE}%" in text
        assert "60 de 120 personas" in text


def test_withdrawn_milestone_is_not_counted(client: Client, milestone: Milestone) -> None:
    Milestone.objects.update(is_active=False)
    assert "sin hitos publicados" in title_of(read(client, BADGE))


@pytest.mark.parametrize("path", [CHART, PICTURE, BADGE])
def test_words_of_a_commitment_break_no_picture(client: Client, commitment: Commitment, path: str) -> None:
    Commitment.objects.update(title='</svg><script>alert(1)</script>\x0b"& ' + "largo " * 40)
    body = client.get(path).content.decode()
    assert "<script" not in body
    if path != CHART:
        fromstring(body)


def test_page_gives_code_that_works(client: Client, milestone: Milestone) -> None:
    text = client.get(PAGE).content.decode()
    for path in (CHART, PICTURE, BADGE):
        assert f"http://testserver{path}" in text
    assert "&lt;iframe" in text


@pytest.mark.parametrize("path", [PICTURE, BADGE])
def test_picture_may_be_kept_and_asked_for_again(client: Client, milestone: Milestone, path: str) -> None:
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ALL)
def test_it_costs_the_same_with_few_and_many_milestones(
    client: Client, milestone: Milestone, at: datetime, path: str
) -> None:
    few = count_page_queries(client, path)
    for number in range(30):
        values = MilestoneValues(label=f"Hito {number}")
        add_milestone(commitment_id=milestone.commitment_id, values=values, changed_by_id=None, at=at)
    assert few == count_page_queries(client, path) <= 8
