"""What reports do again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.reports.saved.delivering import deliver_due
from lms.reports.services.deliveries import forget_files

A_QUARTER_HOUR = 900
A_DAY = 86400


@every(A_QUARTER_HOUR)
def send_scheduled_reports(*, at: datetime) -> None:
    """Sends what is due, once a period; goes on where it was cut off."""
    deliver_due(at=at)


@every(A_DAY)
def forget_report_files(*, at: datetime) -> None:
    """Deletes the files of deliveries after a month."""
    forget_files(at=at)
