"""The public page of a certificate: its form, its states, its address."""

import logging
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from certificates.models import Certificate
from certificates.selectors import find_file
from certificates.services import (
    erase_certificate,
    issuing,
    reissue_certificate,
    revoke_certificate,
    set_visibility,
)
from tests.certificates.samples import FACTS, NAME, issue
from tests.certificates.verification import IN_2029, UNKNOWN, json_of, page_of, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_form_is_open_to_anyone_and_has_one_labelled_field(client: Client) -> None:
    page = page_of(client.get("/verificar/"))
    assert page.count("<h1") == 1
    assert '<label for="id_codigo">' in page


@pytest.mark.parametrize(("accepted", "marked"), [("es", ""), ("en", ' lang="es-CL"')])
def test_the_title_says_its_language_where_the_page_has_another(
    client: Client, accepted: str, marked: str
) -> None:
    response = client.get(url_of(issue()), headers={"accept-language": accepted})
    assert f"<span{marked}>{FACTS.course_title}</span>" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_typed_code_leads_to_its_own_address(client: Client, method: str) -> None:
    certificate = issue()
    typed = certificate.code.lower().replace("0", "o")
    response = getattr(client, method)("/verificar/", {"codigo": f" {typed} "})
    assert response.status_code == 302
    assert response["Location"] == url_of(certificate)


def test_form_needs_no_cookie() -> None:
    certificate = issue()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/verificar/", {"codigo": certificate.code}).status_code == 302
    assert "csrftoken" not in strict.get("/verificar/").cookies


def test_empty_code_is_asked_for_again(client: Client) -> None:
    response = client.post("/verificar/", {"codigo": "  "})
    assert response.status_code == 200
    assert "Escribe el código." in page_of(response)
    assert 'aria-invalid="true"' in page_of(response)


@pytest.mark.parametrize(
    "typed", ["x" * 300, "\x00", "' OR 1=1 --", "<script>alert(1)</script>", "../../etc"]
)
def test_text_that_cannot_be_a_code_gets_an_explanation(client: Client, typed: str) -> None:
    response = client.post("/verificar/", {"codigo": typed})
    assert response.status_code in {200, 404}
    assert "<script>alert" not in page_of(response)
    assert "Error:" in page_of(response) or "No encontramos ese código" in page_of(response)


def test_valid_certificate_shows_course_dates_and_institution(client: Client) -> None:
    response = client.get(url_of(issue()))
    page = page_of(response)
    assert response.status_code == 200
    for words in (
        "Certificado válido",
        FACTS.course_title,
        "(6 horas, versión 2)",
        FACTS.institution_name,
        "12 de mayo de 2026",
        "12 de mayo de 2028",
        "Consultado el 1 de enero de 2027",
    ):
        assert words in page


def test_expired_certificate_says_since_when(client: Client, now: Any) -> None:
    certificate = issue()
    now.return_value = IN_2029
    page = page_of(client.get(url_of(certificate)))
    assert "Certificado vencido" in page
    assert "su vigencia terminó el 12 de mayo de 2028" in page
    assert json_of(client, certificate)["status"] == "expired"


def test_revoked_certificate_shows_date_and_reason_but_no_person(client: Client, at: datetime) -> None:
    certificate = issue()
    set_visibility(certificate=certificate, is_public=True, at=at, actor_label="Begoña")
    revoke_certificate(certificate=certificate, reason="error", note="nota", at=at, actor_label="Carla")
    page = page_of(client.get(url_of(certificate)))
    assert "Certificado revocado" in page
    assert "No es válido desde el 20 de noviembre de 2026. Motivo: error en la emisión." in page
    for hidden in (NAME, "15.•••", "nota", "Carla", FACTS.institution_name, "Compara el nombre"):
        assert hidden not in page
    answer = json_of(client, certificate)
    assert (answer["status"], answer["revoked_on"], answer["revoked_reason"]) == (
        "revoked",
        "2026-11-20",
        "error",
    )
    assert "name" not in answer


def replace(certificate: Certificate, at: datetime) -> Certificate:
    return reissue_certificate(
        certificate=certificate, recipient_name="Begoña Riquelme", run_masked="", at=at, actor_label="Carla"
    )


def test_replaced_certificate_does_not_lead_to_a_private_replacement(client: Client, at: datetime) -> None:
    old = issue()
    new = replace(old, at)
    page = page_of(client.get(url_of(old)))
    assert "Certificado reemplazado" in page
    assert new.formatted_code not in page


def test_replaced_certificate_leads_to_a_public_replacement(client: Client, at: datetime) -> None:
    old = issue()
    new = replace(old, at)
    set_visibility(certificate=new, is_public=True, at=at, actor_label="Begoña")
    assert f'href="../{new.formatted_code}/"' in page_of(client.get(url_of(old)))
    assert json_of(client, old)["replaced_by"] == new.formatted_code


def test_erased_certificate_is_gone_without_a_trace_of_the_person(client: Client, at: datetime) -> None:
    certificate = issue()
    erase_certificate(certificate=certificate, at=at, actor_label="Begoña")
    response = client.get(url_of(certificate))
    assert response.status_code == 410
    assert "Certificado retirado" in page_of(response)
    assert FACTS.course_title not in page_of(response)
    response = client.get(f"/verificar/{certificate.formatted_code}.json")
    assert response.status_code == 410
    assert set(response.json()) == {"status", "code", "issued_on"}


@pytest.mark.parametrize("code", [UNKNOWN, "7K2M-90QX-3F4T-0000", "no-es-un-codigo", "ñ", "%00", "a" * 500])
def test_unknown_and_impossible_codes_get_the_same_answer(client: Client, code: str) -> None:
    response = client.get(f"/verificar/{code}/")
    assert response.status_code == 404
    assert "No encontramos ese código" in page_of(response)
    answer = client.get(f"/verificar/{code}.json")
    assert (answer.status_code, answer.json()) == (404, {"status": "unknown"})


def test_certificate_whose_pdf_is_pending_is_valid_and_is_not_drawn_by_looking(client: Client) -> None:
    with patch.object(issuing, "import_string"):
        certificate = issue()
    assert "Certificado válido" in page_of(client.get(url_of(certificate)))
    assert find_file(certificate=certificate) is None


@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_public_page_costs_two_queries_at_most(
    client: Client, suffix: str, at: datetime, django_assert_max_num_queries: Any
) -> None:
    certificate = issue()
    set_visibility(certificate=certificate, is_public=True, at=at, actor_label="Begoña")
    with django_assert_max_num_queries(2):
        client.get(f"/verificar/{certificate.formatted_code}{suffix}")


def test_other_spellings_of_a_code_lead_to_the_canonical_one(client: Client) -> None:
    certificate = issue()
    for spelling in (
        certificate.code,
        certificate.formatted_code.lower(),
        certificate.code.replace("0", "O"),
    ):
        response = client.get(f"/verificar/{spelling}/")
        assert (response.status_code, response["Location"]) == (302, url_of(certificate))


@pytest.mark.parametrize("path", ["", f"{UNKNOWN}/", f"{UNKNOWN}.json"])
def test_answers_are_not_kept_nor_indexed_nor_passed_on(client: Client, path: str) -> None:
    response = client.get(f"/verificar/{path}")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, noarchive"
    assert response["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize("method", ["get", "put"])
def test_code_is_never_written_to_the_log(
    client: Client, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for suffix in ("/", ".json"):
            getattr(client, method)(f"/verificar/{UNKNOWN}{suffix}")
    assert UNKNOWN not in caplog.text


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put(f"/verificar/{UNKNOWN}/").status_code == 405
    assert client.post(f"/verificar/{UNKNOWN}.json").status_code == 405
