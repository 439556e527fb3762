"""The words for the status of a milestone."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lms.plan.models import Milestone
from lms.publishing.rules.statuses import ShownStatus, shown_status

WORDS = {
    ShownStatus.NOT_REPORTED: _("Sin informar"),
    ShownStatus.NO_EVIDENCE: _("Sin evidencia disponible"),
    ShownStatus.NOT_STARTED: _("No iniciado"),
    ShownStatus.LIMITED: _("Limitado"),
    ShownStatus.SUBSTANTIAL: _("Sustancial"),
    ShownStatus.COMPLETE: _("Completo"),
}
PUBLISHED = Q(evidence__published_at__isnull=False, evidence__retired_at__isnull=True)


def milestones_with_counts() -> Any:
    """Milestones with ``evidence_count``: what is published and not taken back."""
    rows: Any = Milestone.objects.all()
    return rows.annotate(evidence_count=Count("evidence", filter=PUBLISHED, distinct=True))


def status_of(milestone: Any) -> ShownStatus:
    """Of a milestone that carries ``evidence_count``."""
    return shown_status(reported=milestone.status, evidence_count=milestone.evidence_count)


def status_words(milestone: Any) -> str:
    """``"Sin evidencia disponible"``."""
    return str(WORDS[status_of(milestone)])
