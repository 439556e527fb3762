"""An assessment is finished, for good; its institution may publish the profile, and take it back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from lms.diagnostics.models import Assessment
from lms.diagnostics.rules import Score, score
from lms.diagnostics.selectors.assessments import read_answers
from lms.diagnostics.services.drafts import lock_draft
from lms.diagnostics.services.peers import refresh_peers


class UnansweredError(ValueError):
    """Questions lack an answer; ``keys`` says which, in order."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        super().__init__(", ".join(self.keys))


@transaction.atomic
def finish_assessment(
    *, assessment_id: int, as_of: date, finished_by_id: int | None, minimum_peers: int, at: datetime
) -> Assessment:
    """Freezes answers and result, and sees whether the group of its kind is shown anew.

    Raises:
        AssessmentDiscardedError, AssessmentFinishedError: it was discarded or finished before.
        UnansweredError: see there.
    """
    assessment = lock_draft(assessment_id=assessment_id)
    values = read_answers(assessment=assessment)
    given = {key: value.given for key, value in values.items() if value.given is not None}
    missing = [key for key in assessment.release.questions if key not in given]
    if missing:
        raise UnansweredError(missing)
    assessment.state = Assessment.State.FINISHED
    assessment.as_of = as_of
    assessment.finished_at = at
    assessment.finished_by_id = finished_by_id
    assessment.result = to_result(score(dimensions=assessment.release.dimensions, given=given))
    assessment.save()
    _refresh(assessment, minimum_peers, at)
    return assessment


@transaction.atomic
def set_published(
    *, assessment_id: int, is_published: bool, by_id: int | None, minimum_peers: int, at: datetime
) -> bool:
    """Publishes the profile of a finished assessment or takes it back; whether it changed.

    Raises:
        Assessment.DoesNotExist: no such finished assessment.
    """
    rows = Assessment.objects.finished().select_for_update(of=("self",))
    assessment = rows.select_related("institution", "release").get(pk=assessment_id)
    if assessment.is_public == is_published:
        return False
    assessment.published_at = at if is_published else None
    assessment.published_by_id = by_id if is_published else None
    # What was public once is known for good, also after it was taken back.
    assessment.first_published_at = assessment.first_published_at or assessment.published_at
    assessment.save(update_fields=["published_at", "published_by", "first_published_at"])
    _refresh(assessment, minimum_peers, at)
    return True


def to_result(found: Score) -> dict[str, object]:
    """A score as it is frozen."""
    return {"overall": found.overall, "dimensions": {one.key: one.percent for one in found.dimensions}}


def _refresh(assessment: Assessment, minimum_peers: int, at: datetime) -> None:
    refresh_peers(
        release_id=assessment.release_id, kind=assessment.institution.kind, minimum=minimum_peers, at=at
    )
