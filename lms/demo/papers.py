"""A second course of the demonstration, whose assessment leaves work to whoever teaches it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from msgspec import structs

from content_packs.pack import Pack
from content_packs.reading import read_pack
from content_packs.services.install import install_pack
from courses.models import Course
from courses.outline import UnitSpec
from courses.quizzes.rules import QuestionSpec
from courses.selectors import get_unit_payload, list_questions
from lms.journeys.answer_check import answer_check
from lms.journeys.enrol import enrol
from lms.journeys.finish_unit import finish_unit
from lms.journeys.take_assessment import hand_in_attempt, start_attempt
from lms.lib.clock import local_date, start_of_day
from lms.people.models import Institution, Posting
from lms.progress.models import AssessmentAttempt, Enrolment, LearningContext
from lms.progress.selectors.attempts import drawn_of
from lms.progress.services.attempts import save_answer
from lms.xapi.platform import Platform

PACK = Path(__file__).resolve().parent / "pack"
CODE = "conflictos-con-casos"
MENDED, OPEN = "casos-03", "casos-04"
TEXTS = (
    "Aviso hoy mismo por escrito a quien preside la comisión y dejo mi lugar: fuimos colegas hasta el año "
    "pasado y cualquiera podría pensar que lo prefiero.",
    "Lo comento con mi jefa y sigo, porque ya no trabajamos juntos y puedo ser imparcial.",
    "Me abstengo.",
    "Hay un conflicto entre elegir al mejor proveedor y mi relación con él. Lo informo por correo, pido que "
    "me reemplacen y no participo en esa parte.",
    "Reviso las ofertas igual que siempre y le pongo la nota que merece.",
    "Aviso por escrito, aunque no haya pasado nada, y",
)
"""What each person writes; the last one is interrupted."""
LATE = "Aviso por escrito, aunque no haya pasado nada, y otra persona toma mi lugar en la comisión."


@transaction.atomic
def hand_in_papers(*, place: Institution, platform: Platform, at: datetime) -> None:
    """Install the course, let some people of the institution hand in its assessment, mend a wrong key.

    Their open answers wait for a mark, one came late, and one question can be graded again. Nothing
    the second time.
    """
    if Course.objects.filter(code=CODE).exists():
        return
    begun = start_of_day(local_date(at) - timedelta(days=4)) + timedelta(hours=10)
    pack = read_pack(PACK)
    install_pack(pack=_with_wrong_key(pack), at=begun - timedelta(days=1))
    postings = Posting.objects.filter(institution=place).select_related("person").order_by("pk")
    attempts = [
        _sit(posting, number, platform, begun + timedelta(hours=5 * number))
        for number, posting in enumerate(postings[: len(TEXTS)])
    ]
    if attempts:
        _answer_late(attempts[-1])
    install_pack(pack=pack, at=at)


def _with_wrong_key(pack: Pack) -> Pack:
    """What is false counts as true in one question."""
    questions = [
        structs.replace(entry, body=entry.body | {"is_true": True}) if entry.key == MENDED else entry
        for entry in pack.questions
    ]
    return replace(pack, questions=questions)


def _sit(posting: Posting, number: int, platform: Platform, at: datetime) -> AssessmentAttempt:
    """A person takes the course and hands in after twelve minutes."""
    enrolment, _is_new = enrol(
        person=posting.person, course_code=CODE, context=LearningContext.EMPLOYEE, posting=posting,
        platform=platform, at=at,
    )  # fmt: skip
    outline = enrolment.release.outline
    for lesson in outline.lessons:
        _learn(enrolment, lesson, platform, at)
    assert outline.assessment_unit is not None
    attempt = start_attempt(
        enrolment_id=enrolment.pk, unit_key=outline.assessment_unit.key, platform=platform, at=at,
        chance=Random(number),
    )  # fmt: skip
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    for minute, item in enumerate(drawn_of(attempt), 1):
        question = questions[item.key]
        save_answer(
            attempt_id=attempt.pk, question=question, answer=_answer(question, number), is_flagged=False,
            at=at + timedelta(minutes=2 * minute),
        )  # fmt: skip
    return hand_in_attempt(attempt=attempt, platform=platform, at=at + timedelta(minutes=12))[0]


def _learn(enrolment: Enrolment, lesson: UnitSpec, platform: Platform, at: datetime) -> None:
    """Answer its practice questions rightly, and finish it."""
    body = get_unit_payload(release=enrolment.release, key=lesson.key)["body"]
    for check in (block["value"] for block in body if block["type"] == "check"):
        options = [item["value"] for item in check["options"]]
        answer_check(
            enrolment_id=enrolment.pk, unit_key=lesson.key, check_key=check["key"], options=options,
            option=[option["correct"] for option in options].index(True), platform=platform, at=at,
        )  # fmt: skip
    finish_unit(enrolment_id=enrolment.pk, unit_key=lesson.key, source="web", platform=platform, at=at)


def _answer(question: QuestionSpec, number: int) -> Any:
    """Two of three know that the statement is false, whatever its key says."""
    if question.key == OPEN:
        return TEXTS[number]
    if question.key == MENDED:
        return {"truth": number % 3 == 1, "reason": None}
    return question.solve()


def _answer_late(attempt: AssessmentAttempt) -> None:
    assert attempt.submitted_at is not None
    question = list_questions(release=attempt.release, key=attempt.unit_key)[OPEN]
    save_answer(
        attempt_id=attempt.pk, question=question, answer=LATE, is_flagged=False,
        at=attempt.submitted_at + timedelta(minutes=3),
    )  # fmt: skip
