"""Tables of the plan. Import from here, not from the topic files."""

from lms.plan.models.append_only import AppendOnly, ImmutableChangeError
from lms.plan.models.coverage import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.models.headcounts import Headcount, HeadcountUpload
from lms.plan.models.history import PlanChange
from lms.plan.models.milestones import Completion, Evidence, Milestone, Replanning
from lms.plan.models.plans import ActionPlan, Commitment, ExternalCoding, ThematicTable
from lms.plan.models.reminders import ReportReminder
from lms.plan.models.seals import SealedSnapshot
from lms.plan.models.updates import ProgressUpdate, UpdateLine, UpdateStep

__all__ = [
    "ActionPlan",
    "AppendOnly",
    "Commitment",
    "Completion",
    "CoverageCell",
    "CoverageSnapshot",
    "Evidence",
    "ExternalCoding",
    "Headcount",
    "HeadcountUpload",
    "ImmutableChangeError",
    "Milestone",
    "PlanChange",
    "ProgressUpdate",
    "Replanning",
    "ReportReminder",
    "SealedSnapshot",
    "ThematicTable",
    "TrainingGoal",
    "UpdateLine",
    "UpdateStep",
]
