"""The plan on the home page."""

from dataclasses import dataclass, field
from datetime import date

from lms.plan.selectors.commitments import CommitmentRow, find_current_plan, list_commitment_rows
from lms.ui.charts import Door


@dataclass(frozen=True)
class HomeArcade:
    """Doors and totals of the current plan; without a plan there are no doors.

    ``trained`` is the published number of people who completed: of the only goal, or with several
    goals the largest one, because people would count twice in a sum (``trained_is_minimum``).
    ``None`` where it is not published, never zero.
    """

    doors: tuple[Door, ...] = ()
    rows: tuple[CommitmentRow, ...] = field(default=())
    trained: int | None = None
    trained_is_minimum: bool = False
    goal_count: int = 0
    target_count: int = 0
    met_count: int = 0
    institution_count: int = 0
    cutoff_date: date | None = None

    @property
    def commitment_count(self) -> int:
        return len(self.rows)


def home_arcade() -> HomeArcade:
    """Five queries, however many people, institutions or commitments there are."""
    plan = find_current_plan()
    if plan is None:
        return HomeArcade()
    rows = list_commitment_rows(plan=plan)
    goals = [row.coverage for row in rows if row.coverage]
    trained = [
        goal.total.completed.value for goal in goals if goal.total and goal.total.completed.value is not None
    ]
    snapshots = [goal.snapshot for goal in goals if goal.snapshot]
    return HomeArcade(
        doors=tuple(row.door for row in rows),
        rows=tuple(rows),
        trained=max(trained, default=None),
        trained_is_minimum=len(goals) > 1,
        goal_count=len(goals),
        target_count=sum(1 for goal in goals if goal.goal.target_percent is not None),
        met_count=sum(1 for goal in goals if goal.is_target_met),
        institution_count=max((snapshot.institution_count for snapshot in snapshots), default=0),
        cutoff_date=max((snapshot.cutoff_date for snapshot in snapshots), default=None),
    )
