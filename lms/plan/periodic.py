"""What the plan does again and again."""

from datetime import datetime

from lms.jobs.schedule import every
from lms.lib.link_asking import LinkAsker
from lms.notices.mail_settings import read_mail_settings
from lms.plan import services
from lms.plan.reminders import remind_reporters
from lms.plan.services.reminders import forget_old_reminders

AN_HOUR = 3600


@every("COVERAGE_REFRESH_SECONDS")
def refresh_coverage(*, at: datetime) -> None:
    """Seals the month that is over, before today is counted; then counts where something changed."""
    services.seal_month_ends(at=at)
    services.refresh_current_coverage(at=at)


@every(AN_HOUR)
def check_evidence_links(*, at: datetime) -> None:
    """Asks the addresses of evidence whose month is over."""
    asker = LinkAsker()
    try:
        services.check_links(at=at, asker=asker)
    finally:
        asker.close()


@every(AN_HOUR)
def remind_those_responsible(*, at: datetime) -> None:
    """Tells who reports that a half-year ends. An unreachable server makes this fail, which is shown."""
    forget_old_reminders(at=at)
    remind_reporters(at=at, mail=read_mail_settings())
