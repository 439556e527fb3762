"""What notices about feedback say on the day of sending, and whether they are still true."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from courses.models import ReleaseChange
from lms.feedback.links import answer_path
from lms.feedback.models import Asking, LessonReport
from lms.feedback.selectors.readers import read_readers
from lms.feedback.selectors.reports import NewReports, count_new_reports
from lms.notices.models import Notice
from lms.notices.rules.kinds import Kind, Reason
from lms.people.models import Person

JOINS = (
    "asking__enrolment__course", "asking__enrolment__completion", "report__course", "change__release__course",
)  # fmt: skip
"""What a query of notices is joined with to be read by this module."""
UNREAD = ("change__release__outline_data", "change__blocks", "change__summary")
"""What such a query leaves where it is."""

REPORTS_PATH = "/aula/mis-avisos-de-error/"


@dataclass(frozen=True)
class FollowUp:
    """One thing after a course. ``title``: of course or lesson; ``path``: where it is answered or read.

    ``minutes`` 0: its words say how long it takes, or it takes none.
    """

    kind: Kind
    title: str
    path: str
    minutes: int = 0


Reports = dict[int, tuple[NewReports, ...]]
"""What waits, by person who reads it."""


def read_reports(*, notices: Sequence[Notice], at: datetime) -> Reports:
    """Of the days of these notices. Three queries where there are any about reported errors."""
    days = {notice.key for notice in notices if notice.kind == Kind.REPORTS}
    waiting = count_new_reports(days=days)
    readers = read_readers(course_codes={one.code for one in waiting}, at=at)
    found: dict[int, list[NewReports]] = {}
    for one in waiting:
        for person_id in readers[one.code]:
            found.setdefault(person_id, []).append(one)
    return {person_id: tuple(mine) for person_id, mine in found.items()}


def find_feedback_obstacle(*, notice: Notice, person: Person, reports: Reports, day: date) -> Reason:
    """Why not to tell it any more; ``Reason.NONE`` when it holds."""
    if notice.kind == Kind.REPORTS:
        return Reason.NONE if reports.get(person.pk) else Reason.NOTHING
    if notice.asking:
        return _of_asking(notice.asking, person, day)
    if notice.report and notice.report.person_id == person.pk:
        return Reason.NONE
    return Reason.NOTHING


def find_follow_up(*, notices: Collection[Notice]) -> FollowUp | None:
    """What the only notice of such an e-mail is about. No query."""
    for notice in notices:
        if notice.asking:
            return _follow_asking(notice.asking)
        if notice.report:
            return _follow_report(notice.report)
        if notice.change:
            return _follow_change(notice.change)
    return None


def _of_asking(asking: Asking, person: Person, day: date) -> Reason:
    completion = getattr(asking.enrolment, "completion", None)
    if asking.enrolment.person_id != person.pk or completion is None or not completion.counts:
        return Reason.NOTHING
    if asking.is_answered:
        return Reason.COMPLETED
    return Reason.NONE if asking.is_open_on(day) else Reason.PAST


def _follow_asking(asking: Asking) -> FollowUp:
    course = asking.enrolment.course
    path = answer_path(kind=asking.kind, public_id=asking.public_id, course_code=course.code)
    return FollowUp(Kind(asking.kind), " ".join(course.title.split()), path)


def _follow_report(report: LessonReport) -> FollowUp:
    return FollowUp(Kind.SETTLED, " ".join(report.title.split()), REPORTS_PATH)


def _follow_change(change: ReleaseChange) -> FollowUp:
    course = change.release.course
    path = reverse("classroom:changes", args=[course.code])
    return FollowUp(Kind.CHANGED, " ".join(course.title.split()), path, change.minutes)
