"""The courses that a trainer teaches, with what waits in each."""

from dataclasses import dataclass

from django.db.models import Count

from courses.models import CoursePage
from courses.selectors import list_undecided
from lms.feedback.selectors.reports import count_waiting_reports
from lms.people.policy import Action, Viewer, course_codes_for
from lms.progress.models import AssessmentAttempt
from lms.progress.selectors.irregular import count_to_review
from lms.progress.selectors.marking import count_waiting


@dataclass(frozen=True)
class TaughtCourse:
    """``to_mark``: open answers; ``to_review``: late answers and unusual attempts; ``reports``: of errors.

    ``is_undecided``: a new version waits for a decision about those who are in the course.
    """

    page: CoursePage
    attempts: int
    to_mark: int
    to_review: int
    reports: int
    is_undecided: bool


def list_taught(*, viewer: Viewer) -> list[TaughtCourse]:
    """By title, drafts too. Seven queries."""
    codes = course_codes_for(viewer=viewer, action=Action.AUTHOR_COURSES)
    pages = CoursePage.objects.of_source().order_by("title")
    handed_in = AssessmentAttempt.objects.exclude(state=AssessmentAttempt.State.OPEN)
    if codes is not None:
        pages = pages.filter(code__in=codes)
        handed_in = handed_in.filter(enrolment__course__code__in=codes)
    counts = dict(handed_in.values_list("enrolment__course__code").annotate(n=Count("pk")).order_by())
    waiting = count_waiting(course_codes=codes)
    review = count_to_review(course_codes=codes, person_id=viewer.person_id)
    reports = count_waiting_reports()
    undecided = list_undecided()
    return [
        TaughtCourse(
            page,
            counts.get(page.code, 0),
            waiting.get(page.code, 0),
            review.get(page.code, 0),
            reports.get(page.code, 0),
            page.code in undecided,
        )
        for page in pages
    ]
