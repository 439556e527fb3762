"""What people did in a year: courses from the record of progress, workshops from attendance sheets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from courses.models import CourseRelease
from courses.outline import CourseOutline
from lms.lib.clock import local_date
from lms.progress.models import (
    AssignedTraining,
    Assurance,
    Enrolment,
    LearningContext,
    RequirementVersion,
    TrainingRequirement,
    UnitResult,
)
from lms.progress.rules.hours import (
    TimedUnit,
    WorkingHours,
    decide_article_28,
    minutes_outside_between,
    rest_minutes,
    was_assessed,
)
from lms.progress.rules.hours import minutes_outside as minutes_outside_of
from lms.progress.rules.timeline import NOT_ASKED, Segment
from lms.progress.selectors.drawing import segment_of
from lms.reports.hours.hours_book import Activity
from lms.reports.hours.hours_seats import HoursSeat, Seats, Year
from lms.reports.people.selectors_people import is_within
from lms.workshops.models import Attendance, Modality

ATTENDED = "sheet"
"""The source of a workshop: who led it marked who came."""
WORKSHOP_HOUR_MINUTES = 45
"""A workshop declares no pedagogical hour of its own: that of our courses (see ``courses.outline``)."""

Asked = dict[tuple[int, int], list[Segment]]
"""Segments by person and course."""


@dataclass
class _Course:
    """One enrolment, with what was finished in the year."""

    enrolment: Enrolment
    units: list[tuple[str, datetime]] = field(default_factory=list)


def read_hours(*, frame: Year, seats: Seats, working: WorkingHours) -> dict[int, list[Activity]]:
    """Activities by person. Six queries, whatever the people."""
    found: dict[int, list[Activity]] = defaultdict(list)
    courses = _read_courses(frame, seats)
    asked = _read_asked(frame)
    for course in courses:
        seat = seats[course.enrolment.person_id]
        activity = _course_activity(course, seat, frame, working, asked)
        if activity:
            found[seat.person_id].append(activity)
    for attendance in _read_attendances(frame):
        attendee = seats.get(attendance.person_id)
        if attendee and is_within(day=local_date(attendance.session.starts_at), spans=attendee.spans):
            found[attendee.person_id].append(_workshop_activity(attendance, attendee, working))
    return found


# --- Courses ------------------------------------------------------------------------------------------
def _read_courses(frame: Year, seats: Seats) -> list[_Course]:
    """Enrolments in which something happened in the year. Three queries."""
    start, end = frame.instants
    people = frame.postings().values("person_id")
    at_work = Enrolment.objects.filter(context=LearningContext.EMPLOYEE, person_id__in=people)
    results = UnitResult.objects.filter(
        enrolment__in=at_work.values("pk"), finished_at__gte=start, finished_at__lt=end
    )
    rows: QuerySet[Enrolment] = at_work.filter(
        Q(pk__in=results.values("enrolment_id"))
        | Q(completion__completed_on__range=(frame.first_day, frame.last_day))
    ).select_related("completion")
    courses = {
        row.pk: _Course(row)
        for row in rows
        if row.person_id in seats
        and is_within(day=local_date(row.started_at), spans=seats[row.person_id].spans)
    }
    _attach_releases(courses.values())
    for enrolment_id, key, at in results.values_list("enrolment_id", "unit_key", "finished_at"):
        if enrolment_id in courses:
            courses[enrolment_id].units.append((key, at))
    return list(courses.values())


def _attach_releases(courses: Iterable[_Course]) -> None:
    """One release object for all who took it, so that its outline is read once."""
    rows = [course.enrolment for course in courses]
    releases = CourseRelease.objects.in_bulk({row.release_id for row in rows})
    for row in rows:
        row.release = releases[row.release_id]


def _course_activity(
    course: _Course, seat: HoursSeat, frame: Year, working: WorkingHours, asked: Asked
) -> Activity | None:
    enrolment, outline = course.enrolment, course.enrolment.release.outline
    done = _completion_in(enrolment, seat, frame)
    timed = [
        (at, _minutes_of(outline, key))
        for key, at in course.units
        if is_within(day=local_date(at), spans=seat.spans)
    ]
    if done is None and not timed:
        return None
    is_assessed = was_assessed(
        is_attested=bool(done and done.assurance == Assurance.D),
        has_result=bool(done and done.percent is not None),
        course_assesses=outline.is_assessed,
    )
    minutes = done.minutes if done else 0
    outside, rest = _outside(timed, seat, working, asked.get((seat.person_id, enrolment.course_id), []))
    return Activity(
        title=outline.title,
        is_workshop=False,
        is_online=True,
        first_day=local_date(enrolment.started_at),
        last_day=done.completed_on if done else None,
        minutes=minutes,
        hour_minutes=outline.pedagogical_hour_minutes,
        is_assessed=is_assessed,
        percent=done.percent if done else None,
        article_28=decide_article_28(
            minutes=minutes,
            hour_minutes=outline.pedagogical_hour_minutes,
            is_assessed=is_assessed,
            is_passed=done is not None,
        ),
        outside=outside,
        rest=rest,
        source=str(Assurance(done.assurance).label) if done else str(Assurance.A.label),
    )


def _completion_in(enrolment: Enrolment, seat: HoursSeat, frame: Year) -> Any:
    """The completion, where it counts and was reached in the year and within the postings."""
    done = getattr(enrolment, "completion", None)
    if done is None or not done.counts or not frame.first_day <= done.completed_on <= frame.last_day:
        return None
    return done if is_within(day=done.completed_on, spans=seat.spans) else None


def _minutes_of(outline: CourseOutline, key: str) -> int:
    return next((unit.minutes for unit in outline.units if unit.key == key), 0)


def _outside(
    timed: list[tuple[datetime, int]], seat: HoursSeat, working: WorkingHours, segments: list[Segment]
) -> tuple[int, int]:
    """Minutes outside the working day, and those that give rest, each by the clock of its day."""
    outside = rest = 0
    for at, minutes in timed:
        zone = seat.zone_on(local_date(at))
        units = [TimedUnit(at, minutes)]
        outside += minutes_outside_of(units=units, zone=zone, hours=working)
        rest += rest_minutes(units=units, segments=segments, zone=zone, hours=working)
    return outside, rest


def _read_asked(frame: Year) -> Asked:
    """What was asked of whom in the year, by course. Two queries."""
    about = TrainingRequirement.objects.in_force().about(institution_ids=frozenset({frame.institution_id}))
    courses: dict[int, set[int]] = defaultdict(set)
    for version in RequirementVersion.objects.filter(requirement__in=about.values("pk")):
        courses[version.requirement_id] |= version.read_spec().counting
    rows = AssignedTraining.objects.filter(
        institution_id=frame.institution_id,
        first_day__lte=frame.last_day,
        last_day__gte=frame.first_day,
        requirement_id__in=list(courses),
        person_id__in=_who_learned(frame),
    ).exclude(standing__in=NOT_ASKED)
    asked: Asked = defaultdict(list)
    for row in rows:
        for course_id in courses[row.requirement_id]:
            asked[row.person_id, course_id].append(segment_of(row))
    return asked


def _who_learned(frame: Year) -> QuerySet[Any]:
    """Ids of those who finished a unit in the year: of the others nothing has to be known."""
    start, end = frame.instants
    people = frame.postings().values("person_id")
    rows = UnitResult.objects.filter(
        enrolment__person_id__in=people,
        enrolment__context=LearningContext.EMPLOYEE,
        finished_at__gte=start,
        finished_at__lt=end,
    )
    return rows.values("enrolment__person_id")


# --- Workshops ----------------------------------------------------------------------------------------
def _read_attendances(frame: Year) -> list[Attendance]:
    """Attendances in force of the year. One query."""
    start, end = frame.instants
    rows = Attendance.objects.filter(
        voided_at__isnull=True,
        context=LearningContext.EMPLOYEE,
        person_id__in=frame.postings().values("person_id"),
        session__starts_at__gte=start,
        session__starts_at__lt=end,
    )
    return list(rows.select_related("session").order_by("session__starts_at", "pk"))


def _workshop_activity(attendance: Attendance, seat: HoursSeat, working: WorkingHours) -> Activity:
    """Attendance is never assessed, and no requirement asks for a workshop: no rest follows from it."""
    session = attendance.session
    day: date = local_date(session.starts_at)
    return Activity(
        title=session.title,
        is_workshop=True,
        is_online=session.modality == Modality.ONLINE,
        first_day=day,
        last_day=local_date(session.ends_at),
        minutes=attendance.minutes,
        hour_minutes=WORKSHOP_HOUR_MINUTES,
        is_assessed=False,
        percent=None,
        article_28=decide_article_28(
            minutes=attendance.minutes,
            hour_minutes=WORKSHOP_HOUR_MINUTES,
            is_assessed=False,
            is_passed=True,
        ),
        outside=min(
            minutes_outside_between(
                start=session.starts_at, end=session.ends_at, zone=seat.zone_on(day), hours=working
            ),
            attendance.minutes,
        ),
        rest=0,
        source=ATTENDED,
    )
