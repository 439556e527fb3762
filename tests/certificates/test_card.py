from datetime import date, datetime

import pytest
from django.template.loader import render_to_string

from certificates.selectors import list_cards
from certificates.services import revoke_certificate
from tests.certificates.samples import AFTER, DURING, FACTS, HOLDER, issue

pytestmark = pytest.mark.django_db


def card_on(day: date) -> str:
    (card,) = list_cards(holder_keys=[HOLDER], on=day)
    return render_to_string(
        "certificates/_card.html", {"card": card, "pdf_url": "/mis-certificados/1/pdf/", "detail_url": ""}
    )


def test_card_of_a_valid_certificate_offers_the_pdf_and_the_address_to_verify() -> None:
    certificate = issue()
    card = card_on(DURING)
    assert "Vigente" in card
    assert "/mis-certificados/1/pdf/" in card
    assert f"http://testserver/verificar/{certificate.formatted_code}/" in card
    assert "Del 12 de mayo de 2026 al 12 de mayo de 2028." in card
    assert FACTS.course_title in card


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2028, 4, 4), "Vence en 38 días"),
        (date(2028, 5, 11), "Vence mañana"),
        (date(2028, 5, 12), "Vence hoy"),
        (AFTER, "Vencido"),
    ],
)
def test_card_warns_when_the_end_is_near(day: date, words: str) -> None:
    issue()
    assert words in card_on(day)


def test_card_of_a_revoked_certificate_offers_no_pdf(at: datetime) -> None:
    revoke_certificate(certificate=issue(), reason="error", note="", at=at, actor_label="Carla")
    assert "Revocado" in card_on(DURING)
    assert "/mis-certificados/1/pdf/" not in card_on(DURING)


def test_card_says_why_a_pdf_could_not_be_drawn() -> None:
    issue(recipient_name="Tiare Haŋa")
    assert "ŋ" in card_on(DURING)
    assert "Descargar PDF" not in card_on(DURING)
