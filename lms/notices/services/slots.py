"""Putting down what the keepers of institutions' slots are to be told: each matter once."""

from datetime import datetime

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import OF_ONE_SLOT, Kind
from lms.notices.rules.slots import plan_slot_kinds, review_days, summary_key
from lms.notices.selectors.slots import list_kept_slots, read_keepers
from lms.notices.services.storing import store_notices

SLOTS, SUMMARY = "slots", "slots-summary"
"""All reminders of a day are one e-mail; the summary is one of its own."""


def plan_slot_reminders(*, at: datetime, calendar: Calendar) -> int:
    """Put down the reminders of the day; how many. Five queries, and one to write."""
    day = local_date(at)
    keepers = read_keepers(at=at)
    planned = [
        Notice(
            person_id=person_id,
            kind=kind.value,
            slot_id=slot.version_id,
            key=slot.review_by,
            institution_id=slot.institution_id,
            topic=SLOTS,
        )
        for slot in list_kept_slots(day=day, calendar=calendar)
        if (kinds := plan_slot_kinds(slot=slot, day=day, calendar=calendar))
        for person_id in keepers.people_of(institution_id=slot.institution_id, owner_id=slot.owner_id)
        for kind in kinds
    ]
    first, _last = review_days(day, calendar)
    told = Notice.objects.filter(kind__in=sorted(OF_ONE_SLOT), key__gte=first)
    known = set(told.values_list("person_id", "kind", "slot_id"))
    new = [one for one in planned if (one.person_id, one.kind, one.slot_id) not in known]
    return store_notices(notices=new, at=at, calendar=calendar)


def plan_slot_summaries(*, at: datetime, calendar: Calendar) -> int:
    """In the first days of March, a summary for each coordinator; how many. Five queries."""
    key = summary_key(local_date(at))
    if key is None:
        return 0
    known = set(Notice.objects.filter(kind=Kind.SLOT_EMPTY, key=key).values_list("person_id", flat=True))
    planned = [
        Notice(
            person_id=person_id,
            kind=Kind.SLOT_EMPTY.value,
            key=key,
            institution_id=places[0],
            topic=SUMMARY,
        )
        for person_id, places in read_keepers(at=at).places().items()
        if person_id not in known
    ]
    return store_notices(notices=planned, at=at, calendar=calendar)
