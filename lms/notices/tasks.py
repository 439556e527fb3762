"""Queued work: go through all that is asked of anybody."""

from datetime import timedelta

from django_tasks import task

from lms.lib import clock
from lms.notices.mail_settings import read_mail_settings
from lms.notices.services.planning import plan_training_notices

TURN = timedelta(minutes=4)
"""How long one task works before it queues the next: well within the lease of a worker."""


@task()
def plan_notices(first_step: int = 0) -> int:
    """Puts down what is to be told today; may run twice. How many notices were new."""
    at = clock.now()
    until = at + TURN
    report = plan_training_notices(
        at=at,
        calendar=read_mail_settings().calendar,
        first_step=first_step,
        go_on=lambda: clock.now() < until,
    )
    if report.next_step is not None:
        plan_notices.enqueue(report.next_step)
    return report.planned
