"""From the front page to a verified certificate, and the figures that move because of it."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from certificates.models import Certificate
from courses.selectors import list_questions
from lms.journeys.replay_progress import check
from lms.lib import clock
from lms.progress.models import AssessmentAttempt, Completion, Enrolment
from lms.progress.selectors.attempts import drawn_of
from lms.xapi.platform import current_platform
from tests.browser.conftest import Look
from tests.browser.learning import read_lessons
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import assert_fits, log_in
from tests.statements import list_said, list_verbs


def read_lesson(page: Page, look: Look) -> None:
    """Go through the dilemma, answer the practice questions, look at it all, and complete the lesson."""
    if page.get_by_role("link", name="Entrar al dilema").count():
        go_through_dilemma(page, look)
    for number in range(page.locator("form.check").count()):
        form = page.locator("form.check").nth(number)
        form.get_by_role("radio").first.check()
        form.get_by_role("button", name="Responder").click()
        expect(form.get_by_text("Esta pregunta no lleva nota")).to_be_visible()
        expect(form.get_by_role("button", name="Probar otra")).to_be_visible()
    look(page)
    assert_fits_narrow(page)
    page.get_by_role("button", name="Completar y seguir").click()
    page.wait_for_load_state()


def assert_fits_narrow(page: Page) -> None:
    """The same page on narrower screens, and back."""
    size = page.viewport_size
    assert size
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": size["height"]})
        assert_fits(page)
    page.set_viewport_size(size)


def read_two_lessons(page: Page, base: str, stage: Stage, look: Look) -> None:
    """One with a question and one with a dilemma by hand; the others are as on the desk."""
    enrolment = Enrolment.objects.get(person=stage.servant.person)
    read_lessons(enrolment=enrolment, at=clock.now(), but=("m1-l1", "m2-l4"))
    page.goto(f"{base}/aula/{COURSE}/continuar/")
    read_lesson(page, look)
    page.goto(f"{base}/aula/{COURSE}/continuar/")
    page.wait_for_url(f"**/aula/{COURSE}/m2-l4/")
    read_lesson(page, look)
    page.goto(f"{base}/aula/{COURSE}/continuar/")


def go_through_dilemma(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Entrar al dilema").click()
    end = page.get_by_role("button", name="Terminar el dilema")
    decide = page.get_by_role("button", name=re.compile("^(Empezar|Decidir y ver qué pasa)"))
    go_on = page.get_by_role("button", name="Seguir la historia")
    while True:
        end.or_(decide).or_(go_on).first.wait_for()
        look(page)
        if end.count():
            break
        with page.expect_navigation():
            if decide.count():
                page.get_by_role("radio").last.check()
                decide.click()
            else:
                go_on.click()
    assert "camino" not in page.url and "decision" not in page.url
    page.get_by_role("button", name="Terminar el dilema").click()
    page.wait_for_load_state()
    expect(page.get_by_text("Ya lo recorriste")).to_be_visible()


def take_assessment(page: Page, look: Look) -> None:
    """Answer every question rightly, by the key that only the server has."""
    look(page)
    page.get_by_role("button", name="Empezar la evaluación").click()
    attempt = AssessmentAttempt.objects.get()
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    for position, item in enumerate(drawn_of(attempt), 1):
        page.wait_for_url(f"**/intento/1/{position}/")
        if position in (1, 8):
            look(page)
        assert "feedback" not in page.content()
        for option in questions[item.key].body.correct:
            page.locator(f"input[name=q{position}][value='{item.order.index(option)}']").check()
        page.get_by_role("button", name="Guardar y").click()
    page.wait_for_url("**/revisar/")
    look(page)
    page.get_by_role("button", name="Entregar mi evaluación").click()
    page.wait_for_url("**/resultado/")


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_servant_goes_from_the_front_page_to_a_verified_certificate(
    device: str,
    request: pytest.FixtureRequest,
    live_server: LiveServer,
    stage: Stage,
    look: Look,
) -> None:
    page: Page = request.getfixturevalue(device)
    base = live_server.url
    page.goto(base)
    look(page)
    page.goto(f"{base}/cursos/?q=regalos")
    look(page)
    log_in(page, base, stage.servant.email)
    look(page)
    page.goto(f"{base}/cursos/{COURSE}/")
    look(page)
    page.get_by_role("button", name="Inscribirme y empezar").click()
    page.wait_for_url(f"**/aula/{COURSE}/m1-l1/")
    if device == "page":
        for _lesson in range(22):
            read_lesson(page, look)
    else:
        read_two_lessons(page, base, stage, look)
    take_assessment(page, look)
    look(page)
    expect(page.get_by_role("heading", name="Aprobaste la evaluación")).to_be_visible()

    completion = Completion.objects.get(person=stage.servant.person)
    certificate = Certificate.objects.get(fact_key=completion.public_id)
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar certificado").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.goto(f"{base}/mis-certificados/")
    look(page)
    page.get_by_role("link", name="Enlace para verificar").click()
    look(page)
    expect(page.get_by_role("heading", name="Certificado válido")).to_be_visible()
    assert "Riquelme" not in page.locator("main").inner_text()
    page.goto(f"{base}/verificar/{certificate.code[:-1]}0/")
    look(page)

    assert check(platform=current_platform()) == []
    assert {"initialized", "answered", "progressed", "completed", "passed"} <= set(list_verbs())
    assert "Riquelme" not in str([said.raw for said in list_said()])

    call_command("refresh_coverage", verbosity=0, stdout=StringIO())
    page.goto(f"{base}/plan/plan-chile-4/compromisos/1/")
    look(page)
    expect(page.locator("main")).to_contain_text("14")
    page.goto(f"{base}/plan/")
    look(page)
    page.context.clear_cookies()
    log_in(page, base, stage.hr.email)
    page.goto(f"{base}/cumplimiento/cursos/")
    look(page)
    expect(page.get_by_text("1 de 14 personas")).to_be_visible()
