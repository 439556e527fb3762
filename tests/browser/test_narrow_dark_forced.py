"""Every page for learners and for everybody: 320 px wide, dark, and with the colours of the system."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from pytest_django.live_server_helper import LiveServer

from certificates.models import Certificate
from courses.outline import UnitKind
from courses.selectors import list_questions
from lms.journeys.take_assessment import hand_in_attempt, start_attempt
from lms.lib import clock
from lms.people.models import Posting, User
from lms.progress.selectors.attempts import drawn_of
from lms.progress.services.attempts import save_answer
from lms.xapi.platform import current_platform
from tests.browser.conftest import Look, OpenPage
from tests.browser.learning import read_lessons
from tests.browser.stage import COURSE, build_stage
from tests.browser.steps import enter_as
from tests.factories.learning import make_learner

PUBLIC = [
    "",
    "cursos/",
    "cursos/?q=no-hay-tal-cosa",
    f"cursos/{COURSE}/",
    "talleres/",
    "plan/",
    "plan/plan-chile-4/compromisos/1/",
    "plan/plan-chile-4/compromisos/12/",
    "plan/metodo/",
    "plan/datos/",
    "verificar/",
    "verificar/{code}/",
    "verificar/0000-0000-0000/",
    "accesibilidad/",
    "privacidad/",
    "ayuda/",
    "no-existe/",
    "cuentas/ingresar/",
    "cuentas/crear/",
    "cuentas/contrasena/recuperar/",
    "cuentas/contrasena/recuperar/enviado/",
    "cuentas/contrasena/nueva/1-no-sirve/",
    "cuentas/correo/por-confirmar/",
    "cuentas/correo/confirmar/no-sirve/",
]
LEARNER = [
    "aula/",
    "aula/quien-me-vio/",
    f"cursos/{COURSE}/",
    f"aula/{COURSE}/m1-l1/",
    f"aula/{COURSE}/m2-l2/",
    f"aula/{COURSE}/m2-l4/",
    f"aula/{COURSE}/m2-l4/dilema/",
    f"aula/{COURSE}/evaluacion-final/",
    f"aula/{COURSE}/evaluacion-final/intento/1/resultado/",
    f"aula/{COURSE}/evaluacion-final/intento/2/1/",
    f"aula/{COURSE}/evaluacion-final/intento/2/revisar/",
    "cuentas/correo/",
    "cuentas/contrasena/cambiar/",
    "cuentas/segundo-factor/",
    "cuentas/confirmar-identidad/",
    "cuentas/sesiones/",
    "cuentas/salir/",
]
GRADUATE = ["aula/", "mis-certificados/", f"cursos/{COURSE}/"]
PATHS = {"visitor": PUBLIC, "learner": LEARNER, "graduate": GRADUATE}
VISITS = [(who, path) for who, paths in PATHS.items() for path in paths]


@dataclass(frozen=True)
class Cast:
    """A learner before the second attempt, one who is through, and the code of the latter's certificate."""

    learner: User
    graduate: User
    code: str


def build_cast() -> Cast:
    stage = build_stage()
    learn(stage.servant, passes=False)
    learn(stage.hr, passes=True)
    return Cast(stage.servant, stage.hr, Certificate.objects.get().formatted_code)


def learn(user: User, *, passes: bool) -> None:
    """Read all lessons two days ago and hand in the assessment; who failed begins again now."""
    at = clock.now()
    then, platform = at - timedelta(days=2), current_platform()
    posting = Posting.objects.get(person=user.person)
    learner = make_learner(person=user.person, at=then, course=COURSE, posting=posting)
    read_lessons(enrolment=learner.enrolment, at=then)
    assessment = next(u.key for u in learner.release.outline.units if u.kind == UnitKind.ASSESSMENT)
    attempt = start_attempt(
        enrolment_id=learner.enrolment.pk, unit_key=assessment, platform=platform, at=then, chance=Random(1)
    )
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    for drawn in drawn_of(attempt):
        question = questions[drawn.key]
        chosen = sorted(question.body.correct) if passes else [0]
        save_answer(attempt_id=attempt.pk, question=question, answer=chosen, is_flagged=False, at=then)
    hand_in_attempt(attempt=attempt, platform=platform, at=then)
    if not passes:
        start_attempt(
            enrolment_id=learner.enrolment.pk, unit_key=assessment, platform=platform, at=at, chance=Random(2)
        )


@pytest.mark.parametrize(("who", "path"), VISITS)
def test_a_page_is_readable_narrow_dark_and_in_the_colours_of_the_system(
    who: str,
    path: str,
    live_server: LiveServer,
    set_up: Callable[..., Cast],
    open_page: OpenPage,
    look: Look,
) -> None:
    cast = set_up(build_cast)
    # Without motion, so that no colour is on its way to the next when it is measured.
    page = open_page(width=320, height=640, reduced_motion="reduce")
    if who != "visitor":
        enter_as(page, live_server.url, getattr(cast, who))
    page.goto(f"{live_server.url}/{path.format(code=cast.code)}")
    look(page)
    page.emulate_media(color_scheme="dark")
    look(page)
    page.emulate_media(color_scheme="light", forced_colors="active")
    # The contrast is then the person's own choice; axe would judge the colours that are not drawn.
    look(page, off=["color-contrast"])
