"""What notices do again and again. Nothing that is shown of anybody's standing depends on it."""

from datetime import datetime, timedelta

from lms.jobs.schedule import every
from lms.lib import clock
from lms.notices.mail_settings import read_mail_settings
from lms.notices.sending import send_waiting
from lms.notices.services.answers import plan_answers as plan_given_answers
from lms.notices.services.changes import plan_changes as plan_changed_courses
from lms.notices.services.feedback import plan_askings, plan_reported_errors, plan_settled_reports
from lms.notices.services.forgetting import forget_old_notices as forget
from lms.notices.services.planning import plan_digests as plan_weekly
from lms.notices.services.replies import plan_replies as plan_given_replies
from lms.notices.services.slots import plan_slot_reminders, plan_slot_summaries
from lms.notices.tasks import plan_notices

A_MINUTE = 60
AN_HOUR = 3600
A_DAY = 86400
TURN = timedelta(seconds=30)
"""How long one turn sends: other work of the same worker waits for it."""


@every(AN_HOUR)
def plan_training_notices(*, at: datetime) -> None:
    """Queues the planning, which goes on from task to task until all people were gone through."""
    plan_notices.enqueue()


@every(AN_HOUR)
def plan_digests(*, at: datetime) -> None:
    """Early in the week, the digest of each team lead."""
    plan_weekly(at=at, calendar=read_mail_settings().calendar)


@every(AN_HOUR)
def plan_answers(*, at: datetime) -> None:
    """Answers to questions about records."""
    plan_given_answers(at=at, calendar=read_mail_settings().calendar)


@every(AN_HOUR)
def plan_feedback(*, at: datetime) -> None:
    """What is asked after a course, and errors that somebody reported."""
    calendar = read_mail_settings().calendar
    plan_askings(at=at, calendar=calendar)
    plan_settled_reports(at=at, calendar=calendar)
    plan_reported_errors(at=at, calendar=calendar)


@every(AN_HOUR)
def plan_slots(*, at: datetime) -> None:
    """Reviews of institutions' slots, and once a year what lacks."""
    calendar = read_mail_settings().calendar
    plan_slot_reminders(at=at, calendar=calendar)
    plan_slot_summaries(at=at, calendar=calendar)


@every(AN_HOUR)
def plan_replies(*, at: datetime) -> None:
    """Answers in conversations, for those who asked to be told."""
    plan_given_replies(at=at, calendar=read_mail_settings().calendar)


@every(AN_HOUR)
def plan_changes(*, at: datetime) -> None:
    """What changed in courses, for those who completed them."""
    plan_changed_courses(at=at, calendar=read_mail_settings().calendar)


@every(A_MINUTE)
def send_notices(*, at: datetime) -> None:
    """Sends what is due. An unreachable server makes this fail, which the health page shows."""
    until = at + TURN
    send_waiting(at=at, mail=read_mail_settings(), go_on=lambda: clock.now() < until)


@every(A_DAY)
def forget_old_notices(*, at: datetime) -> None:
    """Deletes what is older than two years."""
    forget(at=at)
