"""What accounts and rosters need again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.people.services.roles import withdraw_lapsed_authors as withdraw
from lms.people.services.rosters import discard_unused_rosters as discard

A_QUARTER_HOUR = 900
A_DAY = 86400


@every(A_QUARTER_HOUR)
def withdraw_lapsed_authors(*, at: datetime) -> None:
    """Trainers whose role has lapsed leave the authors' group."""
    withdraw(at=at)


@every(A_DAY)
def discard_unused_rosters(*, at: datetime) -> None:
    """Rosters that nobody decided about lose their rows."""
    discard(at=at)
