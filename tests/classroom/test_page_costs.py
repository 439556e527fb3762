"""What a learner's pages cost on a slow line and an old machine: weight, queries, and no need of scripts."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from tests.factories.full_course import ASSESSMENT, CODE, LESSON, begin_assessment, make_full_course
from tests.factories.integrity import write_code, write_contacts
from tests.factories.learning import make_learner
from tests.personas import client_for, create_personas
from tests.queries import count_page_queries, read_page
from tests.ui.markup import Element, Markup, read_markup

HEAVIEST = 60 * 1024
READING, FINAL = f"/aula/{CODE}/{LESSON}/", f"/aula/{CODE}/{ASSESSMENT}/"
ATTEMPT = f"{FINAL}intento/1/"
RESULT = f"{ATTEMPT}resultado/"
QUERIES = {
    "/aula/": 15,
    f"/cursos/{CODE}/": 18,
    READING: 12,
    f"{READING}dilema/": 6,
    FINAL: 8,
    ATTEMPT: 9,
    f"{ATTEMPT}1/": 9,
    f"{ATTEMPT}revisar/": 8,
    RESULT: 14,
}
"""The pages of a learner's way, in its order, and how many queries each may make."""


@pytest.fixture
def pages(db: None, at: datetime, fixed_clock: None) -> dict[str, tuple[str, int]]:
    """What each page says to Ana and how many queries it made. Her institution has a code and contacts."""
    make_full_course(at=at)
    people = create_personas()
    write_code(people.institution, at, regalos="No se aceptan.", trato="Con respeto.")
    write_contacts(people.institution, at)
    person, client = people.ana.person, client_for(people.ana)
    learner = make_learner(person=person, at=at, course=CODE, posting=person.postings.get())
    before: dict[str, Callable[[], object]] = {
        FINAL: lambda: begin_assessment(learner=learner, at=at),
        RESULT: lambda: client.post(f"{ATTEMPT}entregar/"),
    }
    found = {}
    for address in QUERIES:
        if address in before:
            before[address]()
        read_page(client, address)
        cost = count_page_queries(client, address)
        found[address] = client.get(address).content.decode(), cost
    return found


def test_a_learners_pages_are_light_cheap_and_need_no_script(pages: dict[str, tuple[str, int]]) -> None:
    """One test: the course is long to make."""
    for address, (page, cost) in pages.items():
        assert len(page.encode()) <= HEAVIEST, address
        assert cost <= QUERIES[address], address
        assert not list(needing_script(read_markup(page))), address


def needing_script(markup: Markup) -> Iterator[Element]:
    """Forms that nothing sends or that go nowhere, links that lead nowhere, handlers in the page.

    A form without an address goes to that of its page.
    """
    forms = markup.all("form")
    senders = [e for e in markup.all("button") if "form" in e.inside and e.attrs.get("type") != "button"]
    if len(forms) > len(senders):
        yield from forms
    for element in markup.elements:
        attrs = element.attrs
        if element.name == "form" and (
            attrs.get("method") not in ("post", "get") or attrs.get("action") == ""
        ):
            yield element
        if element.name == "a" and attrs.get("href", "") in ("", "#"):
            yield element
        if "hx-post" in attrs and attrs["hx-post"] != attrs.get("action"):
            yield element
        if any(name.startswith("on") for name in attrs) or attrs.get("href", "").startswith("javascript:"):
            yield element
