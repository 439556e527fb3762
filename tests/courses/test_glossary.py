"""Words that lessons explain."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from courses.glossary import Term, explain, keep_apart
from courses.models import GlossaryTerm, LessonPage, ModulePage
from courses.services import publish_glossary, publish_release
from tests.factories.courses import create_course, create_lesson, text

PROBITY = Term(
    "Probidad", ("probidades",), "Poner primero el interés de todas las personas.", source="Ley N° 18.575"
)
LOBBY = Term("Lobby", (), "Gestión por un interés particular.")


def html(words: str) -> dict:
    return {"type": "text", "value": {"text": words}}


def marked(words: str, *terms: Term) -> str:
    body, _found = explain([html(words)], terms or (PROBITY,))
    return body[0]["value"]["text"]


def link(word: str, anchor: str = "probidad") -> str:
    return f'<a class="gloss" id="palabra-{anchor}" href="#glosario-{anchor}">{word}</a>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>La probidad, y otra vez probidad.</p>", f"<p>La {link('probidad')}, y otra vez probidad.</p>"),
        ("<p>PROBIDAD</p>", f"<p>{link('PROBIDAD')}</p>"),
        ("<p>Las probidades</p>", f"<p>Las {link('probidades')}</p>"),
        ("<h2>Probidad</h2><p>probidad</p>", f"<h2>Probidad</h2><p>{link('probidad')}</p>"),
        ('<p><a href="https://x.cl">probidad</a> probidad</p>', f'<p><a href="https://x.cl">probidad</a> {link("probidad")}</p>'),
        ("<p>improbidad, probidad-x</p>", "<p>improbidad, probidad-x</p>"),
        ("<p>a &lt;probidad&gt; &amp; b &#39;c&#39;<br/></p>", f"<p>a &lt;{link('probidad')}&gt; &amp; b &#39;c&#39;<br/></p>"),
        ('<p><a linktype="page" id="3">uno</a></p>', '<p><a linktype="page" id="3">uno</a></p>'),
    ],
)  # fmt: skip
def test_a_word_is_marked_where_it_first_stands_in_running_text(before: str, after: str) -> None:
    assert marked(before) == after


def test_the_longest_word_wins() -> None:
    lobbyist = Term("Gestor de lobby", (), "Quien pide sin cobrar.")
    assert "gestor de lobby</a>" in marked("<p>Un gestor de lobby</p>", LOBBY, lobbyist)


def test_a_word_is_marked_once_in_a_lesson_and_explained_at_its_foot() -> None:
    body, found = explain([html("<p>probidad</p>"), html("<p>probidad y lobby</p>")], [LOBBY, PROBITY])
    assert "palabra-probidad" not in body[1]["value"]["text"]
    assert [row["term"] for row in found] == ["Probidad", "Lobby"]
    assert found[0]["source"] == "Ley N° 18.575"


def test_a_word_that_the_lesson_defines_itself_is_left_to_it() -> None:
    own = {"type": "glossary", "value": {"term": "probidad", "definition": "<p>Otra cosa.</p>"}}
    assert explain([html("<p>probidad</p>"), own], [PROBITY])[1] == []


def test_part_of_a_lesson_has_the_meanings_of_its_words_under_addresses_of_its_own() -> None:
    body, found = explain([html("<p>lobby</p>"), html("<p>probidad</p>")], [LOBBY, PROBITY])
    moved, kept = keep_apart(body[1:], found, number=2)
    assert moved == [html(f"<p>{link('probidad', '2-probidad')}</p>")]
    assert [(row["term"], row["anchor"]) for row in kept] == [("Probidad", "2-probidad")]


def test_a_word_without_meaning_is_not_shown() -> None:
    assert explain([html("<p>usar</p>")], [Term("usar", avoid=("utilizar",))])[1] == []


def test_a_meaning_or_a_replaced_word_is_asked_for() -> None:
    with pytest.raises(ValidationError, match="Escribe el significado"):
        GlossaryTerm(term="x").clean()


@pytest.fixture
def lesson(db: None, at: datetime) -> LessonPage:
    course = create_course(lessons=((),))
    GlossaryTerm.objects.create(term="Probidad", definition="Lo de todos <b>primero</b>.", source="Ley")
    page = create_lesson(ModulePage.objects.get(), key="l1", body=[text("La probidad es de todos.")])
    publish_release(page=course, at=at)
    return page


def test_a_changed_meaning_reaches_published_lessons(lesson: LessonPage, at: datetime) -> None:
    release, is_new = publish_release(page=lesson.get_parent().get_parent().specific, at=at)
    assert not is_new
    GlossaryTerm.objects.update(definition="Otra cosa.")
    assert publish_glossary(at=at) == []
    newest = release.course.releases.get(is_current=True)
    assert newest.number == release.number + 1
    assert newest.structure_hash == release.structure_hash
    assert newest.unit_rows.get(key="l1").payload["terms"][0]["definition"] == "Otra cosa."


def test_the_preview_explains_words_without_trusting_them(author: Client, lesson: LessonPage) -> None:
    address = reverse("wagtailadmin_pages:view_draft", args=(lesson.pk,))
    page = author.get(address).content.decode()
    assert link("probidad") in page
    assert 'id="glosario-probidad"' in page
    assert "Lo de todos &lt;b&gt;primero&lt;/b&gt;." in page
