"""The words for the status of a milestone."""

from typing import Any

from django.db.models import Count, F, Q

from lms.plan.models import Milestone
from lms.plan.rules.progress import ShownStatus, shown_status
from lms.plan.selectors.progress import STATUS_NOTICES

PUBLISHED = Q(evidence__published_at__isnull=False, evidence__retired_at__isnull=True) & (
    Q(status_on__isnull=True) | Q(evidence__published_at__date__gte=F("status_on"))
)


def milestones_with_counts() -> Any:
    """Milestones with ``evidence_count``: what is published, not taken back, and shows the present status."""
    rows: Any = Milestone.objects.all()
    return rows.annotate(evidence_count=Count("evidence", filter=PUBLISHED, distinct=True))


def status_of(milestone: Any) -> ShownStatus:
    """Of a milestone that carries ``evidence_count``."""
    return shown_status(reported=milestone.status, evidence_count=milestone.evidence_count)


def status_words(milestone: Any) -> str:
    """``"Sin evidencia disponible"``."""
    return str(STATUS_NOTICES[status_of(milestone)].text)
