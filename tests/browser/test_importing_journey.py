"""A trainer imports a sheet that was filled in by hand: looks first, then confirms."""

from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from courses.quizzes.models import Question, QuestionBank
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import Stage
from tests.browser.steps import enter_as

SHEET = (
    "clave;tipo;pregunta;correctas;alternativa 1;alternativa 2;competencia\n"
    "regalo-nuevo;Una respuesta;Llega un regalo. ¿Qué haces?;1;Lo devuelvo;Lo guardo;NO-HAY\n"
    ";Una respuesta;¿Cuál es correcta?;;Esta;Esa;\n"
)


def test_a_sheet_is_looked_at_before_its_questions_come_in(
    live_server: LiveServer, stage: Stage, open_page: OpenPage, assert_accessible: Look
) -> None:
    page = open_page(java_script_enabled=True)
    enter_as(page, live_server.url, stage.trainer)
    page.goto(f"{live_server.url}/gestion/")
    page.get_by_role("button", name="Docencia").click()
    page.get_by_role("link", name="Importar preguntas").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Importar preguntas")
    assert_accessible(page)
    file = {"name": "preguntas.csv", "mimeType": "text/csv", "buffer": SHEET.encode("cp1252")}
    page.get_by_label("Archivo").set_input_files(file)
    page.get_by_label("Banco", exact=True).select_option(index=1)
    page.get_by_label("Competencia").select_option(index=1)
    page.get_by_role("button", name="Ver qué pasaría").click()

    expect(page.get_by_text("Todavía no se ha guardado nada.")).to_be_visible()
    expect(page.get_by_role("table", name="No se pueden importar")).to_contain_text("Marca exactamente una")
    expect(page.get_by_role("table", name="Con cambios")).to_contain_text("«NO-HAY» no existe aquí")
    assert_accessible(page)
    assert not Question.objects.filter(key="regalo-nuevo").exists()

    page.get_by_role("button", name="Importar 1 pregunta").click()
    expect(page.get_by_text("Se importó 1 pregunta.")).to_be_visible()
    assert Question.objects.filter(key="regalo-nuevo").exists()


def test_the_screens_work_without_scripts_and_by_keyboard(
    live_server: LiveServer, stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(java_script_enabled=False)
    enter_as(page, live_server.url, stage.trainer)
    page.goto(f"{live_server.url}/gestion/preguntas/importar/")
    file = {"name": "preguntas.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.get_by_label("Archivo").set_input_files(file)
    page.get_by_label("Título del banco nuevo").fill("Integridad 2027")
    page.get_by_label("Competencia").select_option(index=1)
    page.get_by_role("button", name="Ver qué pasaría").press("Enter")
    page.get_by_role("button", name="Importar 1 pregunta").press("Enter")
    expect(page.get_by_role("heading", name="Qué se hizo")).to_be_visible()
    assert QuestionBank.objects.get(title="Integridad 2027").questions.count() == 1


def test_the_formats_of_a_bank_are_offered_with_what_they_leave_out(
    live_server: LiveServer, stage: Stage, open_page: OpenPage, assert_accessible: Look
) -> None:
    page = open_page()
    enter_as(page, live_server.url, stage.trainer)
    page.goto(f"{live_server.url}/gestion/preguntas/exportar/{QuestionBank.objects.get().pk}/")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar Planilla de Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
