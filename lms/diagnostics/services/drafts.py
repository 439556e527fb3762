"""A draft, for whoever changes it now."""

from lms.diagnostics.models import Assessment


class AssessmentFinishedError(ValueError):
    """A finished assessment is not changed; a correction is a new one."""


class AssessmentDiscardedError(LookupError):
    """The draft was discarded."""


def lock_draft(*, assessment_id: int) -> Assessment:
    """The draft, for this transaction alone.

    Raises:
        AssessmentDiscardedError, AssessmentFinishedError: see there.
    """
    rows = Assessment.objects.select_for_update(of=("self",))
    found = rows.select_related("release", "institution", "questionnaire")
    assessment = found.filter(pk=assessment_id).first()
    if assessment is None:
        raise AssessmentDiscardedError(assessment_id)
    if not assessment.is_draft:
        raise AssessmentFinishedError(assessment_id)
    return assessment
