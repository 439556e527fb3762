"""Tables of indicators. Import from here, not from the topic files."""

from lms.indicators.models.indicators import DEFAULT_LICENCE, FACTORS, Indicator
from lms.indicators.models.revisions import IndicatorRevision, Observation
from lms.indicators.models.uploads import PendingUpload, PeriodLock

__all__ = [
    "DEFAULT_LICENCE",
    "FACTORS",
    "Indicator",
    "IndicatorRevision",
    "Observation",
    "PendingUpload",
    "PeriodLock",
]
