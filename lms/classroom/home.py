"""What «Mi aprendizaje» tells first: what is asked of me, and answers to what I asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Course
from courses.outline import CourseOutline
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
from lms.ui.spelling import spell_minutes

DAYS_NEW = 14
"""How long an answer is shown on the first page."""


_ASKED: dict[str, tuple[Promise, Promise]] = {
    AskingKind.END: (
        gettext_lazy("¿Qué te pareció? Es anónimo y toma dos minutos."),
        gettext_lazy("Dar mi opinión"),
    ),
    AskingKind.RECALL: (
        gettext_lazy("¿Cuánto recuerdas? Son cinco preguntas, sin nota."),
        gettext_lazy("Hacer el repaso"),
    ),
    AskingKind.LATER: (
        gettext_lazy("¿Te ha servido? Es anónimo y toma dos minutos."),
        gettext_lazy("Contar qué cambió"),
    ),
}


@dataclass(frozen=True)
class AfterAction:
    """Something voluntary after a course: what, and the link that leads there."""

    icon: str
    text: str
    action: str
    url: str


@dataclass(frozen=True)
class AfterCourse:
    """A completed course and what there is to do about it. ``language``: of its title."""

    title: str
    language: str
    actions: list[AfterAction]


@dataclass(frozen=True)
class Home:
    """``lines``: what is not simply met, most urgent first; ``met``: how many are.

    ``after``: completed courses that changed since, or of which something is asked, each once.
    """

    lines: list[AskedLine]
    met: int
    answered: list[RecordQuestion]
    after: list[AfterCourse]

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
        after=_after_courses(
            deltas=list_due_deltas(person_id=person_id, day=day),
            askings=list_open_askings(person_id=person_id, day=day),
            outlines={standing.enrolment.course_id: standing.outline for standing in reversed(standings)},
        ),
    )


@dataclass(frozen=True)
class OpenLine:
    """A course under way, and why it is not complete."""

    standing: Standing
    told: Told


def open_lines(*, standings: Sequence[Standing], at: datetime) -> list[OpenLine]:
    """The courses without completion. No query."""
    return [OpenLine(s, tell_course(standing=s, at=at)) for s in standings if s.completion is None]


def _after_courses(
    *, deltas: Sequence[DueDelta], askings: Sequence[Asking], outlines: Mapping[int, CourseOutline]
) -> list[AfterCourse]:
    """Of several changes the first: the page that it leads to goes on with the next."""
    actions: dict[int, list[AfterAction]] = {}
    for delta in deltas:
        actions.setdefault(delta.completion.course_id, [_changed(delta)])
    for asking in askings:
        actions.setdefault(asking.enrolment.course_id, []).append(_asked(asking))
    return [AfterCourse(outlines[pk].title, outlines[pk].language, own) for pk, own in actions.items()]


def _changed(delta: DueDelta) -> AfterAction:
    time = spell_minutes(minutes=delta.delta.minutes)
    text = _("Cambió algo desde que lo completaste: %(time)s de lectura.") % {"time": time}
    url = reverse("classroom:changes", args=[delta.completion.course.code])
    return AfterAction("refresh-cw", text, _("Ver qué cambió"), url)


def _asked(asking: Asking) -> AfterAction:
    text, action = _ASKED[asking.kind]
    code = asking.enrolment.course.code
    url = answer_path(kind=asking.kind, public_id=asking.public_id, course_code=code)
    return AfterAction("lightbulb", str(text), str(action), url)


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
