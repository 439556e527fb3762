"""«Avisar de un error»: somebody reports what is wrong in a lesson, a trainer settles it."""

from datetime import datetime, timedelta

from django.db import transaction

from lms.feedback.models import LessonReport
from lms.people.models import Person
from lms.progress.models import Enrolment

State = LessonReport.State
MOST_A_DAY = 10
_A_DAY = timedelta(days=1)


class TooManyReportsError(Exception):
    """The person has reported ``MOST_A_DAY`` things within a day."""


class AlreadySettledError(Exception):
    """Somebody else settled it meanwhile."""


@transaction.atomic
def report_error(
    *, enrolment: Enrolment, unit_key: str, title: str, kind: str, text: str, wants_answer: bool, at: datetime
) -> tuple[LessonReport, bool]:
    """``(report, is_new)``; a form sent twice reports once. Locks the person.

    Raises:
        TooManyReportsError: see there.
    """
    Person.objects.select_for_update(no_key=True).get(pk=enrolment.person_id)
    mine = LessonReport.objects.filter(person_id=enrolment.person_id)
    same = mine.filter(course=enrolment.course_id, unit_key=unit_key, kind=kind, text=text, state=State.NEW)
    if found := same.first():
        return found, False
    if mine.filter(reported_at__gt=at - _A_DAY).count() >= MOST_A_DAY:
        raise TooManyReportsError
    report = LessonReport.objects.create(
        person_id=enrolment.person_id,
        course_id=enrolment.course_id,
        release_id=enrolment.release_id,
        unit_key=unit_key,
        title=title[:255],
        kind=LessonReport.Kind(kind),
        text=text,
        wants_answer=wants_answer,
        reported_at=at,
    )
    return report, True


@transaction.atomic
def settle_report(
    *, report_id: int, state: str, answer: str, settled_by_id: int | None, at: datetime
) -> LessonReport:
    """Say that it was solved, or why nothing is changed.

    Raises:
        AlreadySettledError: see there.
        ValueError: no state in which it is settled.
    """
    if state not in (State.SOLVED, State.DISMISSED):
        raise ValueError(state)
    report = LessonReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    if not report.is_new:
        raise AlreadySettledError
    report.state, report.answer = state, answer
    report.settled_at, report.settled_by_id = at, settled_by_id
    report.save(update_fields=["state", "answer", "settled_at", "settled_by"])
    return report
