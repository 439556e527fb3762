"""Rosters that nobody goes on with any more."""

from datetime import datetime, timedelta

from lms.jobs.schedule import every
from lms.journeys.import_roster import go_on
from lms.journeys.tasks import terms_of_installation
from lms.people.selectors.rosters import list_stopped_rosters
from lms.people.services.rosters import note_work

A_QUARTER_HOUR = 900
STOPPED_AFTER = timedelta(minutes=20)
"""Longer than any step and than the lease of a task: by then its worker has been given up."""


@every(A_QUARTER_HOUR)
def resume_stopped_rosters(*, at: datetime) -> None:
    """Queues again what was left in the middle, for instance by a visit that was cut off."""
    for roster in list_stopped_rosters(since=at - STOPPED_AFTER):
        note_work(roster=roster, at=at)
        go_on(roster=roster, terms=terms_of_installation(), at=at)
