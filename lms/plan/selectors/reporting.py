"""What those responsible have to report, and what they are writing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lms.people.policy import Action, Viewer, has_any
from lms.plan.access import keeps_plan, reports_for
from lms.plan.models import (
    ActionPlan,
    Commitment,
    Evidence,
    Milestone,
    ProgressUpdate,
    UpdateLine,
    UpdateStep,
)
from lms.plan.rules.progress import Freshness, HalfYear
from lms.plan.selectors.progress import freshness_of, span_of


@dataclass(frozen=True)
class ReportedCommitment:
    """A commitment that one reports on. ``office``: for which institution one speaks.

    ``is_due``: it is being carried out in the half-year that is reported on now.
    """

    commitment: Commitment
    office: str
    freshness: Freshness
    open_update: ProgressUpdate | None
    milestone_count: int
    is_due: bool


@dataclass(frozen=True)
class DraftLine:
    """A line with the evidence that it brings."""

    line: UpdateLine
    evidence: Sequence[Evidence]


def list_reported(*, viewer: Viewer, today: date) -> list[ReportedCommitment]:
    """Commitments that the viewer reports on, by plan and number. Four queries; none without the role."""
    if not has_any(viewer=viewer, action=Action.REPORT_PROGRESS):
        return []
    rows = Commitment.objects.filter(reporting_institutions__isnull=False).distinct()
    rows = rows.select_related("plan").prefetch_related("reporting_institutions", "milestones")
    mine = [(row, office) for row in rows if (office := office_of(viewer=viewer, commitment=row))]
    updates = find_open_updates(commitments=[row for row, _office in mine])
    period = HalfYear.read(present_period(today=today))
    found = [
        ReportedCommitment(
            commitment=row,
            office=office,
            freshness=freshness_of(commitment=row, plan=row.plan, today=today),
            open_update=updates.get(row.pk),
            milestone_count=sum(milestone.is_active for milestone in row.milestones.all()),
            is_due=span_of(commitment=row, plan=row.plan).meets(period),
        )
        for row, office in mine
    ]
    return sorted(found, key=lambda one: (one.commitment.plan.title, one.commitment.number))


def office_of(*, viewer: Viewer, commitment: Commitment) -> str:
    """For which institution the viewer reports on a commitment; empty for none. One query at most.

    Whoever keeps the plan speaks for it where nobody of an institution does.
    """
    for place in commitment.reporting_institutions.all():
        if reports_for(viewer=viewer, institution_ids=[place.pk]):
            return place.name
    return ""


def may_write(*, viewer: Viewer, commitment: Commitment) -> str:
    """As :func:`office_of`; for the plan's team, the plan's own institution or title."""
    if office := office_of(viewer=viewer, commitment=commitment):
        return office
    plan = commitment.plan
    if not keeps_plan(viewer=viewer, plan=plan):
        return ""
    return plan.institution.name if plan.institution else plan.title


def find_open_updates(*, commitments: Iterable[Commitment]) -> dict[int, ProgressUpdate]:
    """By id of the commitment. One query."""
    rows = ProgressUpdate.objects.filter(commitment__in=[row.pk for row in commitments])
    return {row.commitment_id: row for row in rows.exclude(state=ProgressUpdate.State.APPROVED)}


def find_approval(*, commitment: Commitment) -> UpdateStep | None:
    """The approval of the latest update, where its note says something to those who report. One query."""
    steps = UpdateStep.objects.filter(update__commitment=commitment, state=ProgressUpdate.State.APPROVED)
    found = steps.select_related("update").order_by("-at", "-pk").first()
    return found if found and found.note else None


def list_draft_lines(*, update: ProgressUpdate) -> list[DraftLine]:
    """The lines of an update with their milestones and evidence. Two queries."""
    lines = update.lines.filter(milestone__is_active=True)
    lines = lines.select_related("milestone").prefetch_related("evidence")
    return [DraftLine(line, list(line.evidence.all())) for line in lines]


def list_sheet_milestones(*, viewer: Viewer, plan: ActionPlan) -> list[Milestone]:
    """Milestones in force of the plan's commitments on which the viewer writes. Two queries."""
    commitments = plan.commitments.prefetch_related("reporting_institutions")
    ids = [row.pk for row in commitments if may_write(viewer=viewer, commitment=row)]
    rows = Milestone.objects.filter(commitment__in=ids, is_active=True).select_related("commitment")
    return list(rows.order_by("commitment__number", "order", "pk"))


def list_saved_lines(*, milestones: Sequence[Milestone]) -> dict[int, UpdateLine]:
    """What open updates say of milestones, by their id. One query."""
    rows = UpdateLine.objects.filter(milestone__in=[m.pk for m in milestones])
    return {row.milestone_id: row for row in rows.exclude(update__state=ProgressUpdate.State.APPROVED)}


def present_period(*, today: date) -> str:
    """The half-year that is reported on: the present one, and in its first month the one that ended."""
    period = HalfYear.of(today)
    if (today - period.starts_on).days >= DAYS_FOR_THE_LAST:
        return str(period)
    return str(period.previous)


DAYS_FOR_THE_LAST = 31
