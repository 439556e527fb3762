from lms.reports.models.frozen import ImmutableReportError, PeriodReport
from lms.reports.models.saved import SavedView
from lms.reports.models.schedules import ReportDelivery, ReportLetter, ReportSchedule

__all__ = [
    "ImmutableReportError",
    "PeriodReport",
    "ReportDelivery",
    "ReportLetter",
    "ReportSchedule",
    "SavedView",
]
