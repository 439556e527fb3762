"""Sending the letters that wait: mark one, hand it over, write down the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.notices.mail_settings import MailSettings
from lms.notices.post import MailServerDownError, Postbox
from lms.notices.rules.replies import Outcome, Reply
from lms.notices.selectors.addresses import read_suppressions
from lms.notices.selectors.traffic import count_handed_since as count_notices_since
from lms.participation.letters import compose, find_address
from lms.participation.models import Letter
from lms.participation.selectors.following import count_handed_since, list_waiting_letters
from lms.participation.services.letters import (
    give_up,
    mark_handed,
    put_down_digests,
    record_reply,
    settle_lost,
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

    Together with notices no more than ``mail.per_minute``.

    Raises:
        MailServerDownError: nothing can be sent now; all that was not handed over waits.
    """
    report = SendingReport()
    settle_lost(at=at)
    put_down_digests(at=at)
    since = at - A_MINUTE
    allowance = mail.per_minute - count_notices_since(since=since) - count_handed_since(since=since)
    letters = list_waiting_letters(at=at, most=max(min(BATCH, allowance), 0))
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


def _send(
    box: Postbox, letter: Letter, at: datetime, mail: MailSettings, report: SendingReport
) -> Reply | None:
    """``None`` where there was nothing to send."""
    address = find_address(letter=letter, mail=mail)
    if not address or read_suppressions(addresses=[address], keys=mail.keys):
        give_up(letter_id=letter.pk)
        return None
    try:
        message = compose(letter=letter, address=address, mail=mail)
    except ValueError:
        message = None  # an address or a title that no header can hold must not stop the rest
    if message is None:
        give_up(letter_id=letter.pk)
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
