"""Publishing: turning pages into a frozen release."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.freezing import Payload, freeze_lesson, read_questions
from courses.models import (
    Course,
    CoursePage,
    CourseRelease,
    LessonPage,
    ModulePage,
    ReleaseTranslation,
    ReleaseUnit,
)
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
from courses.quizzes.rules import BankTooSmallError, QuestionSpec, check_bank, question_to_json
from courses.quizzes.rules.drawing import fits
from courses.selectors import list_terms
from courses.signals import course_restructured
from courses.translating import FrozenTranslation, freeze_translations
from courses.wording import words_to_json

_held: ContextVar[bool] = ContextVar("releases_held", default=False)


class CourseNotReadyError(Exception):
    """The course cannot be published as it is; the message says what to mend, in the author's words."""


class DecisionNeededError(Exception):
    """People are in the course: its author decides what becomes of them before it is published anew."""


@dataclass(frozen=True)
class Frozen:
    """What a release will hold: the outline and the payload of each unit by key; and its translations."""

    outline: CourseOutline
    payloads: dict[str, Payload]
    translations: tuple[FrozenTranslation, ...] = ()

    @property
    def content_hash(self) -> str:
        """Same value, same words in every language."""
        data: dict[str, Any] = {"outline": outline_to_json(self.outline), "units": self.payloads}
        if self.translations:
            data["translations"] = [
                (one.language, words_to_json(one.words), one.payloads) for one in self.translations
            ]
        return digest(data)


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
    """Read the published pages of a course, and their translations, into plain data.

    Args:
        page: in the source language.

    Queries: a fixed number plus two per module and five per language, whatever the number of lessons.

    Raises:
        CourseNotReadyError: no lesson, a repeated key, a bank that is too small, or a rule that
            nobody could meet.
    """
    modules: list[ModuleSpec] = []
    payloads: dict[str, Payload] = {}
    terms = list_terms()
    for module_page in ModulePage.objects.live().child_of(page).order_by("path"):
        units = []
        lessons = LessonPage.objects.live().child_of(module_page).order_by("path")
        for lesson in lessons.prefetch_related("competences"):
            if lesson.key in payloads:
                raise CourseNotReadyError(_("Dos lecciones usan la clave «%s».") % lesson.key)
            unit, payload = freeze_lesson(lesson, terms)
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
        modules.append(assessment_module(page, rule))
        payloads[page.assessment_code] = assessment
    outline = freeze_outline(page, tuple(modules), rule)
    translations = freeze_translations(page=page, outline=outline, payloads=payloads)
    return Frozen(outline, payloads, tuple(translations))


def assessment_module(page: CoursePage, rule: AssessmentRule) -> ModuleSpec:
    """The final assessment as the last module, with itself as its only unit."""
    unit = UnitSpec(
        key=page.assessment_code,
        kind=UnitKind.ASSESSMENT,
        title=page.assessment_title,
        minutes=rule.question_count * page.minutes_per_question,
        competences=tuple(draw.competence for draw in rule.blueprint),
    )
    return ModuleSpec(page.assessment_code, page.assessment_title, (unit,))


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


def freeze_outline(
    page: CoursePage, modules: tuple[ModuleSpec, ...], rule: AssessmentRule | None
) -> CourseOutline:
    """The outline of a course with these modules. One query."""
    return CourseOutline(
        code=page.code,
        title=page.title,
        short_title=page.short_title,
        summary=page.summary,
        language=page.language,
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


def read_rule(page: CoursePage) -> AssessmentRule | None:
    """The rule of a course's assessment; ``None`` where it asks for none, or draws nothing. One query."""
    draws = tuple(
        DrawSpec(row.competence.code, row.count, row.difficulty, row.tag.strip().lower())
        for row in page.draws.select_related("competence")
    )
    if not page.require_assessment or not draws:
        return None
    return AssessmentRule(
        page.pass_percent,
        page.attempts,
        page.wait_hours,
        draws,
        pass_percent_each=page.pass_percent_each,
        minutes=page.assessment_minutes,
        is_one_page=page.assessment_on_one_page,
        two_markers=page.open_answers_by_two,
    )


def _freeze_assessment(page: CoursePage) -> tuple[AssessmentRule | None, dict[str, Any] | None]:
    if not page.require_assessment:
        return None, None
    rule = read_rule(page)
    if not page.bank_id or rule is None:
        raise CourseNotReadyError(
            _("Falta decir de qué banco y cuántas preguntas de cada competencia tiene la evaluación.")
        )
    rows = Question.objects.of_source().filter(bank_id=page.bank_id, is_retired=False).order_by("key")
    questions = read_questions(rows.select_related("competence", "source_law"))
    try:
        check_bank(blueprint=rule.blueprint, bank=questions)
    except BankTooSmallError as error:
        raise CourseNotReadyError(_describe_shortage(error.part, questions)) from error
    return rule, {"questions": [question_to_json(question) for question in questions]}


def _describe_shortage(part: DrawSpec, questions: list[QuestionSpec]) -> str:
    """What the bank lacks for a part of the blueprint."""
    have = sum(fits(part=part, question=question) for question in questions)
    what = part.competence
    if part.difficulty:
        what = _("%(what)s de dificultad %(difficulty)d") % {"what": what, "difficulty": part.difficulty}
    if part.tag:
        what = _("%(what)s con la etiqueta «%(tag)s»") % {"what": what, "tag": part.tag}
    if have >= part.count:
        return _("Las preguntas de %(what)s no alcanzan para todo lo que pide la evaluación.") % {
            "what": what
        }
    return _("El banco tiene %(have)d preguntas de %(what)s y la evaluación pide %(want)d.") % {
        "have": have, "what": what, "want": part.count,
    }  # fmt: skip


@transaction.atomic
def publish_release(
    *, page: CoursePage, at: datetime, is_for_new_only: bool = False, frozen: Frozen | None = None
) -> tuple[CourseRelease, bool]:
    """Freeze the course and make that the current release; ``(release, is_new)``.

    Nothing new is published when the content equals the current release's.

    Args:
        is_for_new_only: whoever began in an earlier release goes on reading that.
        frozen: the course, where the caller has frozen it already.

    Raises:
        CourseNotReadyError: see :func:`freeze_course`.
    """
    frozen = frozen or freeze_course(page=page)
    content_hash = frozen.content_hash
    course, _created = Course.objects.select_for_update().get_or_create(
        code=page.code, defaults={"title": page.title, "created_at": at}
    )
    if course.decision_needed_at:
        course.decision_needed_at = None
        course.save(update_fields=["decision_needed_at"])
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
        outline_data=outline_to_json(frozen.outline),
        structure_hash=_structure_hash(course, frozen.outline, newest, is_for_new_only),
        content_hash=content_hash,
        published_at=at,
    )
    _write_units(release, frozen.outline.language, frozen.payloads)
    for translation in frozen.translations:
        ReleaseTranslation.objects.create(
            release=release, language=translation.language, words=words_to_json(translation.words)
        )
        _write_units(release, translation.language, translation.payloads)
    if course.title != page.title:
        course.title = page.title
        course.save(update_fields=["title"])
    return release, True


def _structure_hash(
    course: Course, outline: CourseOutline, newest: CourseRelease | None, is_for_new_only: bool
) -> str:
    """That of the last release that demands the same, unless this one shall stand apart."""
    plain = outline.structure_hash
    if newest is None:
        return plain
    if is_for_new_only:
        return digest({"structure": plain, "from": newest.number + 1})
    if newest.outline.structure_hash == plain:
        return newest.structure_hash
    for release in course.releases.order_by("-number"):
        if release.outline.structure_hash == plain:
            return release.structure_hash
    return plain


def publish_undisputed(*, page: CoursePage, at: datetime) -> tuple[CourseRelease, bool]:
    """:func:`publish_release`, unless the course would ask for something else of people who are in it.

    Then the course is noted as waiting for a decision, until it is published anew.

    Raises:
        CourseNotReadyError: see there.
        DecisionNeededError: see there.
    """
    with transaction.atomic():
        # Before the pages are read: of two who publish at once the second reads what the first published.
        Course.objects.select_for_update().filter(code=page.code).first()
        frozen = freeze_course(page=page)
        current = CourseRelease.objects.filter(course__code=page.code, is_current=True).first()
        if current is None or not _asks_otherwise(current, frozen):
            return publish_release(page=page, at=at, frozen=frozen)
        Course.objects.filter(pk=current.course_id, decision_needed_at=None).update(decision_needed_at=at)
    raise DecisionNeededError(
        _("La versión nueva pide otra cosa que la anterior y espera que decidas a quiénes vale.")
    )


def _asks_otherwise(current: CourseRelease, frozen: Frozen) -> bool:
    """Whether people who are in the course would have to do something else."""
    if current.outline.structure_hash == frozen.outline.structure_hash:
        return False
    answers = course_restructured.send(sender=Course, course_id=current.course_id)
    return any(is_held for _receiver, is_held in answers)


def _write_units(release: CourseRelease, language: str, payloads: Mapping[str, Payload]) -> None:
    ReleaseUnit.objects.bulk_create(
        ReleaseUnit(release=release, key=key, language=language, payload=payload)
        for key, payload in payloads.items()
    )


def publish_bank(*, bank_id: int, at: datetime) -> list[str]:
    """Publish anew the courses that draw from a bank whose questions changed.

    Returns why some keep their earlier release, in their authors' words.
    """
    return _publish_all(CoursePage.objects.live().of_source().filter(bank_id=bank_id), at)


def publish_glossary(*, at: datetime) -> list[str]:
    """Publish anew the courses whose lessons explain a word that changed; the others stay as they are.

    Returns as :func:`publish_bank`. Reads every published course: for a task, not for a screen.
    """
    return _publish_all(CoursePage.objects.live().of_source(), at)


def _publish_all(pages: Iterable[CoursePage], at: datetime) -> list[str]:
    problems = []
    for page in pages:
        try:
            publish_undisputed(page=page, at=at)
        except (CourseNotReadyError, DecisionNeededError) as problem:
            problems.append(str(problem))
    return problems
