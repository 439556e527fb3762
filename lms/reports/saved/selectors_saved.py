"""Saved views and schedules, as the pages list them, and who may receive what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lms.lib.clock import local_date
from lms.people.models import Institution, RoleAssignment, User
from lms.people.policy import (
    WHO_MAY,
    Action,
    NotAllowedError,
    Viewer,
    institution_ids_for,
    require,
)
from lms.progress.services.trees import with_those_above
from lms.reports.models import ReportDelivery, ReportSchedule, SavedView
from lms.reports.rules.schedules import next_due

LATEST_SHOWN = 12


def list_views(*, viewer: Viewer) -> QuerySet[SavedView]:
    """The viewer's own views and those shared in institutions whose reports it sees. One query when read."""
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_REPORTS)
    shared = Q(is_shared=True) if allowed is None else Q(is_shared=True, institution_id__in=allowed)
    rows = SavedView.objects.filter(Q(owner_id=viewer.user_id) | shared)
    return rows.select_related("institution", "owner").order_by("name", "pk")


def find_view(*, viewer: Viewer, public_id: UUID) -> SavedView | None:
    """One of those views. One query."""
    return list_views(viewer=viewer).filter(public_id=public_id).first()


@dataclass(frozen=True)
class ScheduleLine:
    """A schedule with the day on which it is next due; ``None``: it was stopped."""

    schedule: ReportSchedule
    next_on: date | None


def list_schedules(*, viewer: Viewer, at: datetime) -> list[ScheduleLine]:
    """The schedules of institutions whose reports the viewer sees. Three queries."""
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_REPORTS)
    rows = _schedules() if allowed is None else _schedules().filter(view__institution_id__in=allowed)
    return [_line(row, at) for row in rows]


def find_schedule(*, viewer: Viewer, public_id: UUID, at: datetime) -> ScheduleLine | None:
    """One of those schedules. Three queries."""
    row = _schedules().filter(public_id=public_id).first()
    if row is None or not may(
        viewer=viewer, action=Action.SEE_REPORTS, institution_id=row.view.institution_id
    ):
        return None
    return _line(row, at)


def _schedules() -> QuerySet[ReportSchedule]:
    deliveries = ReportDelivery.objects.order_by("-opened_at", "-pk")
    return ReportSchedule.objects.select_related("view__institution", "view__owner").prefetch_related(
        "recipients", Prefetch("deliveries", queryset=deliveries)
    )


def _line(row: ReportSchedule, at: datetime) -> ScheduleLine:
    if row.stopped_at:
        return ScheduleLine(row, None)
    last = next((one.period for one in row.deliveries.all() if one.finished_at), "")
    return ScheduleLine(
        row,
        next_due(
            every=row.every,
            day=row.day,
            created_on=local_date(row.created_at),
            today=local_date(at),
            last_period=last,
        ),
    )


def list_running() -> list[ReportSchedule]:
    """Schedules that were not stopped, with view, institution and owner. One query."""
    rows = ReportSchedule.objects.filter(stopped_at__isnull=True)
    return list(rows.select_related("view__institution", "view__owner").order_by("pk"))


def find_delivery(*, public_id: UUID) -> ReportDelivery | None:
    """One delivery with its schedule, view and institution. One query."""
    rows = ReportDelivery.objects.select_related("schedule__view__institution")
    return rows.filter(public_id=public_id).first()


def list_deliveries(*, schedule: ReportSchedule) -> Sequence[ReportDelivery]:
    """The latest deliveries with their letters. Two queries."""
    rows = ReportDelivery.objects.filter(schedule=schedule).prefetch_related("letters__account")
    return list(rows.order_by("-opened_at", "-pk")[:LATEST_SHOWN])


# --- Who may receive ----------------------------------------------------------------------------------
def action_to_receive(*, file_format: str) -> Action:
    """What an account must be allowed to do in the institution: export names, or see figures."""
    return Action.SEE_REPORTS if file_format == ReportSchedule.Format.PDF else Action.EXPORT_PEOPLE


def list_candidates(*, institution: Institution, at: datetime) -> list[User]:
    """Accounts with a role that reaches the whole institution, by name. Two queries.

    Only to choose from: at each sending the policy decides anew.
    """
    above = with_those_above(institution_ids=frozenset({institution.pk}))
    grants = RoleAssignment.objects.valid_at(at).filter(
        Q(institution=institution)
        | Q(institution__isnull=True)
        | Q(institution__in=above, with_dependents=True),
        role__in=WHO_MAY[Action.EXPORT_PEOPLE],
        unit__isnull=True,
    )
    rows = User.objects.filter(pk__in=grants.values("user_id"), is_active=True).exclude(email="")
    return list(rows.order_by("last_name", "first_name", "email"))


def may(*, viewer: Viewer, action: Action, institution_id: int) -> bool:
    """Whether the viewer may do it in the whole institution. No query."""
    try:
        require(viewer=viewer, action=action, institution_id=institution_id)
    except NotAllowedError:
        return False
    return True
