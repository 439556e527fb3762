"""What participation does again and again."""

from datetime import datetime, timedelta

from lms.jobs.schedule import every
from lms.lib import clock
from lms.notices.mail_settings import read_mail_settings
from lms.participation.sending import send_letters
from lms.participation.services.changing import forget_authors
from lms.participation.services.following import forget_unconfirmed
from lms.participation.services.letters import forget_old_letters

A_MINUTE = 60
AN_HOUR = 3600
TURN = timedelta(seconds=30)
"""How long one turn sends: other work of the same worker waits for it."""


@every(A_MINUTE)
def send_participation_letters(*, at: datetime) -> None:
    """Sends what is due. An unreachable server makes this fail, which the health page shows."""
    until = at + TURN
    send_letters(at=at, mail=read_mail_settings(), go_on=lambda: clock.now() < until)


@every(AN_HOUR)
def forget_what_is_over(*, at: datetime) -> None:
    """Deletes what nobody confirmed, what accounts that are gone leave behind, and old letters."""
    forget_unconfirmed(at=at)
    forget_authors()
    forget_old_letters(at=at)
