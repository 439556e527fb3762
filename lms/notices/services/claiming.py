"""Taking notices to send: each e-mail belongs to one worker, and is sent at most once."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from lms.lib.clock import local_date
from lms.notices.models import Mail, Notice
from lms.notices.rules.hours import ONE_DAY, Calendar, is_working_moment, next_working_moment, opening_of
from lms.notices.rules.kinds import Reason, State
from lms.notices.selectors.zones import read_zones

LEASE = timedelta(minutes=15)
"""A worker that has not finished an e-mail after so long is gone (``lms.jobs``: no task takes longer)."""

Topic = tuple[int, str]


@dataclass(frozen=True)
class Claim:
    """E-mails that are ours now, and the zones of their people. ``found`` 0: nothing was waiting."""

    found: int
    mail_ids: tuple[int, ...]
    zones: dict[int, ZoneInfo]


@transaction.atomic
def claim_mails(*, at: datetime, calendar: Calendar, people: int) -> Claim:
    """Join what waits for up to ``people`` people into e-mails of ours, one per person and topic.

    Whoever adds the row of ``Mail`` has it. What comes after the day's e-mail, or outside working
    hours, waits for the next working day. At most eight queries; no lock on people.
    """
    day = local_date(at)
    waiting = Notice.objects.due_at(at)
    chosen = list(waiting.order_by("not_before", "person_id").values_list("person_id", flat=True)[:people])
    if not chosen:
        return Claim(0, (), {})
    notices = list(waiting.filter(person_id__in=chosen).order_by("person_id", "pk"))
    zones = read_zones(person_ids=set(chosen), day=day)
    at_work = {
        person for person, zone in zones.items() if is_working_moment(at=at, zone=zone, calendar=calendar)
    }
    topics: dict[Topic, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.person_id in at_work:
            topics[notice.person_id, notice.topic].append(notice)
    mails = _add_mails(topics, at)
    taken = _take(topics, mails)
    left = [notice for notice in notices if notice.pk not in taken]
    _postpone(left, zones, at, calendar)
    return Claim(len(notices), tuple(sorted(mail.pk for mail in mails.values())), zones)


def _add_mails(topics: Collection[Topic], at: datetime) -> dict[Topic, Mail]:
    """The rows that were added by us. Another worker's wait here until its transaction ends."""
    claim, day = uuid.uuid4(), local_date(at)
    new = [
        Mail(person_id=person_id, day=day, topic=topic, claim=claim, claimed_at=at)
        for person_id, topic in sorted(topics)
    ]
    Mail.objects.bulk_create(new, ignore_conflicts=True)
    return {(mail.person_id, mail.topic): mail for mail in Mail.objects.filter(claim=claim)}


def _take(topics: dict[Topic, list[Notice]], mails: dict[Topic, Mail]) -> set[int]:
    taken = []
    for topic, mail in mails.items():
        for notice in topics[topic]:
            notice.mail, notice.state = mail, State.SENDING.value
            taken.append(notice)
    Notice.objects.bulk_update(taken, ["mail", "state"], batch_size=200)
    return {notice.pk for notice in taken}


def _postpone(
    notices: Collection[Notice], zones: dict[int, ZoneInfo], at: datetime, calendar: Calendar
) -> None:
    """Let them wait; of those that another worker has taken meanwhile, none is still waiting."""
    moments: dict[datetime, list[int]] = defaultdict(list)
    for notice in notices:
        zone = zones[notice.person_id]
        moment = next_working_moment(at=at, zone=zone, calendar=calendar)
        if moment <= at:
            moment = opening_of(
                day=calendar.next_working_day(at.astimezone(zone).date() + ONE_DAY), zone=zone
            )
        moments[moment].append(notice.pk)
    for moment, ids in moments.items():
        Notice.objects.filter(pk__in=ids, state=State.WAITING).update(not_before=moment)


@transaction.atomic
def release_mails(*, mail_ids: Collection[int]) -> None:
    """Give back e-mails of which nothing has been handed to a server."""
    mails = Mail.objects.filter(pk__in=mail_ids, state=Mail.State.CLAIMED)
    ids = list(mails.values_list("pk", flat=True))
    Notice.objects.filter(mail_id__in=ids, state=State.SENDING).update(state=State.WAITING, mail=None)
    mails.delete()


def settle_lost_mails(*, at: datetime) -> int:
    """Look after e-mails whose worker is gone; how many. At most four queries.

    What was not handed over waits again. What was is "unknown": it may have arrived, so it is not
    sent a second time.
    """
    lost = Mail.objects.filter(claimed_at__lt=at - LEASE)
    handed = list(lost.filter(state=Mail.State.HANDED).values_list("pk", flat=True)[:500])
    unfinished = list(lost.filter(state=Mail.State.CLAIMED).values_list("pk", flat=True)[:500])
    for mail_id in handed:
        end_uncertain(mail_id=mail_id)
    if unfinished:
        release_mails(mail_ids=unfinished)
    return len(handed) + len(unfinished)


@transaction.atomic
def end_uncertain(*, mail_id: int) -> None:
    """Nobody knows whether it arrived."""
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.DONE)
    Notice.objects.filter(mail_id=mail_id, state=State.SENDING).update(
        state=State.UNKNOWN, reason=Reason.UNCERTAIN
    )
