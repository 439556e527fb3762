"""Who opens the reporting channel leaves no trace of the person: read in what runs, what is sent, what is configured.

The link leads straight out, so that of its opening we could only learn what the page before it gives away.
"""

import logging
import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from gunicorn.config import Config
from gunicorn.glogging import Logger

from lms.pages.texts import START_PAGES
from lms.people.models import Person
from lms.xapi.models import Statement
from tests.access.routes import list_routes
from tests.architecture.tree import ROOT
from tests.factories.integrity import REPORTS, write_contacts
from tests.personas import Personas, client_for
from tests.ui.markup import Element, read_markup

pytestmark = pytest.mark.django_db
ACCESS_FORMATS = {
    "deploy/aula.service": re.compile(r'--access-logformat "([^"]+)"'),
    "deploy/Dockerfile": re.compile(r'"--access-logformat", "([^"]+)"'),
    "deploy/nginx.conf": re.compile(r"log_format aula '([^']+)'"),
}
TELLING = ("referer", "%(f)s", "args", "query", "request_uri", "%(q)s", "%(r)s", "$request ", "cookie", "remote_user",
           "%(u)s", "user_agent", "%(a)s")  # fmt: skip


@pytest.fixture
def ana(personas: Personas, at: datetime) -> Client:
    write_contacts(personas.institution, at)
    return client_for(personas.ana)


def channel_links(client: Client, lesson: str) -> list[Element]:
    """The link to the institution's channel, and the one that anybody may read about."""
    links = read_markup(client.get(lesson).content.decode()).all("a")
    return [link for link in links if link.attrs["href"] == REPORTS.url or "1195215" in link.attrs["href"]]


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_the_link_leads_straight_out_without_a_word_of_where_from(ana: Client, lesson: str) -> None:
    [link] = channel_links(ana, lesson)
    assert set(link.attrs) == {"href", "rel"}
    assert link.attrs["rel"].split() == ["noreferrer", "noopener"]


def test_so_does_the_general_text(ana: Client, personas: Personas, lesson: str) -> None:
    Person.objects.get(user=personas.ana).postings.all().delete()
    [link] = channel_links(ana, lesson)
    assert (set(link.attrs), link.attrs["rel"]) == ({"href", "rel"}, "noreferrer noopener")


def test_the_page_before_it_tells_the_browser_to_be_silent(ana: Client, lesson: str) -> None:
    response = ana.get(lesson)
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-DNS-Prefetch-Control"] == "off"
    assert "no-store" in response["Cache-Control"]
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "connect-src 'self'" in policy
    assert not re.search(r"\shttps?://", policy)


def test_the_page_fetches_and_opens_nothing_in_advance(ana: Client, lesson: str) -> None:
    page = ana.get(lesson).content.decode()
    assert not re.search(
        r'rel="[^"]*(prefetch|preconnect|prerender)|speculationrules|<iframe|ping=|hx-boost', page
    )
    scripts = (ROOT / "lms/ui/static/ui/js").glob("*.js")
    assert not [file.name for file in scripts if re.search(r"sendBeacon|noreferrer", file.read_text())]


def test_reading_the_lesson_writes_no_row_no_statement_no_session_and_no_log(
    ana: Client, lesson: str, caplog: pytest.LogCaptureFixture
) -> None:
    ana.get(lesson)
    before, statements = count_rows(), Statement.objects.count()
    sessions = list(apps.get_model("sessions", "Session").objects.values())
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        response = ana.get(lesson)
    assert (count_rows(), Statement.objects.count()) == (before, statements)
    assert list(apps.get_model("sessions", "Session").objects.values()) == sessions
    assert set(response.cookies) <= {settings.CSRF_COOKIE_NAME}
    assert not [q["sql"] for q in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"], re.IGNORECASE)]
    assert not [
        record for record in caplog.records if record.name.startswith(("lms", "courses", "django.request"))
    ]


def test_no_address_of_ours_is_only_about_the_channel() -> None:
    """A line of a log with such an address would say who opened it. Coordinators write it in its slot."""
    addresses = [f"{route.name} {route.pattern}" for route in list_routes()]
    addresses += [page.slug for page in START_PAGES]
    assert not [one for one in addresses if re.search(r"denunci|reporting|channel|canal", one)]


@pytest.mark.parametrize("file", ACCESS_FORMATS)
def test_access_logs_hold_neither_person_nor_query_nor_referrer(file: str) -> None:
    found = ACCESS_FORMATS[file].search((ROOT / file).read_text())
    assert found is not None
    assert not [telling for telling in TELLING if telling in found[1].replace("%%", "%")]


def test_a_line_of_the_access_log_tells_no_more_of_the_person_than_an_address(rf: RequestFactory) -> None:
    """As gunicorn writes it, of a request that says as much as it can."""
    found = ACCESS_FORMATS["deploy/aula.service"].search((ROOT / "deploy/aula.service").read_text())
    assert found is not None
    request = rf.get(
        "/aula/curso/l2/?desde=denuncias",
        headers={
            "referer": "https://aula.example/secreto/",
            "cookie": "sessionid=abc",
            "user-agent": "Mozilla",
        },
    )
    environ = request.META | {"RAW_URI": request.get_full_path(), "SERVER_PROTOCOL": "HTTP/1.1"}
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    sent = SimpleNamespace(headers=[(name.upper(), value) for name, value in request.headers.items()])
    atoms = Logger(Config()).atoms(answer, sent, environ, timedelta(seconds=1))
    line = found[1].replace("%%", "%") % atoms
    assert "/aula/curso/l2/" in line
    assert not [word for word in ("denuncias", "secreto", "sessionid", "Mozilla") if word in line]


def test_people_can_read_what_leaves_no_trace_and_what_does() -> None:
    [page] = [page for page in START_PAGES if page.slug == "privacidad"]
    for piece in (
        "sin huella",
        "no pasa por nosotros",
        "historial",
        "queda en tus enviados",
        "La red de tu trabajo",
    ):
        assert piece in page.body
    assert "noreferrer" in (ROOT / "lms/integrity/README.md").read_text()
