"""Authors correct and take back their own words."""

from datetime import datetime

from django.db import transaction

from lms.lib.words import clean_text
from lms.participation.models import (
    Contribution,
    ContributionEdit,
    ContributionReport,
    ParticipationSettings,
)
from lms.participation.rules.contributions import Refusal, State, fingerprint, may_edit, may_withdraw
from lms.participation.services.contributing import ContributionRefusedError


class TooLateToEditError(Exception):
    """Thirty minutes have passed, somebody answered, or the words are not there any more."""


@transaction.atomic
def edit_contribution(*, contribution_id: int, text: str, at: datetime) -> bool:
    """Other words, with those before kept for whoever moderates. False where they are the same.

    Raises:
        TooLateToEditError: see there.
        ContributionRefusedError: the account wrote these words already.
    """
    row = _lock(contribution_id)
    if not may_edit(state=row.state, is_answered=row.is_answered, written_at=row.written_at, at=at):
        raise TooLateToEditError
    text = clean_text(text)
    if text == row.text:
        return False
    own = Contribution.objects.filter(author_id=row.author_id, plan_id=row.plan_id).exclude(pk=row.pk)
    if twin := own.filter(fingerprint=fingerprint(text)).first():
        raise ContributionRefusedError(Refusal.WRITTEN_BEFORE, twin)
    if row.author_id is not None:
        ContributionEdit.objects.create(
            contribution=row, author_id=row.author_id, text=row.text, replaced_at=at
        )
    row.text, row.fingerprint, row.edited_at = text, fingerprint(text), at
    reviewed = ParticipationSettings.objects.filter(plan_id=row.plan_id, reviews_first=True)
    if row.state == State.SHOWN and reviewed.exists():
        row.state, row.shown_at = State.WAITING.value, None  # nobody has read these words
    row.save(update_fields=["text", "fingerprint", "edited_at", "state", "shown_at"])
    return True


@transaction.atomic
def withdraw_contribution(*, contribution_id: int) -> bool:
    """Its words go for good, its place and what was answered stay. False where they were gone."""
    row = _lock(contribution_id)
    if not may_withdraw(state=row.state):
        return False
    row.edits.all().delete()
    row.reports.update(quoted="")
    row.text = row.fingerprint = row.organisation = row.hidden_reason = row.hidden_note = ""
    row.state, row.wants_mail = State.WITHDRAWN.value, False
    row.save(
        update_fields=[
            "text", "fingerprint", "organisation", "hidden_reason", "hidden_note", "state", "wants_mail",
        ]
    )  # fmt: skip
    return True


@transaction.atomic
def stop_reply_mail(*, contribution_id: int) -> None:
    """Its author wants no e-mail about answers to it any more."""
    Contribution.objects.filter(pk=contribution_id).update(wants_mail=False)


@transaction.atomic
def forget_authors() -> int:
    """Of accounts that are gone only public words stay, and not for whom they spoke; how many rows.

    What was hidden keeps its place and its reason, what was reported of them not their words.
    """
    gone = Contribution.objects.filter(author__isnull=True)
    waiting = gone.filter(state=State.WAITING.value)
    count = waiting.update(text="", fingerprint="", state=State.WITHDRAWN.value)
    hidden = gone.filter(state=State.HIDDEN.value).exclude(text="", fingerprint="")
    count += hidden.update(text="", fingerprint="")
    ContributionReport.objects.filter(contribution__in=gone).exclude(quoted="").update(quoted="")
    named = gone.exclude(organisation="", shows_name=False, wants_mail=False)
    return count + named.update(organisation="", shows_name=False, wants_mail=False)


def _lock(contribution_id: int) -> Contribution:
    return Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
