"""Trainers teach the courses of their own teams, and no others."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import CatalogueIndexPage, CoursePage, LessonPage
from lms.pages.services import set_up_site
from lms.people.models import CourseMember, Role
from lms.people.services.roles import AUTHOR_GROUP, EVERYWHERE, RolePlace, assign_role
from tests.factories.learning import make_course
from tests.personas import Personas, client_for, create_personas

TEAM = "/docencia/curso/equipo/"


@pytest.fixture
def people(db: None, at: datetime) -> Personas:
    """Diego began the course; Bruno is a trainer too, of no course."""
    people = create_personas()
    set_up_site(site_url="http://testserver")
    for user in (people.diego, people.bruno):
        assign_role(user=user, role=Role.TRAINER, place=RolePlace(people.institution), at=at)
    make_course(at=at, owner=people.diego)
    return people


@pytest.fixture
def diego(people: Personas) -> Client:
    return client_for(people.diego)


def may_edit(user: object, page: CoursePage) -> bool:
    return bool(PagePermissionPolicy().user_has_permission_for_instance(user, "change", page))


def test_whoever_begins_a_course_teaches_it(people: Personas, diego: Client) -> None:
    assert "Curso de prueba" in diego.get("/docencia/").content.decode()
    assert diego.get(TEAM).status_code == 200


def test_another_trainer_does_not_find_it(people: Personas) -> None:
    bruno = client_for(people.bruno)
    assert "Curso de prueba" not in bruno.get("/docencia/").content.decode()
    assert bruno.get(TEAM).status_code == bruno.get("/docencia/curso/corregir/").status_code == 404
    assert not may_edit(people.bruno, CoursePage.objects.get())


def test_who_teaches_everywhere_finds_all(people: Personas, at: datetime) -> None:
    assign_role(user=people.bruno, role=Role.TRAINER, place=EVERYWHERE, at=at)
    assert client_for(people.bruno).get(TEAM).status_code == 200
    assert may_edit(people.bruno, CoursePage.objects.get())


def test_a_member_is_added_by_address_and_may_edit(people: Personas, diego: Client) -> None:
    diego.post(TEAM, {"email": "bruno@servicio.example"})
    assert client_for(people.bruno).get(TEAM).status_code == 200
    assert may_edit(people.bruno, CoursePage.objects.get())


def test_a_member_who_leaves_finds_and_edits_nothing(people: Personas, diego: Client) -> None:
    diego.post(TEAM, {"email": "bruno@servicio.example"})
    member = CourseMember.objects.get(user=people.bruno)
    diego.post(f"{TEAM}{member.pk}/salir/")
    assert client_for(people.bruno).get(TEAM).status_code == 404
    assert not Group.objects.get(name="Curso curso").user_set.filter(pk=people.bruno.pk).exists()


def test_whoever_began_a_course_and_leaves_its_team_edits_none_of_its_pages(
    people: Personas, diego: Client
) -> None:
    Page.objects.filter(pk__in=LessonPage.objects.values("pk")).update(owner=people.diego)
    diego.post(TEAM, {"email": "bruno@servicio.example"})
    assert CoursePage.objects.get().permissions_for_user(people.diego).can_edit()
    diego.post(f"{TEAM}{CourseMember.objects.get(user=people.diego).pk}/salir/")
    left = type(people.diego).objects.get(pk=people.diego.pk)
    pages = CoursePage.objects.get().get_descendants(inclusive=True)
    assert not any(page.permissions_for_user(left).can_edit() for page in pages)


def test_the_last_member_stays(people: Personas, diego: Client) -> None:
    member = CourseMember.objects.get(user=people.diego)
    page = diego.post(f"{TEAM}{member.pk}/salir/", follow=True).content.decode()
    assert "Un curso no queda sin equipo" in page and CourseMember.objects.get().until is None


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Escribe el correo"),
        ("bruno", "correo completo"),
        ("nadie@servicio.example", "No hay ninguna cuenta"),
        ("ana@servicio.example", "no tiene el rol de docencia"),
    ],
)
def test_whom_one_cannot_add_is_explained(diego: Client, email: str, message: str) -> None:
    answer = diego.post(TEAM, {"email": email})
    assert answer.status_code == 400 and message in answer.content.decode()


def test_an_author_may_begin_a_course_and_edit_no_other(people: Personas) -> None:
    policy = PagePermissionPolicy()
    catalogue = CatalogueIndexPage.objects.order_by("pk")[0]
    assert people.bruno.groups.filter(name=AUTHOR_GROUP).exists()
    assert policy.user_has_permission_for_instance(people.bruno, "add", catalogue)
    assert not policy.user_has_permission_for_instance(people.bruno, "change", catalogue)
