"""Putting down what is to be told: each matter once, however often and wherever this runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.rules.planning import Planned, Stand, plan_notices
from lms.notices.selectors.candidates import ROWS, read_known, stream_stands
from lms.notices.selectors.leads import Lead, list_leads
from lms.notices.services.storing import store_notices

DIGEST = "digest"
_LAST_DAY_FOR_A_DIGEST = 2
"""Wednesday: a worker that stood still on Monday makes up for it; later it would be old news."""


@dataclass(frozen=True)
class PlanReport:
    """How many notices were put down. ``next_step``: where to go on; ``None`` when all were gone through."""

    planned: int
    next_step: int | None = None


def plan_training_notices(
    *, at: datetime, calendar: Calendar, first_step: int = 0, go_on: Callable[[], bool] = lambda: True
) -> PlanReport:
    """Put down what the present day asks to tell; ``go_on`` is asked after each 900 people.

    Each part is one short transaction of its own, so that it can stop anywhere: what is there
    already is passed over. Four queries a part.
    """
    day = local_date(at)
    planned = 0
    for step, stands in stream_stands(day=day, calendar=calendar, first_step=first_step):
        planned += _store(stands, at, day, calendar)
        if not go_on():
            return PlanReport(planned, next_step=step)
    return PlanReport(planned)


def plan_digests(*, at: datetime, calendar: Calendar) -> int:
    """Put down this week's digest of each team lead; how many. Three queries per 900 leads, and one."""
    day = local_date(at)
    if day.weekday() > _LAST_DAY_FOR_A_DIGEST:
        return 0
    monday = day - timedelta(days=day.weekday())
    first_of: dict[int, Lead] = {}
    for lead in list_leads(at=at):
        first_of.setdefault(lead.person_id, lead)
    leads = list(first_of.values())
    parts = (leads[start : start + ROWS] for start in range(0, len(leads), ROWS))
    new = [notice for part in parts for notice in _list_new_digests(part, monday)]
    return store_notices(notices=new, at=at, calendar=calendar)


def _store(stands: Sequence[Stand], at: datetime, day: date, calendar: Calendar) -> int:
    planned = {
        (one.person_id, one.kind.value, one.requirement_id, one.key): one
        for stand in stands
        for one in plan_notices(stand=stand, day=day, calendar=calendar)
    }
    if not planned:
        return 0
    known = read_known(person_ids=sorted({one.person_id for one in planned.values()}))
    new = [one for key, one in planned.items() if key not in known]
    return store_notices(notices=[_notice(one) for one in new], at=at, calendar=calendar)


def _notice(one: Planned) -> Notice:
    return Notice(
        person_id=one.person_id,
        kind=one.kind.value,
        requirement_id=one.requirement_id,
        key=one.key,
        institution_id=one.institution_id,
        unit_id=one.unit_id,
    )


def _list_new_digests(leads: Sequence[Lead], monday: date) -> list[Notice]:
    people = [lead.person_id for lead in leads]
    rows = Notice.objects.filter(kind=Kind.DIGEST.value, key=monday, person_id__in=people)
    known = set(rows.values_list("person_id", flat=True))
    return [
        Notice(
            person_id=lead.person_id,
            kind=Kind.DIGEST.value,
            key=monday,
            institution_id=lead.institution_id,
            unit_id=lead.unit_id,
            topic=DIGEST,
        )
        for lead in leads
        if lead.person_id not in known
    ]
