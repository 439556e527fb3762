"""Queued work: count what a draft would do, and go through the people of a published requirement."""

from datetime import date, timedelta

from django_tasks import task

from lms.lib import clock
from lms.progress.services import applying
from lms.progress.services.previews import keep_preview

TURN = timedelta(minutes=4)
"""How long one task works before it queues the next: well within the lease of a worker."""


@task()
def apply_requirement(requirement_id: int) -> int:
    """Goes on where the last one stopped; may run twice. How many people have been gone through."""
    at = clock.now()
    until = at + TURN
    applied = applying.apply_requirement(
        requirement_id=requirement_id, at=at, go_on=lambda so_far: clock.now() < until
    )
    if not applied.is_finished:
        apply_requirement.enqueue(requirement_id)
    return applied.people


@task()
def preview_requirement(requirement_id: int, day: str) -> None:
    """Counts what publishing the draft would do; may run twice."""
    keep_preview(requirement_id=requirement_id, day=date.fromisoformat(day))
