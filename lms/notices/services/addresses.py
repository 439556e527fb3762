"""What comes back from addresses, and trying them again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lms.notices.models import AddressProblem, Mail, Notice
from lms.notices.rules.addresses import ProblemKind
from lms.notices.rules.kinds import Reason, State
from lms.notices.rules.reports import Report
from lms.notices.services.preferences import turn_everything_off


@transaction.atomic
def note_problem(*, mail_id: int, kind: ProblemKind, status: str, at: datetime) -> bool:
    """Write down what happened to the address of an e-mail; once, however often it is reported."""
    mail = Mail.objects.get(pk=mail_id)
    _problem, is_new = AddressProblem.objects.get_or_create(
        mail=mail,
        kind=kind.value,
        defaults={
            "person_id": mail.person_id,
            "address_hash": mail.address_hash,
            "status": status[:12],
            "at": at,
        },
    )
    return is_new


@transaction.atomic
def apply_report(*, report: Report, at: datetime) -> bool:
    """Do what a report says; False where its token is none of ours or it was known already.

    A bounced notice "did not arrive". A complaint leaves it sent: it did arrive.
    """
    mail = Mail.objects.filter(public_id=UUID(report.token), handed_at__isnull=False).first()
    if mail is None:
        return False
    if report.problem is None:
        return turn_everything_off(person_id=mail.person_id, at=at)
    if not note_problem(mail_id=mail.pk, kind=report.problem, status=report.status, at=at):
        return False
    if report.problem != ProblemKind.COMPLAINT:
        arrived = (State.SENT, State.UNKNOWN)
        Notice.objects.filter(mail=mail, state__in=arrived).update(state=State.FAILED, reason=Reason.BOUNCED)
    return True


def clear_problems(*, person_id: int, cleared_by_id: int | None, at: datetime) -> int:
    """Try the person's address again; how many problems were set aside."""
    return AddressProblem.objects.filter(person_id=person_id, cleared_at__isnull=True).update(
        cleared_at=at, cleared_by=cleared_by_id
    )
