"""Publishing: turning pages into a frozen release."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.blocks.words import lesson_minutes
from courses.models import Course, CoursePage, CourseRelease, LessonPage, ModulePage, ReleaseUnit
from courses.outline import (
    AssessmentRule,
    CompetenceSpec,
    CompletionRule,
    CourseOutline,
    DrawSpec,
    ModuleSpec,
    UnitKind,
    UnitSpec,
    digest,
    outline_to_json,
)
from courses.quizzes.models import Question
from courses.quizzes.rules import question_to_json

_held: ContextVar[bool] = ContextVar("releases_held", default=False)


class CourseNotReadyError(Exception):
    """The course cannot be published as it is; the message says what to mend, in the author's words."""


@dataclass(frozen=True)
class Frozen:
    """What a release will hold: the outline and the payload of each unit by key."""

    outline: CourseOutline
    payloads: dict[str, dict[str, Any]]


@contextmanager
def hold_releases() -> Iterator[None]:
    """While open, publishing pages makes no release: a pack publishes many and freezes once."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def releases_are_held() -> bool:
    """True inside :func:`hold_releases`."""
    return _held.get()


def freeze_course(*, page: CoursePage) -> Frozen:
    """Read the published pages of a course into plain data.

    Queries: a fixed number plus two per module, whatever the number of lessons.

    Raises:
        CourseNotReadyError: no lesson, a repeated key, a bank that is too small, or a rule that
            nobody could meet.
    """
    modules: list[ModuleSpec] = []
    payloads: dict[str, dict[str, Any]] = {}
    for module_page in ModulePage.objects.live().child_of(page).order_by("path"):
        units = []
        lessons = LessonPage.objects.live().child_of(module_page).order_by("path")
        for lesson in lessons.prefetch_related("competences"):
            if lesson.key in payloads:
                raise CourseNotReadyError(_("Dos lecciones usan la clave «%s».") % lesson.key)
            unit, payload = _freeze_lesson(lesson)
            units.append(unit)
            payloads[unit.key] = payload
        if units:
            modules.append(ModuleSpec(module_page.key, module_page.title, tuple(units)))
    if not payloads:
        raise CourseNotReadyError(_("El curso aún no tiene lecciones publicadas."))
    _check_units(page, [unit for module in modules for unit in module.units])
    rule, assessment = _freeze_assessment(page)
    if rule and assessment:
        if page.assessment_code in payloads:
            raise CourseNotReadyError(_("La evaluación usa la clave de una lección."))
        unit = UnitSpec(
            key=page.assessment_code,
            kind=UnitKind.ASSESSMENT,
            title=page.assessment_title,
            minutes=rule.question_count * page.minutes_per_question,
            competences=tuple(draw.competence for draw in rule.blueprint),
        )
        modules.append(ModuleSpec(page.assessment_code, page.assessment_title, (unit,)))
        payloads[unit.key] = assessment
    return Frozen(_freeze_outline(page, tuple(modules), rule), payloads)


def _check_units(page: CoursePage, units: list[UnitSpec]) -> None:
    """Practice questions and dilemmas are known by their key, so it stands once in the course."""
    keys = [key for unit in units for key in (*unit.checks, *filter(None, [unit.dilemma]))]
    for key in keys:
        if keys.count(key) > 1:
            raise CourseNotReadyError(_("Dos preguntas de práctica o dilemas usan la clave «%s».") % key)
    dilemmas = sum(1 for unit in units if unit.dilemma)
    if dilemmas < page.require_dilemmas:
        raise CourseNotReadyError(
            _("El curso pide recorrer %(want)d dilemas y tiene %(have)d.")
            % {"want": page.require_dilemmas, "have": dilemmas}
        )


def _freeze_outline(
    page: CoursePage, modules: tuple[ModuleSpec, ...], rule: AssessmentRule | None
) -> CourseOutline:
    return CourseOutline(
        code=page.code,
        title=page.title,
        short_title=page.short_title,
        summary=page.summary,
        language=page.locale.language_code,
        modules=modules,
        completion=CompletionRule(page.require_all_lessons, rule is not None, page.require_dilemmas),
        assessment=rule,
        competences=tuple(
            CompetenceSpec(row.competence.code, row.competence.name, row.level)
            for row in page.competences.select_related("competence")
        ),
        outcomes=tuple(page.outcome_list),
        commitments=page.commitment_numbers,
        certificate_months=page.certificate_months,
        pedagogical_hour_minutes=page.pedagogical_hour_minutes,
        audience=page.audience,
        emblem=page.emblem,
    )


def _freeze_lesson(lesson: LessonPage) -> tuple[UnitSpec, dict[str, Any]]:
    raw = list(lesson.body.get_prep_value())
    checks = tuple(block["value"]["key"] for block in raw if block["type"] == "check")
    dilemma = next((block["value"]["code"] for block in raw if block["type"] == "dilemma"), "")
    unit = UnitSpec(
        key=lesson.key,
        kind=UnitKind.DILEMMA if dilemma else UnitKind.LESSON,
        title=lesson.title,
        minutes=lesson_minutes(raw, activity_minutes=lesson.activity_minutes),
        summary=lesson.summary,
        competences=tuple(sorted(competence.code for competence in lesson.competences.all())),
        checks=checks,
        dilemma=dilemma,
        acknowledges_code=any(
            block["type"] == "code_of_ethics" and block["value"].get("acknowledge") for block in raw
        ),
    )
    outcomes = [line.strip() for line in lesson.outcomes.splitlines() if line.strip()]
    return unit, {"summary": lesson.summary, "outcomes": outcomes, "body": raw}


def _freeze_assessment(page: CoursePage) -> tuple[AssessmentRule | None, dict[str, Any] | None]:
    draws = tuple(DrawSpec(row.competence.code, row.count) for row in page.draws.select_related("competence"))
    if not page.require_assessment:
        return None, None
    if not page.bank_id or not draws:
        raise CourseNotReadyError(
            _("Falta decir de qué banco y cuántas preguntas de cada competencia tiene la evaluación.")
        )
    questions = [
        question.to_spec()
        for question in Question.objects.filter(bank_id=page.bank_id, is_retired=False)
        .select_related("competence", "source_law")
        .prefetch_related("options")
        .order_by("key")
    ]
    for competence in {draw.competence for draw in draws}:
        have = sum(1 for question in questions if question.competence == competence)
        want = sum(draw.count for draw in draws if draw.competence == competence)
        if have < want:
            raise CourseNotReadyError(
                _("El banco tiene %(have)d preguntas de %(competence)s y la evaluación pide %(want)d.")
                % {"have": have, "competence": competence, "want": want}
            )
    rule = AssessmentRule(page.pass_percent, page.attempts, page.wait_hours, draws)
    return rule, {"questions": [question_to_json(question) for question in questions]}


@transaction.atomic
def publish_release(*, page: CoursePage, at: datetime) -> tuple[CourseRelease, bool]:
    """Freeze the course and make that the current release; ``(release, is_new)``.

    Nothing new is published when the content equals the current release's.

    Raises:
        CourseNotReadyError: see :func:`freeze_course`.
    """
    frozen = freeze_course(page=page)
    outline_data = outline_to_json(frozen.outline)
    content_hash = digest({"outline": outline_data, "units": frozen.payloads})
    course, _created = Course.objects.select_for_update().get_or_create(
        code=page.code, defaults={"title": page.title, "created_at": at}
    )
    current = course.releases.filter(is_current=True).first()
    if current and current.content_hash == content_hash:
        return current, False
    newest = course.releases.order_by("-number").first()
    if current:
        current.is_current = False
        current.save(update_fields=["is_current"])
    release = CourseRelease.objects.create(
        course=course,
        number=newest.number + 1 if newest else 1,
        label=page.release_label,
        outline_data=outline_data,
        structure_hash=frozen.outline.structure_hash,
        content_hash=content_hash,
        published_at=at,
    )
    ReleaseUnit.objects.bulk_create(
        ReleaseUnit(release=release, key=key, payload=payload) for key, payload in frozen.payloads.items()
    )
    if course.title != page.title:
        course.title = page.title
        course.save(update_fields=["title"])
    return release, True
