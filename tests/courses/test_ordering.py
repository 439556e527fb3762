"""«Orden del curso»: one screen, one version."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from courses.authoring.selectors import list_pages, read_course_order
from courses.models import CoursePage, CourseRelease, LessonPage
from courses.services import publish_release
from lms.people.services.roles import AUTHOR_GROUP
from tests.factories.courses import create_course, create_lesson
from tests.personas import Personas, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(author: Client, at: datetime) -> CoursePage:
    """Modules m1 (l1, l2) and m2 (l3), published."""
    page = create_course(lessons=(("l1", "l2"), ("l3",)), questions=0)
    publish_release(page=page, at=at)
    return page


def address(course: CoursePage) -> str:
    return reverse("authoring:order", args=[course.pk])


def keys(course: CoursePage) -> str:
    return " ".join(page.specific.key for page in list_pages(course=course))


def sent(course: CoursePage, wanted: str, **more: str) -> dict[str, Any]:
    """The form with the rows in the wanted order."""
    entries = dict(zip(keys(course).split(), map(str, read_course_order(course=course)), strict=True))
    more = {
        name: value if " " not in value else f"{value.split()[0]} {entries[value.split()[1]]}"
        for name, value in more.items()
    }
    return {"antes": " ".join(entries.values()), "orden": [entries[key] for key in wanted.split()], **more}


def units() -> list[str]:
    return [unit.key for unit in CourseRelease.objects.get(is_current=True).outline.units]


def test_a_new_order_is_published_once(author: Client, course: CoursePage) -> None:
    author.post(address(course), sent(course, "m2 l2 l3 m1 l1"))
    assert keys(course) == "m2 l2 l3 m1 l1"
    assert CourseRelease.objects.count() == 2
    assert units() == ["l2", "l3", "l1"]


def test_a_step_without_javascript_is_shown_and_not_yet_kept(author: Client, course: CoursePage) -> None:
    response = author.post(address(course), sent(course, keys(course), mover="bajar l2"))
    page = response.content.decode()
    assert page.index("Lección l1<") < page.index("Módulo 2<") < page.index("Lección l2<")
    assert "Aún no se ha guardado." in page and "Moviste «Lección l2»." in page
    button = page[page.index('value="bajar l') :]
    assert page.count("autofocus") == 1 and button
    assert keys(course) == "m1 l1 l2 m2 l3"


def test_the_same_order_makes_no_version(author: Client, course: CoursePage) -> None:
    author.post(address(course), sent(course, keys(course)))
    assert CourseRelease.objects.count() == 1


def test_a_lesson_whose_address_is_taken_in_its_new_module_gets_another(
    author: Client, course: CoursePage
) -> None:
    module = course.get_children().last().specific
    create_lesson(module, key="l4", slug="l1").save_revision()
    author.post(address(course), sent(course, "m1 l1 l4 l2 m2 l3"))
    moved = LessonPage.objects.get(key="l4")
    assert moved.slug == moved.get_latest_revision_as_object().slug == "l1-2"


def test_an_order_of_before_somebody_else_wrote_is_not_kept(author: Client, course: CoursePage) -> None:
    data = sent(course, "m2 l3 m1 l1 l2")
    create_lesson(course.get_children().first().specific, key="l9")
    response = author.post(address(course), data, follow=True)
    assert "El curso cambió mientras lo ordenabas." in response.content.decode()
    assert keys(course) == "m1 l1 l2 l9 m2 l3"


@pytest.mark.parametrize(
    "data", [{}, {"orden": ["x"]}, {"mover": "girar m1"}, {"mover": "subir x"}, {"antes": "l1 m1"}]
)
def test_what_no_form_of_ours_sends_changes_nothing(
    author: Client, course: CoursePage, data: dict[str, Any]
) -> None:
    response = author.post(address(course), sent(course, "m2 l3 m1 l1 l2") | data if data else data)
    assert response.status_code == 302
    assert keys(course) == "m1 l1 l2 m2 l3"


def test_an_order_that_cannot_be_published_is_refused_and_not_lost(
    author: Client, course: CoursePage
) -> None:
    CoursePage.objects.filter(pk=course.pk).update(require_dilemmas=9)
    response = author.post(address(course), sent(course, "m2 l3 m1 l1 l2"))
    page = response.content.decode()
    assert response.status_code == 400
    assert "No se guardó nada" in page and page.index("Módulo 2<") < page.index("Módulo 1<")
    assert keys(course) == "m1 l1 l2 m2 l3"


def test_who_may_not_edit_the_course_does_not_order_it(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    assert client_for(personas.elena).get(address(course)).status_code == 404
    GroupPagePermission.objects.filter(group__in=personas.diego.groups.all()).delete()
    client = client_for(personas.diego)
    assert client.post(address(course), sent(course, "m2 l3 m1 l1 l2")).status_code == 302
    assert keys(course) == "m1 l1 l2 m2 l3"


def test_whoever_writes_a_draft_orders_it_without_publishing_rights(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    authors = Group.objects.get(name=AUTHOR_GROUP)
    personas.diego.groups.set([authors])
    CoursePage.objects.filter(pk=course.pk).update(live=False)
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=authors, page=course, permission=change)
    client = client_for(personas.diego)
    assert client.post(address(course), sent(course, "m2 l3 m1 l1 l2")).status_code == 302
    assert keys(course) == "m2 l3 m1 l1 l2"
