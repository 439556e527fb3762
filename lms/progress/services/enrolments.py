"""Enrolling."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from courses.models import CourseRelease
from lms.people.models import Person, Posting
from lms.progress.models import Enrolment, LearningContext


class NoPostingError(Exception):
    """One enrols as an employee only while one has a job in an institution."""


@transaction.atomic(savepoint=False)
def open_enrolment(
    *,
    person: Person,
    release: CourseRelease,
    context: str,
    posting: Posting | None,
    at: datetime,
    renews: bool = False,
) -> tuple[Enrolment, bool]:
    """``(enrolment, is_new)``. Enrolling twice in the same context returns the first.

    ``renews``: the last one is completed and has to be done again; then a new cycle begins. The
    enrolment of a course that HR attested is not one to learn in.

    Raises:
        NoPostingError: an employee without posting.
    """
    if context == LearningContext.EMPLOYEE and posting is None:
        raise NoPostingError
    mine = {"person": person, "course_id": release.course_id, "context": LearningContext(context)}
    present = None if renews else Enrolment.objects.filter(**mine).learned_here().order_by("-cycle").first()
    if present:
        return present, False
    cycle = Enrolment.objects.filter(**mine).aggregate(last=Max("cycle"))["last"] or 0
    return Enrolment.objects.get_or_create(
        **mine,
        cycle=cycle + 1,
        defaults={
            "release": release,
            "posting": posting if context == LearningContext.EMPLOYEE else None,
            "started_at": at,
        },
    )


def lock_enrolment(*, enrolment_id: int) -> Enrolment:
    """The enrolment, locked until the transaction ends: two results of one person never cross."""
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("release__course", "person", "posting")
        .get(pk=enrolment_id)
    )
