"""Writing regrades: that a key was wrong, and what mending it changed."""

from datetime import datetime
from fractions import Fraction

from django.db import transaction

from courses.models import CourseRelease
from lms.progress.models import Regrade, RegradeLine
from lms.progress.services.attempts import Change, to_decimal

LONGEST_REASON = 500


@transaction.atomic
def begin_regrade(
    *,
    release: CourseRelease,
    unit_key: str,
    question_key: str,
    method: str,
    reason: str,
    user_id: int | None,
    at: datetime,
) -> Regrade:
    """The regrade to be worked on; the same again for the same release and method is the one there is."""
    regrade, _is_new = Regrade.objects.get_or_create(
        course_id=release.course_id,
        release=release,
        unit_key=unit_key,
        question_key=question_key,
        method=Regrade.Method(method),
        defaults={"reason": reason[:LONGEST_REASON], "made_by_id": user_id, "made_at": at},
    )
    return regrade


def note_place(*, regrade: Regrade, cursor: int, finished_at: datetime | None = None) -> None:
    """How far it got, in the caller's transaction."""
    regrade.cursor, regrade.finished_at = cursor, finished_at
    regrade.save(update_fields=["cursor", "finished_at"])


def note_line(*, regrade: Regrade, change: Change) -> None:
    """What it changed in one attempt, in the caller's transaction."""
    key = regrade.question_key
    RegradeLine.objects.get_or_create(
        regrade=regrade,
        attempt=change.attempt,
        defaults={
            "score_before": to_decimal(change.before.scores[key] or Fraction(0), places=8),
            "score_after": to_decimal(change.after.scores[key] or Fraction(0), places=8),
            "points_before": to_decimal(change.before.points, places=4),
            "points_after": to_decimal(change.after.points, places=4),
            "passed_before": change.before.passed,
            "passed_after": change.after.passed or change.before.passed,
            "is_applied": change.is_applied,
        },
    )
