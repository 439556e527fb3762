"""Answering the five questions: counted for all together, kept of nobody, told to no record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import F

from lms.feedback.models import AnswerTally, RecallTally
from lms.feedback.rules.askings import AskingKind
from lms.feedback.rules.recall import PointsBefore, RecalledPoints
from lms.feedback.services.asking import take_asking
from lms.feedback.services.tallies import close_tally, open_tally
from lms.lib.clock import local_date

Subject = RecallTally.Subject
_STEP = Decimal("0.0001")


@transaction.atomic
def answer_recall(
    *, asking_id: int, recalled: Sequence[RecalledPoints], before: Mapping[str, PointsBefore], at: datetime
) -> None:
    """``before``: by competence, of the attempt that passed.

    Raises:
        lms.feedback.services.asking.NotOpenError: see there; nothing was counted.
    """
    asking = take_asking(asking_id=asking_id, at=at)
    count_recall(release_id=asking.enrolment.release_id, recalled=recalled, before=before, day=local_date(at))


@transaction.atomic
def count_recall(
    *, release_id: int, recalled: Sequence[RecalledPoints], before: Mapping[str, PointsBefore], day: date
) -> None:
    """Add one anonymous recall. Only competences that it asked about are compared with before."""
    tally = open_tally(release_id=release_id, kind=AskingKind.RECALL)
    for one in recalled:
        points = _to_decimal(one.points)
        _add(tally, Subject.QUESTION, one.question_key, points, 1)
        _add(tally, Subject.AFTER, one.competence, points, 1)
    for competence in sorted({one.competence for one in recalled} & before.keys()):
        was = before[competence]
        _add(tally, Subject.BEFORE, competence, was.points, was.places)
    close_tally(tally=tally, day=day)


def _add(tally: AnswerTally, subject: str, key: str, points: Decimal, places: int) -> None:
    row, _is_new = RecallTally.objects.get_or_create(tally=tally, subject=subject, key=key)
    RecallTally.objects.filter(pk=row.pk).update(
        points_waiting=F("points_waiting") + points, places_waiting=F("places_waiting") + places
    )


def _to_decimal(points: Fraction) -> Decimal:
    return (Decimal(points.numerator) / points.denominator).quantize(_STEP, ROUND_DOWN)
