"""Sending scheduled reports: what is due, to whom it still may go, and what the e-mail says.

An e-mail is forwarded, kept and read on telephones, and nobody can tell by whom. So a list with names
never travels: the letter carries a link, and who opens it is asked who they are and is written down.
Figures of groups name nobody, and are attached.
"""

import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.lib.clock import local_date
from lms.people.models import User
from lms.people.policy import Action, Viewer
from lms.people.selectors.viewers import get_viewer
from lms.reports.models import ReportDelivery, ReportLetter, ReportSchedule
from lms.reports.rules.schedules import due_period
from lms.reports.saved.delivery_files import ViewLostError, make_delivery_file
from lms.reports.saved.selectors_saved import action_to_receive, list_running, may
from lms.reports.services import deliveries, schedules

DAY_BEGINS = timedelta(hours=7)
"""Reports are of the morning: before this hour, yesterday's day is still the day."""

MailError = (OSError, smtplib.SMTPException)


class MailServerError(Exception):
    """Some letters were left for the next run."""


def deliver_due(*, at: datetime) -> None:
    """Go through all running schedules; one that fails does not hold up the others.

    Raises:
        MailServerError: at the end, so that the failure shows among the periodic jobs.
    """
    failed = [schedule for schedule in list_running() if not deliver(schedule=schedule, at=at)]
    if failed:
        raise MailServerError(f"{len(failed)}")


def deliver(*, schedule: ReportSchedule, at: datetime) -> bool:
    """Send what is due of one schedule; False where letters are left. Safe to run twice."""
    owner = _owner(schedule, at)
    if owner is None:
        schedules.stop_schedule(schedule=schedule, because=ReportSchedule.Stopped.ROLE_LOST, at=at)
        return True
    period = due_period(
        every=schedule.every,
        day=schedule.day,
        created_on=local_date(schedule.created_at),
        today=local_date(at - DAY_BEGINS),
    )
    if period is None:
        return True
    delivery = deliveries.open_delivery(schedule=schedule, period=period.name, at=at)
    if delivery.finished_at:
        return True
    if delivery.made_at is None and not _make(delivery, schedule, owner, at):
        return True
    return _send_all(delivery, schedule, at)


def _owner(schedule: ReportSchedule, at: datetime) -> Viewer | None:
    """Who asked for it, as long as it may still manage reports there."""
    account = schedule.view.owner
    viewer = get_viewer(user=account, at=at)
    place = schedule.view.institution_id
    is_allowed = account.is_active and may(viewer=viewer, action=Action.MANAGE_REPORTS, institution_id=place)
    return viewer if is_allowed else None


def _make(delivery: ReportDelivery, schedule: ReportSchedule, owner: Viewer, at: datetime) -> bool:
    try:
        made = make_delivery_file(schedule=schedule, owner=owner, at=at)
    except ViewLostError:
        schedules.stop_schedule(schedule=schedule, because=ReportSchedule.Stopped.VIEW_LOST, at=at)
        return False
    with made.content as file:
        deliveries.keep_file(delivery=delivery, file=file, file_name=made.name, people=made.people, at=at)
    return True


def _send_all(delivery: ReportDelivery, schedule: ReportSchedule, at: datetime) -> bool:
    for letter in ReportLetter.objects.filter(delivery=delivery).select_related("account").order_by("pk"):
        if deliveries.claim_letter(letter=letter, at=at):
            _send(letter, delivery, schedule, at)
    return deliveries.finish_delivery(delivery=delivery, at=at)


def _send(letter: ReportLetter, delivery: ReportDelivery, schedule: ReportSchedule, at: datetime) -> None:
    state = _refusal(letter.account, schedule, at)
    if state is None:
        try:
            _compose(letter, delivery, schedule).send()
            state = ReportLetter.State.SENT
        except MailError:
            state = ReportLetter.State.WAITING
    deliveries.note_letter(letter=letter, state=state, at=at)


def _refusal(account: User, schedule: ReportSchedule, at: datetime) -> ReportLetter.State | None:
    """Why the account gets nothing now, whatever it was allowed when it was chosen."""
    viewer = get_viewer(user=account, at=at)
    action = action_to_receive(file_format=schedule.format)
    if not account.is_active or not may(
        viewer=viewer, action=action, institution_id=schedule.view.institution_id
    ):
        return ReportLetter.State.NO_GRANT
    return None if account.email else ReportLetter.State.NO_ADDRESS


def _compose(
    letter: ReportLetter, delivery: ReportDelivery, schedule: ReportSchedule
) -> EmailMultiAlternatives:
    view = schedule.view
    context = {
        "name": letter.account.first_name,
        "view": view,
        "schedule": schedule,
        "day": delivery.made_at,
        "is_attached": schedule.format == ReportSchedule.Format.PDF,
        "owner": view.owner.get_full_name(),
        "link": settings.SITE_URL + reverse("reports:delivery", kwargs={"public_id": delivery.public_id}),
        "site_url": settings.SITE_URL,
    }
    subject = _("%(view)s, %(institution)s") % {"view": view.name, "institution": view.institution.name}
    domain = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    message = EmailMultiAlternatives(
        subject=" ".join(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}".split()),
        body=render_to_string("reports/mail/report.txt", context),
        to=[letter.account.email or ""],
        headers={
            "Message-ID": f"<informe-{letter.public_id.hex}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("reports/mail/report.html", context), "text/html")
    if context["is_attached"] and delivery.storage_key:
        with storages[deliveries.STORAGE].open(delivery.storage_key) as file:
            message.attach(delivery.file_name, file.read(), "application/pdf")
    return message
