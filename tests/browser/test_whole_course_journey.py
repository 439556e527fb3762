"""A course from nothing to its second version: written, reviewed, learned in two ways, marked, changed."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from certificates.models import Certificate
from courses.models import CourseRelease
from courses.quizzes.models import Question
from courses.quizzes.rules import KINDS, QuestionKind
from courses.selectors import list_questions
from lms.lib import clock
from lms.people.models import Role, User
from lms.people.services.roles import assign_role
from lms.progress.models import AssessmentAttempt, Completion, DeltaReading
from lms.progress.selectors.attempts import drawn_of
from tests.browser.answering import give, press
from tests.browser.conftest import Look, OpenPage
from tests.browser.editor import Chosen, choose, fill
from tests.browser.keyboard import by_name, by_text, tab_to
from tests.browser.stage import Stage, account
from tests.browser.steps import enter_as
from tests.browser.whole_course import COMPETENCE, RIGHT, draw_picture, lesson_body, questions, write_files
from tests.factories.integrity import write_code

# Wagtail leaves the temporary file of a rendition open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

TITLE, LESSON, BANK = "Regalos en el mesón", "Un regalo que nadie pidió", "Banco de regalos"
COURSE, UNIT = "regalos-en-el-meson", "un-regalo-que-nadie-pidio"
NEWS = "Desde este mes se avisa el mismo día."


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def save(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    settle(page)
    expect(page.locator(".messages .success")).to_have_count(1)


def act(page: Page, name: str) -> None:
    """What the editor offers beside saving."""
    page.locator("footer button.w-dropdown__toggle").click()
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()
    settle(page)


def write_questions(page: Page, base: str, picture: Path) -> None:
    page.goto(f"{base}/gestion/snippets/quizzes/questionbank/add/")
    fill(page, "title", BANK)
    save(page, "Guardar")
    for number, (kind, piece) in enumerate(questions(picture).items()):
        if number == 0:
            page.goto(f"{base}/gestion/snippets/quizzes/question/add/")
            settle(page)
            choose(page, "bank", Chosen(BANK))
            choose(page, "competence", Chosen(COMPETENCE))
        else:
            page.get_by_role("link", name="Otra pregunta de este banco").click()
            settle(page)
        fill(page, "stem", f"Llega un regalo al mesón ({kind.value}).")
        fill(page, "answer", [piece])
        save(page, "Guardar")
    assert set(Question.objects.filter(bank__title=BANK).values_list("kind", flat=True)) == set(QuestionKind)


def write_course(page: Page, base: str, files: dict[str, Path]) -> int:
    """Course, module and lesson as drafts; returns the number of the course's page."""
    page.goto(f"{base}/gestion/cursos/empezar/")
    page.get_by_role("link", name="Prefiero empezar desde cero").click()
    settle(page)
    words = {"title": TITLE, "summary": "Qué hacer con lo que nos regalan.", "topic": "Integridad"}
    for name, value in (words | {"audience": "Quienes atienden", "outcomes": "Devolver un regalo."}).items():
        fill(page, name, value)
    choose(page, "bank", Chosen(BANK))
    for rows, more in (("competences", {"level": "2: aplica"}), ("draws", {"count": str(len(QuestionKind))})):
        page.locator(f"#id_{rows}-ADD").click()
        choose(page, f"{rows}-0-competence", Chosen(COMPETENCE))
        fill(page, f"{rows}-0", more)
    save(page, "Guardar borrador")
    course = number_of(page)
    add_child(page, "Módulo", {"title": "Lo que nos regalan"}, course)
    add_child(
        page,
        "Lección",
        {"title": LESSON, "summary": "Qué se hace con un regalo.", "body": lesson_body(files)},
        number_of(page),
    )
    return course


def number_of(page: Page) -> int:
    return int(page.url.split("/pages/")[1].split("/")[0])


def add_child(page: Page, kind: str, words: dict[str, Any], parent: int) -> None:
    """From the list of a page's children, as its button says."""
    page.goto(page.url.split("/gestion/")[0] + f"/gestion/pages/{parent}/")
    page.get_by_role("link", name="Añadir página hija").click()
    settle(page)
    for name, value in words.items():
        fill(page, name, value)
    save(page, "Guardar borrador")


def test_a_course_is_made_from_nothing_learned_and_changed(
    live_server: LiveServer, stage: Stage, open_page: OpenPage, look: Look, tmp_path: Path
) -> None:
    base, at = live_server.url, clock.now()
    write_code(stage.institution, at, regalos="Todo regalo se devuelve.")
    alba = account("alba@aula.example", "Alba", "Neira")
    ana = account("ana@servicio.example", "Ana", "Rojas", stage.unit)
    assign_role(user=alba, role=Role.TRAINER, at=at)
    author, reviewer = open_page(), open_page()
    enter_as(author, base, alba)
    enter_as(reviewer, base, stage.trainer)

    write_questions(author, base, draw_picture(tmp_path, "gray"))
    course = write_course(author, base, write_files(tmp_path))
    author.goto(f"{base}/gestion/calidad/{course}/")
    expect(author.get_by_text("Nada impide publicar este curso.")).to_be_visible()
    author.goto(f"{base}/gestion/pages/{course}/edit/")
    settle(author)
    act(author, "Enviar a Revisión de cursos")
    expect(author.get_by_text("enviada para moderación")).to_be_visible()

    reviewer.goto(f"{base}/gestion/")
    reviewer.get_by_role("link", name=TITLE).first.click()
    settle(reviewer)
    reviewer.goto(f"{base}/gestion/cursos/{course}/publicar/")
    reviewer.get_by_role("button", name="Publicar el curso completo").click()
    expect(reviewer.get_by_text("Se publicó el curso: 3 páginas.")).to_be_visible()
    assert CourseRelease.objects.get(course__code=COURSE).number == 1

    learn_with_the_keyboard(open_page(reduced_motion="reduce"), base, stage.servant)
    learn_on_a_small_phone(open_page(width=320, height=640, has_touch=True, is_mobile=True), base, ana, look)
    assert not Completion.objects.exists()
    for _answer in range(2):
        mark_the_oldest(author, base)
    assert {done.percent for done in Completion.objects.all()} == {100}
    assert Certificate.objects.count() == 2

    change_with_delta(author, reviewer, base)
    learner = open_page(width=320)
    enter_as(learner, base, ana)
    learner.goto(f"{base}/aula/")
    learner.get_by_role("link", name="Ver qué cambió").click()
    expect(learner.get_by_text(NEWS)).to_be_visible()
    look(learner)
    learner.get_by_role("button", name="Leí lo que cambió").click()
    expect(learner.get_by_text("Queda registrado que lo leíste")).to_be_visible()
    assert DeltaReading.objects.get().completion.person == ana.person
    assert CourseRelease.objects.get(course__code=COURSE, is_current=True).number == 2


def learn_with_the_keyboard(page: Page, base: str, user: User) -> None:
    """Nothing but keys, from the course's page to the handing in."""

    def go(words: str, key: str = "Enter") -> None:
        tab_to(page, by_text(words))
        with page.expect_navigation():
            page.keyboard.press(key)

    enter_as(page, base, user)
    page.goto(f"{base}/cursos/{COURSE}/")
    go("Inscribirme y empezar")
    go("Declaro que conozco este código")
    tab_to(page, by_name("opcion"))
    page.keyboard.press("Space")
    tab_to(page, by_text("Responder"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Probar otra respuesta")).to_be_visible()
    go("Entrar al dilema")
    tab_to(page, by_name("decision"))
    page.keyboard.press("Space")
    go("Decidir y ver qué pasa")
    go("Terminar el dilema")
    go("Completar y seguir")
    go("Empezar la evaluación")
    for position, (kind, filled) in enumerate(list_answers(user), 1):
        expect(page.get_by_role("heading", name=f"Pregunta {position} de")).to_be_visible()
        press(page, position, filled, kind)
        go("Guardar y")
    go("Entregar mi evaluación")
    expect(page.get_by_role("heading", name="Una persona está corrigiendo tu evaluación")).to_be_visible()


def learn_on_a_small_phone(page: Page, base: str, user: User, look: Look) -> None:
    """By touch, 320 px wide; every page fits and is accessible."""

    def go(words: str) -> None:
        look(page)
        with page.expect_navigation():
            page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.tap()

    enter_as(page, base, user)
    page.goto(f"{base}/cursos/{COURSE}/")
    go("Inscribirme y empezar")
    go("Declaro que conozco este código")
    page.locator("form.check").get_by_role("radio").first.check()
    page.get_by_role("button", name="Responder").tap()
    expect(page.get_by_role("button", name="Probar otra respuesta")).to_be_visible()
    go("Entrar al dilema")
    page.get_by_role("radio").last.check()
    go("Decidir y ver qué pasa")
    go("Terminar el dilema")
    go("Completar y seguir")
    go("Empezar la evaluación")
    for position, (kind, filled) in enumerate(list_answers(user), 1):
        expect(page.get_by_role("heading", name=f"Pregunta {position} de")).to_be_visible()
        give(page, position, filled, kind)
        go("Guardar y")
    go("Entregar mi evaluación")
    look(page)


def list_answers(user: User) -> list[tuple[QuestionKind, Any]]:
    """The kind and the right answer, in terms of what is shown, of each question of the attempt."""
    attempt = AssessmentAttempt.objects.get(enrolment__person=user.person)
    asked = list_questions(release=attempt.release, key=attempt.unit_key)
    return [
        (question.kind, KINDS[question.kind].fill(question.body, item.order, RIGHT[question.kind]))
        for item in drawn_of(attempt)
        for question in [asked[item.key]]
    ]


def mark_the_oldest(page: Page, base: str) -> None:
    page.goto(f"{base}/docencia/{COURSE}/corregir/")
    page.get_by_role("button", name="Corregir la más antigua").click()
    page.get_by_label("Lo dice", exact=False).last.check()
    page.get_by_role("button", name="Guardar y seguir").click()
    page.wait_for_load_state()


def change_with_delta(author: Page, reviewer: Page, base: str) -> None:
    """The author adds a sentence, the reviewer approves it, and the author decides who reads it."""
    author.goto(f"{base}/gestion/pages/search/?q=regalo")
    author.get_by_role("link", name=LESSON, exact=True).first.click()
    settle(author)
    author.locator(".public-DraftEditor-content").first.click()
    author.keyboard.press("Control+End")
    author.keyboard.type(f" {NEWS}")
    expect(author.locator(f"input[type=hidden][value*='{NEWS}']")).to_have_count(1)
    lesson = author.url
    act(author, "Enviar a Revisión de cursos")
    reviewer.goto(lesson)
    settle(reviewer)
    act(reviewer, "Aprobar y publicar")
    author.goto(f"{base}/docencia/{COURSE}/version/")
    author.get_by_label("Mostrar lo que cambió").check()
    author.get_by_label("Qué cambió, en dos o tres frases").fill("Ahora se avisa el mismo día.")
    author.get_by_role("button", name="Guardar la decisión").click()
    expect(author.get_by_text("Ahora se avisa el mismo día.")).to_be_visible()
