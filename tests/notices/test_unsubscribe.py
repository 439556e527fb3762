"""The link in each e-mail: one click stops them, nobody has to log in, nothing is given away."""

import re
from datetime import date

import pytest
from django.test import Client

from lms.notices.links import make_token, read_token, unsubscribe_url
from lms.notices.models import MailPreference
from lms.notices.rules.kinds import ASKED_FOR, Group
from lms.people.models import Person
from lms.people.services.accounts import erase_person
from tests.factories.people import PersonFactory
from tests.notices.sink import Sink
from tests.notices.stage import Stage, noon
from tests.notices.test_digest import lead_of

EVERYTHING = {group.value for group in Group if group not in ASKED_FOR}
NOT_OFFERED = {"digest", "reports", "slots"}
"""To who leads no team and trains nobody."""


@pytest.fixture
def ana(db: None, fixed_clock: None) -> Person:
    person: Person = PersonFactory(given_names="Ana", email="ana.rojas@servicio.example")
    return person


def address(person: Person) -> str:
    return unsubscribe_url(site_url="", person_public_id=person.public_id)


def turned_off(person: Person) -> set[str]:
    row = MailPreference.objects.filter(person=person).first()
    return set(row.turned_off) if row else set()


def strict_client() -> Client:
    """A browser whose forms are checked, as in a real service."""
    return Client(enforce_csrf_checks=True)


def test_one_click_without_cookies_stops_all(ana: Person) -> None:
    page = strict_client().post(address(ana), {"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    assert turned_off(ana) == EVERYTHING


def test_looking_changes_nothing(ana: Person) -> None:
    """Programs that check links open them; only a click decides."""
    for method in ("get", "head"):
        assert getattr(strict_client(), method)(address(ana)).status_code == 200
    assert not MailPreference.objects.exists()


def test_the_page_shows_a_masked_address_and_no_name(ana: Person) -> None:
    page = strict_client().get(address(ana))
    body = page.content.decode()
    assert "a•••@servicio.example" in body
    for secret in ("Ana", "Rojas", "ana.rojas", str(ana.public_id), ana.run_masked):
        assert secret not in body
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_button_stops_all_and_says_so(ana: Person) -> None:
    page = strict_client().post(address(ana), {"todas": "si"}, follow=True)
    assert "No te escribiremos más" in page.content.decode()
    assert turned_off(ana) == EVERYTHING


def test_single_kinds_can_be_kept_and_come_back(ana: Person) -> None:
    client = strict_client()
    client.post(address(ana), {"quiero": ["due", "otra-cosa"]})
    assert turned_off(ana) == EVERYTHING - {"due", *NOT_OFFERED}
    client.post(address(ana), {"quiero": ["due", "late"]})
    assert turned_off(ana) == EVERYTHING - {"due", "late", *NOT_OFFERED}


def test_who_leads_no_team_decides_nothing_about_digests(ana: Person) -> None:
    assert "equipo que dirijo" not in strict_client().get(address(ana)).content.decode()


def test_who_leads_a_team_does(stage: Stage) -> None:
    lead = lead_of(stage)
    client = strict_client()
    assert "equipo que dirijo" in client.get(address(lead)).content.decode()
    client.post(address(lead), {"quiero": []})
    assert "digest" in turned_off(lead)


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":abc", "%F0%9F%99%82", "a" * 500])
def test_a_token_of_somebody_else_opens_nothing(db: None, fixed_clock: None, token: str) -> None:
    for method in ("get", "post"):
        assert getattr(strict_client(), method)(f"/avisos/baja/{token}/").status_code == 404


def test_a_token_is_of_one_person(ana: Person) -> None:
    token = make_token(person_public_id=ana.public_id)
    assert read_token(token) == ana.public_id
    assert read_token(token[:-2] + "xx") is None
    other = make_token(person_public_id=PersonFactory().public_id)
    assert read_token(token.split(":")[0] + ":" + other.split(":")[1]) is None


def test_an_erased_person_is_gone(ana: Person) -> None:
    link = address(ana)
    erase_person(person=ana, at=noon(date(2026, 11, 20)))
    assert strict_client().get(link).status_code == 404
    assert strict_client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_a_merged_record_leads_to_the_one_that_was_kept(ana: Person) -> None:
    kept = PersonFactory()
    link = address(ana)
    ana.merged_into = kept
    ana.save()
    strict_client().post(link, {"List-Unsubscribe": "One-Click"})
    assert turned_off(kept) == EVERYTHING


def test_the_link_of_a_real_email_works(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    stage.ask(due_on=date(2027, 1, 20))
    stage.run(stage.at)
    mail = sink.received[0].message
    found = re.search(r"<https://aula\.gob\.example(/[^>]+)>", str(mail["List-Unsubscribe"]))
    assert found
    name, _equals, value = str(mail["List-Unsubscribe-Post"]).partition("=")
    assert strict_client().post(found[1], {name: value}).status_code == 200
    assert turned_off(ana) == EVERYTHING
    stage.run(noon(date(2026, 12, 21)))
    assert len(sink.received) == 1
