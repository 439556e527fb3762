"""E-mails that remind those responsible of the two reports a year."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.lib.clock import local_date
from lms.notices.mail_settings import MailSettings
from lms.notices.post import MailServerDownError, Postbox
from lms.notices.rules.replies import Outcome
from lms.notices.selectors.addresses import read_suppressions
from lms.people.models import Role, RoleAssignment, User
from lms.people.selectors.viewers import get_viewer
from lms.plan.models import ActionPlan, ProgressUpdate, ReportReminder
from lms.plan.rules.progress import HalfYear
from lms.plan.rules.reminders import Stage, stage_of
from lms.plan.selectors.progress import span_of
from lms.plan.selectors.reporting import ReportedCommitment, list_reported
from lms.plan.services.reminders import begin_reminder, take_back_reminder


def remind_reporters(*, at: datetime, mail: MailSettings) -> int:
    """Tells each who reports which commitments lack this half-year's report; how many were told.

    A commitment whose report was sent or approved is not named; who has none left is not written to.

    Raises:
        MailServerDownError: nothing can be sent now; who was not told is told later.
    """
    found = stage_of(today=local_date(at))
    if found is None:
        return 0
    period, stage = found
    told = set(
        ReportReminder.objects.filter(period=str(period), stage=stage).values_list("user_id", flat=True)
    )
    waiting = [user for user in _list_reporters(at=at) if user.pk not in told]
    letters = [(user, due) for user in waiting if (due := _list_due(user=user, period=period, at=at))]
    if not letters:
        return 0
    with Postbox() as box:
        return sum(_tell(box, user, due, period, stage, at, mail) for user, due in letters)


def _list_reporters(*, at: datetime) -> list[User]:
    """Active accounts that report for an institution. One query."""
    roles = RoleAssignment.objects.valid_at(at).filter(role=Role.PLAN_REPORTER)
    return list(User.objects.filter(pk__in=roles.values("user"), is_active=True).exclude(email=""))


def _list_due(*, user: User, period: HalfYear, at: datetime) -> list[ReportedCommitment]:
    """Commitments of running plans, being carried out then, that lack the report. Six queries at most."""
    mine = [
        item
        for item in list_reported(viewer=get_viewer(user=user, at=at), today=local_date(at))
        if item.commitment.plan.status == ActionPlan.Status.ACTIVE
        and span_of(commitment=item.commitment, plan=item.commitment.plan).meets(period)
    ]
    sent = (ProgressUpdate.State.PENDING, ProgressUpdate.State.APPROVED)
    done = ProgressUpdate.objects.filter(
        commitment__in=[item.commitment.pk for item in mine], period=str(period), state__in=sent
    )
    known = set(done.values_list("commitment_id", flat=True))
    return [item for item in mine if item.commitment.pk not in known]


def _tell(
    box: Postbox,
    user: User,
    due: Sequence[ReportedCommitment],
    period: HalfYear,
    stage: Stage,
    at: datetime,
    mail: MailSettings,
) -> bool:
    """Whether it was handed over.

    Raises:
        MailServerDownError: the server takes nothing now.
    """
    if read_suppressions(addresses=[str(user.email)], keys=mail.keys):
        return False
    row = begin_reminder(user=user, period=str(period), stage=stage, at=at)
    if row is None:
        return False  # another worker tells them
    try:
        reply = box.hand_over(_compose(user=user, due=due, period=period, stage=stage, mail=mail))
    except ValueError:
        return False  # an address that no header can hold must not stop the rest
    if reply.outcome in (Outcome.DOWN, Outcome.LATER):
        take_back_reminder(row=row)
    if reply.outcome == Outcome.DOWN:
        raise MailServerDownError(str(reply.code))
    return reply.outcome == Outcome.ACCEPTED


def _compose(
    *, user: User, due: Sequence[ReportedCommitment], period: HalfYear, stage: Stage, mail: MailSettings
) -> EmailMultiAlternatives:
    public_id = uuid.uuid5(uuid.NAMESPACE_URL, f"{mail.site_url}/{user.pk}/{period}/{stage}")
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "letter": {"given_name": user.first_name},
            "subject": _subject(stage=stage, period=period),
            "is_late": stage == Stage.LATE,
            "period": period,
            "commitments": [item.commitment for item in due],
            "link": mail.site_url + reverse("plan:to_report"),
            "site_url": mail.site_url,
            "can_reply": False,
        }
        message = EmailMultiAlternatives(
            subject=_subject(stage=stage, period=period),
            body=render_to_string("plan/mail/reminder.txt", context).strip() + "\n",
            from_email=mail.envelope_sender(public_id),
            to=[str(user.email)],
            headers={
                "From": mail.sender,
                "Message-ID": mail.message_id(public_id),
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string("plan/mail/reminder.html", context), "text/html")
    return message


def _subject(*, stage: Stage, period: HalfYear) -> str:
    words = {"period": str(period)}
    if stage == Stage.LATE:
        return _("Falta el informe de avance del semestre %(period)s") % words
    return _("Toca informar el avance del semestre %(period)s") % words
