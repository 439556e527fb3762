import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.http import Http404, HttpResponse
from django.test import Client

from certificates import misses
from certificates.models import Certificate
from certificates.rules import check_symbol, format_code
from certificates.selectors import CertificateFileDamagedError, find_file, read_file
from certificates.services import (
    erase_certificate,
    issuing,
    reissue_certificate,
    revoke_certificate,
    set_visibility,
)
from certificates.views import pdf_response
from tests.certificates.samples import FACTS, HOLDER, NAME, issue

pytestmark = pytest.mark.django_db

UNKNOWN = "7K2M90QX3F4T8WZ"
UNKNOWN = format_code(UNKNOWN + check_symbol(UNKNOWN))
IN_2027 = datetime(2027, 1, 1, 15, 0, 30, tzinfo=UTC)
IN_2029 = datetime(2029, 1, 1, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    """The clock of the package stands at the beginning of 2027; tests may set ``return_value``."""
    with patch("certificates.clock.now", return_value=IN_2027) as clock:
        yield clock


def url_of(certificate: Certificate) -> str:
    return f"/verificar/{certificate.formatted_code}/"


def json_of(client: Client, certificate: Certificate) -> dict[str, Any]:
    response = client.get(f"/verificar/{certificate.formatted_code}.json")
    answer: dict[str, Any] = response.json()
    return answer


def page_of(response: HttpResponse) -> str:
    return response.content.decode()


# --- The form ------------------------------------------------------------------------------------
def test_form_is_open_to_anyone_and_has_one_labelled_field(client: Client) -> None:
    page = page_of(client.get("/verificar/"))
    assert page.count("<h1") == 1
    assert '<label for="id_codigo">' in page


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


# --- One page for each status ----------------------------------------------------------------------
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


# --- Address and headers ---------------------------------------------------------------------------
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


# --- Privacy ---------------------------------------------------------------------------------------
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


# --- Comparing a name ------------------------------------------------------------------------------
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


# --- Misses ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_too_many_misses_are_asked_to_wait(client: Client, settings: Any, suffix: str) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 3
    statuses = [client.get(f"/verificar/{UNKNOWN}{suffix}").status_code for _ in range(4)]
    response = client.get(f"/verificar/{UNKNOWN}{suffix}")
    assert statuses == [404, 404, 404, 429]
    assert response["Retry-After"] == "30"


def test_certificates_are_found_however_many_misses(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    certificate = issue()
    for _ in range(3):
        client.get(f"/verificar/{UNKNOWN}/")
    assert client.get(url_of(certificate)).status_code == 200
    assert client.get("/verificar/").status_code == 200


def test_misses_are_forgiven_a_minute_later(client: Client, settings: Any, now: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    client.get(f"/verificar/{UNKNOWN}/")
    assert client.get(f"/verificar/{UNKNOWN}/").status_code == 429
    now.return_value = IN_2027.replace(minute=1)
    assert client.get(f"/verificar/{UNKNOWN}/").status_code == 404


def test_misses_count_for_neighbours_and_not_for_others(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.113.5")
    assert client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.113.99").status_code == 429
    assert client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.114.5").status_code == 404


def test_misses_of_all_clients_together_have_a_limit_too(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    for number in range(misses.ALL_CLIENTS_FACTOR):
        client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR=f"203.0.{number}.5")
    assert client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="198.51.100.7").status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "connection", "network"),
    [
        (0, "198.51.100.7", "203.0.113.5", "203.0.113.0/24"),
        (1, "8.8.8.8, 198.51.100.7", "10.0.0.1", "198.51.100.0/24"),
        (2, "8.8.8.8, 198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.0/24"),
        (2, "198.51.100.7", "203.0.113.5", "203.0.113.0/24"),
        (0, "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.5", "203.0.113.0/24"),
        (1, "not an address", "203.0.113.5", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_client_is_known_by_what_our_own_proxies_say(
    rf: Any, settings: Any, proxies: int, forwarded: str, connection: str, network: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert misses.client_network(rf.get("/", REMOTE_ADDR=connection, headers=headers)) == network


def test_addresses_are_not_kept_in_clear(client: Client) -> None:
    with patch.object(cache, "add", wraps=cache.add) as add:
        client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.113.5")
    assert add.call_args_list
    assert "203.0" not in str(add.call_args_list)


# --- The holder's download ---------------------------------------------------------------------------
def test_pdf_is_a_download_with_a_spanish_name() -> None:
    certificate = issue()
    response = pdf_response(certificate)
    file = find_file(certificate=certificate)
    assert file is not None
    assert response.content == read_file(file=file)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    name = f"certificado-integridad-en-la-funcion-publica-fundamentos-{certificate.formatted_code}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_pdf_that_was_not_drawn_is_not_found() -> None:
    with patch.object(issuing, "import_string"):
        certificate = issue()
    with pytest.raises(Http404):
        pdf_response(certificate)


def test_damaged_pdf_is_not_served() -> None:
    certificate = issue()
    file = find_file(certificate=certificate)
    assert file is not None
    with storages["certificates"].open(file.storage_key, "wb") as damaged:
        damaged.write(b"%PDF-1.7 other")
    with pytest.raises(CertificateFileDamagedError):
        pdf_response(certificate)
