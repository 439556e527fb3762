"""Hours of training as the Administrative Statute counts them (DFL 29 of 2004, articles 28 and 30). Pure."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lms.progress.rules.dates import ONE_DAY
from lms.progress.rules.timeline import MET, NOT_ASKED, Segment

ARTICLE_28_HOURS = 20
"""Pedagogical hours from which on one training activity counts (article 28, second paragraph)."""

_WRITTEN = re.compile(r"([1-7])-([1-7]) (\d\d):(\d\d)-(\d\d):(\d\d)")


class Article28(StrEnum):
    """What an activity is under article 28; ``NOT_YET``: it has not been finished."""

    COUNTS = "counts"
    VOLUNTARY = "voluntary"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class WorkingHours:
    """The ordinary working day: weekdays (1 is Monday) and local times, the end not included."""

    first_weekday: int = 1
    last_weekday: int = 5
    opens: time = time(8, 30)
    closes: time = time(17, 30)

    def span_on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """From when to when one works on ``day``; ``None`` where one does not."""
        if not self.first_weekday <= day.isoweekday() <= self.last_weekday:
            return None
        return datetime.combine(day, self.opens, zone), datetime.combine(day, self.closes, zone)


class WorkingHoursError(ValueError):
    """It does not say weekdays and times as in ``1-5 08:30-17:30``."""


@dataclass(frozen=True)
class TimedUnit:
    """A unit finished at an instant, with the minutes that its course declares for it."""

    finished_at: datetime
    minutes: int


def read_working_hours(text: str) -> WorkingHours:
    """From ``1-5 08:30-17:30``: weekdays, then the times.

    Raises:
        WorkingHoursError: it is written otherwise, or ends before it begins.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise WorkingHoursError(text)
    first, last, *clock = (int(part) for part in found.groups())
    try:
        opens, closes = time(clock[0], clock[1]), time(clock[2], clock[3])
    except ValueError:
        raise WorkingHoursError(text) from None
    if first > last or opens >= closes:
        raise WorkingHoursError(text)
    return WorkingHours(first, last, opens, closes)


def pedagogical_hours(*, minutes: int, hour_minutes: int) -> float:
    """Hours of ``hour_minutes``, rounded down to a tenth: never more than is true."""
    return minutes * 10 // hour_minutes / 10


def was_assessed(*, is_attested: bool, has_result: bool, course_assesses: bool) -> bool:
    """Of a course taken here its own rule says it; of one taken elsewhere, that there was a result."""
    return has_result if is_attested else course_assesses


def decide_article_28(*, minutes: int, hour_minutes: int, is_assessed: bool, is_passed: bool) -> Article28:
    """Whether one finished activity counts, or is «capacitación voluntaria».

    Article 28 of DFL 29/2004: activities that only ask for attendance, and those of less than 20
    pedagogical hours, are only considered for voluntary training. Hours of several activities are
    not added up for this. An activity that was not finished is neither.
    """
    if not is_passed:
        return Article28.NOT_YET
    is_long = minutes >= ARTICLE_28_HOURS * hour_minutes
    return Article28.COUNTS if is_assessed and is_long else Article28.VOLUNTARY


def is_outside(*, at: datetime, zone: ZoneInfo, hours: WorkingHours) -> bool:
    """Whether the instant is outside the ordinary working day by the clock of ``zone``."""
    local = at.astimezone(zone)
    works = hours.first_weekday <= local.isoweekday() <= hours.last_weekday
    return not (works and hours.opens <= local.time() < hours.closes)


def minutes_outside(*, units: Iterable[TimedUnit], zone: ZoneInfo, hours: WorkingHours) -> int:
    """Minutes of the units that were finished outside the working day.

    When a unit was begun is not known: it counts whole, where it was finished.
    """
    return sum(unit.minutes for unit in units if is_outside(at=unit.finished_at, zone=zone, hours=hours))


def minutes_outside_between(*, start: datetime, end: datetime, zone: ZoneInfo, hours: WorkingHours) -> int:
    """Whole minutes between two instants that are not of the working day; 0 where ``end`` comes first."""
    whole, inside = max(_time_between(start, end), timedelta()), timedelta()
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        span = hours.span_on(day, zone)
        if span:
            inside += max(_time_between(max(start, span[0]), min(end, span[1])), timedelta())
        day += ONE_DAY
    return math.ceil((whole - inside).total_seconds()) // 60


def _time_between(start: datetime, end: datetime) -> timedelta:
    """The time that passes: wall clocks of one zone would be subtracted without regard to its jumps."""
    return timedelta(seconds=end.timestamp() - start.timestamp())


def is_required_on(*, segments: Iterable[Segment], day: date) -> bool:
    """Whether the training was asked of the person that day, and still had to be done or renewed.

    Article 30 of DFL 29/2004 gives rest for compulsory courses only. What is done on the very day on
    which it is completed was still asked; what is done after that, before a renewal, is not.
    """
    return any(
        segment.first <= day <= segment.last
        and segment.standing not in NOT_ASKED
        and (segment.standing not in MET or segment.done_on == day)
        for segment in segments
    )


def rest_minutes(
    *, units: Iterable[TimedUnit], segments: Iterable[Segment], zone: ZoneInfo, hours: WorkingHours
) -> int:
    """Minutes that give compensatory rest (article 30): outside the working day, of what was asked that day.

    ``segments``: of the requirements that ask for the course.
    """
    asked = tuple(segments)
    return minutes_outside(
        units=(u for u in units if is_required_on(segments=asked, day=u.finished_at.astimezone(zone).date())),
        zone=zone,
        hours=hours,
    )
