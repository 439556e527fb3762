"""Do the links of lessons answer?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from courses.models import LessonPage, LinkCheck, ModulePage
from courses.quality.rules import LinkState
from courses.quality.services import ask_again, note_links, record_answer, tidy_links
from lms.lib.link_asking import LinkAsker
from lms.teaching.periodic import check_links
from tests.factories.courses import LawFactory, create_course, create_lesson, text


class Site(BaseHTTPRequestHandler):
    """Answers with the status that the path names; ``/a/<path>`` leads there."""

    def do_GET(self) -> None:
        place = self.path.removeprefix("/a")
        self.send_response(302 if place != self.path else int(self.path.strip("/")))
        if place != self.path:
            self.send_header("Location", place if place.startswith("/") else f"http://{place}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/200", LinkState.WORKS, 200),
        ("/a/200", LinkState.WORKS, 200),
        ("/404", LinkState.GONE, 404),
        ("/a/410", LinkState.GONE, 410),
        ("/403", LinkState.UNKNOWN, 403),
        ("/500", LinkState.FAILS, 500),
        ("/a/a/a/a/a/a/a/200", LinkState.FAILS, None),
    ],
)
def test_an_answer_is_judged(site: str, path: str, state: LinkState, status: int | None) -> None:
    asker = LinkAsker(private_allowed=True)
    answer = asker.ask(site + path)
    asker.close()
    assert (answer.state, answer.status) == (state, status)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/latest/"])
def test_an_inner_network_is_never_asked(url: str) -> None:
    assert LinkAsker().ask(url).state is LinkState.UNKNOWN


@pytest.mark.parametrize("url", ["http://", "https://exa mple/", "http://[x/"])
def test_an_address_that_is_none_fails_quietly(url: str) -> None:
    assert LinkAsker().ask(url).state is LinkState.FAILS


@pytest.fixture
def lesson(db: None) -> LessonPage:
    create_course(lessons=((),), questions=0)
    law = {"type": "law", "value": {"law": LawFactory().pk, "summary": "<p>Uno.</p>", "version": None}}
    words = text('<a href="http://127.0.0.1:1/x">Guía</a> <a href="mailto:a@b.cl">Correo</a>')
    return create_lesson(ModulePage.objects.get(), key="l1", body=[words, law])


def test_the_addresses_of_a_lesson_wait_for_their_turn(lesson: LessonPage, at: datetime) -> None:
    note_links(pages=[lesson], at=at)
    urls = set(LinkCheck.objects.values_list("url", flat=True))
    assert urls == {"http://127.0.0.1:1/x", "https://www.bcn.cl/leychile/navegar?idNorma=191865"}


def test_an_answer_holds_for_a_week_and_a_fault_for_a_day(lesson: LessonPage, at: datetime) -> None:
    note_links(pages=[lesson], at=at)
    for link, state in zip(LinkCheck.objects.order_by("url"), (LinkState.GONE, LinkState.WORKS), strict=True):
        record_answer(link=link, state=state, status=200, at=at)
    note_links(pages=[lesson], at=at + timedelta(hours=1))
    due = [link.due_at - at for link in LinkCheck.objects.order_by("url")]
    assert due == [timedelta(days=1), timedelta(days=7)]
    assert ask_again(urls=["http://127.0.0.1:1/x"], at=at) == 1
    assert LinkCheck.objects.get(due_at=at).state == "gone"


def test_the_worker_asks_what_is_due_and_keeps_the_day(lesson: LessonPage, at: datetime) -> None:
    LinkCheck.objects.create(url="http://127.0.0.1:1/x", url_hash="x", due_at=at)
    LinkCheck.objects.create(url="http://127.0.0.1:1/y", url_hash="y", due_at=at + timedelta(days=1))
    check_links(at=at)
    assert list(LinkCheck.objects.order_by("url").values_list("checked_at", flat=True)) == [at, None]


def test_an_address_that_no_lesson_has_any_more_is_forgotten(lesson: LessonPage, at: datetime) -> None:
    LinkCheck.objects.create(url="https://x.cl/", url_hash="x", due_at=at)
    tidy_links(at=at)
    assert LinkCheck.objects.count() == 2
    assert not LinkCheck.objects.filter(url="https://x.cl/").exists()
