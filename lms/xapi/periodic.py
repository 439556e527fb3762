"""What the record does again and again."""

from datetime import datetime, timedelta

from lms.jobs.schedule import every
from lms.lib import clock
from lms.xapi.engines import current_engine
from lms.xapi.platform import credential_keys, current_platform, private_targets_allowed
from lms.xapi.rules.positions import month_of
from lms.xapi.services.forwarding import Sending, forward_due

HALF_A_MINUTE = 30
A_DAY = 86400
AT_MOST_SECONDS = 20.0
"""The worker has other things to do; what is left goes in the next turn."""


@every(HALF_A_MINUTE)
def forward_statements(*, at: datetime) -> None:
    """Sends on what waits for other LRSs."""
    sending = Sending(current_platform(), credential_keys(), private_targets_allowed())
    forward_due(sending=sending, now=clock.now, seconds=AT_MOST_SECONDS)


@every(A_DAY)
def prepare_months(*, at: datetime) -> None:
    """Makes the partitions of this month and the next two, so that no request has to."""
    current_engine().ensure_months({month_of(at + timedelta(days=days)) for days in (0, 31, 62)})
