"""Reading plans and coverage. Import from here, not from the topic files."""

from lms.plan.selectors.arcade import HomeArcade, home_arcade
from lms.plan.selectors.commitments import (
    CommitmentPage,
    CommitmentRow,
    find_current_plan,
    get_commitment_page,
    list_commitment_rows,
)
from lms.plan.selectors.course_goals import CourseGoal, goals_for_course
from lms.plan.selectors.lines import CoverageLine, CoverageTables, coverage_tables
from lms.plan.selectors.snapshots import latest_snapshot_at

__all__ = [
    "CommitmentPage",
    "CommitmentRow",
    "CourseGoal",
    "CoverageLine",
    "CoverageTables",
    "HomeArcade",
    "coverage_tables",
    "find_current_plan",
    "get_commitment_page",
    "goals_for_course",
    "home_arcade",
    "latest_snapshot_at",
    "list_commitment_rows",
]
