import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]


@pytest.fixture
def logged_in(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_user(email="ana@servicio.example", password="x"))
    return client


def _policy(response: object) -> dict[str, str]:
    header = response.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
    return {part.split()[0]: " ".join(part.split()[1:]) for part in header.split(";")}


def test_public_page_has_the_strict_policy(client: Client) -> None:
    policy = _policy(client.get("/publico/"))
    assert "'unsafe-inline'" not in policy["script-src"] + policy["style-src"]
    assert policy["frame-ancestors"] == "'none'"


def test_editor_has_the_relaxed_policy(client: Client) -> None:
    policy = _policy(client.get("/gestion/vista-previa/"))
    assert "'unsafe-inline'" in policy["script-src"]
    assert "'nonce-" not in policy["script-src"]
    assert (policy["object-src"], policy["base-uri"]) == ("'none'", "'none'")
    assert policy["img-src"] == "'self' data: blob:"


def test_preview_in_the_editor_may_be_framed_by_the_site_only(client: Client) -> None:
    response = client.get("/gestion/vista-previa/")
    assert _policy(response)["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_public_page_may_not_be_framed(client: Client) -> None:
    assert client.get("/publico/")["X-Frame-Options"] == "DENY"


def test_page_of_a_person_is_kept_by_no_cache(logged_in: Client) -> None:
    assert logged_in.get("/publico/")["Cache-Control"] == "private, no-store"


def test_page_of_a_visitor_is_left_alone(client: Client) -> None:
    assert "Cache-Control" not in client.get("/publico/")


def test_view_keeps_its_own_cache_rule(logged_in: Client) -> None:
    assert logged_in.get("/guardable/")["Cache-Control"] == "private, max-age=60"


def test_device_features_are_off_but_full_screen_and_play(client: Client) -> None:
    policy = client.get("/publico/")["Permissions-Policy"]
    assert "camera=()" in policy
    assert "fullscreen=(self)" in policy
    assert "autoplay=(self)" in policy


def test_referrer_stays_as_the_settings_say(client: Client) -> None:
    assert client.get("/publico/")["Referrer-Policy"] == "same-origin"


def test_failure_shows_our_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/falla/")
    assert response.status_code == 500
    assert "Algo falló de nuestro lado" in response.content.decode()
