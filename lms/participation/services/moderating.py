"""Deciding what is shown, and telling those who decide. Each decision leaves a line."""

from datetime import datetime

from django.db import transaction

from lms.lib.words import clean_line
from lms.participation.models import Contribution, ContributionReport, ModerationAction
from lms.participation.rules.contributions import MOST_REPORTS, PERIOD, State
from lms.participation.rules.moderation import Act, HiddenReason, possible_acts
from lms.participation.services.contributing import show


class NotPossibleError(Exception):
    """The contribution's state has changed, or its words did since they were read."""


class NotReportableError(Exception):
    """It is not shown any more, or is the account's own."""


class TooManyReportsError(Exception):
    """Ten within an hour."""


@transaction.atomic
def decide(
    *,
    contribution_id: int,
    act: Act,
    reason: HiddenReason | None,
    note: str,
    seen: int,
    by_id: int | None,
    at: datetime,
) -> None:
    """Show, hide, restore, or dismiss what was reported. ``seen``: how many corrections had been read.

    Raises:
        NotPossibleError: see there.
        ValueError: hidden without a reason.
    """
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
    reports = row.reports.filter(resolved_at__isnull=True)
    acts = possible_acts(state=row.state, has_words=bool(row.text), is_reported=reports.exists())
    if row.edits.count() != seen or act not in acts:
        raise NotPossibleError
    if act == Act.HIDE and reason is None:
        raise ValueError(act)
    note = clean_line(note)
    if act == Act.HIDE:
        _hide(row, reason, note)
    elif act in (Act.SHOW, Act.RESTORE):
        show(contribution=row, at=at)
    reports.update(resolved_at=at)
    ModerationAction.objects.create(
        contribution=row,
        act=act.value,
        reason=reason.value if reason and act == Act.HIDE else "",
        note=note,
        by_id=by_id,
        at=at,
    )


@transaction.atomic
def report_contribution(
    *, contribution_id: int, user_id: int, reason: HiddenReason, note: str, at: datetime
) -> bool:
    """Keeps the report with the words as they stand. False where the account had reported it before.

    Raises:
        NotReportableError, TooManyReportsError: see there.
    """
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
    if row.state != State.SHOWN or row.author_id == user_id:
        raise NotReportableError
    own = ContributionReport.objects.filter(reporter_id=user_id)
    if own.filter(contribution=row).exists():
        return False
    if own.filter(reported_at__gt=at - PERIOD).count() >= MOST_REPORTS:
        raise TooManyReportsError
    ContributionReport.objects.create(
        contribution=row,
        reporter_id=user_id,
        reason=reason.value,
        note=clean_line(note),
        quoted=row.text,
        reported_at=at,
    )
    return True


def _hide(row: Contribution, reason: HiddenReason | None, note: str) -> None:
    row.state = State.HIDDEN.value
    row.hidden_reason, row.hidden_note = (reason.value if reason else ""), note
    row.save(update_fields=["state", "hidden_reason", "hidden_note"])
