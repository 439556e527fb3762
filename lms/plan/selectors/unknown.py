"""What nobody knows of a commitment: said as plainly as what is known."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.plan.models import Commitment, ExternalCoding
from lms.plan.rules.progress import ShownStatus
from lms.plan.selectors.facts import list_commitment_facts
from lms.plan.selectors.progress import STATUS_NOTICES
from lms.plan.selectors.snapshots import GoalCoverage

UNSHOWN = {ShownStatus.NO_EVIDENCE, ShownStatus.NOT_REPORTED}


def list_unknown(
    *,
    commitment: Commitment,
    milestones: Sequence[tuple[str, ShownStatus]],
    coverage: Sequence[GoalCoverage],
    codings: Sequence[ExternalCoding],
    aside: int = 0,
) -> list[str]:
    """One sentence for each thing. No query where the table of the commitment is loaded.

    Args:
        milestones: those in force, with the status that everybody reads.
        coverage: of its goals in force.
        aside: institutions of which it is not known how many people they have.
    """
    return [
        *(_("%(what)s: no publicado.") % {"what": label} for label in _missing_fields(commitment)),
        *_milestones(commitment, milestones),
        *_training(coverage, aside),
        *([] if codings else [_("Evaluación externa: no publicada en las fuentes leídas.")]),
    ]


def count_aside(*, coverage: Sequence[GoalCoverage]) -> int:
    """Institutions without a percentage in any of the goals, whose whole snapshots are loaded. No query."""
    # From the cubes as they are stored: the page builds the one it shows, and needs no other whole.
    published = [one.snapshot.published for one in coverage if one.snapshot]
    return len({row["institution"] for cube in published for row in cube.get("people_only", ())})


def _missing_fields(commitment: Commitment) -> list[str]:
    texts = (
        (_("Descripción"), commitment.description),
        (_("Problema público"), commitment.problem),
        (_("Resultado esperado"), commitment.ambition),
    )
    facts = list_commitment_facts(commitment=commitment)
    return [label for label, text in texts if not text] + [
        fact.label for fact in facts if not fact.is_published
    ]


def _milestones(commitment: Commitment, milestones: Sequence[tuple[str, ShownStatus]]) -> list[str]:
    told = [] if milestones else [_("Hitos: no hay ninguno publicado.")]
    if commitment.last_update_on is None:
        told.append(_("Avance: no hay un informe aprobado."))
    return told + [
        f"«{label}»: {str(STATUS_NOTICES[status].text).lower()}."
        for label, status in milestones
        if status in UNSHOWN
    ]


def _training(coverage: Sequence[GoalCoverage], aside: int) -> list[str]:
    told = [] if coverage else [_("Formación: no hay cursos vinculados ni una meta publicada.")]
    for one in coverage:
        words = {"title": one.goal.title}
        if one.goal.is_for_citizens:
            continue
        if one.goal.target_percent is None:
            told.append(_("«%(title)s»: meta no publicada.") % words)
        if one.snapshot is None:
            told.append(_("«%(title)s»: la cobertura aún no se calcula.") % words)
        elif one.total is None:
            told.append(_("«%(title)s»: dotación no publicada, así que no hay porcentaje.") % words)
    if aside:
        text = ngettext(
            "Dotación de %(count)d institución: no se sabe bien entre cuántas personas dividir.",
            "Dotación de %(count)d instituciones: no se sabe bien entre cuántas personas dividir.",
            aside,
        )
        told.append(text % {"count": aside})
    return told
