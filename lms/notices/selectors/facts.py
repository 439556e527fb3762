"""All that the e-mails of a batch need to know of the day on which they are sent."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.lib.clock import local_date
from lms.notices.models import Mail, Notice
from lms.notices.rules.kinds import Kind, Reason
from lms.notices.rules.validity import Present
from lms.notices.selectors.addresses import address_of, read_suppressions
from lms.notices.selectors.changes import Unread, read_unread
from lms.notices.selectors.feedback import Reports, read_reports
from lms.notices.selectors.leads import Lead, UnitFigures, list_leads
from lms.notices.selectors.minutes import read_minutes
from lms.notices.selectors.preferences import read_turned_off
from lms.notices.selectors.replies import RepliedThread, read_replied_threads
from lms.notices.selectors.slot_letters import SlotFacts, read_slot_facts
from lms.progress.models import AssignedTraining
from lms.progress.rules.timeline import Standing


@dataclass(frozen=True)
class Facts:
    """Of a batch: ``present`` by person and requirement, ``replies`` by notice."""

    day: date
    present: dict[tuple[int, int], Present]
    turned_off: dict[int, frozenset[str]]
    suppressed: dict[str, Reason]
    minutes: dict[int, int]
    leads: dict[int, list[Lead]]
    figures: UnitFigures
    reports: Reports
    slots: SlotFacts
    replies: dict[int, tuple[RepliedThread, ...]]
    unread: Unread


def read_facts(
    *, mails: Sequence[Mail], notices: Sequence[Notice], keys: Sequence[str], at: datetime
) -> Facts:
    """At most fifteen queries, and one for each change of a course.

    Those of the figures are made when a digest asks for them.
    """
    day = local_date(at)
    people = {mail.person_id for mail in mails}
    requirements = {notice.requirement_id for notice in notices if notice.requirement_id}
    digests = {notice.person_id for notice in notices if notice.kind == Kind.DIGEST}
    replies = [notice for notice in notices if notice.kind == Kind.REPLY]
    addresses = {address for mail in mails if (address := address_of(mail.person))}
    leads: dict[int, list[Lead]] = defaultdict(list)
    for lead in list_leads(at=at, person_ids=digests) if digests else []:
        leads[lead.person_id].append(lead)
    return Facts(
        day=day,
        present=_read_present(people, requirements, day),
        turned_off=read_turned_off(person_ids=people),
        suppressed=read_suppressions(addresses=addresses, keys=keys) if addresses else {},
        minutes=read_minutes(requirement_ids=requirements) if requirements else {},
        leads=leads,
        figures=UnitFigures(day=day),
        reports=read_reports(notices=notices, at=at),
        slots=read_slot_facts(notices=notices, day=day, at=at),
        replies=read_replied_threads(notices=replies, at=at) if replies else {},
        unread=read_unread(notices=notices, day=day),
    )


def _read_present(
    people: Collection[int], requirements: Collection[int], day: date
) -> dict[tuple[int, int], Present]:
    rows = AssignedTraining.objects.on(day).filter(person_id__in=people, requirement_id__in=requirements)
    return {
        (row.person_id, row.requirement_id): Present(
            Standing(row.standing), row.assigned_on, row.due_on, row.valid_until
        )
        for row in rows
    }
