"""An author writes and sends; a reviewer comments, compares and publishes; a learner meets an explained word."""

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import LessonPage
from lms.lib import clock
from lms.people.models import Role, User
from lms.people.services.roles import assign_role
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import COURSE, Stage, account
from tests.browser.steps import enter_as

NEW_WORDS = "Esta frase la leyó alguien antes de publicarla. "
REMARK = "Falta decir de dónde sale esto."


def author() -> User:
    user = account("alba@aula.example", "Alba", "Neira")
    assign_role(user=user, role=Role.TRAINER, at=clock.now())
    return user


def edit(page: Page, base: str, lesson: LessonPage) -> None:
    page.goto(f"{base}/gestion/pages/{lesson.pk}/edit/")
    page.wait_for_load_state("networkidle")


def comment_on_the_law_card(page: Page) -> None:
    page.get_by_role("button", name="Alternar comentarios").click()
    field = page.locator("[data-contentpath=law]").first
    field.hover()
    field.get_by_role("button", name="Añadir comentario").click()
    page.get_by_placeholder("Introduce tus comentarios...").fill(REMARK)
    page.locator(".comment").get_by_role("button", name="Comentario", exact=True).click()


def choose_action(page: Page, name: str) -> None:
    page.locator("footer button.w-dropdown__toggle").click()
    page.get_by_role("button", name=name).click()


def test_a_lesson_goes_from_author_to_reviewer(
    live_server: LiveServer, stage: Stage, open_page: OpenPage
) -> None:
    base, lesson = live_server.url, LessonPage.objects.get(key="m1-l2", locale__language_code="es")
    writer, reader = open_page(), open_page()
    enter_as(writer, base, author())
    enter_as(reader, base, stage.trainer)

    edit(writer, base, lesson)
    writer.locator(".public-DraftEditor-content").first.click()
    writer.keyboard.press("Control+Home")
    writer.keyboard.type(NEW_WORDS)
    expect(writer.locator(f"input[type=hidden][value*='{NEW_WORDS.strip()}']")).to_have_count(1)
    choose_action(writer, "Enviar a Revisión de cursos")
    expect(writer.get_by_text("enviada para moderación")).to_be_visible()

    edit(reader, base, lesson)
    comment_on_the_law_card(reader)
    choose_action(reader, "Guardar borrador")
    expect(reader.get_by_text("ha sido actualizada")).to_be_visible()
    edit(writer, base, lesson)
    writer.get_by_role("button", name="Alternar comentarios").click()
    expect(writer.get_by_text(REMARK)).to_be_visible()

    reader.goto(f"{base}/gestion/pages/{lesson.pk}/revisions/compare/live...latest/")
    expect(reader.get_by_text(NEW_WORDS.strip())).to_be_visible()
    edit(reader, base, lesson)
    choose_action(reader, "Aprobar y publicar")
    expect(reader.get_by_text("ha sido actualizada")).to_be_visible()
    lesson.refresh_from_db()
    assert NEW_WORDS.strip() in str(lesson.body.get_prep_value())


def test_a_word_is_explained_where_it_is_read_without_javascript(
    live_server: LiveServer, stage: Stage, open_page: OpenPage, look: Look
) -> None:
    base, page = live_server.url, open_page()
    enter_as(page, base, stage.servant)
    page.goto(f"{base}/cursos/{COURSE}/")
    page.get_by_role("button", name="Inscribirme y empezar").click()
    page.wait_for_url(f"**/aula/{COURSE}/m1-l1/")
    for width, scripts in ((1280, True), (320, False)):
        page = open_page(width=width, java_script_enabled=scripts)
        enter_as(page, base, stage.servant)
        page.goto(f"{base}/aula/{COURSE}/m2-l2/")
        word = page.get_by_role("link", name="consanguinidad", exact=True)
        meaning = page.locator("#glosario-consanguinidad")
        expect(meaning).not_to_be_in_viewport()
        word.focus()
        page.keyboard.press("Enter")
        expect(meaning).to_be_in_viewport(ratio=1)
        expect(word).to_be_in_viewport()
        if scripts:
            look(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(meaning).not_to_be_in_viewport()
        expect(word).to_be_in_viewport()
