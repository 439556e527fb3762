"""A trainer brings questions in from a file, and takes a bank out, in the editor's screens."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from courses.models import CoursePage, CourseRelease
from courses.quizzes.formats.registry import FORMATS, read_questions
from courses.quizzes.models import Question, QuestionBank, QuestionUpload
from courses.services import publish_release
from lms.people.services.roles import AUTHOR_GROUP
from tests.courses.formats.sheets_made import sheet_of
from tests.factories.courses import CompetenceFactory, QuestionBankFactory, create_course, create_question
from tests.personas import Personas, client_for

pytestmark = pytest.mark.django_db

ROW = {"tipo": "Una respuesta", "pregunta": "Llega un regalo. ¿Qué haces?", "correctas": "1",
       "alternativa 1": "Lo devuelvo", "alternativa 2": "Lo guardo"}  # fmt: skip
WRONG = ROW | {"pregunta": "¿Cuál?", "correctas": ""}
IMPORT = "/gestion/preguntas/importar/"


@pytest.fixture
def course(author: Client, at: datetime) -> CoursePage:
    """A course with a first version, which draws from a bank of three questions."""
    page = create_course()
    publish_release(page=page, at=at)
    return page


def form(*rows: dict[str, Any], content: bytes | None = None, **values: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("preguntas.csv", sheet_of(*(rows or (ROW,))) if content is None else content)
    chosen = {"bank": "", "bank_title": "", "competence": CompetenceFactory().pk, "difficulty": "1"}
    return {"file": file} | chosen | values


def send(client: Client, *rows: dict[str, Any], **values: Any) -> Any:
    """The page that follows the form."""
    return client.post(IMPORT, form(*rows, **values), follow=True)


def address_of(response: Any) -> str:
    return response.request["PATH_INFO"]


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_preview_tells_what_would_happen_and_writes_nothing(author: Client, course: CoursePage) -> None:
    response = send(
        author, ROW | {"competencia": "NO-HAY"}, WRONG, ROW | {"clave": "p1"}, bank=course.bank_id
    )
    page = said(response)
    assert "Todavía no se ha guardado nada." in page
    assert "1 pregunta nueva" in page
    assert "La competencia «NO-HAY» no existe aquí" in page
    assert "Marca exactamente una alternativa correcta." in page
    assert "1 pregunta que ya existe y queda como está" in page
    assert "Importar 1 pregunta" in page
    assert Question.objects.count() == 3
    assert CourseRelease.objects.count() == 1


def test_a_confirmed_import_makes_one_version_of_the_courses_of_the_bank(
    author: Client, course: CoursePage
) -> None:
    preview = send(author, ROW, ROW | {"pregunta": "Otra"}, bank=course.bank_id)
    response = author.post(address_of(preview), follow=True)
    assert "Se importaron 2 preguntas." in said(response)
    assert "Qué se hizo" in said(response)
    assert Question.objects.filter(bank=course.bank).count() == 5
    assert CourseRelease.objects.get(is_current=True).number == 2


def test_confirming_twice_imports_once(author: Client, course: CoursePage) -> None:
    preview = send(author, ROW, bank=course.bank_id)
    for _time in range(2):
        response = author.post(address_of(preview), follow=True)
    assert "1 pregunta nueva" in said(response)
    assert Question.objects.filter(bank=course.bank).count() == 4
    assert CourseRelease.objects.count() == 2


def test_what_was_confirmed_is_what_was_kept_and_not_what_the_browser_sends(
    author: Client, course: CoursePage
) -> None:
    preview = send(author, ROW, bank=course.bank_id)
    author.post(address_of(preview), form(ROW | {"pregunta": "Otra"}, bank_title="Otro"))
    assert not QuestionBank.objects.filter(title="Otro").exists()
    assert Question.objects.latest("pk").stem == ROW["pregunta"]


def test_a_new_bank_is_made_with_its_questions_and_not_before(author: Client) -> None:
    QuestionBankFactory(code="compras-publicas")
    preview = send(author, ROW, bank_title="Compras públicas")
    assert QuestionBank.objects.count() == 1
    author.post(address_of(preview))
    bank = QuestionBank.objects.get(title="Compras públicas")
    assert (bank.code, bank.questions.count()) == ("compras-publicas-2", 1)


def test_existing_questions_are_changed_only_where_that_was_ticked(
    author: Client, course: CoursePage
) -> None:
    row = ROW | {"clave": "p1"}
    author.post(address_of(send(author, row, bank=course.bank_id)))
    assert Question.objects.get(key="p1").version == 1
    author.post(address_of(send(author, row, bank=course.bank_id, updates_existing="on")))
    assert Question.objects.get(key="p1").stem == ROW["pregunta"]


def test_a_course_that_is_not_ready_is_told(author: Client, course: CoursePage) -> None:
    Question.objects.update(is_retired=True)
    response = author.post(address_of(send(author, ROW, bank=course.bank_id)), follow=True)
    assert "El banco tiene 1 preguntas de INT-1 y la evaluación pide 2." in said(response)
    assert Question.objects.count() == 4


def test_a_file_with_nothing_to_import_cannot_be_confirmed(author: Client, course: CoursePage) -> None:
    page = said(send(author, WRONG, bank=course.bank_id))
    assert "De este archivo no hay nada que importar." in page
    assert "Importar 0" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bank": "", "bank_title": " "}, "Elige un banco, o escribe el título del nuevo."),
        ({"competence": ""}, "Este campo es"),
        ({"difficulty": "9"}, "no es una de las opciones"),
        ({"content": b""}, "El archivo está vacío."),
        ({"content": b"<html>"}, "No reconocemos el archivo."),
        ({"content": b"PK\x03\x04"}, "El archivo está dañado o incompleto."),
    ],
)
def test_a_form_that_cannot_be_read_says_why(author: Client, changes: dict[str, Any], words: str) -> None:
    response = send(author, **({"bank_title": "Nuevo"} | changes))
    assert words in said(response)
    assert not QuestionUpload.objects.exists()


def test_a_file_is_kept_for_who_uploaded_it_and_for_a_day(
    author: Client, personas: Personas, course: CoursePage, at: datetime
) -> None:
    address = address_of(send(author, ROW, bank=course.bank_id))
    personas.bruno.groups.add(personas.diego.groups.get(name=AUTHOR_GROUP))
    other = client_for(personas.bruno)
    assert other.get(IMPORT).status_code == 200
    assert (other.get(address).status_code, other.post(address).status_code) == (404, 404)
    later = QuestionUpload.objects.get().created_at + timedelta(hours=25)
    QuestionUpload.objects.update(created_at=later - timedelta(hours=50))
    assert (author.get(address).status_code, author.post(address).status_code) == (404, 404)
    send(author, ROW, bank=course.bank_id)
    assert QuestionUpload.objects.count() == 1


def test_what_was_read_is_not_kept_once_it_was_imported(author: Client, course: CoursePage) -> None:
    author.post(address_of(send(author, ROW, bank=course.bank_id)))
    assert QuestionUpload.objects.get().questions == {}


@pytest.mark.parametrize("withheld", ["add_question", "change_question"])
def test_who_may_not_edit_questions_sees_none_of_it(
    author: Client, personas: Personas, course: CoursePage, withheld: str
) -> None:
    for group in personas.diego.groups.all():
        group.permissions.remove(Permission.objects.get(codename=withheld))
    client = client_for(personas.diego)
    for address in (IMPORT, "/gestion/preguntas/planilla/"):
        assert client.get(address).headers["Location"] == reverse("wagtailadmin_home")
    assert client.post(IMPORT, form()).headers["Location"] == reverse("wagtailadmin_home")
    may_export = withheld == "add_question"
    for address in (
        f"/gestion/preguntas/exportar/{course.bank_id}/",
        f"/gestion/preguntas/exportar/{course.bank_id}/csv/",
    ):
        assert (client.get(address).status_code == 200) is may_export
    assert "preguntas/importar" not in said(client.get(reverse("wagtailadmin_home")))


def test_who_may_not_add_banks_chooses_one(author: Client, personas: Personas, course: CoursePage) -> None:
    for group in personas.diego.groups.all():
        group.permissions.remove(Permission.objects.get(codename="add_questionbank"))
    client = client_for(personas.diego)
    assert "Título del banco nuevo" not in said(client.get(IMPORT))
    send(client, ROW, bank_title="Nuevo")
    assert not QuestionUpload.objects.exists()
    assert "Todavía no se ha guardado nada." in said(send(client, ROW, bank=course.bank_id))


def test_the_screens_are_offered_where_one_looks_for_them(author: Client, course: CoursePage) -> None:
    export = f"/gestion/preguntas/exportar/{course.bank_id}/"
    assert IMPORT in said(author.get(reverse("wagtailadmin_home")))
    assert export in said(author.get(reverse("wagtailsnippets_quizzes_questionbank:list")))
    assert export in said(
        author.get(reverse("wagtailsnippets_quizzes_questionbank:edit", args=[course.bank_id]))
    )
    assert IMPORT in said(author.get(reverse("wagtailsnippets_quizzes_question:list")))
    chosen = said(author.get(f"{IMPORT}?banco={course.bank_id}"))
    assert f'<option value="{course.bank_id}" selected>' in chosen


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.code)
def test_a_bank_goes_out_in_every_format(author: Client, course: CoursePage, one: Any) -> None:
    create_question(course.bank, key="retirada", is_retired=True)
    response = author.get(reverse("question_files:download", args=[course.bank_id, one.code]))
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="banco-curso-{one.code}.{one.extension}"'
    )
    assert "no-store" in response.headers["Cache-Control"]
    _format, read = read_questions(data=response.content, name="x")
    assert [question.stem for question in read.questions] == [f"¿Qué haces en p{n}?" for n in range(3)]


def test_what_a_format_leaves_out_is_told(author: Client, course: CoursePage) -> None:
    question = create_question(course.bank, key="muy-larga")
    question.stem = "x" * 40_000
    question.save()
    page = said(author.get(reverse("question_files:export", args=[course.bank_id])))
    assert "1 pregunta que este formato no puede decir: muy-larga" in page
    assert all(str(one.label) in page for one in FORMATS)


@pytest.mark.parametrize("address", ["exportar/999999/", "exportar/999999/csv/", "importar/no-es-un-id/"])
def test_what_is_not_there_is_not_found(author: Client, address: str) -> None:
    assert author.get(f"/gestion/preguntas/{address}").status_code == 404


def test_an_unknown_format_is_not_found(author: Client, course: CoursePage) -> None:
    assert author.get(f"/gestion/preguntas/exportar/{course.bank_id}/word/").status_code == 404


def test_an_empty_sheet_can_be_had_and_filled_in(author: Client) -> None:
    content = author.get("/gestion/preguntas/planilla/").content
    book = load_workbook(io.BytesIO(content))
    book["Preguntas"].append([None, "Verdadero o falso", None, None, None, "¿Es lícito?", "falso"])
    buffer = io.BytesIO()
    book.save(buffer)
    page = said(send(author, content=buffer.getvalue(), bank_title="Nuevo"))
    assert "1 pregunta nueva" in page
