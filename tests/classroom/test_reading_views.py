"""A lesson on paper and over a slow line: what is there, what is not, and what it weighs."""

import gzip
import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from wagtail.images import get_image_model

from courses.models import GlossaryTerm, Law
from courses.services import publish_glossary
from tests.factories.learning import Learner, block
from tests.factories.pictures import make_picture
from tests.queries import count_page_queries

LESSON, PAPER = "/aula/curso/l1/", "/aula/curso/l1/imprimir/"
MOST_BYTES = 20 * 1024


def text_of(client: Client, url: str, **headers: str) -> str:
    return unescape(client.get(url, headers=headers).content.decode())


# --- Paper ---------------------------------------------------------------------------------------
def test_a_lesson_on_paper_has_its_words_and_nobodys_answers(
    client: Client, learner: Learner, at: datetime
) -> None:
    learner.answer("l1", "p1", at)
    page = text_of(client, PAPER)
    assert "La función pública sirve" in page and "¿Corresponde?" in page
    assert "checked" not in page and "es lo que pide la ley" not in page and "/pregunta/" not in page


def test_the_whole_course_on_paper_has_every_lesson_and_no_way_of_a_dilemma(
    client: Client, learner: Learner
) -> None:
    page = text_of(client, "/aula/curso/imprimir/")
    assert all(f"<h1>Lección l{number}</h1>" in page for number in (1, 2, 3))
    assert "versión 1" in page and "Elegiste" not in page and "Evaluación final" not in page


def test_paper_asks_as_many_queries_for_one_lesson_as_for_all(client: Client, learner: Learner) -> None:
    text_of(client, PAPER)
    assert (
        count_page_queries(client, "/aula/curso/imprimir/") - count_page_queries(client, PAPER) <= 3
    )  # the own code


def test_every_explained_word_leads_to_its_meaning_on_the_same_paper(
    client: Client, learner: Learner, at: datetime
) -> None:
    GlossaryTerm.objects.create(term="función pública", definition="El trabajo para todas las personas.")
    publish_glossary(at=at)
    page = text_of(client, "/aula/curso/imprimir/")
    anchors = re.findall(r'href="#((?:glosario|palabra)-[^"]+)"', page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == 4 and set(anchors) <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_assessment_has_no_paper(client: Client, learner: Learner) -> None:
    assert client.get("/aula/curso/evaluacion-final/imprimir/").status_code == 404


# --- Law cards -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("known", "warns"), [(None, False), ("2024-01-15", False), ("2025-03-01", True)])
def test_a_law_card_tells_its_version_and_whether_a_newer_text_is_known(
    client: Client, learner: Learner, known: str | None, warns: bool
) -> None:
    Law.objects.update(version=known)
    page = text_of(client, LESSON)
    assert "Texto consultado: versión del 15 de enero de 2024." in page
    assert ("La norma cambió el 1 de marzo de 2025" in page) is warns


# --- Light ---------------------------------------------------------------------------------------
def is_light(page: str) -> bool:
    return "light.css" in page and "main.css" not in page


def test_the_light_view_is_asked_for_by_address_and_remembered(client: Client, learner: Learner) -> None:
    assert not is_light(text_of(client, LESSON))
    assert is_light(text_of(client, f"{LESSON}?vista=ligera")) and is_light(
        text_of(client, "/aula/curso/l2/")
    )
    assert not is_light(text_of(client, f"{LESSON}?vista=completa")) and not is_light(text_of(client, LESSON))


@pytest.mark.parametrize(("header", "expected"), [("on", True), (" ON ", True), ("off", False), ("", False)])
def test_a_browser_that_saves_data_gets_it(
    client: Client, learner: Learner, header: str, expected: bool
) -> None:
    response = client.get(LESSON, headers={"save-data": header})
    assert is_light(response.content.decode()) is expected
    assert "Save-Data" in response["Vary"]


def test_what_a_person_asked_for_comes_before_the_header(client: Client, learner: Learner) -> None:
    client.get(f"{LESSON}?vista=completa")
    assert not is_light(text_of(client, LESSON, **{"save-data": "on"}))


@pytest.mark.parametrize("wish", ["", "otra", "\x00", "ligera' OR 1=1"])
def test_another_wish_changes_nothing(client: Client, learner: Learner, wish: str) -> None:
    response = client.get(LESSON, {"vista": wish})
    assert (
        response.status_code == 200
        and "vista" not in response.cookies
        and not is_light(response.content.decode())
    )


@pytest.mark.parametrize("url", [LESSON, "/aula/curso/l2/", "/aula/curso/l3/", "/aula/curso/l3/dilema/"])
def test_a_light_page_has_no_font_script_or_picture_and_its_files_are_few(
    client: Client, learner: Learner, url: str
) -> None:
    page = text_of(client, f"{url}?vista=ligera")
    assert "<script" not in page and "<img" not in page and "woff2" not in page
    named = set(re.findall(r"/estatico/([\w./-]+)", page))
    weight = sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in named)
    assert named and weight < MOST_BYTES
    assert "url(" not in Path(finders.find("ui/light.css")).read_text()


def test_a_practice_question_is_answered_in_the_light_view(client: Client, learner: Learner) -> None:
    client.get(f"{LESSON}?vista=ligera")
    page = client.post(f"{LESSON}pregunta/p1/", {"opcion": "0"}, follow=True).content.decode()
    assert is_light(page) and "Bien pensado" in page


def test_a_picture_becomes_its_words_its_size_and_a_link(db: None) -> None:
    picture = get_image_model().objects.get(pk=make_picture("width-800"))
    value = {"image": picture, "alt": "Una puerta abierta", "decorative": False, "caption": ""}
    context = {"part": block("image", value) | {"value": value}, "is_light": True}
    page = unescape(render_to_string("courses/blocks/image.html", context))
    assert (
        "Imagen: Una puerta abierta" in page
        and "Ver la imagen, 1,9\xa0KB" in page
        and picture.get_rendition("width-800").url in page
        and "<img" not in page
    )
    assert not render_to_string(
        "courses/blocks/image.html", context | {"part": {"value": value | {"decorative": True}}}
    ).strip()


# --- Aloud ---------------------------------------------------------------------------------------
def test_reading_aloud_is_a_small_script_that_sends_nothing() -> None:
    source = Path(finders.find("ui/js/listen.js")).read_bytes()
    assert len(source) < 3.25 * 1024
    assert not re.search(rb"fetch|XMLHttp|sendBeacon|WebSocket|import", source)


def test_the_controls_are_hidden_until_a_voice_is_there(client: Client, learner: Learner) -> None:
    assert re.search(r'data-listen="lectura" hidden', text_of(client, LESSON))
    assert "data-listen" not in text_of(client, f"{LESSON}?vista=ligera")


# --- Practice questions --------------------------------------------------------------------------
def test_once_answered_rightly_the_other_options_are_explained_too(client: Client, learner: Learner) -> None:
    wrong = client.post(f"{LESSON}pregunta/p1/", {"opcion": "1"}, follow=True).content.decode()
    assert "Mira de nuevo la tarjeta de la ley." in wrong and "es lo que pide la ley" not in wrong
    right = client.post(f"{LESSON}pregunta/p1/", {"opcion": "0"}, follow=True).content.decode()
    assert "es lo que pide la ley" in right and "Por qué no las otras" in right
    assert "Mira de nuevo la tarjeta de la ley." in right
