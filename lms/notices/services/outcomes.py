"""Writing down what became of an e-mail."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from lms.notices.models import Mail, Notice
from lms.notices.rules.hours import Calendar, next_working_moment
from lms.notices.rules.kinds import Reason, State
from lms.notices.rules.replies import Outcome, Reply
from lms.notices.rules.retries import delay_after
from lms.notices.services.addresses import note_problem
from lms.notices.services.claiming import end_uncertain, release_mails


@transaction.atomic
def drop_notices(*, mail_id: int, drops: Mapping[int, tuple[State, Reason]], is_empty: bool) -> None:
    """Take notices out of an e-mail; without any left (``is_empty``) there is no e-mail."""
    by_end: dict[tuple[State, Reason], list[int]] = {}
    for notice_id, end in drops.items():
        by_end.setdefault(end, []).append(notice_id)
    for (state, reason), ids in by_end.items():
        Notice.objects.filter(pk__in=ids, state=State.SENDING).update(state=state, reason=reason, mail=None)
    if is_empty:
        Mail.objects.filter(pk=mail_id, state=Mail.State.CLAIMED).delete()


def mark_handed(*, mail_id: int, address_hash: str, at: datetime) -> bool:
    """Note, before the server is told anything, that it is about to be. False: it is not ours any more."""
    mails = Mail.objects.filter(pk=mail_id, state=Mail.State.CLAIMED)
    return mails.update(state=Mail.State.HANDED, handed_at=at, address_hash=address_hash) == 1


def record_reply(*, mail_id: int, reply: Reply, zone: ZoneInfo, calendar: Calendar, at: datetime) -> None:
    """Write down the server's answer to an e-mail that was handed over."""
    if reply.outcome == Outcome.ACCEPTED:
        _end(mail_id, State.SENT, Reason.NONE, at)
    elif reply.outcome == Outcome.UNCERTAIN:
        end_uncertain(mail_id=mail_id)
    elif reply.outcome == Outcome.DOWN:
        _give_back(mail_id)
    elif reply.outcome == Outcome.LATER:
        _try_later(mail_id, zone, calendar, at)
    else:
        _end(mail_id, State.FAILED, Reason.REFUSED, None)
        if reply.problem:
            note_problem(mail_id=mail_id, kind=reply.problem, status=reply.status or str(reply.code), at=at)


@transaction.atomic
def _end(mail_id: int, state: State, reason: Reason, sent_at: datetime | None) -> None:
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.DONE)
    Notice.objects.filter(mail_id=mail_id, state=State.SENDING).update(
        state=state, reason=reason, sent_at=sent_at
    )


@transaction.atomic
def _give_back(mail_id: int) -> None:
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.CLAIMED)
    release_mails(mail_ids=[mail_id])


@transaction.atomic
def _try_later(mail_id: int, zone: ZoneInfo, calendar: Calendar, at: datetime) -> None:
    """Wait longer each time; given up after two days or so."""
    notices = Notice.objects.filter(mail_id=mail_id, state=State.SENDING)
    attempts = (notices.aggregate(most=Max("attempts"))["most"] or 0) + 1
    delay = delay_after(attempts=attempts)
    if delay is None:
        _end(mail_id, State.FAILED, Reason.GAVE_UP, None)
        return
    notices.update(
        state=State.WAITING,
        attempts=attempts,
        mail=None,
        not_before=next_working_moment(at=at + delay, zone=zone, calendar=calendar),
    )
    Mail.objects.filter(pk=mail_id).delete()
