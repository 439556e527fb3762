"""Sealing what is published: at the end of each month, and when the plan's team asks for it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from lms.lib import clock
from lms.lib.canonical import canonical, digest
from lms.plan.models import ActionPlan, CoverageSnapshot, PlanChange, SealedSnapshot, TrainingGoal
from lms.plan.rules.seals import is_month_end, month_end_before
from lms.plan.selectors.seals import known_name, seal_content
from lms.plan.selectors.snapshots import total_name
from lms.plan.services.changes import lock_plan
from lms.plan.services.coverage import publish_goals

Why = SealedSnapshot.Why


class NothingToSealError(Exception):
    """The plan has no goals in force, or one of them has not been counted yet."""


class SealedAlreadyError(Exception):
    """The day was sealed before; the argument is the day."""


class MonthEndTodayError(Exception):
    """Tonight the whole day is sealed: half a day would take its place."""


def seal_now(*, plan_id: int, reason: str, sealed_by_id: int | None, at: datetime) -> SealedSnapshot:
    """Seals what is published at this moment. Its day is that of the latest count.

    Raises:
        NothingToSealError, SealedAlreadyError, MonthEndTodayError: see there.
    """
    return _seal(plan_id=plan_id, why=Why.ON_DEMAND, reason=reason, sealed_by_id=sealed_by_id, at=at)


def seal_month_ends(*, at: datetime) -> int:
    """Publishes and seals the last day of the month that is over; how many plans were sealed.

    A plan that was not public then or was sealed for that day is left alone, and so is a goal that did
    not exist then or counted something else: a seal says nothing of a day when nobody could read it.
    """
    day = month_end_before(day=clock.local_date(at))
    due = {
        plan.pk: goals
        for plan in ActionPlan.objects.public().filter(commitments__goals__is_active=True).distinct()
        if _was_public(plan=plan, day=day)
        and not SealedSnapshot.objects.filter(plan=plan, cutoff_date=day).exists()
        and (goals := _goals_on(plan=plan, day=day))
    }
    if due:
        publish_goals(cutoff=day, at=at)
    sealed = [_seal_month_end(plan_id=pk, goals=goals, day=day, at=at) for pk, goals in due.items()]
    return sum(sealed)


def _seal_month_end(*, plan_id: int, goals: frozenset[int], day: date, at: datetime) -> bool:
    """Whether it was sealed: not where somebody published another day meanwhile; the next turn does it."""
    try:
        _seal(
            plan_id=plan_id, why=Why.MONTH_END, reason="", sealed_by_id=None, at=at, goals=goals, of_day=day
        )
    except (NothingToSealError, SealedAlreadyError):
        return False
    return True


def _after(day: date) -> datetime:
    return clock.start_of_day(day + timedelta(days=1))


def _was_public(*, plan: ActionPlan, day: date) -> bool:
    """Whether everybody could read it on that day. One query."""
    later = PlanChange.objects.filter(plan=plan, subject=PlanChange.Subject.PLAN, changed_at__gte=_after(day))
    drafts = later.filter(before__status=str(ActionPlan.Status.DRAFT))
    return clock.local_date(plan.installed_at) <= day and not drafts.exists()


def _goals_on(*, plan: ActionPlan, day: date) -> frozenset[int]:
    """Goals in force that counted on that day what they count now. Two queries."""
    end = _after(day)
    came = PlanChange.objects.filter(
        plan=plan,
        subject=PlanChange.Subject.GOAL,
        kind__in=(PlanChange.Kind.CREATED, PlanChange.Kind.RESTORED),
        changed_at__gte=end,
    )
    goals = TrainingGoal.objects.filter(commitment__plan=plan, is_active=True)
    goals = goals.exclude(pk__in=list(came.values_list("object_id", flat=True)))
    return frozenset(goals.exclude(counted_since__gte=end).values_list("pk", flat=True))


@transaction.atomic
def _seal(
    *,
    plan_id: int,
    why: SealedSnapshot.Why,
    reason: str,
    sealed_by_id: int | None,
    at: datetime,
    goals: frozenset[int] | None = None,
    of_day: date | None = None,
) -> SealedSnapshot:
    plan = lock_plan(plan_id=plan_id)
    snapshots = _published(plan=plan, goals=goals)
    if of_day is not None and any(snapshot.cutoff_date != of_day for snapshot in snapshots):
        raise NothingToSealError
    day = max(snapshot.cutoff_date for snapshot in snapshots)
    _check_day(plan=plan, day=day, why=why)
    last = SealedSnapshot.objects.filter(plan=plan).order_by("-number").first()
    number, before = (last.number + 1, last.sha256) if last else (1, "")
    heading = {
        "numero": number,
        "fecha_corte": day.isoformat(),
        "por_que": str(why),
        "motivo": reason,
        "sello_anterior": before,
    }
    content = canonical(seal_content(plan=plan, heading=heading, at=at, snapshots=snapshots))
    return SealedSnapshot.objects.create(
        plan=plan,
        number=number,
        cutoff_date=day,
        sealed_at=at,
        sealed_by_id=sealed_by_id,
        why=why,
        reason=reason,
        content=content,
        totals={total_name(goal_id=snapshot.goal_id): snapshot.total for snapshot in snapshots},
        known=_known(snapshots=snapshots),
        previous_sha256=before,
        sha256=digest(content),
    )


def _published(*, plan: ActionPlan, goals: frozenset[int] | None) -> list[CoverageSnapshot]:
    """What is shown of these goals, or of every goal in force. Two queries."""
    wanted = TrainingGoal.objects.filter(commitment__plan=plan, is_active=True)
    if goals is not None:
        wanted = wanted.filter(pk__in=goals)
    rows = CoverageSnapshot.objects.shown().filter(goal__in=wanted).exclude(known={})
    found = list(rows.select_related("goal__commitment").order_by("goal__commitment__number", "goal__code"))
    if not found or len(found) < wanted.count():
        raise NothingToSealError
    return found


def _check_day(*, plan: ActionPlan, day: date, why: SealedSnapshot.Why) -> None:
    if SealedSnapshot.objects.filter(plan=plan, cutoff_date=day).exists():
        raise SealedAlreadyError(day)
    if why == Why.ON_DEMAND and is_month_end(day=day):
        raise MonthEndTodayError


def _known(*, snapshots: list[CoverageSnapshot]) -> Mapping[str, Any]:
    return {known_name(goal=snapshot.goal): snapshot.known for snapshot in snapshots}
