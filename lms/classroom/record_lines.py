"""My record, line by line, with what I can question of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lms.classroom.history import Spell, spells_of
from lms.classroom.question_words import state_of
from lms.journeys.attend_workshop import AttendanceFact, attendance_book
from lms.people.policy import Viewer
from lms.progress.accepted_words import read_accepted
from lms.progress.models import Assurance, Exemption, LearningContext, QuestionSubject, RecordQuestion
from lms.progress.rules.hours import Article28, decide_article_28, was_assessed
from lms.progress.selectors.questions import list_own_questions
from lms.progress.selectors.record import (
    AskedTraining,
    CompletionLine,
    list_asked_training,
    list_completions,
    list_exemptions,
)
from lms.progress.why_words import Told, tell_asked
from lms.ui.components import Notice


@dataclass(frozen=True)
class AskedHistory:
    """A requirement with where it stands and its days, in words."""

    asked: AskedTraining
    told: Told
    accepted: str
    spells: list[Spell]


@dataclass(frozen=True)
class RecordLine:
    """A completed course. ``counts_for_28``: for article 28 of the Statute; ``None`` off duty or void."""

    line: CompletionLine
    counts_for_28: bool | None
    may_question: bool

    @property
    def article_28(self) -> str:
        if self.counts_for_28 is None:
            return ""
        return _("Cuenta para el art. 28.") if self.counts_for_28 else _("Voluntaria para el art. 28.")


@dataclass(frozen=True)
class MyRecord:
    """All that the page shows. At most ten queries, however long the record is."""

    asked: list[AskedHistory]
    exemptions: list[Exemption]
    completions: list[RecordLine]
    attendances: list[tuple[AttendanceFact, str]]
    questions: list[tuple[RecordQuestion, Notice]]
    may_question: bool


def read_my_record(*, viewer: Viewer, day: date) -> MyRecord:
    """The record of the viewer; empty for an account that never learned."""
    person_id = viewer.person_id or 0
    completions = list_completions(person_id=person_id)
    return MyRecord(
        asked=_asked(person_id, completions, day),
        exemptions=list_exemptions(person_id=person_id),
        completions=[_line(line) for line in completions],
        attendances=attendance_book().read_of(person_id=person_id),
        questions=[(one, state_of(one)) for one in list_own_questions(person_id=person_id)],
        may_question=viewer.institution_id is not None,
    )


def _asked(person_id: int, completions: list[CompletionLine], day: date) -> list[AskedHistory]:
    asked = list_asked_training(person_id=person_id, day=day)
    at_work = [line.completion for line in completions if line.is_at_work]
    accepted = read_accepted(asked=asked, completions=at_work, day=day)
    return [
        AskedHistory(
            asked=one,
            told=tell_asked(asked=one, day=day),
            accepted=accepted.get(one.requirement.pk, ""),
            spells=spells_of(days=one.days, day=day),
        )
        for one in asked
    ]


def _line(line: CompletionLine) -> RecordLine:
    may_question = line.is_at_work and line.institution_id is not None
    if not line.is_at_work or not line.completion.counts:
        return RecordLine(line, None, may_question)
    found = decide_article_28(
        minutes=line.completion.minutes,
        hour_minutes=line.outline.pedagogical_hour_minutes,
        is_assessed=was_assessed(
            is_attested=line.completion.assurance == Assurance.D,
            has_result=line.completion.percent is not None,
            course_assesses=line.outline.is_assessed,
        ),
        is_passed=True,
    )
    return RecordLine(line, found == Article28.COUNTS, may_question)


@dataclass(frozen=True)
class Questioned:
    """A line that the person may question: how it reads, and before which institution."""

    subject: QuestionSubject
    key: str
    title: str
    institution_id: int


def find_questioned(*, viewer: Viewer, subject: str, key: str, day: date) -> Questioned | None:
    """The viewer's own line with that key; ``None`` for anything else. At most four queries."""
    if viewer.person_id is None or subject not in QuestionSubject.values:
        return None
    kind, place = QuestionSubject(subject), viewer.institution_id
    if kind == QuestionSubject.MISSING:
        return Questioned(kind, "", str(kind.label), place) if place and not key else None
    if kind == QuestionSubject.COMPLETION:
        return _completion(viewer.person_id, key)
    if kind == QuestionSubject.ATTENDANCE:
        return _attendance(viewer.person_id, key, place)
    return _requirement(viewer.person_id, kind, key, day)


def _completion(person_id: int, key: str) -> Questioned | None:
    for line in list_completions(person_id=person_id, at_work_only=True):
        if str(line.completion.public_id) == key and line.institution_id:
            title = f"{line.completion.course.title}, {line.completion.completed_on:%d-%m-%Y}"
            return Questioned(QuestionSubject.COMPLETION, key, title, line.institution_id)
    return None


def _attendance(person_id: int, key: str, place: int | None) -> Questioned | None:
    for fact, title in attendance_book().read_of(person_id=person_id):
        is_it = str(fact.public_id) == key and fact.context == LearningContext.EMPLOYEE
        if is_it and place:
            return Questioned(QuestionSubject.ATTENDANCE, key, title, place)
    return None


def _requirement(person_id: int, kind: QuestionSubject, key: str, day: date) -> Questioned | None:
    for one in list_asked_training(person_id=person_id, day=day):
        if str(one.requirement.public_id) == key:
            return Questioned(kind, key, one.requirement.title, one.days[-1].institution_id)
    return None
