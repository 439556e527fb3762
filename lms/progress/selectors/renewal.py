"""Whether a completed course may be taken again."""

from datetime import date, timedelta

from lms.progress.models import AssignedTraining, Assurance, Enrolment, LearningContext, RequirementVersion
from lms.progress.rules.requirements import spec_from_stored
from lms.progress.rules.timeline import Standing

WINDOW_DAYS = 30
"""How long before its end a certificate may be renewed where no requirement says otherwise."""


def may_take_again(*, person_id: int, course_id: int, context: str, day: date) -> bool:
    """True when the latest enrolment is completed and its completion is over, or nearly.

    Over: it no longer counts, it has expired or will within thirty days, or a requirement asks for
    the course again. What HR attested keeps nobody from taking the course here. At most three queries.
    """
    latest = (
        Enrolment.objects.filter(person_id=person_id, course_id=course_id, context=context)
        .select_related("completion")
        .learned_here_first()
        .first()
    )
    completion = getattr(latest, "completion", None)
    if completion is None:
        return False
    if completion.assurance == Assurance.D:
        return True
    if not completion.counts:
        return True
    if completion.valid_until and day > completion.valid_until - timedelta(days=WINDOW_DAYS):
        return True
    return context == LearningContext.EMPLOYEE and _is_asked_again(person_id, course_id, day)


def _is_asked_again(person_id: int, course_id: int, day: date) -> bool:
    asked = (
        AssignedTraining.objects.on(day)
        .filter(person_id=person_id)
        .exclude(standing__in=(Standing.DONE, Standing.EXEMPT))
    )
    specs = RequirementVersion.objects.filter(requirement__in=asked.values("requirement")).values_list(
        "spec", flat=True
    )
    return any(course_id in spec_from_stored(spec).counting for spec in specs)
