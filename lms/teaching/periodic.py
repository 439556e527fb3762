"""What authors need again and again: do the links of their lessons answer?"""

import time
from datetime import datetime

from courses.quality.selectors import list_due_links
from courses.quality.services import record_answer, tidy_links
from lms.jobs.schedule import every
from lms.lib.link_asking import LinkAsker

TEN_MINUTES = 600
A_DAY = 86400
AT_MOST_LINKS = 50
AT_MOST_SECONDS = 20.0
"""The worker has other things to do; what is left goes in the next turn."""


@every(TEN_MINUTES)
def check_links(*, at: datetime) -> None:
    """Asks some of the addresses whose turn it is."""
    asker, begun = LinkAsker(), time.monotonic()
    try:
        for link in list_due_links(at=at, limit=AT_MOST_LINKS):
            if time.monotonic() - begun > AT_MOST_SECONDS:
                break
            answer = asker.ask(link.url)
            record_answer(link=link, state=answer.state, status=answer.status, at=at)
    finally:
        asker.close()


@every(A_DAY)
def tidy_checked_links(*, at: datetime) -> None:
    """Finds addresses that nobody noted, and forgets those that no lesson has any more."""
    tidy_links(at=at)
