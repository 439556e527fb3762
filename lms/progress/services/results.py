"""Writing results: units, practice answers, completions. All append, none edits."""

from datetime import date, datetime

from django.db import transaction

from courses.outline import CourseOutline
from lms.progress.models import CheckAnswer, Completion, Enrolment, UnitResult
from lms.progress.rules import decide_completion, expiry_date
from lms.progress.selectors.progress import has_passed_assessment


@transaction.atomic(savepoint=False)
def record_unit_result(
    *, enrolment: Enrolment, unit_key: str, at: datetime, assurance: str, source: str
) -> tuple[UnitResult, bool]:
    """``(result, is_new)``; a unit finished before keeps its first date."""
    return UnitResult.objects.get_or_create(
        enrolment=enrolment,
        unit_key=unit_key,
        defaults={"finished_at": at, "assurance": assurance, "source": source},
    )


@transaction.atomic(savepoint=False)
def record_check_answer(
    *, enrolment: Enrolment, check_key: str, option: int, is_right: bool, at: datetime
) -> CheckAnswer:
    """Keep the latest answer to a practice question and count the tries."""
    answer, is_new = CheckAnswer.objects.get_or_create(
        enrolment=enrolment,
        check_key=check_key,
        defaults={"option": option, "is_right": is_right, "answered_at": at},
    )
    if not is_new:
        answer.option, answer.is_right, answer.answered_at = option, is_right, at
        answer.tries += 1
        answer.save(update_fields=["option", "is_right", "answered_at", "tries"])
    return answer


@transaction.atomic(savepoint=False)
def complete_if_due(
    *, enrolment: Enrolment, outline: CourseOutline, at: datetime, day: date, assurance: str
) -> Completion | None:
    """The new completion when the rule of the release is now met; ``None`` otherwise.

    ``day`` is the local date of ``at``. One completion per enrolment, whatever happens.
    """
    if Completion.objects.filter(enrolment=enrolment).exists():
        return None
    finished = set(enrolment.unit_results.values_list("unit_key", flat=True))
    best = has_passed_assessment(enrolment=enrolment)
    decision = decide_completion(outline=outline, finished=finished, assessment_passed=best is not None)
    if not decision.is_complete:
        return None
    return Completion.objects.create(
        enrolment=enrolment,
        person_id=enrolment.person_id,
        course_id=enrolment.course_id,
        release_id=enrolment.release_id,
        context=enrolment.context,
        completed_at=at,
        completed_on=day,
        valid_until=expiry_date(completed_on=day, months=outline.certificate_months),
        percent=best,
        minutes=outline.minutes,
        assurance=assurance,
    )
