"""A trainer switches the conversation on, two colleagues speak, one reports, the trainer hides it and says why."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lms.journeys.enrol import enrol
from lms.lib import clock
from lms.people.models import User
from lms.xapi.platform import current_platform
from tests.browser.conftest import Look, OpenPage
from tests.browser.stage import COURSE, Stage
from tests.browser.steps import enter_as

TALK, DESK = f"/aula/{COURSE}/conversacion/", f"/docencia/{COURSE}/conversacion/"


def take_course(user: User) -> None:
    enrol(
        person=user.person,
        course_code=COURSE,
        context="employee",
        posting=user.person.postings.get(),
        platform=current_platform(),
        at=clock.now(),
    )


def join(page: Page, base: str, look: Look) -> None:
    page.goto(f"{base}{TALK}")
    look(page)
    page.get_by_role("link", name="Participar").click()
    page.get_by_role("button", name="Participar").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)
    page.get_by_label("Leí las reglas y las acepto").check()
    page.get_by_role("button", name="Participar").click()
    expect(page.get_by_text("Listo. Ya puedes escribir.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_conversation_from_the_switch_to_a_hidden_message(
    width: int, live_server: LiveServer, stage: Stage, open_page: OpenPage, look: Look
) -> None:
    base = live_server.url
    trainer, camila, marcela = (open_page(width=width) for _one in range(3))
    for page, user in ((trainer, stage.trainer), (camila, stage.servant), (marcela, stage.hr)):
        enter_as(page, base, user)
    for user in (stage.servant, stage.hr):
        take_course(user)

    trainer.goto(f"{base}/docencia/")
    look(trainer)
    trainer.get_by_role("link", name="Integridad en la función pública").click()
    trainer.get_by_role("link", name="Conversación", exact=True).click()
    trainer.get_by_label("Encender la conversación de este curso").check()
    trainer.get_by_role("button", name="Guardar").click()
    expect(trainer.get_by_text("Encendida")).to_be_visible()
    look(trainer)

    join(camila, base, look)
    camila.get_by_role("link", name="Escribir un tema nuevo").click()
    look(camila)
    camila.get_by_label("Título").fill("¿Un calendario es un regalo?")
    camila.get_by_label("Tu mensaje").fill("Llegan en diciembre. Ver https://www.bcn.cl/leychile/.")
    camila.get_by_role("button", name="Publicar el tema").click()
    expect(camila.get_by_role("article", name="Camila mensaje 1")).to_be_visible()
    look(camila)

    join(marcela, base, look)
    marcela.get_by_role("link", name="¿Un calendario es un regalo?").click()
    look(marcela)
    marcela.get_by_role("link", name="Responder a Camila, mensaje 1").click()
    expect(marcela.get_by_text("En respuesta a Camila, mensaje 1.")).to_be_visible()
    look(marcela)
    marcela.get_by_label("Tu mensaje").fill("Pregúntale a Juan Pérez, que recibió tres.")
    marcela.get_by_role("button", name="Publicar mi mensaje").click()
    expect(marcela.get_by_role("article", name="Marcela mensaje 2")).to_be_visible()

    camila.reload()
    camila.get_by_role("link", name="Avisar que el mensaje 2").click()
    look(camila)
    camila.get_by_label("Nombra a alguien o da datos personales").check()
    camila.get_by_role("button", name="Enviar el aviso").click()
    expect(camila.get_by_text("Avisaste de este mensaje")).to_be_visible()

    trainer.goto(f"{base}{DESK}pendientes/")
    look(trainer)
    trainer.get_by_role("link", name="Pregúntale a Juan Pérez").click()
    look(trainer)
    trainer.get_by_label("Retirarlo y decir por qué").check()
    trainer.get_by_label("Motivo").fill("Nombra a una persona")
    trainer.get_by_role("button", name="Decidir").click()
    trainer.get_by_role("link", name="Conversación", exact=True).click()
    trainer.get_by_role("link", name="Lo que se ha hecho").click()
    look(trainer)

    camila.reload()
    expect(camila.get_by_text("Retirado por moderación: Nombra a una persona")).to_be_visible()
    expect(camila.get_by_text("Juan Pérez")).to_have_count(0)
    look(camila)
    camila.goto(f"{base}/aula/conversaciones/")
    look(camila)
