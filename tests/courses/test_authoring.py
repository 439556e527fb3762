"""A trainer writes courses in the editor, with its real forms."""

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import inline_formset, rich_text

from courses.models import CoursePage, CourseRelease, LessonPage, ModulePage
from courses.quizzes.models import Question
from courses.services import publish_release
from tests.courses.authoring import (
    add_page,
    check_form,
    course_form,
    dilemma_form,
    edit_page,
    lesson_form,
    module_form,
    question_form,
    rich,
    scene_form,
)
from tests.factories.courses import (
    CompetenceFactory,
    LawFactory,
    QuestionBankFactory,
    create_catalogue,
    create_course,
    create_lesson,
    create_question,
    dilemma,
    lesson_body,
)

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a rendition open.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def course(author: Client, at: datetime) -> CoursePage:
    """A course with a first version."""
    page = create_course()
    publish_release(page=page, at=at)
    return page


@pytest.fixture
def module(course: CoursePage) -> ModulePage:
    return ModulePage.objects.child_of(course).get()


def said(response: Any) -> str:
    """The page as text; the editor's blocks come in a script, with their accents spelled out."""
    text = unescape(response.content.decode())
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def document(name: str) -> int:
    found = get_document_model()(title=name, file=ContentFile(b"x", name=name))
    found.save()
    return found.pk


def image() -> int:
    return get_image_model().objects.create(title="Foto", file=get_test_image_file()).pk


def test_a_course_is_made_from_nothing(author: Client) -> None:
    bank = QuestionBankFactory()
    for number in range(2):
        create_question(bank, key=f"p{number}")
    data = course_form(competence=CompetenceFactory().pk, bank=bank.pk)
    assert "Falta" not in said(add_page(author, create_catalogue(), "coursepage", data))
    course = CoursePage.objects.get(code="nuevo")
    add_page(author, course, "modulepage", module_form())
    module = ModulePage.objects.get(key="m9")
    add_page(author, module, "lessonpage", lesson_form(("text", {"text": rich()}), ("check", check_form())))
    release = CourseRelease.objects.get()
    assert release.is_current
    assert [unit.key for unit in release.outline.units] == ["n1", "evaluacion-final"]
    assert release.outline.commitments == (1, 6)


def test_publishing_a_lesson_makes_a_version(author: Client, module: ModulePage) -> None:
    response = add_page(author, module, "lessonpage", lesson_form(("check", check_form())))
    assert "no tiene versión nueva" not in said(response)
    assert CourseRelease.objects.get(is_current=True).number == 2


def test_saving_a_draft_makes_no_version(author: Client, module: ModulePage) -> None:
    add_page(author, module, "lessonpage", lesson_form(("check", check_form()), action="draft"))
    assert not LessonPage.objects.get(key="n1").live
    assert CourseRelease.objects.count() == 1


def test_editing_a_lesson_makes_a_version_with_the_new_words(author: Client, module: ModulePage) -> None:
    page = LessonPage.objects.get(key="l1")
    block = ("text", {"text": rich("Palabras nuevas.")})
    edit_page(author, page, lesson_form(block, ("check", check_form(key="l1-p1")), key="l1"))
    current = CourseRelease.objects.get(is_current=True)
    assert "Palabras nuevas." in str(current.unit_rows.get(key="l1").payload)


BLOCKS = {
    "text": lambda: {"text": rich_text("<h2>Título</h2><p>Con <b>negrita</b></p><ul><li>uno</li></ul>")},
    "plain": lambda: {"text": rich()},
    "law": lambda: {"law": LawFactory().pk, "article": "artículo 62", "version": "15-01-2024", "summary": rich(),
                    "quote": "Texto."},
    "code_of_ethics": lambda: {"topic": "regalos", "fallback": rich(), "acknowledge": "on"},
    "channels": lambda: {"intro": rich()},
    "local_example": lambda: {"topic": "regalos", "fallback": rich()},
    "check": check_form,
    "dilemma": lambda: dilemma_form(
        scene_form("uno", "dos", ""), scene_form("dos", "", "", echoes=("uno:a",)),
        roles=(("jefa", "dos"), ("tu", "")), later=("uno:b", "dos:a")),
    "glossary": lambda: {"term": "Probidad", "definition": rich()},
    "image": lambda: {"image": image(), "alt": "Una puerta", "caption": "Pie"},
    "video": lambda: {"title": "Caso", "video": document("caso.mp4"), "captions": document("caso.vtt"),
                      "transcript": rich(), "duration": "3 min"},
    "document": lambda: {"document": document("guia.pdf"), "title": "Guía"},
}  # fmt: skip


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_lesson_takes_every_kind_of_block(author: Client, module: ModulePage, kind: str) -> None:
    add_page(author, module, "lessonpage", lesson_form((kind, BLOCKS[kind]())))
    page = LessonPage.objects.get(key="n1")
    assert [block.block_type for block in page.body] == [kind]
    assert page.live


REFUSED = {
    "check_without_correct": ("check", lambda: check_form(correct=()), "Marca exactamente una alternativa correcta."),
    "check_with_two": ("check", lambda: check_form(correct=(0, 1)), "Marca exactamente una alternativa correcta."),
    "check_key": ("check", lambda: check_form(key="Clave Ñ"), "Usa letras minúsculas, números y guiones."),
    "image_without_alt": ("image", lambda: {"image": image(), "alt": " "}, "Describe la imagen o márcala como"),
    "video_without_captions": (
        "video", lambda: {"title": "x", "video": document("a.mp4"), "captions": document("a.txt"),
                          "transcript": rich()}, "Los subtítulos deben ser un archivo VTT."),
    "video_of_another_kind": (
        "video", lambda: {"title": "x", "video": document("a.pdf"), "captions": document("a.vtt"),
                          "transcript": rich()}, "El video debe ser un archivo MP4."),
    "dilemma_circle": (
        "dilemma", lambda: dilemma_form(scene_form("uno", "dos", ""), scene_form("dos", "uno", "")), "no termina"),
    "dilemma_nowhere": ("dilemma", lambda: dilemma_form(scene_form("uno", "tres", "")), "«tres», que no existe"),
    "dilemma_unreachable": (
        "dilemma", lambda: dilemma_form(scene_form("uno", "", ""), scene_form("dos", "", "")), "No se llega nunca"),
    "dilemma_role_alone": ("dilemma", lambda: dilemma_form(roles=(("jefa", "dos"),)), "un solo papel"),
    "dilemma_role_nowhere": (
        "dilemma", lambda: dilemma_form(roles=(("jefa", "tres"), ("otra", ""))), "«tres», que no existe"),
    "dilemma_role_twice": (
        "dilemma", lambda: dilemma_form(roles=(("jefa", ""), ("jefa", ""))), "dos papeles con la misma clave"),
    "dilemma_echo_of_nothing": ("dilemma", lambda: dilemma_form(later=("uno:z",)), "«uno:z», que no existe"),
    "dilemma_echo_too_early": (
        "dilemma", lambda: dilemma_form(scene_form("uno", "dos", "", echoes=("dos:a",)), scene_form("dos", "", "")),
        "no se llega desde ahí"),
    "dilemma_echo_unwritten": ("dilemma", lambda: dilemma_form(later=("la primera",)), "por ejemplo 1:a"),
    "dilemma_scene_called_role": (
        "dilemma", lambda: dilemma_form(scene_form("papel", "", ""), start="papel"), "no puede ser la clave"),
    "dilemma_start": ("dilemma", lambda: dilemma_form(start="cero"), "La primera escena «cero» no existe."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_block_that_cannot_work_is_refused_with_words(
    author: Client, module: ModulePage, case: str
) -> None:
    kind, values, words = REFUSED[case]
    response = add_page(author, module, "lessonpage", lesson_form((kind, values())))
    assert response.status_code == 200
    assert words in said(response)
    assert not LessonPage.objects.filter(key="n1").exists()


def test_a_decorative_image_needs_no_words(author: Client, module: ModulePage) -> None:
    block = ("image", {"image": image(), "alt": "", "decorative": "on", "caption": ""})
    add_page(author, module, "lessonpage", lesson_form(block))
    assert LessonPage.objects.filter(key="n1").exists()


def test_two_dilemmas_in_a_lesson_are_refused(author: Client, module: ModulePage) -> None:
    add_page(
        author, module, "lessonpage", lesson_form(("dilemma", dilemma_form()), ("dilemma", dilemma_form()))
    )
    assert not LessonPage.objects.filter(key="n1").exists()


def test_a_key_with_capitals_is_refused(author: Client, module: ModulePage) -> None:
    response = add_page(
        author, module, "lessonpage", lesson_form(("check", check_form()), key="n1") | {"key": "N 1"}
    )
    assert "Usa letras minúsculas, números y guiones." in said(response)


def test_an_empty_lesson_is_refused_and_keeps_what_was_typed(author: Client, module: ModulePage) -> None:
    response = add_page(author, module, "lessonpage", lesson_form(title="", summary="Lo que escribí"))
    assert "Este campo es necesario" in said(response)
    assert "Lo que escribí" in said(response)


def test_the_author_is_told_why_there_is_no_new_version(author: Client, module: ModulePage) -> None:
    data = lesson_form(("check", check_form(key="l1-p1")))
    response = add_page(author, module, "lessonpage", data)
    assert "no tiene versión nueva: Dos preguntas de práctica o dilemas usan la clave «l1-p1»." in said(
        response
    )
    assert CourseRelease.objects.get().number == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"commitments": "uno"}, "Escribe números separados por coma"),
        ({"bank": ""}, "Elige de qué banco se sortean las preguntas."),
        ({"code": "Curso Nuevo"}, "Usa letras minúsculas, números y guiones."),
        ({"code": "curso"}, "Ya existe"),
        ({"pass_percent": "101"}, "menor o igual a 100"),
        ({"draws": inline_formset([{"competence": "", "count": "0"}])}, "mayor o igual a 1"),
    ],
)
def test_a_course_that_cannot_work_is_refused_with_words(
    author: Client, course: CoursePage, changes: dict, words: str
) -> None:
    data = course_form(**({"competence": CompetenceFactory().pk, "bank": course.bank_id} | changes))
    response = add_page(author, create_catalogue(), "coursepage", data)
    assert words in said(response)
    assert CoursePage.objects.count() == 1


def test_deleting_a_lesson_makes_a_version_without_it(
    author: Client, module: ModulePage, django_capture_on_commit_callbacks: Any
) -> None:
    page = LessonPage.objects.get(key="l1")
    with django_capture_on_commit_callbacks(execute=True):
        author.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)))
    assert [unit.key for unit in CourseRelease.objects.get(is_current=True).outline.lessons] == ["l2"]


def add_question(author: Client, course: CoursePage, **values: Any) -> Any:
    data = question_form(bank=course.bank_id, competence=CompetenceFactory().pk, **values)
    return author.post(reverse("wagtailsnippets_quizzes_question:add"), data, follow=True)


@pytest.mark.parametrize(("kind", "correct"), [("single", (1,)), ("multiple", (0, 2))])
def test_a_question_is_added_and_makes_a_version(
    author: Client, course: CoursePage, kind: str, correct: tuple[int, ...]
) -> None:
    add_question(author, course, kind=kind, correct=correct)
    question = Question.objects.get(key="nueva")
    assert question.to_spec().body.correct == frozenset(correct)
    assert CourseRelease.objects.get(is_current=True).number == 2


@pytest.mark.parametrize(
    ("kind", "correct", "words"),
    [
        ("single", (), "Marca exactamente una alternativa correcta."),
        ("single", (0, 1), "Marca exactamente una alternativa correcta."),
        ("multiple", (0,), "Marca dos o más correctas, y deja al menos una incorrecta."),
        ("multiple", (0, 1, 2), "Marca dos o más correctas, y deja al menos una incorrecta."),
    ],
)
def test_a_question_with_a_wrong_number_of_answers_is_refused(
    author: Client, course: CoursePage, kind: str, correct: tuple[int, ...], words: str
) -> None:
    assert words in said(add_question(author, course, kind=kind, correct=correct))
    assert not Question.objects.filter(key="nueva").exists()


def test_a_question_key_that_is_taken_is_refused(author: Client, course: CoursePage) -> None:
    data = question_form(bank=course.bank_id, competence=CompetenceFactory().pk) | {"key": "p1"}
    response = author.post(reverse("wagtailsnippets_quizzes_question:add"), data)
    assert "Ya existe una pregunta con esa clave en el banco." in said(response)


def test_an_edited_question_is_asked_in_its_new_words(author: Client, course: CoursePage) -> None:
    question = Question.objects.get(key="p0")
    data = question_form(bank=course.bank_id, competence=CompetenceFactory().pk) | {
        "key": "p0",
        "stem": "Otra cosa",
    }
    author.post(reverse("wagtailsnippets_quizzes_question:edit", args=(question.pk,)), data, follow=True)
    current = CourseRelease.objects.get(is_current=True)
    assert current.number == 2
    assert "Otra cosa" in str(current.unit_rows.get(key="evaluacion-final").payload)


def test_retiring_too_many_questions_is_told(author: Client, course: CoursePage) -> None:
    Question.objects.exclude(key="p0").update(is_retired=True)
    question = Question.objects.get(key="p0")
    data = question_form(bank=course.bank_id, competence=CompetenceFactory().pk) | {
        "key": "p0",
        "is_retired": "on",
    }
    response = author.post(
        reverse("wagtailsnippets_quizzes_question:edit", args=(question.pk,)), data, follow=True
    )
    assert "El banco tiene 0 preguntas de INT-1 y la evaluación pide 2." in said(response)
    assert CourseRelease.objects.get().number == 1


def test_a_lesson_page_is_read_back_into_the_editor(author: Client, module: ModulePage) -> None:
    page = create_lesson(module, key="l3", body=[*lesson_body("l3"), dilemma()])
    assert author.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200
