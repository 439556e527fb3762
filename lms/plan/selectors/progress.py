"""Milestones with their evidence and replannings, updates, and how fresh all of it is, as screens show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, QuerySet
from django.utils.translation import gettext_lazy as _lazy

from lms.lib import clock
from lms.plan.models import (
    ActionPlan,
    Commitment,
    Evidence,
    Milestone,
    ProgressUpdate,
    Replanning,
    UpdateLine,
)
from lms.plan.rules.progress import (
    Freshness,
    HalfYear,
    ShownStatus,
    Span,
    freshness,
    half_years,
    is_late,
    reported_span,
    shown_status,
)
from lms.ui.components import Notice

STATUS_NOTICES: dict[ShownStatus, Notice] = {
    ShownStatus.NOT_REPORTED: Notice("none", "file-question-mark", _lazy("Sin informar")),  # type: ignore[arg-type]
    ShownStatus.NO_EVIDENCE: Notice("none", "file-question-mark", _lazy("Sin evidencia disponible")),  # type: ignore[arg-type]
    ShownStatus.NOT_STARTED: Notice("mute", "clock", _lazy("No iniciado")),  # type: ignore[arg-type]
    ShownStatus.LIMITED: Notice("warn", "clock", _lazy("Limitado")),  # type: ignore[arg-type]
    ShownStatus.SUBSTANTIAL: Notice("info", "circle-check", _lazy("Sustancial")),  # type: ignore[arg-type]
    ShownStatus.COMPLETE: Notice("ok", "circle-check", _lazy("Completo")),  # type: ignore[arg-type]
}


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone with what is public of it. ``is_late``: past its deadline, not shown to be complete."""

    milestone: Milestone
    shown: ShownStatus
    is_late: bool
    evidence: Sequence[Evidence] = field(default=())
    replannings: Sequence[Replanning] = field(default=())

    @property
    def notice(self) -> Notice:
        return STATUS_NOTICES[self.shown]

    @property
    def reported_words(self) -> str:
        """What was reported, where it is not what is shown."""
        return str(self.milestone.get_status_display()) if self.shown == ShownStatus.NO_EVIDENCE else ""


@dataclass(frozen=True)
class MilestoneCounts:
    """How many milestones in force a commitment or plan has, and how they stand."""

    total: int = 0
    complete: int = 0
    late: int = 0
    without_evidence: int = 0
    not_reported: int = 0
    replanned: int = 0


def list_milestones(*, commitments: Iterable[Commitment], today: date) -> dict[int, list[MilestoneRow]]:
    """Milestones in force by id of the commitment, in order. Two queries, however many there are."""
    milestones = Milestone.objects.filter(commitment__in=[c.pk for c in commitments], is_active=True)
    return _rows(milestones=milestones, today=today)


def list_plan_milestones(*, plan: ActionPlan, today: date) -> list[MilestoneRow]:
    """Milestones in force of the whole plan, by commitment and order. Two queries."""
    milestones = Milestone.objects.filter(commitment__plan=plan, is_active=True)
    milestones = milestones.select_related("commitment").order_by("commitment__number", "order", "pk")
    for found in (rows := _rows(milestones=milestones, today=today)).values():
        for row in found:
            row.milestone.commitment.plan = plan
    return [row for found in rows.values() for row in found]


def _rows(*, milestones: QuerySet[Milestone], today: date) -> dict[int, list[MilestoneRow]]:
    found, replannings = _with_replannings(milestones)
    evidence = _by_milestone(public_evidence().filter(milestone__in=list(found)))
    rows: dict[int, list[MilestoneRow]] = {}
    for milestone in found.values():
        pieces = evidence.get(milestone.pk, [])
        showing = [one for one in pieces if shows_status(evidence=one, status_on=milestone.status_on)]
        shown = shown_status(reported=milestone.status, evidence_count=len(showing))
        row = MilestoneRow(
            milestone=milestone,
            shown=shown,
            is_late=is_late(due_on=milestone.due_on, shown=shown, today=today),
            evidence=pieces,
            replannings=replannings.get(milestone.pk, []),
        )
        rows.setdefault(milestone.commitment_id, []).append(row)
    return rows


def _with_replannings(milestones: QuerySet[Milestone]) -> tuple[dict[int, Milestone], dict[int, list[Any]]]:
    """Milestones in their order and, by milestone, its replannings, latest first. One query."""
    joined: Any = milestones.annotate(replanning=FilteredRelation("replannings"))
    joined = joined.select_related("replanning")
    found: dict[int, Milestone] = {}
    replannings: dict[int, list[Any]] = {}
    for row in joined:
        found.setdefault(row.pk, row)
        one: Replanning | None = getattr(row, "replanning", None)
        if one is not None:
            replannings.setdefault(row.pk, []).append(one)
    for several in replannings.values():
        several.sort(key=lambda one: (one.decided_at, one.pk), reverse=True)
    return found, replannings


def shows_status(*, evidence: Evidence, status_on: date | None) -> bool:
    """Evidence that came with the present status or after it; older pieces show an earlier one."""
    published_at = evidence.published_at
    return published_at is not None and (status_on is None or clock.local_date(published_at) >= status_on)


def public_evidence() -> QuerySet[Evidence]:
    """What everybody may see: of approved updates, not taken back."""
    return Evidence.objects.filter(published_at__isnull=False, retired_at__isnull=True)


def _by_milestone(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.milestone_id, []).append(row)
    return found


def count_milestones(*, rows: Iterable[MilestoneRow]) -> MilestoneCounts:
    """No query."""
    rows = list(rows)
    return MilestoneCounts(
        total=len(rows),
        complete=sum(row.shown == ShownStatus.COMPLETE for row in rows),
        late=sum(row.is_late for row in rows),
        without_evidence=sum(row.shown == ShownStatus.NO_EVIDENCE for row in rows),
        not_reported=sum(row.shown == ShownStatus.NOT_REPORTED for row in rows),
        replanned=sum(bool(row.replannings) for row in rows),
    )


@dataclass(frozen=True)
class PublicUpdate:
    """An approved update with what it says of each milestone of which it says something."""

    update: ProgressUpdate
    lines: list[UpdateLine]


def list_public_updates(*, commitment: Commitment, most: int = 3) -> list[PublicUpdate]:
    """The latest approved updates, latest first. One query."""
    approved = commitment.updates.filter(state=ProgressUpdate.State.APPROVED)
    latest = approved.order_by("-approved_at", "-pk")[:most].values("pk")
    rows: Any = ProgressUpdate.objects.filter(pk__in=latest).annotate(line=FilteredRelation("lines"))
    rows = rows.select_related("line__milestone").order_by("-approved_at", "-pk", "line__pk")
    found: dict[int, PublicUpdate] = {}
    for update in rows:
        told = found.setdefault(update.pk, PublicUpdate(update, []))
        line: UpdateLine | None = getattr(update, "line", None)
        if line is not None and (line.status or line.text or line.due_after):
            told.lines.append(line)
    return list(found.values())


def freshness_of(*, commitment: Commitment, plan: ActionPlan, today: date) -> Freshness:
    """Since when nothing was reported; without any report from the start, or since the plan is here."""
    begins = commitment.starts_on or plan.starts_on or clock.local_date(plan.installed_at)
    begins = max(begins, clock.local_date(plan.installed_at))
    return freshness(last_on=commitment.last_update_on, begins_on=begins, today=today)


def plan_freshness(*, plan: ActionPlan, commitments: Sequence[Commitment], today: date) -> Freshness:
    """Of the whole repository: the latest update of any commitment counts."""
    days = [c.last_update_on for c in commitments if c.last_update_on]
    begins = max(plan.starts_on or date.min, clock.local_date(plan.installed_at))
    return freshness(last_on=max(days, default=None), begins_on=begins, today=today)


def span_of(*, commitment: Commitment, plan: ActionPlan) -> Span:
    """While updates of a commitment are due. No query."""
    return reported_span(
        own=Span(commitment.starts_on, commitment.ends_on),
        plan=Span(plan.starts_on, plan.ends_on),
        arrived_on=clock.local_date(plan.installed_at),
    )


def plan_periods(*, plan: ActionPlan, commitments: Sequence[Commitment], today: date) -> list[HalfYear]:
    """The half-years in which updates are due: while the plan runs, since it is kept here.

    An ended plan that came here later has the half-year of its arrival, for its last report.
    """
    arrived = clock.local_date(plan.installed_at)
    starts = [day for day in (plan.starts_on, *(c.starts_on for c in commitments)) if day]
    ends = [day for day in (plan.ends_on, *(c.ends_on for c in commitments)) if day]
    start = max(min(starts, default=arrived), arrived)
    end = max(max(ends, default=today), start)
    if plan.ends_on is None and any(commitment.ends_on is None for commitment in commitments):
        end = max(end, today)
    return list(half_years(start=start, end=end))


def approved_days(*, plan: ActionPlan) -> Mapping[tuple[int, str], date]:
    """By commitment and period: when its first update was approved. One query."""
    rows = ProgressUpdate.objects.filter(
        commitment__plan=plan, state=ProgressUpdate.State.APPROVED, approved_at__isnull=False
    ).order_by("-approved_at")
    return {
        (update.commitment_id, update.period): clock.local_date(update.approved_at)
        for update in rows
        if update.approved_at
    }
