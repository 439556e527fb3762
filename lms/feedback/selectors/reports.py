"""Reading reported errors."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from lms.feedback.models import LessonReport
from lms.lib.clock import local_date, start_of_day

State = LessonReport.State


@dataclass(frozen=True)
class NewReports:
    """A course and how many reports of it wait."""

    code: str
    title: str
    count: int


def list_own_reports(*, person_id: int) -> QuerySet[LessonReport]:
    """The person's, the latest first, with their courses. One query when read."""
    return LessonReport.objects.filter(person_id=person_id).select_related("course")


def list_reports(*, course_code: str, state: str) -> QuerySet[LessonReport]:
    """Of a course in one state, without persons: what waits longest, or was settled last, comes first."""
    rows = LessonReport.objects.filter(course__code=course_code, state=state).defer("person")
    order = ("reported_at", "pk") if state == State.NEW else ("-settled_at", "-pk")
    return rows.order_by(*order)


def count_by_state(*, course_code: str) -> Mapping[str, int]:
    """One query."""
    rows = LessonReport.objects.filter(course__code=course_code).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def find_report(*, course_code: str, public_id: UUID) -> LessonReport | None:
    """One query."""
    rows = LessonReport.objects.select_related("course", "release")
    return rows.filter(course__code=course_code, public_id=public_id).first()


def count_waiting_reports() -> Mapping[str, int]:
    """What waits, by code of the course. One query."""
    rows = LessonReport.objects.filter(state=State.NEW).order_by().values_list("course__code")
    return dict(rows.annotate(n=Count("pk")))


def list_report_days(*, since: date, until: date) -> list[tuple[date, str]]:
    """Days from ``since`` to before ``until`` and courses of which a report still waits. One query."""
    rows = LessonReport.objects.filter(
        state=State.NEW, reported_at__gte=start_of_day(since), reported_at__lt=start_of_day(until)
    )
    found = rows.order_by().values_list("reported_at", "course__code")
    return sorted({(local_date(at), code) for at, code in found})


def count_new_reports(*, days: Collection[date]) -> list[NewReports]:
    """What waits of these days, by course. One query."""
    if not days:
        return []
    rows = LessonReport.objects.filter(
        state=State.NEW,
        reported_at__gte=start_of_day(min(days)),
        reported_at__lt=start_of_day(max(days) + timedelta(days=1)),
    )
    found = rows.order_by("course__title").values_list("course__code", "course__title")
    return [NewReports(code, title, count) for code, title, count in found.annotate(n=Count("pk"))]


def list_newly_settled(*, since: datetime) -> QuerySet[LessonReport]:
    """Settled since, by people who want to know. One query when read."""
    return LessonReport.objects.filter(
        wants_answer=True,
        settled_at__gte=since,
        person__erased_at__isnull=True,
        person__merged_into__isnull=True,
    )
