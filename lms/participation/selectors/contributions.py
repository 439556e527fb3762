"""What was written, as screens read it."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Subquery

from lms.participation.models import (
    Consultation,
    Contribution,
    ModerationAction,
    OfficialReply,
    ParticipationSettings,
)
from lms.participation.rules.contributions import State
from lms.plan.models import ActionPlan


def read_settings(*, plan: ActionPlan) -> ParticipationSettings:
    """Those of the plan, or the defaults. One query."""
    return ParticipationSettings.objects.filter(plan=plan).first() or ParticipationSettings(plan=plan)


def list_comments(*, commitment_id: int) -> QuerySet[Contribution]:
    """All that have a place in public, newest first. One query for a page of them, one to count."""
    rows = Contribution.objects.of_commitment(commitment_id).in_public().with_reply()
    return rows.order_by("-number")


def list_last_comments(*, commitment_id: int, most: int) -> tuple[list[Contribution], int]:
    """The newest whose words are shown, and how many have a place in public.

    One query; where nobody's words are shown, another that counts the hidden ones.
    """
    every = Contribution.objects.of_commitment(commitment_id).in_public()
    count = Subquery(every.order_by().values("commitment_id").annotate(count=Count("pk")).values("count"))
    shown = Contribution.objects.of_commitment(commitment_id).shown().with_reply()
    rows: list[Any] = list(shown.annotate(in_public_count=count).order_by("-number")[:most])
    return rows, rows[0].in_public_count if rows else every.count()


def list_contributions(*, consultation_id: int, section_id: int | None = None) -> QuerySet[Contribution]:
    """Of a consultation, or of one section of it, newest first. One query for a page, one to count."""
    rows = Contribution.objects.filter(consultation_id=consultation_id).in_public().with_reply()
    if section_id is not None:
        rows = rows.filter(section_id=section_id)
    return rows.order_by("-number")


def find_contribution(*, public_id: UUID) -> Contribution | None:
    """With its plan and all that a line prints. One query."""
    rows = Contribution.objects.with_reply().select_related("plan__institution")
    return rows.filter(public_id=public_id).first()


def list_replies(*, contribution_id: int) -> list[OfficialReply]:
    """All replies to it, newest first: the first of them counts, the others were corrected. One query."""
    rows = OfficialReply.objects.filter(contribution_id=contribution_id)
    rows = rows.select_related("commitment", "milestone", "section")
    return list(rows.order_by("-pk"))


def list_own(*, user_id: int) -> QuerySet[Contribution]:
    """All that an account wrote, in all plans and states. One query for a page, one to count."""
    return Contribution.objects.filter(author_id=user_id).with_reply().order_by("-written_at", "-pk")


def list_consultations(*, plan_id: int) -> QuerySet[Consultation]:
    """Published ones, newest first, each with how many contributions it has in public. One query."""
    return _counted(Consultation.objects.public().filter(plan_id=plan_id))


def list_all_consultations(*, plan_id: int) -> QuerySet[Consultation]:
    """Drafts of consultations too, for those who keep the plan. One query."""
    return _counted(Consultation.objects.filter(plan_id=plan_id))


def find_consultation(*, plan_id: int, consultation_id: int) -> Consultation | None:
    """One query."""
    rows = Consultation.objects.select_related("commitment")
    return rows.filter(plan_id=plan_id, pk=consultation_id).first()


def count_by_section(*, consultation_id: int) -> dict[int | None, int]:
    """Contributions in public by section; ``None``: to the whole draft. One query."""
    rows = Contribution.objects.filter(consultation_id=consultation_id).in_public()
    return dict(rows.order_by("section").values_list("section").annotate(count=Count("pk")))


def read_reported(*, user_id: int, contribution_ids: list[int]) -> frozenset[int]:
    """Those of them that the account reported. One query."""
    rows = Contribution.objects.filter(pk__in=contribution_ids, reports__reporter_id=user_id)
    return frozenset(rows.values_list("pk", flat=True))


def count_hidden_by_reason() -> dict[str, int]:
    """How many words are hidden now, by reason, in all public plans. One query."""
    rows = Contribution.objects.filter(state=State.HIDDEN).exclude(plan__status=ActionPlan.Status.DRAFT)
    return dict(rows.order_by("hidden_reason").values_list("hidden_reason").annotate(count=Count("pk")))


def list_actions(*, plan_id: int) -> QuerySet[ModerationAction]:
    """What those who moderate did, newest first. One query for a page, one to count."""
    rows = ModerationAction.objects.filter(contribution__plan_id=plan_id)
    return rows.select_related("contribution", "by").order_by("-pk")


def _counted(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    counted = Q(contributions__shown_at__isnull=False) | Q(contributions__state=State.HIDDEN)
    rows = rows.select_related("commitment").annotate(received=Count("contributions", filter=counted))
    return rows.order_by("-opens_on", "-pk")
