"""What this app itself does periodically."""

from datetime import datetime

from lms.jobs import services
from lms.jobs.schedule import every

A_DAY = 24 * 3600


@every(A_DAY)
def forget_finished_tasks(*, at: datetime) -> None:
    """Keeps the table of results small."""
    services.forget_finished_tasks(at=at)
