"""All writes of the plan. Import from here, not from the topic files."""

from lms.plan.services.coverage import (
    compute_coverage,
    recount_goal,
    refresh_current_coverage,
    take_daily_snapshots,
)
from lms.plan.services.goals import GoalValues, SavedGoal, create_goal, edit_goal, set_goal_active
from lms.plan.services.install import Difference, InstallReport, PlanDataError, install_plan
from lms.plan.services.milestones import (
    MilestoneValues,
    ReasonMissingError,
    add_milestone,
    edit_milestone,
    set_milestone_active,
)
from lms.plan.services.plans import (
    CommitmentLinks,
    CommitmentValues,
    LocalPlanLoopError,
    NumberTakenError,
    PlanCodeTakenError,
    PlanValues,
    TitleTakenError,
    add_coding,
    create_commitment,
    create_plan,
    edit_commitment,
    edit_plan,
    make_current,
    set_plan_status,
)

__all__ = [
    "CommitmentLinks",
    "CommitmentValues",
    "Difference",
    "GoalValues",
    "InstallReport",
    "LocalPlanLoopError",
    "MilestoneValues",
    "NumberTakenError",
    "PlanCodeTakenError",
    "PlanDataError",
    "PlanValues",
    "ReasonMissingError",
    "SavedGoal",
    "TitleTakenError",
    "add_coding",
    "add_milestone",
    "compute_coverage",
    "create_commitment",
    "create_goal",
    "create_plan",
    "edit_commitment",
    "edit_goal",
    "edit_milestone",
    "edit_plan",
    "install_plan",
    "make_current",
    "recount_goal",
    "refresh_current_coverage",
    "set_goal_active",
    "set_milestone_active",
    "set_plan_status",
    "take_daily_snapshots",
]
