"""Answers to questions about records, of which people are told; the words themselves are never read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.progress.models import QuestionAnswer

ANSWER = "answer__question"
WORDS = ("answer__text", "answer__question__text", "answer__question__title", "answer__question__reply")
"""What a query of notices joined with ``ANSWER`` leaves where it is."""


@dataclass(frozen=True)
class UntoldAnswer:
    """An answer of which there is no notice yet, with the day of the question."""

    answer_id: int
    person_id: int
    institution_id: int
    asked_on: date


def list_untold_answers(*, since: datetime) -> list[UntoldAnswer]:
    """Answers given since, of which nobody was told. One query."""
    told = Notice.objects.filter(answer=OuterRef("pk"))
    rows = QuestionAnswer.objects.filter(~Exists(told), answered_at__gte=since).order_by("pk")
    found = rows.values_list("pk", "question__person_id", "question__institution_id", "question__asked_at")
    return [
        UntoldAnswer(answer_id, person_id, institution_id, local_date(asked_at))
        for answer_id, person_id, institution_id, asked_at in found
    ]
