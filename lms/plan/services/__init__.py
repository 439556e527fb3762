"""All writes of the plan. Import from here, not from the topic files."""

from lms.plan.services.coverage import compute_coverage, refresh_current_coverage, take_daily_snapshots
from lms.plan.services.install import Difference, InstallReport, PlanDataError, install_plan

__all__ = [
    "Difference",
    "InstallReport",
    "PlanDataError",
    "compute_coverage",
    "install_plan",
    "refresh_current_coverage",
    "take_daily_snapshots",
]
