"""Sending the letters that wait: mark one, hand it over, write down the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.notices.mail_settings import MailSettings
from lms.notices.post import MailServerDownError, Postbox
from lms.notices.rules.hours import is_anybody_at_work
from lms.notices.rules.replies import Outcome, Reply
from lms.notices.selectors.addresses import read_suppressions
from lms.notices.selectors.traffic import count_due
from lms.notices.selectors.traffic import count_handed_since as count_notices_since
from lms.notices.sending import ZONES
from lms.participation.letters import compose, find_address
from lms.participation.models import Letter
from lms.participation.rules.following import digests_allowed
from lms.participation.selectors.following import count_handed_since, list_waiting_letters
from lms.participation.services.letters import (
    mark_handed,
    put_down_digests,
    record_reply,
    settle_lost,
    skip,
)

BATCH = 50
A_MINUTE = timedelta(minutes=1)


@dataclass
class SendingReport:
    """How many letters were handed over, and how many of them the server took."""

    handed: int = 0
    accepted: int = 0


def send_letters(
    *, at: datetime, mail: MailSettings, go_on: Callable[[], bool] = lambda: True
) -> SendingReport:
    """Put down today's digests and send what is due; may run twice and be killed at any point.

    Together with notices no more than ``mail.per_minute``; digests leave room for notices that wait.

    Raises:
        MailServerDownError: nothing can be sent now; all that was not handed over waits.
    """
    report = SendingReport()
    settle_lost(at=at)
    put_down_digests(at=at)
    letters = _choose(at, mail)
    if not letters:
        return report
    with Postbox() as box:
        for letter in letters:
            if not go_on():
                break
            reply = _send(box, letter, at, mail, report)
            if reply is None:
                continue
            if reply.outcome == Outcome.DOWN:
                raise MailServerDownError(str(reply.code))
            if reply.ends_the_talk:
                break
    return report


def _choose(at: datetime, mail: MailSettings) -> list[Letter]:
    """What may go in this turn. Five queries."""
    since = at - A_MINUTE
    handed = count_notices_since(since=since) + count_handed_since(since=since)
    is_at_work = is_anybody_at_work(at=at, zones=ZONES, calendar=mail.calendar)
    digests = digests_allowed(
        per_minute=mail.per_minute, handed=handed, notices_waiting=count_due(at=at) if is_at_work else 0
    )
    most = max(min(BATCH, mail.per_minute - handed), 0)
    return list_waiting_letters(at=at, most=most, most_digests=digests)


def _send(
    box: Postbox, letter: Letter, at: datetime, mail: MailSettings, report: SendingReport
) -> Reply | None:
    """``None`` where there was nothing to send."""
    address = find_address(letter=letter, mail=mail)
    if not address or read_suppressions(addresses=[address], keys=mail.keys):
        skip(letter_id=letter.pk)
        return None
    try:
        message = compose(letter=letter, address=address, mail=mail)
    except ValueError:
        message = None  # an address or a title that no header can hold must not stop the rest
    if message is None:
        skip(letter_id=letter.pk)
        return None
    if not mark_handed(letter_id=letter.pk, at=at):
        return None
    try:
        reply = box.hand_over(message)
    except ValueError:
        reply = Reply(Outcome.REFUSED)
    record_reply(letter=letter, reply=reply, at=at)
    report.handed += 1
    report.accepted += reply.outcome == Outcome.ACCEPTED
    return reply
