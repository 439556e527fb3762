"""Tables of the plan. Import from here, not from the topic files."""

from lms.plan.models.coverage import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.models.history import ImmutableChangeError, TrainingGoalChange
from lms.plan.models.plans import ActionPlan, Commitment, ExternalCoding, ThematicTable

__all__ = [
    "ActionPlan",
    "Commitment",
    "CoverageCell",
    "CoverageSnapshot",
    "ExternalCoding",
    "ImmutableChangeError",
    "ThematicTable",
    "TrainingGoal",
    "TrainingGoalChange",
]
