"""All writes of the plan. Import from here, not from the topic files."""

from lms.plan.services.coverage import (
    compute_coverage,
    recount_goal,
    refresh_current_coverage,
    take_daily_snapshots,
)
from lms.plan.services.goals import GoalValues, SavedGoal, create_goal, edit_goal, set_goal_active
from lms.plan.services.install import Difference, InstallReport, PlanDataError, install_plan

__all__ = [
    "Difference",
    "GoalValues",
    "InstallReport",
    "PlanDataError",
    "SavedGoal",
    "compute_coverage",
    "create_goal",
    "edit_goal",
    "install_plan",
    "recount_goal",
    "refresh_current_coverage",
    "set_goal_active",
    "take_daily_snapshots",
]
