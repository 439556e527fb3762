"""What accounts and rosters need again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.people.services.merging import forget_merges as forget
from lms.people.services.roles import withdraw_lapsed_authors as withdraw
from lms.people.services.rosters import discard_unused_rosters as discard
from lms.people.services.rosters import forget_undone

A_QUARTER_HOUR = 900
A_DAY = 86400


@every(A_QUARTER_HOUR)
def withdraw_lapsed_authors(*, at: datetime) -> None:
    """Trainers and reviewers whose role has lapsed leave the groups of the editor."""
    withdraw(at=at)


@every(A_DAY)
def discard_unused_rosters(*, at: datetime) -> None:
    """Rosters that nobody decided about lose their rows; old ones, what it takes to undo them."""
    discard(at=at)
    forget_undone(at=at)


@every(A_DAY)
def forget_merges(*, at: datetime) -> None:
    """Merges of more than thirty days ago can no longer be undone."""
    forget(at=at)
