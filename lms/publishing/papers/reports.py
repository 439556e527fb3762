"""Drafts of what those responsible owe: the half-yearly report and OGP's self-assessment.

They are filled with what is known here, and say what is not; whoever sends them reads them first.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.lib.paper import Block, Bullets, Grid, GridColumn, Heading, Paper, Passage
from lms.plan.models import ActionPlan
from lms.plan.rules.progress import HalfYear, ShownStatus
from lms.publishing.papers import sections
from lms.publishing.selectors.datapackage import publisher_of
from lms.publishing.selectors.records import CommitmentRecord
from lms.publishing.selectors.statuses import status_of
from lms.ui.spelling import spell_date


def to_complete() -> str:
    """What only a person can write."""
    return _("[Por completar]")


def period_words(period: HalfYear) -> str:
    """``"primer semestre de 2026"``."""
    first, second = _("primer semestre de %(year)s"), _("segundo semestre de %(year)s")
    return (first if period.half == 1 else second) % {"year": period.year}


def half_year_paper(
    *, plan: ActionPlan, records: Sequence[CommitmentRecord], period: HalfYear, at: datetime, today: date
) -> Paper:
    """What was reported, moved and shown in one half-year, commitment by commitment."""
    blocks: list[Block] = [
        Heading(_("Resumen")),
        Grid(
            (
                GridColumn(_("Compromiso"), 0.46),
                GridColumn(_("Informe del semestre"), 0.2),
                GridColumn(_("Hitos"), 0.34),
            ),
            [_summary_row(record, period) for record in records],
        ),
    ]
    for record in records:
        blocks += _half_year_of(record, period, today)
    return _draft(
        plan=plan,
        title=_("Informe semestral: %(period)s") % {"period": period_words(period)},
        blocks=blocks,
        at=at,
    )


def self_assessment_paper(*, plan: ActionPlan, records: Sequence[CommitmentRecord], at: datetime) -> Paper:
    """The fields of OGP's form, commitment by commitment."""
    blocks: list[Block] = [
        Heading(_("Sobre el plan")),
        Passage(plan.design_text or sections.not_published(), label=_("Cómo se elaboró")),
        Passage(plan.monitoring_text or sections.not_published(), label=_("Seguimiento según la fuente")),
    ]
    for record in records:
        blocks += _assessment_of(record)
    return _draft(plan=plan, title=_("Autoevaluación para Open Government Partnership"), blocks=blocks, at=at)


def _draft(*, plan: ActionPlan, title: str, blocks: Sequence[Block], at: datetime) -> Paper:
    day = spell_date(value=at)
    return Paper(
        title=title,
        kicker=plan.title,
        subtitle=settings.SITE_URL + reverse("plan:plan", args=[plan.code]),
        author=publisher_of(plan),
        made_at=at,
        foot=_("Borrador generado el %(day)s") % {"day": day},
        warning=_("Borrador generado el %(day)s; revisar antes de enviar.") % {"day": day},
        blocks=blocks,
    )


def _title(record: CommitmentRecord) -> Heading:
    words = {"number": record.commitment.number, "title": record.commitment.title}
    return Heading(_("Compromiso %(number)s. %(title)s") % words)


# --- The half-year -------------------------------------------------------------------------------
def _summary_row(record: CommitmentRecord, period: HalfYear) -> list[str]:
    told = _("Aprobado") if _updates_of(record, period) else _("Sin informe aprobado")
    commitment = record.commitment
    return [f"{commitment.number}. {commitment.title}", told, sections.count_statuses(record)]


def _half_year_of(record: CommitmentRecord, period: HalfYear, today: date) -> list[Block]:
    moves = [
        move for one in record.milestones for move in one.moves if sections.local(move.decided_at) in period
    ]
    shown = [
        item
        for one in record.milestones
        for item in one.shown_evidence
        if sections.local(item.published_at) in period
    ]
    return [
        _title(record),
        Passage(record.commitment.lead or sections.not_published(), label=_("Responsable")),
        *sections.update_blocks(_updates_of(record, period), level=3),
        *sections.milestone_blocks(record, level=3),
        *_late(record, today),
        *sections.replanning_blocks(record, level=3, moves=moves),
        *sections.evidence_blocks(record, level=3, only=shown),
        *sections.training_blocks(record, level=3),
        *sections.external_blocks(record, level=3),
        *sections.unknown_blocks(record, level=3),
    ]


def _updates_of(record: CommitmentRecord, period: HalfYear) -> list[Any]:
    return [update for update in record.updates if update.period == str(period)]


def _late(record: CommitmentRecord, today: date) -> list[Block]:
    late = [
        f"«{one.label}», {spell_date(value=one.due_on)}"
        for one in record.milestones
        if one.is_active and one.due_on and one.due_on < today and status_of(one) != ShownStatus.COMPLETE
    ]
    return [Heading(_("Hitos con el plazo vencido"), 3), Bullets(late)] if late else []


# --- OGP's form ----------------------------------------------------------------------------------
def _assessment_of(record: CommitmentRecord) -> list[Block]:
    commitment = record.commitment
    supporting = "; ".join(commitment.supporting or ()) or sections.not_published()
    related = ", ".join(str(other.number) for other in commitment.related.all()) or sections.not_published()
    return [
        _title(record),
        *sections.promise_blocks(record, level=3),
        Passage(supporting, label=_("Otros actores involucrados")),
        Passage(to_complete(), label=_("Línea de base del problema")),
        Passage(to_complete(), label=_("Cómo contribuye a resolver el problema")),
        Passage(to_complete(), label=_("Relevancia para los valores de OGP")),
        Passage(related, label=_("Compromisos relacionados (número)")),
        Passage(to_complete(), label=_("Vínculo con otros programas y planes nacionales")),
        Heading(_("Nivel de cumplimiento"), 3),
        Passage(to_complete(), label=_("No iniciado, limitado, sustancial o completo")),
        Passage(sections.count_statuses(record), label=_("Lo que muestran los hitos")),
        *sections.milestone_blocks(record, level=3),
        *sections.replanning_blocks(record, level=3),
        *sections.evidence_blocks(record, level=3),
        *sections.update_blocks(record.updates, level=3, title=_("Descripción de los resultados")),
        *sections.training_blocks(record, level=3),
        Heading(_("Próximos pasos"), 3),
        *_next_steps(record),
        Passage(to_complete(), label=_("Contacto")),
        *sections.external_blocks(record, level=3),
        *sections.unknown_blocks(record, level=3),
    ]


def _next_steps(record: CommitmentRecord) -> list[Block]:
    open_ones = [
        f"{one.label} ({spell_date(value=one.due_on) if one.due_on else sections.not_published()})"
        for one in record.milestones
        if one.is_active and status_of(one) != ShownStatus.COMPLETE
    ]
    return [Bullets(open_ones), Passage(to_complete())] if open_ones else [Passage(to_complete())]
