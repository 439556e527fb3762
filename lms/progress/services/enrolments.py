"""Enrolling."""

from datetime import datetime

from django.db import transaction

from courses.models import CourseRelease
from lms.people.models import Person, Posting
from lms.progress.models import Enrolment, LearningContext


class NoPostingError(Exception):
    """One enrols as an employee only while one has a job in an institution."""


@transaction.atomic(savepoint=False)
def open_enrolment(
    *, person: Person, release: CourseRelease, context: str, posting: Posting | None, at: datetime
) -> tuple[Enrolment, bool]:
    """``(enrolment, is_new)``. Enrolling twice in the same context returns the first.

    Raises:
        NoPostingError: an employee without posting.
    """
    if context == LearningContext.EMPLOYEE and posting is None:
        raise NoPostingError
    return Enrolment.objects.get_or_create(
        person=person,
        course_id=release.course_id,
        context=LearningContext(context),
        cycle=1,
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
