"""Whether somebody who began to work there today would be asked for the course."""

from datetime import date

from lms.classroom.preview.learner import PreviewLearner
from lms.progress.models import TrainingRequirement
from lms.progress.rules.requirements import Job, version_on
from lms.progress.selectors.requirements import Asked, list_asked_in


def list_requirements(*, course_id: int, learner: PreviewLearner, day: date) -> list[str]:
    """Titles of the requirements in force that ask the course of the learner, whatever unit they work in.

    At most six queries.
    """
    if learner.institution is None:
        return []
    job = Job(0, learner.institution.pk, 0, learner.estamento, "", first=day)
    asked = list_asked_in(institution_ids=frozenset({learner.institution.pk}))
    ids = [one.requirement_id for one in asked if _asks(one, course_id, job, day)]
    found = TrainingRequirement.objects.filter(pk__in=ids).order_by("title")
    return list(found.exclude(status=TrainingRequirement.Status.WITHDRAWN).values_list("title", flat=True))


def _asks(asked: Asked, course_id: int, job: Job, day: date) -> bool:
    version = version_on(versions=asked.versions, day=day)
    return course_id in version.spec.counting and version.reaches(person_id=0, job=job, joined_on=day)
