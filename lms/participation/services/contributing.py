"""Writing: comments on commitments, contributions to consultations, and what is added to both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.lib.clock import local_date
from lms.lib.words import clean_line, clean_text
from lms.participation.models import Consultation, Contribution
from lms.participation.rules.contributions import (
    PERIOD,
    Kind,
    Refusal,
    Sector,
    State,
    WriterFacts,
    fingerprint,
    refuse,
)
from lms.participation.services.settings import lock_settings


class ContributionRefusedError(Exception):
    """Something stands against it; ``twin`` is what the account wrote with the same words."""

    def __init__(self, refusal: Refusal, twin: Contribution | None = None) -> None:
        super().__init__(refusal)
        self.refusal, self.twin = refusal, twin


@dataclass(frozen=True)
class Author:
    """Who writes and how it is shown. ``organisation``: only where the person named one."""

    user_id: int
    sector: Sector
    shows_name: bool = False
    organisation: str = ""
    wants_mail: bool = False


@transaction.atomic
def add_comment(*, plan_id: int, commitment_id: int, author: Author, text: str, at: datetime) -> Contribution:
    """A comment on a commitment; shown at once, unless the plan reviews first.

    Raises:
        ContributionRefusedError: see there.
    """
    values = {"kind": Kind.COMMENT.value, "commitment_id": commitment_id}
    return _add(plan_id, author, text, at, values)


@transaction.atomic
def add_contribution(
    *, consultation_id: int, section_id: int | None, author: Author, text: str, at: datetime
) -> Contribution:
    """A contribution to a consultation: to one section, or to the whole draft.

    Raises:
        ContributionRefusedError: see there.
    """
    # Who changes its days or its draft waits until this is written, or this sees what changed.
    consultation = Consultation.objects.select_for_update().get(pk=consultation_id)
    if not consultation.is_published:
        raise ContributionRefusedError(Refusal.NOT_PUBLISHED)
    section = consultation.sections.filter(pk=section_id).first() if section_id else None
    if section_id and section is None:
        raise ContributionRefusedError(Refusal.DRAFT_CHANGED)
    values = {
        "kind": Kind.CONTRIBUTION.value,
        "consultation": consultation,
        "section": section,
        "commitment_id": (section and section.commitment_id) or consultation.commitment_id,
    }
    return _add(consultation.plan_id, author, text, at, values, consultation=consultation)


@transaction.atomic
def add_follow_up(*, contribution_id: int, text: str, at: datetime) -> Contribution:
    """Its author adds to what was answered, shown in the same way, even after a consultation closed.

    Raises:
        ContributionRefusedError: nobody answered yet, or see there.
    """
    first = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
    if first.author_id is None or first.latest_reply_id is None or not first.is_shown:
        raise ContributionRefusedError(Refusal.NOT_ANSWERED)
    author = Author(
        first.author_id, Sector(first.sector), first.shows_name, first.organisation, first.wants_mail
    )
    values = {
        "kind": first.kind,
        "commitment_id": first.commitment_id,
        "consultation_id": first.consultation_id,
        "section_id": first.section_id,
        "follow_up_of": first,
    }
    return _add(first.plan_id, author, text, at, values, is_follow_up=True)


def show(*, contribution: Contribution, at: datetime) -> None:
    """Everybody may read it from now on; part of a larger transaction."""
    contribution.state = State.SHOWN.value
    contribution.shown_at = contribution.shown_at or at
    contribution.hidden_reason = contribution.hidden_note = ""
    contribution.save(update_fields=["state", "shown_at", "hidden_reason", "hidden_note"])


def _add(
    plan_id: int,
    author: Author,
    text: str,
    at: datetime,
    values: dict[str, Any],
    *,
    consultation: Consultation | None = None,
    is_follow_up: bool = False,
) -> Contribution:
    settings = lock_settings(plan_id=plan_id)
    text = clean_text(text)
    mine = Contribution.objects.filter(author_id=author.user_id)
    twin = mine.filter(plan_id=plan_id, fingerprint=fingerprint(text)).first()
    facts = WriterFacts(
        kind=Kind(values["kind"]),
        comments_open=settings.comments_open or is_follow_up,
        opens_on=consultation.opens_on if consultation else None,
        closes_on=consultation.closes_on if consultation else None,
        written_lately=mine.filter(written_at__gt=at - PERIOD).count(),
        has_twin=twin is not None,
    )
    if refusal := refuse(facts=facts, on=local_date(at)):
        raise ContributionRefusedError(refusal, twin)
    settings.last_number += 1
    settings.save(update_fields=["last_number"])
    row = Contribution.objects.create(
        plan_id=plan_id,
        number=settings.last_number,
        text=text,
        fingerprint=fingerprint(text),
        author_id=author.user_id,
        shows_name=author.shows_name,
        sector=author.sector.value,
        organisation=clean_line(author.organisation),
        wants_mail=author.wants_mail,
        state=State.WAITING.value,
        written_at=at,
        **values,
    )
    if not settings.reviews_first:
        show(contribution=row, at=at)
    return row
