"""What «Mi aprendizaje» tells first: what is asked of me, and answers to what I asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from courses.models import Course
from lms.classroom.asked import AskedLine, asked_lines
from lms.feedback.links import answer_path
from lms.feedback.models import Asking
from lms.feedback.rules.askings import AskingKind
from lms.feedback.selectors.askings import list_open_askings
from lms.lib.clock import local_date
from lms.progress.models import LearningContext, RecordQuestion
from lms.progress.rules.timeline import Standing as AskedStanding
from lms.progress.selectors.deltas import DueDelta, list_due_deltas
from lms.progress.selectors.progress import Standing
from lms.progress.selectors.questions import list_answered_since
from lms.progress.selectors.record import list_asked_training
from lms.progress.why_words import Told, tell_course

DAYS_NEW = 14
"""How long an answer is shown on the first page."""


_ASKED: dict[str, tuple[Promise, Promise]] = {
    AskingKind.END: (
        gettext_lazy("¿Qué te pareció «%(course)s»? Es anónimo y toma dos minutos."),
        gettext_lazy("Dar mi opinión"),
    ),
    AskingKind.RECALL: (
        gettext_lazy("¿Cuánto recuerdas de «%(course)s»? Son cinco preguntas, sin nota."),
        gettext_lazy("Hacer el repaso"),
    ),
    AskingKind.LATER: (
        gettext_lazy("¿Te ha servido «%(course)s»? Es anónimo y toma dos minutos."),
        gettext_lazy("Contar qué cambió"),
    ),
}


@dataclass(frozen=True)
class AskedAfter:
    """Something voluntary after a course: what, and the link that leads there."""

    text: str
    action: str
    course: str
    url: str


@dataclass(frozen=True)
class Home:
    """``lines``: what is not simply met, most urgent first; ``met``: how many are.

    ``deltas``: what changed in courses that the person completed, and that it has not read.
    """

    lines: list[AskedLine]
    met: int
    answered: list[RecordQuestion]
    deltas: list[DueDelta]
    after: list[AskedAfter]

    @property
    def has_step(self) -> bool:
        """Whether the yellow button of the page is the first requirement's."""
        return bool(self.lines and self.lines[0].step)


def read_home(*, person_id: int, standings: Sequence[Standing], at: datetime) -> Home:
    """Eight queries, however much is asked. ``standings``: all of the person."""
    day = local_date(at)
    asked = list_asked_training(person_id=person_id, day=day)
    at_work = [s for s in standings if s.enrolment.context == LearningContext.EMPLOYEE]
    wanted = {course for one in asked for course in one.spec.courses}
    lines = asked_lines(
        asked=asked,
        completions=[s.completion for s in at_work if s.completion],
        standings=at_work,
        courses={pk: (code, title) for pk, code, title in _courses(wanted)},
        at=at,
    )
    return Home(
        lines=[line for line in lines if line.asked.standing != AskedStanding.DONE],
        met=sum(line.asked.standing == AskedStanding.DONE for line in lines),
        answered=list_answered_since(person_id=person_id, since=at - timedelta(days=DAYS_NEW)),
        deltas=list_due_deltas(person_id=person_id, day=day),
        after=[_after(asking) for asking in list_open_askings(person_id=person_id, day=day)],
    )


@dataclass(frozen=True)
class OpenLine:
    """A course under way, and why it is not complete."""

    standing: Standing
    told: Told


def open_lines(*, standings: Sequence[Standing], at: datetime) -> list[OpenLine]:
    """The courses without completion. No query."""
    return [OpenLine(s, tell_course(standing=s, at=at)) for s in standings if s.completion is None]


def _after(asking: Asking) -> AskedAfter:
    course = asking.enrolment.course
    text, action = _ASKED[asking.kind]
    url = answer_path(kind=asking.kind, public_id=asking.public_id, course_code=course.code)
    return AskedAfter(str(text) % {"course": course.title}, str(action), course.title, url)


def find_resume(*, open_standings: Sequence[Standing], home: Home | None) -> Standing | None:
    """Where the person left off, unless that is the first thing asked of it already. No query."""
    found = next((s for s in open_standings if s.next_unit), None)
    step = home.lines[0].step if home and home.lines else None
    return None if found and step and step.code == found.outline.code else found


def _courses(ids: set[int]) -> list[tuple[int, str, str]]:
    if not ids:
        return []
    rows = Course.objects.filter(pk__in=ids, releases__is_current=True)
    return list(rows.values_list("pk", "code", "title"))
