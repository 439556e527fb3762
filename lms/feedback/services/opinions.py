"""Answering a questionnaire: that somebody did stays with the person, what was answered with nobody."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from lms.feedback.models import OpinionTally, OpinionText
from lms.feedback.rules.askings import AskingKind
from lms.feedback.services.asking import take_asking
from lms.feedback.services.tallies import close_tally, open_tally
from lms.lib.clock import local_date


@transaction.atomic
def answer_questionnaire(
    *, asking_id: int, values: Mapping[str, int], texts: Mapping[str, str], at: datetime
) -> None:
    """``values``: 1 to 5 by key of the statement; ``texts``: by key of the open question, none empty.

    Raises:
        lms.feedback.services.asking.NotOpenError: see there; nothing was counted.
    """
    asking = take_asking(asking_id=asking_id, at=at)
    count_opinion(
        release_id=asking.enrolment.release_id,
        kind=AskingKind(asking.kind),
        values=values,
        texts=texts,
        day=local_date(at),
    )


@transaction.atomic
def count_opinion(
    *, release_id: int, kind: AskingKind, values: Mapping[str, int], texts: Mapping[str, str], day: date
) -> None:
    """Add one anonymous questionnaire. Of ``day`` at most the month is kept."""
    tally = open_tally(release_id=release_id, kind=kind)
    for statement, value in values.items():
        row, _is_new = OpinionTally.objects.get_or_create(tally=tally, statement=statement, value=value)
        OpinionTally.objects.filter(pk=row.pk).update(waiting=F("waiting") + 1)
    OpinionText.objects.bulk_create(
        OpinionText(tally=tally, question=question, text=text) for question, text in texts.items()
    )
    close_tally(tally=tally, day=day)
