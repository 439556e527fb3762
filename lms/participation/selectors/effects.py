"""Where an answer to a contribution can have had effect."""

from django.utils.translation import gettext as _

from lms.participation.models import ConsultationSection, Contribution
from lms.plan.models import Commitment, Milestone


def list_effects(*, row: Contribution) -> list[tuple[str, str]]:
    """Sections of its draft, milestones of its commitment, commitments of the plan, each with its words.

    Keys are ``s-``, ``m-`` or ``c-`` and the id. Three queries at most.
    """
    found: list[tuple[str, str]] = []
    if row.consultation_id is not None:
        sections = ConsultationSection.objects.filter(consultation_id=row.consultation_id)
        found += [
            (f"s-{section.pk}", _("Sección: %(title)s") % {"title": section.title or _("Inicio")})
            for section in sections
        ]
    if row.commitment_id is not None:
        milestones = Milestone.objects.filter(commitment_id=row.commitment_id, is_active=True)
        found += [
            (f"m-{milestone.pk}", _("Hito: %(label)s") % {"label": milestone.label[:80]})
            for milestone in milestones
        ]
    commitments = Commitment.objects.filter(plan_id=row.plan_id)
    found += [
        (
            f"c-{commitment.pk}",
            _("Compromiso %(number)s: %(title)s")
            % {"number": commitment.number, "title": commitment.title[:80]},
        )
        for commitment in commitments
    ]
    return found
