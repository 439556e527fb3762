"""Every decision about progress and assigned training. Import from here, not from the topic files."""

from lms.progress.rules.completion import (
    AttemptDecision,
    AttemptFact,
    AttemptRefusal,
    CompletionDecision,
    Condition,
    ConditionState,
    UnitRefusal,
    decide_attempt,
    decide_completion,
    decide_unit,
    next_unit,
    progress_percent,
)
from lms.progress.rules.dates import FOREVER, Span, add_months, expiry_date

__all__ = [
    "FOREVER",
    "AttemptDecision",
    "AttemptFact",
    "AttemptRefusal",
    "CompletionDecision",
    "Condition",
    "ConditionState",
    "Span",
    "UnitRefusal",
    "add_months",
    "decide_attempt",
    "decide_completion",
    "decide_unit",
    "expiry_date",
    "next_unit",
    "progress_percent",
]
