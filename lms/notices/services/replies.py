"""Putting down that people got answers in conversations: once a day, for those who asked for it."""

from datetime import datetime

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar, next_working_moment
from lms.notices.rules.kinds import Kind
from lms.notices.selectors.candidates import ROWS
from lms.notices.selectors.replies import list_people_to_tell
from lms.notices.selectors.zones import read_zones

REPLIES = "replies"


def plan_replies(*, at: datetime, calendar: Calendar) -> int:
    """Put down whom to tell; how many. Two queries, and two per 900 people.

    No institution stands in the notice: HR is not to know who speaks. What comes after the day's
    notice is told the next day.
    """
    people = list_people_to_tell(at=at)
    for start in range(0, len(people), ROWS):
        part = people[start : start + ROWS]
        zones = read_zones(person_ids=part, day=local_date(at))
        Notice.objects.bulk_create(
            (
                Notice(
                    person_id=person_id,
                    kind=Kind.REPLY.value,
                    key=local_date(at),
                    topic=REPLIES,
                    planned_at=at,
                    not_before=next_working_moment(at=at, zone=zones[person_id], calendar=calendar),
                )
                for person_id in part
            ),
            ignore_conflicts=True,
        )
    return len(people)
