"""Official replies: decided, reasoned, corrected by another one, never rewritten."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lms.lib.clock import local_date
from lms.lib.words import clean_line, clean_text
from lms.participation.models import Contribution, Letter, OfficialReply
from lms.participation.rules.contributions import SHORTEST_REASON, Verdict, days_between
from lms.participation.rules.following import LetterKind


class NotAnswerableError(Exception):
    """The contribution is not shown: it waits, was hidden or was taken back."""


class ReasonTooShortError(ValueError):
    """A reply says why, in at least twenty characters."""


@dataclass(frozen=True)
class ReplyValues:
    """``commitment_id``, ``milestone_id``, ``section_id``: where it had effect, one of them at most."""

    verdict: Verdict
    reason: str
    office: str
    commitment_id: int | None = None
    milestone_id: int | None = None
    section_id: int | None = None


@transaction.atomic
def reply_to(
    *, contribution_id: int, values: ReplyValues, replied_by_id: int | None, at: datetime
) -> OfficialReply:
    """The reply that counts from now on; the author is told by e-mail, once for each.

    Raises:
        NotAnswerableError, ReasonTooShortError: see there.
    """
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
    if not row.is_shown or row.shown_at is None:
        raise NotAnswerableError
    reason = clean_text(values.reason)
    if len(reason) < SHORTEST_REASON:
        raise ReasonTooShortError
    reply = OfficialReply.objects.create(
        contribution=row,
        verdict=values.verdict.value,
        reason=reason,
        office=clean_line(values.office),
        commitment_id=values.commitment_id,
        milestone_id=values.milestone_id,
        section_id=values.section_id,
        is_correction=row.is_answered,
        replied_by_id=replied_by_id,
        replied_at=at,
    )
    if row.answered_in_days is None:
        row.answered_in_days = days_between(shown_on=local_date(row.shown_at), replied_on=local_date(at))
    row.latest_reply = reply
    row.save(update_fields=["latest_reply", "answered_in_days"])
    _put_down_letter(row, reply, at)
    return reply


def _put_down_letter(row: Contribution, reply: OfficialReply, at: datetime) -> None:
    if row.author_id is None or not row.wants_mail:
        return
    Letter.objects.create(
        kind=LetterKind.REPLY.value,
        day=local_date(at),
        reply=reply,
        recipient_id=row.author_id,
        not_before=at,
    )
