"""What changed in courses that somebody completed, and who is in the middle of one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from courses.deltas import Delta, list_deltas
from courses.models import CourseRelease, ReleaseChange
from lms.progress.models import Completion, DeltaReading, Enrolment

IS_DELTA = Q(mode=ReleaseChange.Mode.DELTA)


@dataclass(frozen=True)
class DueDelta:
    """Something to read for who completed ``completion`` under an earlier release: ``delta``."""

    completion: Completion
    change: ReleaseChange
    delta: Delta


def list_due_deltas(*, person_id: int, day: date) -> list[DueDelta]:
    """Of the person's completions in force, the newest of each course: the oldest change first. Two queries.

    A third, where they completed a release later than the one with which a change was compared.
    """
    completions = {
        completion.course_id: completion
        for completion in Completion.objects.valid_on(day)
        .filter(person_id=person_id)
        .select_related("course", "release")
        .order_by("completed_at", "pk")
    }
    if not completions:
        return []
    changes = ReleaseChange.objects.filter(IS_DELTA, release__course_id__in=completions).exclude(
        Exists(DeltaReading.objects.filter(release=OuterRef("release"), completion__person_id=person_id))
    )
    due = [
        (completion, change)
        for change in changes.select_related("release").order_by("release__course_id", "release__number")
        if (completion := completions[change.release.course_id]).release.number < change.release.number
    ]
    deltas = list_deltas(pairs=[(change, completion.release) for completion, change in due])
    return [DueDelta(*pair, delta) for pair, delta in zip(due, deltas, strict=True) if delta]


def list_lately_decided(*, since: datetime) -> list[ReleaseChange]:
    """Changes that who completed is asked to read, decided since. One query."""
    rows = ReleaseChange.objects.filter(IS_DELTA, decided_at__gte=since).select_related("release")
    return list(rows.defer("release__outline_data").order_by("pk"))


def list_waiting_for(*, change: ReleaseChange, day: date) -> QuerySet[Completion]:
    """Completions of present people to whom :func:`list_due_deltas` shows the change. One query when read.

    Two before it, where releases lie between the one that the change was compared with and its own.
    """
    release = change.release
    in_force = Completion.objects.valid_on(day).filter(course_id=release.course_id)
    latest = in_force.filter(person=OuterRef("person")).order_by("-completed_at", "-pk").values("pk")[:1]
    read = DeltaReading.objects.filter(release=release, completion__person=OuterRef("person"))
    return in_force.filter(
        ~Exists(read),
        pk=Subquery(latest),
        release__number__lt=release.number,
        person__erased_at__isnull=True,
        person__merged_into__isnull=True,
    ).exclude(release__in=_without_news(change))


def _without_news(change: ReleaseChange) -> list[CourseRelease]:
    """Releases after which nothing of the change is new."""
    if change.since + 1 >= change.release.number:
        return []
    between = CourseRelease.objects.filter(
        course_id=change.release.course_id,
        number__gt=change.since,
        number__lt=change.release.number,
    ).defer("outline_data")
    pairs = [(change, release) for release in between]
    return [release for (_, release), delta in zip(pairs, list_deltas(pairs=pairs), strict=True) if not delta]


@dataclass(frozen=True)
class Impact:
    """People in a course. ``begun``: in the middle; ``completed``: with a completion in force.

    ``begun_by_release``: ``(number, people)``.
    """

    begun: int
    completed: int
    begun_by_release: list[tuple[int, int]]


def measure_impact(*, course_code: str, day: date) -> Impact:
    """Two queries."""
    begun = Enrolment.objects.filter(course__code=course_code, completion=None)
    rows = list(
        begun.values_list("release__number")
        .annotate(n=Count("person_id", distinct=True))
        .order_by("release__number")
    )
    completed = Completion.objects.valid_on(day).filter(course__code=course_code)
    return Impact(
        begun=sum(count for _number, count in rows),
        completed=completed.values("person_id").distinct().count(),
        begun_by_release=rows,
    )


def list_decided(*, course_code: str) -> QuerySet[ReleaseChange]:
    """What was decided about its releases, newest first, with ``read``: who read what changed. One query."""
    readings = Count("release__delta_readings", distinct=True)
    return (
        ReleaseChange.objects.filter(release__course__code=course_code)
        .select_related("release", "decided_by")
        .annotate(read=readings, number=F("release__number"))
        .order_by("-release__number")
    )
