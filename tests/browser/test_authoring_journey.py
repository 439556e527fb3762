"""A trainer makes a course in an afternoon: from the model, in order, with a module of another, seen as others see it."""

from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import FrameLocator, Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import CoursePage, CourseRelease, LessonPage, ModulePage
from lms.lib import clock
from tests.browser.conftest import find_violations
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import assert_fits, enter_as
from tests.factories.integrity import write_code
from tests.factories.people import InstitutionFactory

# Wagtail leaves the temporary file of a rendition open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TITLE = "Integridad en mi servicio"
MOST = 14
OUR_WORDS = "En Registros devolvemos todo regalo."
VISIBLE_CONTROLS = """() => [...document.querySelectorAll(
    '#page-edit-form :is(input, select, textarea, .chooser)')].filter(
    one => one.type !== 'hidden' && one.checkVisibility()).length"""


@pytest.fixture
def trainer(live_server: LiveServer, stage: Stage, page: Page) -> Page:
    """A trainer in front of the model; one institution has its code, another has none."""
    call_command("install_pack", "curso-modelo", stdout=StringIO())
    write_code(stage.institution, clock.now(), regalos=OUR_WORDS)
    InstitutionFactory(code="caminos", name="Servicio de Caminos")
    enter_as(page, live_server.url, stage.trainer)
    return page


def start_from_model(page: Page, base: str) -> CoursePage:
    page.goto(f"{base}/gestion/cursos/empezar/")
    page.get_by_label("Parte de una copia de").select_option(
        label="Curso modelo: integridad en mi institución"
    )
    page.get_by_label("Título de tu curso").fill(TITLE)
    page.get_by_role("button", name="Crear mi borrador").click()
    expect(page.get_by_text("es tuyo")).to_be_visible()
    return CoursePage.objects.get(title=TITLE)


def copy_module(page: Page, base: str) -> None:
    """The first module of the real course comes along."""
    module = ModulePage.objects.child_of(CoursePage.objects.of_source().get(code=COURSE)).first()
    assert module
    page.goto(f"{base}/gestion/pages/{module.pk}/copy/")
    page.get_by_label("Curso que lo recibe").select_option(label=TITLE)
    page.get_by_role("button", name="Copiar", exact=True).click()
    expect(page.get_by_text("quedó copiado como borrador")).to_be_visible()


def titles(page: Page) -> list[str]:
    return [row.get_attribute("data-title") or "" for row in page.locator("[data-order-row]").all()]


def look_as(preview: FrameLocator, institution: str) -> None:
    preview.get_by_label("Institución").select_option(label=institution)
    preview.get_by_role("button", name="Mirar así").click()


def test_a_course_is_made_in_an_afternoon(live_server: LiveServer, trainer: Page) -> None:
    page, base = trainer, live_server.url
    course = start_from_model(page, base)
    copy_module(page, base)

    page.goto(f"{base}/gestion/cursos/{course.pk}/orden/")
    first = titles(page)
    copied = page.locator("[data-order-row^=m]").nth(1).get_by_role("button", name="Subir")
    copied.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="quedó en el lugar 1 de")).to_be_visible()
    expect(copied).to_have_count(1)
    second = page.get_by_role("button", name="Bajar: Un dilema de tu institución")
    up = page.get_by_role("button", name="Subir: Un dilema de tu institución")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(second).to_have_count(1)
    after = titles(page)
    assert after != first and sorted(after) == sorted(first)
    assert_fits(page)
    assert find_violations(page) == []
    page.get_by_role("button", name="Guardar el orden").click()
    expect(page.get_by_text("El curso quedó en este orden.")).to_be_visible()
    assert titles(page) == after

    lesson = LessonPage.objects.descendant_of(course).get(key="m1-l1")
    page.goto(f"{base}/gestion/pages/{lesson.pk}/edit/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Alternar vista previa").click()
    preview = page.frame_locator("iframe#w-preview-iframe")
    expect(preview.get_by_text("Vista previa.")).to_be_visible()
    assert page.locator("input[name=preview-size]:checked").get_attribute("value") == "mobile"
    look_as(preview, "Servicio de Registros Territoriales")
    expect(preview.get_by_text(OUR_WORDS)).to_be_visible()
    look_as(preview, "Servicio de Caminos")
    expect(preview.get_by_text("Servicio de Caminos aún no carga este tema")).to_be_visible()
    expect(preview.get_by_text(OUR_WORDS)).to_have_count(0)

    page.goto(f"{base}/gestion/cursos/{course.pk}/publicar/")
    page.get_by_role("button", name="Publicar el curso completo").click()
    expect(page.get_by_text("Se publicó el curso")).to_be_visible()
    assert CourseRelease.objects.get(course__code="integridad-en-mi-servicio").number == 1


def test_what_is_dragged_is_kept(live_server: LiveServer, trainer: Page) -> None:
    course = CoursePage.objects.of_source().get(code=COURSE)
    trainer.goto(f"{live_server.url}/gestion/cursos/{course.pk}/orden/")
    rows = trainer.locator("[data-order-row]")
    dragged, target = rows.nth(2), rows.nth(8)
    title = dragged.get_attribute("data-title")
    dragged.locator(".order__title").drag_to(target.locator(".order__title"))
    expect(trainer.get_by_text("Aún no se ha guardado.")).to_be_visible()
    trainer.get_by_role("button", name="Guardar el orden").click()
    expect(trainer.get_by_text("El curso quedó en este orden.")).to_be_visible()
    assert titles(trainer).index(title or "") > 5
    assert CourseRelease.objects.get(course__code=COURSE, is_current=True).number == 2


@pytest.mark.parametrize("kind", ["coursepage", "modulepage", "lessonpage"])
def test_a_new_page_shows_few_controls(live_server: LiveServer, trainer: Page, kind: str) -> None:
    course = CoursePage.objects.of_source().get(code=COURSE)
    module = ModulePage.objects.child_of(course).first()
    assert module
    parent = {"coursepage": course.get_parent().pk, "modulepage": course.pk, "lessonpage": module.pk}[kind]
    trainer.goto(f"{live_server.url}/gestion/pages/add/courses/{kind}/{parent}/")
    trainer.wait_for_load_state("networkidle")
    assert 0 < trainer.evaluate(VISIBLE_CONTROLS) <= MOST
