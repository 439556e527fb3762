"""Putting down that people got answers in conversations: once a day, for those who asked for it."""

from datetime import datetime

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.selectors.replies import list_people_to_tell
from lms.notices.services.storing import store_notices

REPLIES = "replies"


def plan_replies(*, at: datetime, calendar: Calendar) -> int:
    """Put down whom to tell; how many. Two queries, and two per 900 people.

    No institution stands in the notice: HR is not to know who speaks. What comes after the day's
    notice is told the next day.
    """
    notices = [
        Notice(person_id=person_id, kind=Kind.REPLY.value, key=local_date(at), topic=REPLIES)
        for person_id in list_people_to_tell(at=at)
    ]
    return store_notices(notices=notices, at=at, calendar=calendar)
