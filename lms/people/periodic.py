"""What accounts need again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.people.services.roles import withdraw_lapsed_authors as withdraw

A_QUARTER_HOUR = 900


@every(A_QUARTER_HOUR)
def withdraw_lapsed_authors(*, at: datetime) -> None:
    """Trainers whose role has lapsed leave the authors' group."""
    withdraw(at=at)
