"""Starting from another course, and taking modules and lessons along."""

from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.models import GroupPagePermission

from courses.authoring.services import copy_course, copy_lesson, copy_module
from courses.blocks.naming import keys_of
from courses.models import CatalogueIndexPage, Course, CoursePage, CourseRelease, LessonPage, ModulePage
from courses.quizzes.models import Question, QuestionBank
from courses.services import publish_release
from lms.people.services.course_teams import join_team
from lms.progress.models import Enrolment
from tests.courses.test_course_page import enrol
from tests.factories.courses import create_course, create_lesson, dilemma, lesson_body
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.django_db
START = "/gestion/cursos/empezar/"


@pytest.fixture
def course(author: Client, at: datetime) -> CoursePage:
    page = create_course(lessons=(("l1", "l2"), ("l3",)))
    create_lesson(ModulePage.objects.get(key="m2"), key="l4", body=[*lesson_body("l4"), dilemma()])
    publish_release(page=page, at=at)
    return page


def lessons_of(page: Any) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(page).order_by("path"))


def test_a_copy_of_a_course_is_a_draft_of_ones_own(
    author: Client, personas: Personas, course: CoursePage, at: datetime
) -> None:
    enrolment = enrol(personas, at)
    copy = copy_course(source=course, title="Mi propio curso", by=personas.diego)
    assert (copy.code, copy.slug, copy.short_title, copy.live) == (
        "mi-propio-curso", "mi-propio-curso", "Mi propio curso", False,
    )  # fmt: skip
    assert [lesson.key for lesson in lessons_of(copy)] == ["l1", "l2", "l3", "l4"]
    assert not any(lesson.live for lesson in lessons_of(copy))
    assert keys_of(list(lessons_of(copy)[3].body.get_prep_value())) == {"l4-p1", "la-caja"}
    assert [row.competence.code for row in copy.competences.all()] == ["INT-1"]
    assert copy.draws.get().count == 2
    assert copy.bank != course.bank and copy.bank.title == "Mi propio curso"
    assert set(copy.bank.questions.values_list("key", flat=True)) == {"p0", "p1", "p2"}
    assert Course.objects.count() == CourseRelease.objects.count() == 1
    assert Enrolment.objects.get() == enrolment


def test_a_copy_has_what_was_written_last_and_not_what_was_withdrawn(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    first, second, *_others = lessons_of(course)
    first.title = "Palabras de hoy"
    first.save_revision()
    second.save_revision().publish()
    LessonPage.objects.get(pk=second.pk).unpublish()
    Question.objects.filter(key="p0").update(is_retired=True)
    copy = copy_course(source=course, title="Otro", by=personas.diego)
    assert [lesson.title for lesson in lessons_of(copy)][:2] == ["Palabras de hoy", "Lección l3"]
    assert copy.bank.questions.count() == 2


def test_the_code_of_a_copy_is_free(author: Client, personas: Personas, course: CoursePage) -> None:
    codes = [copy_course(source=course, title="Curso", by=personas.diego).code for _time in range(2)]
    assert codes == ["curso-2", "curso-3"]
    assert QuestionBank.objects.filter(code__startswith="curso").count() == 2


def test_a_copy_can_be_published_whole_as_one_version(
    author: Client, personas: Personas, course: CoursePage, at: datetime
) -> None:
    copy = copy_course(source=course, title="Mi curso", by=personas.diego)
    address = reverse("authoring:publish", args=[copy.pk])
    assert "Se publicarán 7 páginas" in author.get(address).content.decode()
    author.post(address)
    release = CourseRelease.objects.get(course__code="mi-curso")
    assert (release.number, [unit.key for unit in release.outline.units]) == (
        1, ["l1", "l2", "l3", "l4", "evaluacion-final"],
    )  # fmt: skip
    assert "Todo lo escrito ya está publicado" in author.get(address).content.decode()


def test_a_course_that_lacks_something_is_not_published_at_all(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    copy = copy_course(source=course, title="Mi curso", by=personas.diego)
    lesson = lessons_of(copy)[0]
    raw = list(lesson.body.get_prep_value())
    raw[1]["value"]["options"] = []
    lesson.body = lesson.body.stream_block.to_python(raw)
    lesson.save_revision()
    response = author.post(reverse("authoring:publish", args=[copy.pk]))
    assert response.status_code == 400
    assert "A «Lección l1» le falta algo o tiene un error en: contenido." in response.content.decode()
    assert not CoursePage.objects.get(pk=copy.pk).live
    assert not any(one.live for one in lessons_of(copy))


def publish_whole(author: Client, course: CoursePage) -> list[str]:
    """What is said after it."""
    response = author.post(reverse("authoring:publish", args=[course.pk]), follow=True)
    return [str(message) for message in response.context["messages"]]


def test_a_course_that_asks_for_more_of_people_in_it_waits_for_its_author(
    author: Client, personas: Personas, course: CoursePage, at: datetime
) -> None:
    enrol(personas, at)
    join_team(user=personas.diego, course_code="curso", at=at)
    lesson = create_lesson(ModulePage.objects.get(key="m1"), key="l9", live=False)
    lesson.save_revision()
    told = publish_whole(author, course)
    assert "espera que decidas a quiénes vale" in told[0] and "/docencia/" in told[1]
    assert LessonPage.objects.get(pk=lesson.pk).live
    assert CourseRelease.objects.get(is_current=True).number == 1


def test_who_publishes_for_another_team_is_led_to_no_decision(
    author: Client, personas: Personas, course: CoursePage, at: datetime
) -> None:
    enrol(personas, at)
    create_lesson(ModulePage.objects.get(key="m1"), key="l9", live=False).save_revision()
    _done, told = publish_whole(author, course)
    assert told == "La versión nueva espera lo que decida el equipo: hay personas en el curso."


def test_a_withdrawn_course_is_not_published_behind_its_page(author: Client, course: CoursePage) -> None:
    course.save_revision().publish()
    CoursePage.objects.get(pk=course.pk).unpublish()
    address = reverse("authoring:publish", args=[course.pk])
    reason = "El curso está retirado: publica primero su página."
    assert reason in author.get(address).content.decode()
    response = author.post(address)
    assert response.status_code == 400 and f"No se publicó nada. {reason}" in response.content.decode()
    assert CourseRelease.objects.count() == 1


def test_who_has_a_say_before_a_page_is_published_has_it_for_a_whole_course(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    copy = copy_course(source=course, title="Mi curso", by=personas.diego)
    with hooks.register_temporarily(
        "before_publish_page", lambda request, page: HttpResponse("No.", status=409)
    ):
        assert author.post(reverse("authoring:publish", args=[copy.pk])).status_code == 409
    assert not CoursePage.objects.get(pk=copy.pk).live


def test_a_module_is_copied_into_another_course(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    other = create_course(code="otro", lessons=(("l3",),), questions=0)
    copy = copy_module(source=ModulePage.objects.get(key="m2"), course=other, by=personas.diego)
    assert copy.get_parent().pk == other.pk
    assert [lesson.key for lesson in lessons_of(copy)] == ["l3-2", "l4"]
    parts = [keys_of(list(lesson.body.get_prep_value())) for lesson in lessons_of(copy)]
    assert parts == [{"l3-p1-2"}, {"l4-p1", "la-caja"}]
    assert not CoursePage.objects.get(pk=other.pk).get_descendants().filter(live=False).first().specific.live


def test_a_module_copied_into_its_own_course_changes_every_key(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    copy = copy_module(source=ModulePage.objects.get(key="m2"), course=course, by=personas.diego)
    assert (copy.key, copy.slug) == ("m2-2", "m2-2")
    assert keys_of(list(lessons_of(copy)[1].body.get_prep_value())) == {"l4-p1-2", "la-caja-2"}
    author.post(reverse("authoring:publish", args=[course.pk]))
    assert CourseRelease.objects.get(is_current=True).number == 2


def test_a_lesson_is_copied_into_a_module(author: Client, personas: Personas, course: CoursePage) -> None:
    module, lesson = ModulePage.objects.get(key="m2"), LessonPage.objects.get(key="l1")
    copy = copy_lesson(source=lesson, module=module, by=personas.diego)
    assert (copy.key, copy.get_parent().pk, copy.live) == ("l1-2", module.pk, False)


@pytest.mark.parametrize("page", ["course", "module", "lesson"])
def test_the_editors_own_button_leads_to_our_copy(author: Client, course: CoursePage, page: str) -> None:
    found = {
        "course": course,
        "module": ModulePage.objects.get(key="m1"),
        "lesson": LessonPage.objects.get(key="l1"),
    }
    response = author.get(reverse("wagtailadmin_pages:copy", args=[found[page].pk]))
    assert response.headers["Location"].startswith("/gestion/cursos/")
    assert author.get(response.headers["Location"]).status_code == 200


def test_the_catalogue_is_not_copied(author: Client, course: CoursePage) -> None:
    response = author.get(
        reverse("wagtailadmin_pages:copy", args=[CatalogueIndexPage.objects.order_by("pk")[0].pk]),
        follow=True,
    )
    assert "no se copia" in response.content.decode()


def test_a_course_is_begun_from_the_model(author: Client, course: CoursePage) -> None:
    call_command("install_pack", "curso-modelo", stdout=StringIO())
    model = CoursePage.objects.get(is_model=True)
    page = author.get(START).content.decode()
    assert page.index("Modelos") < page.index("Curso modelo") < page.index("Tus cursos")
    author.post(START, {"source": model.pk, "title": "Integridad en Registros"})
    copy = CoursePage.objects.get(code="integridad-en-registros")
    assert not copy.is_model and copy.bank.questions.count() == 4
    author.post(reverse("authoring:publish", args=[copy.pk]))
    assert CourseRelease.objects.get(course__code=copy.code).outline.minutes


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"title": ""}, "Este campo es"), ({"source": "999"}, "no es una de las opciones"), ({"source": "x"}, "opciones"),
     ({"title": "x" * 201}, "200"), ({"source": ""}, "Este campo es"), ({"title": "a\x00b"}, "nulo")],
)  # fmt: skip
def test_a_start_that_cannot_be_made_says_why(
    author: Client, course: CoursePage, changes: dict[str, str], words: str
) -> None:
    response = author.post(START, {"source": str(course.pk), "title": "Mi curso"} | changes)
    assert words in response.content.decode()
    assert CoursePage.objects.count() == 1


def test_a_title_without_letters_still_makes_a_course(author: Client, course: CoursePage) -> None:
    author.post(START, {"source": course.pk, "title": "¿?"})
    assert CoursePage.objects.filter(code="curso-2").exists()


@pytest.mark.parametrize("target", ["", "999", "x"])
def test_a_copy_without_a_place_says_so(author: Client, course: CoursePage, target: str) -> None:
    address = reverse("authoring:copy", args=[ModulePage.objects.get(key="m1").pk])
    assert author.post(address, {"target": target}).status_code == 200
    assert ModulePage.objects.count() == 2


def test_only_modules_and_lessons_are_copied_there(author: Client, course: CoursePage) -> None:
    assert author.get(reverse("authoring:copy", args=[course.pk])).status_code == 404


def test_who_may_not_write_courses_copies_nothing(
    author: Client, personas: Personas, course: CoursePage
) -> None:
    module = ModulePage.objects.get(key="m1")
    addresses = [
        START,
        reverse("authoring:copy", args=[module.pk]),
        reverse("authoring:publish", args=[course.pk]),
    ]
    assert {client_for(personas.elena).get(address).status_code for address in addresses} == {404}
    GroupPagePermission.objects.filter(group__in=personas.diego.groups.all()).delete()
    client = client_for(personas.diego)
    assert {client.get(address).headers["Location"] for address in addresses} == {"/gestion/"}
    client.post(addresses[1], {"target": course.pk})
    assert ModulePage.objects.count() == 2


def test_the_screen_of_copies_asks_as_often_with_many_courses(author: Client, course: CoursePage) -> None:
    address = reverse("authoring:copy", args=[ModulePage.objects.get(key="m1").pk])
    few = count_page_queries(author, address)
    for number in range(5):
        create_course(code=f"otro-{number}", questions=0)
    assert count_page_queries(author, address) <= few
