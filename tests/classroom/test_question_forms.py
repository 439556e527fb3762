"""Each kind of question in a page: what a browser posts is what was chosen, and the page tells no key."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string

from courses.quizzes.rules import KINDS, DrawnQuestion, QuestionKind, QuestionSpec, show_question
from lms.classroom.questions import read_pictures, to_inputs
from tests.courses.kinds.examples import EXAMPLES
from tests.factories.pictures import make_picture

ALL = pytest.mark.parametrize("kind", list(QuestionKind))
OURS = pytest.mark.parametrize("kind", [kind for kind in QuestionKind if not KINDS[kind].is_marked_by_person])


class Form(HTMLParser):
    """What a browser would post of a page, and the names of its fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.posted: dict[str, list[str]] = {}
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self._select: str | None = None
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "label" and given.get("for"):
            self.labels.add(given["for"] or "")
        if tag in ("input", "select", "textarea"):
            self.fields.append(given)
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.posted.setdefault(name, []).append(given.get("value") or "")
        if tag == "select":
            self._select = name
            self.posted[name] = [""]
        if tag == "option" and "selected" in given and self._select:
            self.posted[self._select] = [given.get("value") or ""]
        if tag == "textarea":
            self._area = name
            self.posted[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.posted[self._area] = [self.posted[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None


def spec_of(kind: QuestionKind, body: Any) -> QuestionSpec:
    return QuestionSpec("p1", "INT-1", 1, kind, "Situación", body)


def page_of(kind: QuestionKind, body: Any, order: list[Any], answer: Any) -> str:
    shown = show_question(question=spec_of(kind, body), drawn=DrawnQuestion("p1", order), answer=answer)
    inputs = to_inputs(question=shown, name="respuesta", pictures=read_pictures([shown]))
    return render_to_string(inputs.template, {"inputs": inputs})


@ALL
def test_what_was_answered_comes_back_as_it_was(db: None, kind: QuestionKind) -> None:
    example = EXAMPLES[kind]
    form = Form(page_of(kind, example.body, example.order, example.right))
    answer = spec_of(kind, example.body).read(example.order, form.posted, "respuesta")
    assert KINDS[kind].grade(example.body, answer) == KINDS[kind].grade(example.body, example.right)
    assert form.posted


@ALL
def test_an_untouched_page_earns_nothing(db: None, kind: QuestionKind) -> None:
    example = EXAMPLES[kind]
    form = Form(page_of(kind, example.body, example.order, None))
    answer = spec_of(kind, example.body).read(example.order, form.posted, "respuesta")
    assert KINDS[kind].grade(example.body, answer) == 0


@OURS
def test_the_same_post_under_another_key_earns_less(db: None, kind: QuestionKind) -> None:
    example = EXAMPLES[kind]
    form = Form(page_of(kind, example.body, example.order, example.right))
    answer = spec_of(kind, example.rekeyed).read(example.rekeyed_order, form.posted, "respuesta")
    assert (KINDS[kind].grade(example.rekeyed, answer) or 0) < 1


@ALL
def test_a_page_is_the_same_whatever_the_key(db: None, kind: QuestionKind) -> None:
    example = EXAMPLES[kind]
    page = page_of(kind, example.body, example.order, None)
    assert page == page_of(kind, example.rekeyed, example.rekeyed_order, None)
    assert not any(secret in page for secret in example.secrets)


@ALL
def test_every_field_of_a_page_has_a_name_for_who_does_not_see_it(db: None, kind: QuestionKind) -> None:
    example = EXAMPLES[kind]
    html = page_of(kind, example.body, example.order, None)
    form = Form(html)
    unnamed = [
        field
        for field in form.fields
        if field.get("id") not in form.labels
        and not field.get("aria-label")
        and field.get("type") not in ("radio", "checkbox")
    ]
    assert form.fields and not unnamed
    assert html.count('<label class="pick">') == html.count('type="radio"') + html.count('type="checkbox"')


def test_a_picture_is_shown_with_what_is_seen_in_it(db: None) -> None:
    rules, example = KINDS[QuestionKind.HOTSPOT], EXAMPLES[QuestionKind.HOTSPOT]
    body = replace(example.body, image_id=make_picture("width-1000"))
    assert list(rules.flaws(body)) == []
    page = page_of(QuestionKind.HOTSPOT, body, example.order, None)
    assert 'alt="Un plano"' in page and page.count("<rect") == 2
