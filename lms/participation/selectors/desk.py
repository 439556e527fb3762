"""What waits for those who keep a plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lms.participation.models import Contribution, ContributionEdit, ContributionReport
from lms.participation.rules.contributions import ANSWER_WITHIN, State
from lms.people.policy import Reach
from lms.plan.models import ActionPlan, Commitment


class DeskList(StrEnum):
    """The lists of the desk; the values stand in addresses."""

    WAITING = "por-revisar"
    REPORTED = "con-avisos"
    UNANSWERED = "sin-respuesta"


@dataclass(frozen=True)
class DeskCounts:
    """How much is in each list; ``late``: unanswered for more than thirty days."""

    waiting: int
    reported: int
    unanswered: int
    late: int


@dataclass(frozen=True)
class Case:
    """A contribution to be decided about, with its earlier words and what is reported of it."""

    row: Contribution
    edits: list[ContributionEdit]
    reports: list[ContributionReport]


def list_desk(*, plan_id: int, which: DeskList) -> QuerySet[Contribution]:
    """One list, the oldest first. One query for a page, one to count."""
    rows = Contribution.objects.filter(plan_id=plan_id)
    if which == DeskList.WAITING:
        rows = rows.filter(state=State.WAITING)
    elif which == DeskList.REPORTED:
        rows = rows.filter(Exists(_open_reports()))
    else:
        rows = rows.unanswered()
    open_reports = Count("reports", filter=Q(reports__resolved_at__isnull=True))
    return rows.with_reply().annotate(report_count=open_reports).order_by("written_at", "pk")


def list_to_answer(*, plan_ids: Collection[int], reach: Reach) -> QuerySet[Contribution]:
    """What waits for an answer in these plans, and of commitments that are reported from there; oldest first.

    One query for a page, one to count.
    """
    mine = Q(plan_id__in=plan_ids)
    if reach.everywhere:
        mine |= Q(commitment__isnull=False)
    elif reach.institution_ids:
        reported = Commitment.objects.filter(reporting_institutions__in=reach.institution_ids)
        mine |= Q(commitment__in=reported)
    rows = Contribution.objects.unanswered().filter(mine)
    public = rows.exclude(plan__status=ActionPlan.Status.DRAFT)
    return public.with_reply().select_related("plan").order_by("written_at", "pk")


def count_desk(*, plan_id: int, at: datetime) -> DeskCounts:
    """One query."""
    unanswered = Q(state=State.SHOWN, latest_reply__isnull=True)
    rows = Contribution.objects.filter(plan_id=plan_id)
    found = rows.aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        reported=Count("pk", filter=Exists(_open_reports())),
        unanswered=Count("pk", filter=unanswered),
        late=Count("pk", filter=unanswered & Q(shown_at__lt=at - ANSWER_WITHIN)),
    )
    return DeskCounts(**found)


def read_case(*, row: Contribution) -> Case:
    """Two queries."""
    return Case(row, list(row.edits.all()), list(row.reports.filter(resolved_at__isnull=True)))


def _open_reports() -> QuerySet[ContributionReport]:
    return ContributionReport.objects.filter(contribution=OuterRef("pk"), resolved_at__isnull=True)
