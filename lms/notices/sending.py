"""Sending what waits: claim a few, read what they say now, hand them over, write down the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lms.notices.letters import compose
from lms.notices.mail_settings import MailSettings
from lms.notices.post import MailServerDownError, Postbox
from lms.notices.rules.addresses import hash_address
from lms.notices.rules.hours import is_anybody_at_work
from lms.notices.rules.replies import Outcome, Reply
from lms.notices.selectors.letters import Letter, Verdict, read_verdicts
from lms.notices.selectors.traffic import count_handed_since
from lms.notices.services.claiming import Claim, claim_mails, release_mails, settle_lost_mails
from lms.notices.services.outcomes import drop_notices, mark_handed, record_reply
from lms.people.regions import REGIONS

PEOPLE = 50
"""People of one batch, and of one connection."""

A_MINUTE = timedelta(minutes=1)
ZONES = frozenset(region.zone for region in REGIONS)


@dataclass
class SendingReport:
    """How many e-mails were handed over, and how many of them the server took."""

    handed: int = 0
    accepted: int = 0


def send_waiting(
    *, at: datetime, mail: MailSettings, go_on: Callable[[], bool] = lambda: True
) -> SendingReport:
    """Send what is due, no more than ``mail.per_minute``; may run twice and be killed at any point.

    An e-mail is handed to a server at most once without a clear "no": see ``lms.notices.models.Mail``.

    Raises:
        MailServerDownError: nothing can be sent now; all that was not handed over waits.
    """
    report = SendingReport()
    settle_lost_mails(at=at)
    if not is_anybody_at_work(at=at, zones=ZONES, calendar=mail.calendar):
        return report
    while go_on():
        allowance = mail.per_minute - count_handed_since(since=at - A_MINUTE)
        if allowance <= 0:
            break
        claim = claim_mails(at=at, calendar=mail.calendar, people=min(PEOPLE, allowance))
        if not claim.found or not _send_batch(claim, at, mail, report):
            break
    return report


def _send_batch(claim: Claim, at: datetime, mail: MailSettings, report: SendingReport) -> bool:
    """False where the server closed or lost the connection: enough for this turn."""
    letters = [
        letter
        for verdict in read_verdicts(mail_ids=claim.mail_ids, keys=mail.keys, at=at)
        if (letter := _settle(verdict))
    ]
    if not letters:
        return True
    try:
        with Postbox() as box:
            for letter, zone in _with_zones(letters, claim):
                reply = _send(box, letter, zone, at, mail, report)
                if reply.outcome == Outcome.DOWN:
                    raise MailServerDownError(str(reply.code))
                if reply.ends_the_talk:
                    return False
        return True
    finally:
        # What this batch did not get to. Nothing of it has reached a server.
        release_mails(mail_ids=claim.mail_ids)


def _settle(verdict: Verdict) -> Letter | None:
    drop_notices(mail_id=verdict.mail_id, drops=verdict.drops, is_empty=verdict.letter is None)
    return verdict.letter


def _with_zones(letters: list[Letter], claim: Claim) -> list[tuple[Letter, ZoneInfo]]:
    return [(letter, claim.zones[letter.person_id]) for letter in letters]


def _send(
    box: Postbox, letter: Letter, zone: ZoneInfo, at: datetime, mail: MailSettings, report: SendingReport
) -> Reply:
    digest = hash_address(address=letter.address, key=mail.keys[0])
    if not mark_handed(mail_id=letter.mail_id, address_hash=digest, at=at):
        return Reply(Outcome.LATER)  # settled by somebody who thought that we were gone
    try:
        reply = box.hand_over(compose(letter=letter, mail=mail))
    except ValueError:
        reply = Reply(Outcome.REFUSED)  # an address or a title that no header can hold must not stop the rest
    record_reply(mail_id=letter.mail_id, reply=reply, zone=zone, calendar=mail.calendar, at=at)
    report.handed += 1
    report.accepted += reply.outcome == Outcome.ACCEPTED
    return reply
