"""«¿Por qué no está completo?»: one reason for each state, the smallest step, and the same words for all."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.outline import AssessmentRule, CompletionRule, DrawSpec
from courses.readability import measure
from lms.progress.rules.accepted import find_accepted
from lms.progress.rules.completion import AttemptFact
from lms.progress.rules.validity import Done
from lms.progress.rules.why import Held, Reason, Why, explain_course
from lms.progress.why_words import tell
from tests.factories.requirements import make_spec
from tests.outlines import small_outline

AT = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("America/Santiago"))
DAY = AT.date()
RULE = AssessmentRule(70, 2, 24, (DrawSpec("INT-1", 2),))
READ = {"l1", "l2", "l3"}


def fact(number: int, *, passed: bool | None = False, hours_ago: int | None = 48) -> AttemptFact:
    return AttemptFact(number, AT - timedelta(hours=hours_ago) if hours_ago is not None else None, passed)


def why(
    finished: set[str], attempts: tuple[AttemptFact, ...] = (), held: Held | None = None, **rule: object
) -> Why:
    outline = replace(small_outline(), assessment=RULE, completion=CompletionRule(**rule))
    return explain_course(outline=outline, finished=finished, attempts=attempts, held=held, day=DAY, at=AT)


NO_LESSONS = {"require_all_lessons": False, "require_assessment": False, "require_dilemmas": 1}
CASES = {
    "not_begun": (why(set()), Reason.NOT_BEGUN, "l1", "Aún no hay ninguna lección completa. Faltan 3 lecciones"),
    "in_the_middle": (why({"l1"}), Reason.LESSONS_LEFT, "l2", "Faltan 2 lecciones"),
    "no_assessment": (why({"l1"}, require_assessment=False), Reason.LESSONS_LEFT, "l2", "Faltan 2 lecciones"),
    "only_a_dilemma": (why({"l1"}, **NO_LESSONS), Reason.DILEMMAS_LEFT, "l3", "Falta recorrer 1 dilema."),
    "ready": (why(READ), Reason.ATTEMPT_READY, "final", "Solo falta aprobar la evaluación final. Quedan 2 intentos."),
    "open": (why(READ, (fact(1, hours_ago=None),)), Reason.ATTEMPT_OPEN, "final", "no se ha entregado. Lo que sigue: entregarla."),
    "marked": (why(READ, (fact(1, passed=None),)), Reason.BEING_MARKED, "final", "en corrección"),
    "waiting": (why(READ, (fact(1, hours_ago=4),)), Reason.TOO_SOON, "final", "desde el 21 de noviembre a las 08:00."),
    "again": (why(READ, (fact(1),)), Reason.ATTEMPT_READY, "final", "Queda 1 intento."),
    "none_left": (why(READ, (fact(1), fact(2))), Reason.NONE_LEFT, "final", "hablarlo con Gestión de Personas"),
    "not_recorded": (why(READ, (fact(1, passed=True),)), Reason.NOT_RECORDED, None, "falta registrarlo"),
    "complete": (why(set(), held=Held(DAY, None)), Reason.COMPLETE, None, "Está completo. Vale sin fecha de término."),
    "last_day": (why(set(), held=Held(DAY, DAY)), Reason.COMPLETE, None, "Vale hasta el 20 de noviembre de 2026."),
    "expired": (why(set(), held=Held(date(2024, 1, 5), date(2026, 1, 5))), Reason.EXPIRED, None, "venció el 5 de enero de 2026. Lo que sigue: renovarlo."),
    "taken_back": (why(set(), held=Held(DAY, None, counts=False)), Reason.TAKEN_BACK, None, "fue anulado"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_state_has_its_reason_and_its_smallest_step(case: str) -> None:
    found, reason, step, words = CASES[case]
    assert (found.reason, found.step.key if found.step else None) == (reason, step)
    assert words in str(tell(found))


def test_every_reason_is_told() -> None:
    assert {reason for _why, reason, _step, _words in CASES.values()} == set(Reason)


@pytest.mark.parametrize("case", CASES)
def test_the_words_read_right_to_the_person_and_to_those_who_answer_for_it(case: str) -> None:
    words = set(str(tell(CASES[case][0])).lower().replace(".", "").split())
    assert not words & {"tú", "te", "tu", "tus", "tienes", "le", "su", "sus", "usted"}


def test_the_sentences_are_easy_to_read() -> None:
    assert all(measure(str(tell(found))).score >= 55 for found, *_rest in CASES.values())


def test_a_course_accepted_in_place_of_another_is_found() -> None:
    spec = make_spec(1, starts_on=date(2026, 1, 1), due_on=DAY, equivalents={"1": (7,)})
    assert find_accepted(spec=spec, completions=[Done(7, date(2026, 3, 1))], day=DAY) == 7
    assert (
        find_accepted(spec=spec, completions=[Done(1, date(2026, 3, 1)), Done(7, date(2026, 3, 1))], day=DAY)
        is None
    )
    assert (
        find_accepted(spec=spec, completions=[Done(7, date(2026, 3, 1), date(2026, 4, 1))], day=DAY) is None
    )
