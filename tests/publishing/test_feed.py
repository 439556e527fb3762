"""The Atom feed of changes (RFC 4287)."""

import re
from datetime import datetime
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, Evidence, Milestone, PlanChange
from lms.plan.services import MilestoneValues, add_milestone
from tests.personas import Personas
from tests.queries import count_page_queries

pytestmark = pytest.mark.django_db
NS = {"a": "http://www.w3.org/2005/Atom"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FEEDS = ["/plan/cambios.atom", "/plan/plan/cambios.atom"]


def read(client: Client, path: str) -> Element:
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(response.content)


def text_of(element: Element, name: str) -> str:
    found = element.find(f"a:{name}", NS)
    assert found is not None
    assert found.text
    return found.text


def links_of(element: Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall("a:link", NS)}


@pytest.mark.parametrize("path", FEEDS)
def test_feed_has_what_the_standard_requires(client: Client, milestone: Milestone, path: str) -> None:
    feed = read(client, path)
    assert feed.tag == f"{{{NS['a']}}}feed"
    entries = feed.findall("a:entry", NS)
    assert entries
    for element in (feed, *entries):
        assert text_of(element, "title")
        assert text_of(element, "id").startswith("tag:testserver,20")
        assert RFC3339.fullmatch(text_of(element, "updated"))
        assert "alternate" in links_of(element)
        assert element.find("a:author/a:name", NS) is not None
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NS)) == 1
    assert links_of(feed)["self"] == f"http://testserver{path}"
    assert len({text_of(entry, "id") for entry in entries}) == len(entries)


def test_entry_says_what_changed_and_why_and_leads_to_the_commitment(
    client: Client, milestone: Milestone
) -> None:
    entry = read(client, FEEDS[1]).findall("a:entry", NS)[0]
    assert text_of(entry, "title") == "Compromiso 2, hito «Publicar la guía»: se reprogramó"
    assert text_of(entry, "summary") == "Cambió: plazo. Motivo: Faltó presupuesto."
    assert links_of(entry)["alternate"] == "http://testserver/plan/plan/compromisos/2/"


def test_feed_names_no_account(
    client: Client, commitment: Commitment, personas: Personas, at: datetime
) -> None:
    values = MilestoneValues(label="Hito")
    add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=personas.pedro.pk, at=at)
    body = client.get(FEEDS[1]).content.decode()
    assert "Pedro" not in body
    assert "Araya" not in body


@pytest.mark.parametrize("path", FEEDS)
def test_feed_comes_in_pages(client: Client, commitment: Commitment, at: datetime, path: str) -> None:
    for number in range(120):
        values = MilestoneValues(label=f"Hito {number}")
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    seen: list[str] = []
    following: str | None = path
    while following:
        feed = read(client, following.removeprefix("http://testserver"))
        seen += [text_of(entry, "id") for entry in feed.findall("a:entry", NS)]
        following = links_of(feed).get("next")
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("page", ["x", "-1", "0", "99999999999999999999", "%00"])
def test_page_that_there_is_not_is_no_error(client: Client, milestone: Milestone, page: str) -> None:
    assert client.get(f"{FEEDS[1]}?pagina={page}").status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_draft_has_no_feed(client: Client, milestone: Milestone, path: str) -> None:
    ActionPlan.objects.update(status="draft")
    if path == FEEDS[1]:
        assert client.get(path).status_code == 404
    else:
        assert not read(client, path).findall("a:entry", NS)


def test_evidence_that_waits_is_not_told(client: Client, evidence: Evidence, at: datetime) -> None:
    PlanChange.objects.create(
        plan=evidence.milestone.commitment.plan,
        commitment=evidence.milestone.commitment,
        subject="evidence",
        object_id=evidence.pk,
        label="Guía impresa",
        kind="created",
        changed_at=at,
        version=9,
    )
    assert "Guía impresa" in client.get(FEEDS[1]).content.decode()
    Evidence.objects.update(published_at=None)
    assert "Guía impresa" not in client.get(FEEDS[1]).content.decode()


def test_letters_that_xml_cannot_hold_are_left_out(
    client: Client, commitment: Commitment, at: datetime
) -> None:
    values = MilestoneValues(label="Hito\x0b con <marcas> & \x1f señas")
    add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    (entry,) = read(client, FEEDS[1]).findall("a:entry", NS)
    assert "«Hito con <marcas> &  señas»" in text_of(entry, "title")


@pytest.mark.parametrize("path", FEEDS)
def test_feed_costs_the_same_with_few_and_many_changes(
    client: Client, commitment: Commitment, at: datetime, path: str
) -> None:
    values = MilestoneValues(label="Hito")
    for _turn in range(3):
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    few = count_page_queries(client, path)
    for _turn in range(30):
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    assert few == count_page_queries(client, path) <= 5
