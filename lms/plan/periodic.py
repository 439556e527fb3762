"""What the plan does again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.lib.link_asking import LinkAsker
from lms.plan import services

AN_HOUR = 3600


@every("COVERAGE_REFRESH_SECONDS")
def refresh_coverage(*, at: datetime) -> None:
    """Counts coverage anew where something changed."""
    services.refresh_current_coverage(at=at)


@every(AN_HOUR)
def keep_daily_coverage(*, at: datetime) -> None:
    """Keeps the day's totals for the history; the last run of the day stays."""
    services.take_daily_snapshots(at=at)


@every(AN_HOUR)
def check_evidence_links(*, at: datetime) -> None:
    """Asks the addresses of evidence whose month is over."""
    asker = LinkAsker()
    try:
        services.check_links(at=at, asker=asker)
    finally:
        asker.close()
