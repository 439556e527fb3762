"""Who is asked what after a course, and that it was answered."""

from datetime import date, datetime

from django.db import transaction

from courses.outline import CourseOutline
from lms.feedback.models import Asking, LessonReport
from lms.feedback.rules.askings import KEEP, plan_due_days
from lms.lib.clock import local_date
from lms.progress.models import Completion, Enrolment


class NotOpenError(Exception):
    """It was answered, its time is over, or the completion does not count any more."""


@transaction.atomic(savepoint=False)
def ask_after_completion(*, enrolment: Enrolment, outline: CourseOutline, told_on: date) -> None:
    """Put down all that the person is asked about the course, once. One query.

    ``told_on``: the day on which the person learned of the completion; a marker may have taken time.
    """
    days = plan_due_days(told_on=told_on, is_assessed=outline.is_assessed)
    Asking.objects.bulk_create(
        (Asking(enrolment=enrolment, kind=kind.value, due_on=day) for kind, day in days.items()),
        ignore_conflicts=True,
    )


@transaction.atomic(savepoint=False)
def take_asking(*, asking_id: int, at: datetime) -> Asking:
    """Mark it answered, inside the caller's transaction. Two queries.

    Raises:
        NotOpenError: see there. Of two forms sent at once one is counted.
    """
    asking = Asking.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=asking_id)
    counts = Completion.objects.filter(enrolment=asking.enrolment, counts=True)
    if not asking.is_open_on(local_date(at)) or not counts.exists():
        raise NotOpenError
    Asking.objects.filter(pk=asking.pk).update(is_answered=True)
    return asking


def forget_askings(*, at: datetime) -> int:
    """Delete what was asked half a year ago or earlier; how many."""
    deleted, _by_model = Asking.objects.filter(due_on__lt=local_date(at) - KEEP).delete()
    return deleted


@transaction.atomic
def erase_feedback(*, person_id: int) -> None:
    """Delete what the person reported and what it was asked. What it answered is nobody's any more."""
    Asking.objects.filter(enrolment__person_id=person_id).delete()
    LessonReport.objects.filter(person_id=person_id).delete()
