"""Creating and changing training goals, each change with its author. Nothing is ever deleted."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from lms.plan.models import Commitment, CoverageSnapshot, PlanChange, TrainingGoal
from lms.plan.selectors.open_data import measure_part
from lms.plan.selectors.snapshots import cube_of, find_current_snapshot
from lms.plan.services.changes import lock_commitment, record_change, refuse_unseen
from lms.plan.services.coverage import recount_goals

COUNTED_FIELDS = frozenset(
    {"course_codes", "includes_honorarios", "audience", "institutions", "estamentos", "legal_qualities"}
)
"""What changes the figures themselves."""
CODE_LENGTH = 60


@dataclass(frozen=True)
class GoalValues:
    """What a goal says. ``target_percent`` (1 to 100) and ``due_on`` are ``None`` where none is published.

    Empty ``institutions`` (codes), ``estamentos`` or ``legal_qualities`` mean all of them. A baseline
    (0 to 100) has its day and its source.
    """

    title: str
    course_codes: list[str]
    target_percent: int | None
    due_on: date | None
    includes_honorarios: bool
    population: str
    audience: str = "employees"
    institutions: list[str] = field(default_factory=list)
    estamentos: list[str] = field(default_factory=list)
    legal_qualities: list[str] = field(default_factory=list)
    baseline_percent: int | None = None
    baseline_on: date | None = None
    baseline_source: str = ""


@dataclass(frozen=True)
class SavedGoal:
    """``is_counted``: the coverage shown is that of the goal as saved; else it waits to be counted."""

    goal: TrainingGoal
    is_changed: bool
    is_counted: bool


def create_goal(
    *, commitment_id: int, values: GoalValues, changed_by_id: int | None, at: datetime
) -> SavedGoal:
    """Adds a goal in force; its code comes from its title and stays.

    Raises:
        Commitment.DoesNotExist: no such commitment.
    """
    with transaction.atomic():
        commitment = lock_commitment(commitment_id=commitment_id)
        code = _free_code(commitment=commitment, title=values.title)
        goal = TrainingGoal.objects.create(commitment=commitment, code=code, **asdict(values))
        record_goal_change(
            goal=goal,
            kind=PlanChange.Kind.CREATED,
            changed_by_id=changed_by_id,
            at=at,
            after=asdict(values),
        )
    return SavedGoal(goal, is_changed=True, is_counted=recount_goals(at=at))


def edit_goal(
    *,
    goal_id: int,
    values: GoalValues,
    changed_by_id: int | None,
    at: datetime,
    seen: int | None = None,
) -> SavedGoal:
    """Writes what differs; the same values again change nothing.

    ``seen``: the commitment's version, see :func:`refuse_unseen`.

    Raises:
        TrainingGoal.DoesNotExist: no such goal.
        ChangedMeanwhileError: see there.
    """
    with transaction.atomic():
        goal = _lock(goal_id=goal_id)
        refuse_unseen(subject=PlanChange.Subject.GOAL, row=goal, seen=seen, written=asdict(values))
        after = {name: value for name, value in asdict(values).items() if getattr(goal, name) != value}
        before = {name: getattr(goal, name) for name in after}
        if not after:
            return SavedGoal(goal, is_changed=False, is_counted=True)
        is_recounted = bool(COUNTED_FIELDS & after.keys())
        _write(goal=goal, values=after | ({"counted_since": at} if is_recounted else {}))
        record_goal_change(
            goal=goal,
            kind=PlanChange.Kind.EDITED,
            changed_by_id=changed_by_id,
            at=at,
            before=before,
            after=after,
        )
        if is_recounted:
            _outdate(goal=goal)
        else:
            _measure(goal=goal)
    return _recount(goal=goal, at=at) if is_recounted else SavedGoal(goal, is_changed=True, is_counted=True)


def set_goal_active(*, goal_id: int, is_active: bool, changed_by_id: int | None, at: datetime) -> SavedGoal:
    """Takes a goal out of all public pages and files, or puts it back; a second time changes nothing.

    Raises:
        TrainingGoal.DoesNotExist: no such goal.
    """
    with transaction.atomic():
        goal = _lock(goal_id=goal_id)
        if goal.is_active == is_active:
            return SavedGoal(goal, is_changed=False, is_counted=True)
        _write(goal=goal, values={"is_active": is_active})
        record_goal_change(
            goal=goal,
            kind=PlanChange.Kind.RESTORED if is_active else PlanChange.Kind.RETIRED,
            changed_by_id=changed_by_id,
            at=at,
            before={"is_active": not is_active},
            after={"is_active": is_active},
        )
        _outdate(goal=goal)
    return _recount(goal=goal, at=at)


def record_goal_change(
    *,
    goal: TrainingGoal,
    kind: PlanChange.Kind,
    changed_by_id: int | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    from_pack: bool = False,
) -> PlanChange:
    """One line of history of the goal, in the transaction of the change."""
    commitment = goal.commitment
    return record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=PlanChange.Subject.GOAL,
        row=goal,
        label=goal.title,
        kind=kind,
        changed_by_id=changed_by_id,
        at=at,
        before=before,
        after=after,
        from_pack=from_pack,
    )


def _lock(*, goal_id: int) -> TrainingGoal:
    """The goal and its commitment, whose version a change of the goal raises."""
    goals = TrainingGoal.objects.select_for_update(of=("self", "commitment"), no_key=True)
    return goals.select_related("commitment__plan").get(pk=goal_id)


def _write(*, goal: TrainingGoal, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(goal, name, value)
    goal.save(update_fields=list(values))


def _outdate(*, goal: TrainingGoal) -> None:
    """What is published no longer says what the goal counts: shown again after the next count."""
    CoverageSnapshot.objects.filter(goal=goal, kind=CoverageSnapshot.Kind.CURRENT).update(is_outdated=True)


def _recount(*, goal: TrainingGoal, at: datetime) -> SavedGoal:
    is_counted = recount_goals(at=at) if goal.is_active else True
    return SavedGoal(goal, is_changed=True, is_counted=is_counted)


def _measure(*, goal: TrainingGoal) -> None:
    """The figures stay and the words of the files change: so do the sizes of the files."""
    snapshot = find_current_snapshot(goal_id=goal.pk)
    if snapshot is None:
        return
    snapshot.csv_bytes, snapshot.json_bytes = measure_part(
        goal=goal,
        cube=cube_of(snapshot=snapshot),
        cutoff_date=snapshot.cutoff_date,
        names=snapshot.institution_names,
        at=snapshot.computed_at,
        headcounts=snapshot.headcounts,
    )
    snapshot.save(update_fields=["csv_bytes", "json_bytes"])


def _free_code(*, commitment: Commitment, title: str) -> str:
    """``"Formación en integridad"`` → ``"formacion-en-integridad"``, then ``"…-2"``, ``"…-3"``."""
    taken = set(commitment.goals.values_list("code", flat=True))
    stem = slugify(title)[: CODE_LENGTH - 5].strip("-") or "meta"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
