"""Queued work that touches more than one app."""

import time
from uuid import UUID

from django.conf import settings
from django_tasks import task

from lms.journeys.import_roster import ImportTerms, work_on
from lms.journeys.regrade_question import work_on_regrade
from lms.lib import clock
from lms.people.selectors.rosters import find_roster
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.rosters import note_work
from lms.progress.models import Regrade
from lms.xapi.platform import current_platform

REGRADED_AT_ONCE = 2000
LONGEST_SECONDS = 240
"""After so long a task hands over to the next: far below the time after which a worker counts as lost."""


@task()
def work_on_roster(public_id: str) -> str:
    """Goes on with a roster; may run twice, and at the same time. Answers how it ended."""
    begun: float | None = None
    roster = find_roster(public_id=UUID(public_id))
    if roster is None:
        return "gone"
    try:
        for _ in work_on(roster=roster, terms=terms_of_installation(), at=clock.now()):
            note_work(roster=roster, at=clock.now())
            # From the first step on: to find its place again in a large workbook takes minutes.
            begun = begun or time.monotonic()
            if time.monotonic() - begun > LONGEST_SECONDS:
                work_on_roster.enqueue(public_id)
                return "later"
    except RosterTakenError:
        return "taken"
    return str(roster.status)


@task()
def work_on_regrading(regrade_id: int) -> str:
    """Goes on with a regrade; may run twice. Answers how it ended."""
    regrade = Regrade.objects.select_related("course", "release").filter(pk=regrade_id).first()
    if regrade is None or regrade.finished_at is not None:
        return "done"
    if work_on_regrade(regrade=regrade, platform=current_platform(), at=clock.now(), most=REGRADED_AT_ONCE):
        return "done"
    work_on_regrading.enqueue(regrade_id)
    return "later"


def terms_of_installation() -> ImportTerms:
    """What the settings say about rosters."""
    return ImportTerms(
        run_key=settings.RUN_KEY,
        sealing_key=settings.SECRET_KEY,
        ended_percent=settings.ROSTER_ENDED_PERCENT,
    )


def sealing_keys() -> list[str]:
    """The keys by which wrong rows may have been sealed, the present one first."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
