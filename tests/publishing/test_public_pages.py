"""Public pages are drawn once a minute, and only for those to whom they look alike."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from lms.plan.models import Commitment, CoverageSnapshot
from lms.ui.public_pages import PublicPagesMiddleware
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_in_production")]
PAGES = [
    "/plan/",
    "/plan/plan/",
    "/plan/plan/compromisos/1/",
    "/plan/plan/compromisos/2/",
    "/plan/plan/compromisos/1/?institucion=numero&pagina=2",
    "/plan/metodo/",
    "/plan/datos/",
    "/plan/plan/datos/",
    "/plan/plan/datos/hitos.csv",
    "/plan/datos/catalogo.rdf",
    "/plan/cambios.atom",
    "/plan/plan/compromisos/1/ficha.pdf",
    "/plan/insertar/plan/1/grafico/",
    "/plan/insertar/plan/1/insignia.svg",
]
PAGE = "/plan/plan/compromisos/2/"


@pytest.fixture
def as_in_production(cache_of_production: None, settings: Any) -> None:
    """Pages are kept, in the cache that the platform keeps them in."""
    settings.CACHES = settings.CACHES | {
        "pages": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "pages-of-tests",
        }
    }
    settings.PUBLIC_PAGE_SECONDS = 60
    caches["pages"].clear()


@pytest.mark.parametrize("path", PAGES)
def test_page_costs_few_queries_cold_and_none_warm(
    client: Client, covered: Covered, milestone: object, path: str
) -> None:
    covered(institutions=30, people=12, completed=6)
    assert count_page_queries(client, path) <= 15
    assert count_page_queries(client, path) == 0


def test_warm_page_is_the_cold_one_and_may_be_kept(client: Client, commitment: Commitment) -> None:
    cold, warm = client.get(PAGE), client.get(PAGE)
    assert cold.content == warm.content
    for answer in (cold, warm):
        assert answer["Cache-Control"] == "public, max-age=60"
        assert {"Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["Content-Language"] == "es"
        assert not answer.cookies


def test_page_that_has_not_changed_is_not_sent_again(client: Client, commitment: Commitment) -> None:
    tag = client.get(PAGE)["ETag"]
    again = client.get(PAGE, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_page_is_drawn_anew_after_a_minute(client: Client, commitment: Commitment, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        client.get(PAGE)
        Commitment.objects.filter(pk=commitment.pk).update(title="Título nuevo")
        assert "Título nuevo" not in client.get(PAGE).content.decode()
    with time_machine.travel(at + timedelta(seconds=61), tick=False):
        assert "Título nuevo" in client.get(PAGE).content.decode()


def test_whoever_keeps_the_plan_and_the_public_never_get_the_others_page(
    client: Client, commitment: Commitment, pedro: Client
) -> None:
    public = client.get("/plan/").content.decode()
    kept = pedro.get("/plan/")
    assert "/plan/gestion/" not in public
    assert "/plan/gestion/" in kept.content.decode()
    assert kept["Cache-Control"] == "private, no-store"
    assert "/plan/gestion/" not in client.get("/plan/").content.decode()


def test_what_a_keeper_sees_first_is_not_what_the_public_gets(
    client: Client, commitment: Commitment, pedro: Client
) -> None:
    pedro.get("/plan/")
    assert "/plan/gestion/" not in client.get("/plan/").content.decode()


def test_keeper_sees_a_change_at_once(client: Client, commitment: Commitment, personas: Personas) -> None:
    client.get(PAGE)
    Commitment.objects.filter(pk=commitment.pk).update(title="Título nuevo")
    assert "Título nuevo" in client_for(personas.pedro).get(PAGE).content.decode()


@pytest.mark.parametrize("by", ["header", "cookie"])
def test_each_language_has_its_own_page(client: Client, commitment: Commitment, by: str) -> None:
    spanish = client.get("/plan/").content.decode()
    if by == "cookie":
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
        english = client.get("/plan/").content.decode()
    else:
        english = client.get("/plan/", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="es-CL">' in spanish
    assert '<html lang="en">' in english


def test_page_of_another_query_is_another_page(client: Client, commitment: Commitment) -> None:
    client.get("/plan/")
    rows = client.get("/plan/?formacion=con").context["rows"]
    assert [row.commitment.number for row in rows] == [1]


@pytest.mark.parametrize("path", ["/plan/gestion/", "/cuentas/ingresar/", "/plan/plan/compromisos/9/"])
def test_what_is_not_a_public_page_of_a_plan_is_not_kept(
    client: Client, commitment: Commitment, path: str
) -> None:
    client.get(path)
    assert (
        "Cache-Control" not in client.get(path).headers or "public" not in client.get(path)["Cache-Control"]
    )


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "csrftoken", "vista"])
def test_visitor_with_a_cookie_gets_a_page_of_their_own(
    client: Client, commitment: Commitment, cookie: str
) -> None:
    client.get(PAGE)
    client.cookies[cookie] = "x"
    assert count_page_queries(client, PAGE) > 0


def test_chart_that_was_kept_may_still_stand_in_a_frame(client: Client, commitment: Commitment) -> None:
    for _turn in range(2):
        answer = client.get("/plan/insertar/plan/2/grafico/")
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert client.get(PAGE)["X-Frame-Options"] == "DENY"


# --- What must never be kept ----------------------------------------------------------------------
def asked(draw: Callable[[HttpRequest], HttpResponse]) -> list[HttpResponse]:
    """Two answers of a view to two visitors, through the middleware alone."""

    def view(request: HttpRequest) -> HttpResponse:
        return draw(request)

    view.login_required = False  # type: ignore[attr-defined]

    def ask() -> HttpResponse:
        request = RequestFactory().get("/plan/otra/")
        request.session = SessionStore()
        middleware = PublicPagesMiddleware(
            lambda request: middleware.process_view(request, view, (), {}) or view(request)
        )
        return middleware(request)

    return [ask(), ask()]


def with_nonce(request: HttpRequest) -> HttpResponse:
    request._csp_nonce = "una-sola-vez"  # type: ignore[attr-defined]
    return HttpResponse("x")


def with_token(request: HttpRequest) -> HttpResponse:
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return HttpResponse("x")


def with_cookie(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse("x")
    answer.set_cookie("a", "b")
    return answer


def varying(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", headers={"Vary": "Save-Data"})


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", headers={"Cache-Control": "private"})


def failing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", status=404)


@pytest.mark.parametrize("draw", [with_nonce, with_token, with_cookie, varying, private, failing])
def test_answer_that_belongs_to_one_visitor_is_not_kept(draw: Callable[[HttpRequest], HttpResponse]) -> None:
    calls = []

    def count(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return draw(request)

    asked(count)
    assert len(calls) == 2


def test_answer_for_everybody_is_drawn_once() -> None:
    calls = []

    def count(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        answer = HttpResponse("x")
        answer.xframe_options_exempt = True  # type: ignore[attr-defined]
        return answer

    answers = asked(count)
    assert len(calls) == 1
    assert all(answer.xframe_options_exempt for answer in answers)  # type: ignore[attr-defined]
