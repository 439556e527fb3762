"""An author looks as somebody of an institution and an estamento. Nothing is recorded."""

from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from courses.authoring.drafts import read_draft
from courses.models import Course, CoursePage, LessonPage, ModulePage
from courses.quizzes.models import Question
from courses.services import publish_release
from lms.people.models import Estamento
from tests.courses.authoring import check_form, course_form, lesson_form, question_form
from tests.courses.test_authoring import BLOCKS, said
from tests.factories.courses import (
    CompetenceFactory,
    channels,
    check,
    code_of_ethics,
    create_catalogue,
    create_course,
    create_lesson,
    dilemma,
    text,
)
from tests.factories.integrity import write_code, write_contacts
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, client_for
from tests.queries import count_page_queries, count_queries
from tests.ui.markup import read_markup

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a rendition open.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LOOK_AS = "/aula/vista-previa/"
WORKING_TABLES = {"sessions.Session", "wagtailadmin.FormState"}


@pytest.fixture
def course(author: Client, at: datetime) -> CoursePage:
    page = create_course()
    publish_release(page=page, at=at)
    return page


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    """A lesson that shows much of an institution, not yet published."""
    body = [text(), code_of_ethics("regalos", acknowledge=True), channels(), check("l9-p1"), dilemma()]
    return create_lesson(ModulePage.objects.get(), key="l9", body=body, live=False)


def draft(page: Any) -> str:
    return reverse("wagtailadmin_pages:view_draft", args=[page.pk])


def look_as(client: Client, institution: str = "", estamento: str = "", back: str = "") -> Any:
    data = {"institution": institution, "estamento": estamento}
    return client.post(LOOK_AS, data, headers={"referer": back})


def preview_of_new(author: Client, model: str, parent: Any, data: dict[str, Any]) -> str:
    address = reverse("wagtailadmin_pages:preview_on_add", args=("courses", model, parent.pk))
    assert author.post(address, data).json() == {"is_valid": True, "is_available": True}
    return said(author.get(address))


def count_rows() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.label not in WORKING_TABLES]
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_preview_shows_every_kind_of_block(author: Client, course: CoursePage, kind: str) -> None:
    page = preview_of_new(
        author,
        "lessonpage",
        ModulePage.objects.get(),
        lesson_form((kind, BLOCKS[kind]()), title="Recién escrita"),
    )
    assert "Recién escrita" in page and "Vista previa." in page


def test_a_half_written_lesson_can_be_looked_at(author: Client, course: CoursePage) -> None:
    data = lesson_form(("check", check_form(correct=(), stem="")), key="", summary="")
    assert "Vista previa." in preview_of_new(author, "lessonpage", ModulePage.objects.get(), data)


def test_a_lesson_is_seen_as_in_each_institution(
    author: Client, personas: Personas, lesson: LessonPage, at: datetime
) -> None:
    write_code(personas.institution, at, regalos="No aceptamos regalos.")
    write_contacts(personas.institution, at)
    assert "Cuando tu institución cargue tu nómina" in said(author.get(draft(lesson)))
    response = look_as(author, "AA900", "profesionales", back=f"http://testserver{draft(lesson)}")
    assert response.headers["Location"].endswith(draft(lesson))
    page = said(author.get(draft(lesson)))
    assert "No aceptamos regalos." in page and "Iris Lagos" in page
    assert '<option value="AA900" selected>' in page and '<option value="profesionales" selected>' in page
    look_as(author, "AA901")
    page = said(author.get(draft(lesson)))
    assert "No aceptamos regalos." not in page
    assert "Servicio de Caminos aún no carga este tema" in page


def test_a_preview_is_the_learners_own_page_without_its_doors(author: Client, lesson: LessonPage) -> None:
    page = read_markup(said(author.get(draft(lesson))))
    forms = [form.attrs.get("action", "") for form in page.all("form") if form.attrs.get("method") == "post"]
    assert [action for action in forms if action.startswith("/aula/")] == [LOOK_AS]
    assert not [form for form in page.all("form") if "hx-post" in form.attrs]
    inside = page.with_id("contenido").text
    for words in ("Lecciones", "Completar y seguir", "Anterior", "Lección l2"):
        assert words in inside or words == "Lecciones"
    links = [a.attrs["href"] for a in page.all("a") if a.attrs.get("rel") == "prev"]
    assert links == [draft(LessonPage.objects.get(key="l2"))]


def test_the_author_sees_what_learners_do_not_yet(author: Client, lesson: LessonPage) -> None:
    page = said(author.get(draft(lesson)))
    assert "Porque 1" in page and "Escena dos" in page


def test_looking_records_nothing(author: Client, lesson: LessonPage, course: CoursePage) -> None:
    author.get(draft(lesson))
    before = count_rows()
    look_as(author, "AA900", "tecnicos")
    for page in (lesson, course):
        author.get(draft(page))
    assert count_rows() == before


def test_a_course_is_seen_with_its_drafts(author: Client, lesson: LessonPage, course: CoursePage) -> None:
    look_as(author, "AA900")
    page = said(author.get(draft(course)))
    assert "Lección l9" in page and "Evaluación final" in page
    assert "Servicio de Registros Territoriales ve si lo completé" in page
    assert "/aula/curso/inscribirme/" not in page


@pytest.mark.parametrize("is_live", [True, False])
def test_a_course_is_seen_in_the_words_written_last(
    author: Client, lesson: LessonPage, course: CoursePage, is_live: bool
) -> None:
    page = LessonPage.objects.get(key="l1" if is_live else "l9")
    page.title, page.activity_minutes = "Como quedará", 90
    page.body = LessonPage.body.field.stream_block.to_python([text()])
    page.competences = [CompetenceFactory(code="NUEVA-1")]
    page.save_revision()
    unit = read_draft(course=course).outline.get_unit(page.key)
    assert (unit.title, unit.competences, unit.checks) == ("Como quedará", ("NUEVA-1",), ())
    assert unit.minutes >= 90 and "Como quedará" in said(author.get(draft(course)))


def test_a_draft_asks_as_often_with_many_modules(course: CoursePage) -> None:
    few = count_queries(lambda: read_draft(course=course))
    for number in range(3):
        module = course.add_child(instance=ModulePage(title="Otro", key=f"n{number}", slug=f"n{number}"))
        page = create_lesson(module, key=f"nl{number}")
        page.title = "Otra cosa"
        page.save_revision()
    assert count_queries(lambda: read_draft(course=course)) <= few <= 10


def test_a_course_that_was_never_saved_is_seen(author: Client, course: CoursePage) -> None:
    data = course_form(competence=CompetenceFactory().pk, bank=course.bank_id)
    assert "Curso nuevo" in preview_of_new(author, "coursepage", create_catalogue(), data)


def test_learners_see_nothing_of_it(
    author: Client, personas: Personas, lesson: LessonPage, course: CoursePage
) -> None:
    ana = client_for(personas.ana)
    page = said(ana.get(course.url))
    assert "Vista previa" not in page and "Lección l9" not in page
    assert "/aula/curso/inscribirme/" in page
    assert look_as(ana, "AA900").status_code == 404


@pytest.mark.usefixtures("fixed_clock")
@pytest.mark.parametrize(("estamento", "is_asked"), [("profesionales", True), ("auxiliares", False)])
def test_a_preview_says_whether_somebody_like_that_has_to_take_it(
    author: Client, personas: Personas, course: CoursePage, at: datetime, estamento: str, is_asked: bool
) -> None:
    audience = {"estamentos": (Estamento.PROFESIONALES,)}
    spec = make_spec(Course.objects.get(code="curso").pk, starts_on=date(2026, 1, 1), audience=audience)
    make_requirement(owner=personas.institution, spec=spec, at=at)
    look_as(author, "AA900", estamento)
    assert ("se le exige el curso" in said(author.get(draft(course)))) is is_asked


@pytest.mark.parametrize(
    ("institution", "estamento", "back"),
    [("nadie", "nada", ""), ("", "", "https://otro.example/"), ("a\x00b", "x" * 500, "//otro.example")],
)
def test_what_cannot_be_chosen_chooses_nobody(
    author: Client, lesson: LessonPage, institution: str, estamento: str, back: str
) -> None:
    assert look_as(author, institution, estamento, back).headers["Location"] == "/gestion/"
    assert "Cuando tu institución cargue tu nómina" in said(author.get(draft(lesson)))


def test_a_question_is_seen_as_it_is_asked_and_with_its_answer(author: Client, course: CoursePage) -> None:
    question = Question.objects.get(key="p1")
    address = reverse("wagtailsnippets_quizzes_question:preview_on_edit", args=[question.pk])
    data = question_form(bank=course.bank_id, competence=CompetenceFactory().pk, correct=(2,))
    assert author.post(address, data).json()["is_valid"]
    page = said(author.get(address))
    asked, answer = page.split("Solo para quien escribe")
    assert all(f"Opción {number}" in asked for number in range(3)) and "checked" not in asked
    assert "Opción 2" in answer and "Opción 1" not in answer
    assert Question.objects.get(key="p1").version == 1


def test_a_preview_asks_as_often_with_many_lessons(
    author: Client, lesson: LessonPage, course: CoursePage
) -> None:
    few = count_page_queries(author, draft(lesson))
    for number in range(10):
        create_lesson(ModulePage.objects.get(), key=f"m{number}")
    assert count_page_queries(author, draft(lesson)) <= few
