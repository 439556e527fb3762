"""At the door of a frozen report."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from lms.lib import clock
from lms.people.policy import Action, Grant, Viewer, require
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.frozen.selectors_frozen import find_report
from lms.reports.models import PeriodReport
from lms.reports.saved.selectors_saved import may


@dataclass(frozen=True)
class ReportEntry:
    """A report, who looks at it and by which grant."""

    report: PeriodReport
    viewer: Viewer
    grant: Grant
    at: datetime

    @property
    def context(self) -> dict[str, object]:
        """What every page on it needs."""
        place = self.report.institution_id
        return {
            "report": self.report,
            "definition": json.loads(self.report.definition),
            "may_withdraw": may(viewer=self.viewer, action=Action.MANAGE_REPORTS, institution_id=place),
            "in_reports": True,
        }


def enter_report(request: HttpRequest, public_id: UUID, action: Action = Action.SEE_REPORTS) -> ReportEntry:
    """The report and the grant to see it.

    Raises:
        NotAllowedError, Http404: no such report, or not of an institution of the visitor.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    report = find_report(public_id=public_id)
    if report is None:
        raise Http404
    grant = require(viewer=viewer, action=action, institution_id=report.institution_id)
    return ReportEntry(report, viewer, grant, at)


def log_report(entry: ReportEntry, action: str, what: str = "") -> None:
    """A frozen report names nobody: the look is written down with no number of people."""
    log_access(
        viewer=entry.viewer,
        grant=entry.grant,
        action=action,
        at=entry.at,
        institution_id=entry.report.institution_id,
        detail=f"informe {entry.report.sha256[:16]} {what}".strip(),
    )
