"""Putting down that a course changed which somebody completed: each change once."""

from datetime import datetime

from courses.models import ReleaseChange
from lms.lib.clock import local_date, start_of_day
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.rules.planning import CATCH_UP
from lms.notices.selectors.changes import list_untold
from lms.notices.services.storing import store_notices
from lms.progress.selectors.deltas import list_lately_decided


def plan_changes(*, at: datetime, calendar: Calendar) -> int:
    """Put down what those who completed are asked to read since the last days; how many.

    Each change has an e-mail and a link of its own. One query, one for each change, and two per 900 people.
    """
    day = local_date(at)
    notices = [
        _notice(change, person_id)
        for change in list_lately_decided(since=start_of_day(day - CATCH_UP))
        for person_id in list_untold(change=change, day=day)
    ]
    return store_notices(notices=notices, at=at, calendar=calendar)


def _notice(change: ReleaseChange, person_id: int) -> Notice:
    return Notice(
        person_id=person_id,
        kind=Kind.CHANGED.value,
        change=change,
        key=local_date(change.decided_at),
        topic=f"change-{change.pk}",
    )
