"""What publishing does again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.publishing import services

A_DAY = 24 * 3600


@every(A_DAY)
def release_data(*, at: datetime) -> None:
    """Keeps a version of the files of each public plan where something changed."""
    services.release_changed_plans(at=at)
