"""No course and no lesson is named as another page of the classroom."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from courses.authoring.services import copy_course
from courses.keys import RESERVED_CODES, RESERVED_KEYS
from courses.models import CoursePage, LessonPage, ModulePage
from tests.courses.authoring import add_page, check_form, course_form, lesson_form
from tests.factories.courses import CompetenceFactory, create_catalogue, create_course
from tests.personas import Personas

COURSE, LESSON = "<slug:course_code>", "<slug:unit_key>"


def list_addresses(patterns: list[Any], before: str = "") -> Iterator[list[str]]:
    """The segments of every address that is written as a route."""
    for entry in patterns:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route.rstrip("/").split("/")
        else:
            yield from list_addresses(entry.url_patterns, route)


def words_in_place_of(converter: str) -> set[str]:
    """What stands in some address where another has ``converter``, after the same beginning."""
    addresses = list(list_addresses(get_resolver().url_patterns))
    before = {tuple(a[: a.index(converter)]) for a in addresses if converter in a}
    inside = {a[len(b)] for a in addresses for b in before if len(a) > len(b) and tuple(a[: len(b)]) == b}
    return {word for word in inside if "<" not in word and "." not in word}


@pytest.mark.parametrize(("converter", "reserved"), [(COURSE, RESERVED_CODES), (LESSON, RESERVED_KEYS)])
def test_every_address_beside_a_course_or_a_lesson_is_reserved(
    converter: str, reserved: frozenset[str]
) -> None:
    assert words_in_place_of(converter) == reserved


@pytest.mark.django_db
def test_a_key_made_of_a_title_avoids_the_addresses(author: Client) -> None:
    add_page(author, create_catalogue(), "coursepage", new_course(code="", slug="", title="Competencias"))
    course = CoursePage.objects.get()
    module = course.add_child(instance=ModulePage(title="Uno", key="m1"))
    add_page(
        author,
        module,
        "lessonpage",
        lesson_form(("check", check_form(key="")), key="", slug="", title="Repaso"),
    )
    assert (course.code, LessonPage.objects.get().key) == ("competencias-2", "repaso-2")


@pytest.mark.django_db
def test_a_written_key_is_not_an_address(author: Client) -> None:
    module = create_course().get_children().get()
    answer = add_page(author, module, "lessonpage", lesson_form(key="opinion"))
    assert "Esa palabra es la dirección" in answer.content.decode()
    assert not LessonPage.objects.filter(key="opinion").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"code": "apuntes"}, {"assessment_code": "repaso"}])
def test_a_course_and_its_assessment_are_not_addresses(author: Client, changes: dict[str, str]) -> None:
    answer = add_page(author, create_catalogue(), "coursepage", new_course(**changes))
    assert "Esa palabra es la dirección" in answer.content.decode()
    assert not CoursePage.objects.exists()


@pytest.mark.django_db
def test_a_copied_course_is_not_an_address(personas: Personas) -> None:
    assert copy_course(source=create_course(), title="Avisos", by=personas.diego).code == "avisos-2"


def new_course(**changes: str) -> dict[str, Any]:
    return course_form(competence=CompetenceFactory().pk, bank="", require_assessment="", **changes)
