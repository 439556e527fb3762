"""«Lo que se me exige»: what is asked of me, by when, and the one step that comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.lib.clock import local_date
from lms.progress.models import Completion
from lms.progress.rules.dates import FOREVER
from lms.progress.rules.timeline import NOT_ASKED, Standing
from lms.progress.rules.validity import Done
from lms.progress.selectors.next_course import next_course
from lms.progress.selectors.progress import Standing as CourseStanding
from lms.progress.selectors.record import AskedTraining
from lms.progress.standing_tags import notice_of
from lms.progress.why_words import Told, tell_asked, tell_course
from lms.ui.components import Notice

_ORDER = (
    Standing.LATE,
    Standing.IN_PROGRESS,
    Standing.NOT_STARTED,
    Standing.EXPIRING,
    Standing.ON_LEAVE,
    Standing.EXEMPT,
    Standing.DONE,
)


@dataclass(frozen=True)
class Step:
    """What to do next. ``is_post``: it takes up the course (anew), else it is a link."""

    text: str
    icon: str
    url: str
    code: str
    course: str
    is_post: bool


@dataclass(frozen=True)
class AskedLine:
    """One requirement. ``told``: by when, or why it is not asked; ``course_told``: of the course begun."""

    asked: AskedTraining
    notice: Notice
    told: Told
    course_told: Told | None
    step: Step | None

    @property
    def is_late(self) -> bool:
        return self.asked.standing == Standing.LATE


def asked_lines(
    *,
    asked: Sequence[AskedTraining],
    completions: Sequence[Completion],
    standings: Sequence[CourseStanding],
    courses: Mapping[int, tuple[str, str]],
    at: datetime,
) -> list[AskedLine]:
    """The requirements of today, most urgent first. No query.

    ``completions`` and ``standings``: of the person, at work. ``courses``: code and title by id.
    """
    day = local_date(at)
    dones = [Done(c.course_id, c.completed_on, c.valid_until or FOREVER) for c in completions if c.counts]
    begun = {s.enrolment.course_id: s for s in standings if s.completion is None}
    taken = {s.enrolment.course_id for s in standings}
    lines = []
    for one in asked:
        if one.standing is None:
            continue
        course_id = None
        if one.standing not in NOT_ASKED and one.standing != Standing.DONE:
            course_id = next_course(spec=one.spec, completions=dones, begun=begun.keys(), day=day)
        step = _step(course_id, courses, course_id in begun, course_id in taken) if course_id else None
        open_course = begun.get(course_id) if course_id else None
        lines.append(
            AskedLine(
                asked=one,
                notice=notice_of(standing=one.standing),
                told=tell_asked(asked=one, day=day),
                course_told=tell_course(standing=open_course, at=at) if open_course else None,
                step=step,
            )
        )
    return sorted(lines, key=_urgency)


def _urgency(line: AskedLine) -> tuple[int, date]:
    today, standing = line.asked.today, line.asked.standing
    assert today is not None and standing is not None
    return _ORDER.index(standing), today.due_on or today.valid_until or date.max


def _step(course_id: int, courses: Mapping[int, tuple[str, str]], begun: bool, taken: bool) -> Step | None:
    if course_id not in courses:
        return None
    code, title = courses[course_id]
    if begun:
        url = reverse("classroom:continue", args=[code])
        return Step(_("Continuar"), "arrow-right", url, code, title, is_post=False)
    url = reverse("classroom:take_up", args=[code])
    if taken:
        return Step(_("Renovar"), "refresh-cw", url, code, title, is_post=True)
    return Step(_("Empezar"), "play", url, code, title, is_post=True)
