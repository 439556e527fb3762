"""Keys that authors leave empty, and what a story's author may leave out."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from courses.blocks.dilemma import story_of
from courses.blocks.naming import fill_keys, free_keys, keys_of
from courses.blocks.story import find_story_problem
from courses.blocks.story_naming import name_story
from courses.keys import free_key, make_key
from courses.models import Competence, Course, CoursePage, CourseRelease, LessonPage, ModulePage
from courses.quizzes.models import Question, QuestionBank
from courses.services import publish_release
from tests.courses.authoring import (
    add_page,
    check_form,
    course_form,
    edit_page,
    lesson_form,
    module_form,
    question_form,
)
from tests.factories.courses import CompetenceFactory, check, create_catalogue, create_course, dilemma


@pytest.mark.parametrize(
    ("words", "key"),
    [("¿Qué haces con la caja?", "que-haces-con-la-caja"), ("¿?", "clave"), ("Año 2026_b", "ano-2026-b")],
)
def test_a_key_is_made_of_words(words: str, key: str) -> None:
    assert make_key(words, default="clave") == key


def test_a_free_key_stays_within_its_length() -> None:
    assert free_key("abcde", {"abcde", "abc-2"}, longest=5) == "abc-3"


def test_what_has_no_key_gets_one_and_what_has_one_keeps_it() -> None:
    raw = [check(""), check("mia"), check(""), dilemma("")]
    fill_keys(raw, lesson_key="l7", taken={"la-caja"})
    assert [block["value"].get("key") or block["value"]["code"] for block in raw] == [
        "l7-p1", "mia", "l7-p3", "la-caja-2",
    ]  # fmt: skip


def test_only_what_is_taken_is_renamed() -> None:
    raw = [check("l1-p1"), check("l1-p2"), dilemma("la-caja")]
    free_keys(raw, taken={"l1-p1", "la-caja", "la-caja-2"})
    assert keys_of(raw) == {"l1-p1-2", "l1-p2", "la-caja-3"}


def scene(heading: str, *following: str, key: str = "") -> dict[str, Any]:
    choices = [{"key": "", "text": "Hago   algo.", "recap": "", "next": after} for after in following]
    return {"key": key, "heading": heading, "echoes": [], "choices": choices}


def told(*scenes: dict[str, Any], start: str = "", **others: Any) -> dict[str, Any]:
    """A story whose author left out what can be left out."""
    story = {"start": start, "roles": [], "scenes": list(scenes), "epilogue": []} | others
    name_story(story)
    return story


def test_scenes_are_found_by_number_and_by_title() -> None:
    story = told(scene("En la fila", "2", "el pasillo"), scene("El pasillo", "", ""))
    first = story["scenes"][0]
    assert story["start"] == first["key"] == "en-la-fila"
    assert [choice["next"] for choice in first["choices"]] == ["el-pasillo", "el-pasillo"]
    assert [choice["key"] for choice in first["choices"]] == ["a", "b"]
    assert first["choices"][0]["recap"] == "Hago algo."


def test_a_scene_whose_key_is_a_number_is_found_before_that_place() -> None:
    story = told(scene("Uno", "", "", key="2"), scene("Dos", "", ""), start="2")
    assert story["start"] == "2"


def test_a_scene_that_is_not_there_is_told_as_it_was_written() -> None:
    story = told(scene("Uno", "9", ""))
    assert "«9», que no existe" in str(find_story_problem(story_of(story)))


def test_roles_are_named_and_begin_where_their_author_says() -> None:
    roles = [{"key": "", "name": "La jefa", "start": "2"}, {"key": "", "name": "Tú", "start": ""}]
    story = told(scene("Papel", "2", ""), scene("Dos", "", ""), roles=roles)
    assert [(role["key"], role["start"]) for role in roles] == [("la-jefa", "dos"), ("tu", "")]
    assert story["scenes"][0]["key"] == "papel-2"
    assert find_story_problem(story_of(story)) is None


@pytest.mark.parametrize("written", ["1:a", "en la fila:1", "en-la-fila: a", " 1 :hago algo."])
def test_what_comes_back_is_found_by_scene_and_decision(written: str) -> None:
    second = scene("El pasillo", "", "") | {"echoes": [{"after": written}]}
    story = told(scene("En la fila", "2", ""), second, epilogue=[{"after": written}])
    echoes = [*story["scenes"][1]["echoes"], *story["epilogue"]]
    assert [echo["after"] for echo in echoes] == ["en-la-fila:a"] * 2


@pytest.mark.parametrize("written", ["9:a", "1:z"])
def test_a_decision_that_is_not_there_is_told(written: str) -> None:
    story = told(scene("En la fila", "", ""), epilogue=[{"after": written}])
    assert "que no existe" in str(find_story_problem(story_of(story)))


@pytest.fixture
def course(author: Client, at: datetime) -> CoursePage:
    page = create_course()
    publish_release(page=page, at=at)
    return page


@pytest.mark.django_db
def test_a_course_of_nothing_but_words_is_published(author: Client) -> None:
    bank = QuestionBank.objects.create(code="b", title="B")
    data = course_form(competence=CompetenceFactory().pk, bank=bank.pk, code="", short_title="", slug="")
    add_page(author, create_catalogue(), "coursepage", data)
    course = CoursePage.objects.get()
    assert (course.code, course.short_title, course.slug) == ("curso-nuevo", "Curso nuevo", "curso-nuevo")
    add_page(author, course, "modulepage", module_form() | {"key": "", "slug": ""})
    module = ModulePage.objects.get()
    data = lesson_form(("check", check_form(key="")), key="", slug="", title="Módulo nuevo")
    add_page(author, module, "lessonpage", data)
    lesson = LessonPage.objects.get()
    assert (module.key, lesson.key) == ("modulo-nuevo", "modulo-nuevo-2")
    assert lesson.body[0].value["key"] == "modulo-nuevo-2-p1"


@pytest.mark.django_db
def test_the_code_of_a_course_that_is_gone_is_not_given_again(author: Client, at: datetime) -> None:
    Course.objects.create(code="curso-nuevo", title="El de antes", created_at=at)
    data = course_form(competence=CompetenceFactory().pk, bank="", code="") | {"action-publish": ""}
    add_page(author, create_catalogue(), "coursepage", data)
    assert CoursePage.objects.get().code == "curso-nuevo-2"


@pytest.mark.django_db
def test_what_is_published_keeps_its_key_when_the_field_is_emptied(
    author: Client, course: CoursePage
) -> None:
    lesson = LessonPage.objects.get(key="l1")
    edit_page(author, lesson, lesson_form(("check", check_form(key="l1-p1")), key="", title="Otro título"))
    lesson.refresh_from_db()
    assert (lesson.title, lesson.key) == ("Otro título", "l1")
    assert CourseRelease.objects.count() == 2


@pytest.mark.django_db
def test_a_lesson_that_is_half_written_is_kept_as_a_draft(author: Client, course: CoursePage) -> None:
    blocks = [
        ("check", check_form(correct=(), key="")),
        ("video", {"title": "", "video": "", "captions": "", "transcript": rich_text("")}),
    ]
    data = lesson_form(*blocks, key="", summary="", title="A medias") | {"action-publish": ""}
    add_page(author, ModulePage.objects.get(), "lessonpage", data)
    assert LessonPage.objects.get(key="a-medias").body[0].value["stem"] == "¿Qué haces?"


@pytest.mark.django_db
def test_a_question_gets_a_key_of_its_own_in_its_bank(author: Client, course: CoursePage) -> None:
    data = question_form(bank=course.bank_id, competence=CompetenceFactory().pk) | {"key": ""}
    for _time in range(2):
        author.post(reverse("wagtailsnippets_quizzes_question:add"), data)
    assert set(Question.objects.filter(stem="¿Qué haces?").values_list("key", flat=True)) == {
        "que-haces", "que-haces-2",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_competence_gets_a_code_that_fits(author: Client) -> None:
    data = {"name": "Reconocer y gestionar conflictos", "description": "", "code": ""}
    author.post(reverse("wagtailsnippets_courses_competence:add"), data)
    assert Competence.objects.get().code == "reconocer-y"


@pytest.mark.django_db
def test_a_bank_and_a_competence_are_made_where_they_are_chosen(author: Client) -> None:
    made = {
        "quizzes_questionbank": {"banco-nuevo-title": "Regalos"},
        "courses_competence": {"competencia-nueva-name": "Avisar"},
    }
    for snippet, data in made.items():
        chooser = f"wagtailsnippetchoosers_{snippet}"
        assert "Crear un" in author.get(reverse(f"{chooser}:choose")).json()["html"]
        assert author.post(reverse(f"{chooser}:create"), data).json()["step"] == "chosen"
    assert (QuestionBank.objects.get().code, Competence.objects.get().code) == ("regalos", "avisar")
