"""Opening a tally for one more person, and showing it when a whole group has answered."""

from datetime import date
from random import SystemRandom

from django.db import transaction
from django.db.models import F

from lms.feedback.models import AnswerTally, OpinionTally, OpinionText, RecallTally
from lms.feedback.rules.askings import GROUP, AskingKind


@transaction.atomic(savepoint=False)
def open_tally(*, release_id: int, kind: AskingKind) -> AnswerTally:
    """The tally, locked, with one person more in it. Three queries."""
    AnswerTally.objects.get_or_create(release_id=release_id, kind=kind.value)
    tally = AnswerTally.objects.select_for_update().get(release_id=release_id, kind=kind.value)
    tally.waiting += 1
    tally.save(update_fields=["waiting"])
    return tally


@transaction.atomic(savepoint=False)
def close_tally(*, tally: AnswerTally, day: date) -> None:
    """Show all that waits if a whole group has answered; else nothing changes."""
    if tally.waiting < GROUP[AskingKind(tally.kind)]:
        return
    OpinionTally.objects.filter(tally=tally).update(shown=F("shown") + F("waiting"), waiting=0)
    RecallTally.objects.filter(tally=tally).update(
        points_shown=F("points_shown") + F("points_waiting"),
        places_shown=F("places_shown") + F("places_waiting"),
        points_waiting=0,
        places_waiting=0,
    )
    _mix_texts(tally, day.replace(day=1))
    tally.shown, tally.waiting = tally.shown + tally.waiting, 0
    tally.save(update_fields=["shown", "waiting"])


def _mix_texts(tally: AnswerTally, month: date) -> None:
    """Write what waits anew in an order of chance, so that the table's own order tells nothing."""
    waiting = list(OpinionText.objects.filter(tally=tally, month__isnull=True))
    SystemRandom().shuffle(waiting)
    OpinionText.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    OpinionText.objects.bulk_create(
        OpinionText(tally=tally, question=row.question, text=row.text, month=month) for row in waiting
    )
