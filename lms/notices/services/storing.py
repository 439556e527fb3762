"""Keeping notices, each for the next moment at which its person is at work."""

from collections.abc import Sequence
from datetime import datetime

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar, next_working_moment
from lms.notices.selectors.candidates import ROWS
from lms.notices.selectors.zones import read_zones


def store_notices(*, notices: Sequence[Notice], at: datetime, calendar: Calendar) -> int:
    """Keep what was made but not saved, except what is there already; how many were given.

    Each part of 900 is one transaction. Two queries a part.
    """
    for start in range(0, len(notices), ROWS):
        part = notices[start : start + ROWS]
        zones = read_zones(person_ids={notice.person_id for notice in part}, day=local_date(at))
        for notice in part:
            notice.planned_at = at
            notice.not_before = next_working_moment(at=at, zone=zones[notice.person_id], calendar=calendar)
        Notice.objects.bulk_create(part, ignore_conflicts=True)
    return len(notices)
