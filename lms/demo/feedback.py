"""What the people of the demonstration say of a course: trainers have something to read."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from courses.models import CourseRelease
from courses.selectors import list_questions
from lms.feedback.models import AnswerTally, LessonReport
from lms.feedback.questionnaire import QUESTIONNAIRES
from lms.feedback.rules.askings import AskingKind
from lms.feedback.rules.recall import PointsBefore, RecalledPoints, draw_recall
from lms.feedback.services.opinions import count_opinion
from lms.feedback.services.recall import count_recall
from lms.feedback.services.reports import report_error, settle_report
from lms.lib.clock import local_date
from lms.progress.models import Enrolment

PEOPLE = {AskingKind.END: 45, AskingKind.RECALL: 60, AskingKind.LATER: 20}
LIKING = {AskingKind.END: (1, 3, 8, 20, 13), AskingKind.LATER: (1, 4, 9, 13, 5)}
"""How often each value of the scale is chosen."""

TEXTS = {
    "best": (
        "Los casos. Uno se parece mucho a lo que nos pasa en la oficina de partes.",
        "Saber a quién preguntar antes de firmar.",
        "Que cita el artículo y lo explica en simple.",
    ),
    "change": (
        "Agregaría un ejemplo de municipio.",
        "La evaluación podría mostrar antes cuánto falta.",
    ),
    "example": (
        "Me abstuve en una comisión y lo dejé por escrito.",
        "Ahora registro las reuniones el mismo día.",
    ),
    "obstacle": ("No siempre hay tiempo para revisar el procedimiento.",),
}
REPORTS = (
    (LessonReport.Kind.TYPO, "Dice «abstenerce»; debería decir «abstenerse».", 12),
    (LessonReport.Kind.OUTDATED, "La tarjeta de la ley no menciona la modificación de este año.", 5),
    (LessonReport.Kind.ACCESS, "El lector de pantalla no dice cuál alternativa está marcada.", 1),
)


def give_feedback(*, release: CourseRelease, at: datetime) -> None:
    """Opinions, recalls and reports of the course; nothing where there are some already."""
    if AnswerTally.objects.exists():
        return
    chance = Random(release.course.code)
    for kind in (AskingKind.END, AskingKind.LATER):
        _give_opinions(release, kind, chance, at)
    _recall(release, chance, at)
    _report(release, at)


def _give_opinions(release: CourseRelease, kind: AskingKind, chance: Random, at: datetime) -> None:
    questionnaire = QUESTIONNAIRES[kind]
    for number in range(PEOPLE[kind]):
        texts = {
            item.key: TEXTS[item.key][number]
            for item in questionnaire.open_questions
            if number < len(TEXTS[item.key])
        }
        values = {item.key: chance.choices(range(1, 6), LIKING[kind])[0] for item in questionnaire.statements}
        count_opinion(release_id=release.pk, kind=kind, values=values, texts=texts, day=local_date(at))


def _recall(release: CourseRelease, chance: Random, at: datetime) -> None:
    rule, unit = release.outline.assessment, release.outline.assessment_unit
    if rule is None or unit is None:
        return
    bank = list_questions(release=release, key=unit.key)
    before = {part.competence: PointsBefore(Decimal("1.7"), 2) for part in rule.blueprint}
    for _number in range(PEOPLE[AskingKind.RECALL]):
        drawn = draw_recall(blueprint=rule.blueprint, bank=bank, seen=(), chance=chance)
        recalled = [
            RecalledPoints(item.key, bank[item.key].competence, Fraction(chance.random() < _ease(item.key)))
            for item in drawn
        ]
        count_recall(release_id=release.pk, recalled=recalled, before=before, day=local_date(at))


def _ease(key: str) -> float:
    """How probably a question is known; another one for each, the same each time."""
    return Random(key).uniform(0.4, 0.95)


def _report(release: CourseRelease, at: datetime) -> None:
    enrolments = Enrolment.objects.filter(release=release).order_by("pk")[: len(REPORTS)]
    reports = [
        report_error(
            enrolment=enrolment,
            unit_key=unit.key,
            title=unit.title,
            kind=kind,
            text=text,
            wants_answer=days > 1,
            at=at - timedelta(days=days),
        )[0]
        for enrolment, unit, (kind, text, days) in zip(
            enrolments, release.outline.lessons, REPORTS, strict=False
        )
    ]
    if reports:
        settle_report(
            report_id=reports[0].pk,
            state=LessonReport.State.SOLVED,
            answer="Corregido en la lección. Gracias por avisar.",
            settled_by_id=None,
            at=at - timedelta(days=10),
        )
