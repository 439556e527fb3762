"""What the public page of a certificate tells of its holder."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from certificates.selectors import find_file
from certificates.services import (
    revoke_certificate,
    set_visibility,
)
from tests.certificates.samples import FACTS, HOLDER, NAME, issue
from tests.certificates.verification import json_of, page_of, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_hidden_name_is_nowhere_in_page_or_json(client: Client) -> None:
    certificate = issue()
    file = find_file(certificate=certificate)
    assert file is not None
    for suffix in ("/", ".json"):
        page = page_of(client.get(f"/verificar/{certificate.formatted_code}{suffix}"))
        for secret in ("Begoña", "Bego\\u00f1a", "Riquelme", "17-K", HOLDER, "80 %", file.sha256):
            assert secret not in page


def test_shown_name_is_in_page_and_json_with_the_hash_of_the_file(client: Client, at: datetime) -> None:
    certificate = issue()
    set_visibility(certificate=certificate, is_public=True, at=at, actor_label="Begoña")
    file = find_file(certificate=certificate)
    assert file is not None
    page, answer = page_of(client.get(url_of(certificate))), json_of(client, certificate)
    assert f"{NAME}, RUN 15.•••.•17-K" in page
    assert file.sha256 in page
    assert (answer["name"], answer["pdf_sha256"]) == (NAME, file.sha256)
    assert HOLDER not in page + str(answer)
    assert "Compara el nombre" not in page


def test_json_of_a_private_certificate_says_what_was_achieved(client: Client) -> None:
    certificate = issue()
    assert json_of(client, certificate) == {
        "status": "valid",
        "code": certificate.formatted_code,
        "course": {
            "title": FACTS.course_title,
            "code": "integridad-publica",
            "release": "2",
            "minutes": 360,
        },
        "institution": FACTS.institution_name,
        "issuer": "Aula Abierta",
        "commitment": 1,
        "assurance": "A",
        "issued_on": "2026-05-12",
        "valid_until": "2028-05-12",
    }


def test_right_name_coincides_in_any_spelling(client: Client) -> None:
    page = page_of(client.post(url_of(issue()), {"nombre": "begona NUNEZ riquelme"}))
    assert "El nombre coincide" in page


def test_wrong_name_does_not_coincide_and_the_right_one_is_not_told(client: Client) -> None:
    page = page_of(client.post(url_of(issue()), {"nombre": "Begonia"}))
    assert "El nombre no coincide" in page
    assert NAME not in page


@pytest.mark.parametrize(
    ("name", "error"), [("", "Escribe el nombre completo."), ("x" * 400, "demasiado largo"), ("\x00", "nulo")]
)
def test_name_that_is_none_gets_a_clear_error(client: Client, name: str, error: str) -> None:
    response = client.post(url_of(issue()), {"nombre": name})
    assert response.status_code == 200
    assert error in page_of(response)


def test_name_sent_to_a_revoked_certificate_is_not_compared(client: Client, at: datetime) -> None:
    certificate = issue()
    revoke_certificate(certificate=certificate, reason="error", note="", at=at, actor_label="Carla")
    page = page_of(client.post(url_of(certificate), {"nombre": NAME}))
    assert "coincide" not in page


def test_after_five_wrong_names_even_the_right_one_is_not_compared(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1000
    certificate = issue()
    for _ in range(5):
        assert client.post(url_of(certificate), {"nombre": "Otra"}).status_code == 200
    response = client.post(url_of(certificate), {"nombre": NAME}, REMOTE_ADDR="198.51.100.7")
    assert response.status_code == 429
    assert int(response["Retry-After"]) == 3600 - 30
    assert client.get(url_of(certificate)).status_code == 200
