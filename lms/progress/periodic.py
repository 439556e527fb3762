"""What assigned training does again and again. Nothing that is shown depends on it."""

from datetime import datetime, timedelta

from lms.jobs.schedule import every
from lms.lib.clock import local_date
from lms.progress.rules.signs import find_signs
from lms.progress.selectors.irregular import read_timed
from lms.progress.services.applying import list_unapplied
from lms.progress.services.batches import discard_forgotten
from lms.progress.services.evidence import purge_unused_evidence
from lms.progress.services.irregular import purge_signs, record_signs
from lms.progress.services.tallying import list_places, settle_place
from lms.progress.tasks import apply_requirement

TEN_MINUTES = 600
AN_HOUR = 3600
A_DAY = 86_400


@every(TEN_MINUTES)
def resume_requirements(*, at: datetime) -> None:
    """Queues again what a worker left when it was lost."""
    for requirement_id in list_unapplied():
        apply_requirement.enqueue(requirement_id)


@every(AN_HOUR)
def settle_counts(*, at: datetime) -> None:
    """Takes past months into balances, place by place, each in its own short transaction."""
    day = local_date(at)
    for place in list_places(until=day):
        settle_place(place=place, day=day)


@every(A_DAY)
def look_for_signs(*, at: datetime) -> None:
    """Looks at the attempts of the last two days, so that a run that was missed loses none."""
    for attempts, fresh in read_timed(since=at - timedelta(days=2), until=at).values():
        record_signs(found=find_signs(attempts=attempts, fresh=fresh), at=at)
    purge_signs(at=at)


@every(A_DAY)
def purge_evidence(*, at: datetime) -> None:
    """Discards lists that nobody decided on, and deletes papers that were uploaded and then not used."""
    discard_forgotten(at=at)
    purge_unused_evidence(at=at)
