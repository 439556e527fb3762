"""The sections that papers share. Each says what is not published as plainly as what is."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.lib.clock import local_date
from lms.lib.paper import Block, Bullets, Grid, GridColumn, Heading, Passage
from lms.plan.models import Evidence
from lms.plan.rules.progress import ShownStatus
from lms.plan.selectors.commitments import CommitmentRow
from lms.plan.selectors.facts import SourcedFact, list_commitment_facts, list_irm_facts
from lms.plan.selectors.progress import STATUS_NOTICES
from lms.plan.selectors.snapshots import GoalCoverage
from lms.plan.selectors.unknown import count_aside, list_unknown
from lms.publishing.selectors.records import CommitmentRecord
from lms.publishing.selectors.statuses import status_of, status_words
from lms.ui.spelling import spell_date, spell_percent


def not_published() -> str:
    return _("No publicado")


def promise_blocks(record: CommitmentRecord, *, level: int) -> list[Block]:
    """What was promised, with the source of each value."""
    commitment = record.commitment
    facts = [
        ("description", _("Descripción"), commitment.description),
        ("problem", _("Problema público"), commitment.problem),
        ("ambition", _("Resultado esperado"), commitment.ambition),
    ]
    texts: list[Block] = [
        Passage(_sourced(text or not_published(), commitment.sources.get(name) or {}), label=label)
        for name, label, text in facts
    ]
    return [
        Heading(_("Qué se prometió"), level),
        *texts,
        *(_fact(fact) for fact in list_commitment_facts(commitment=commitment)),
    ]


def milestone_blocks(record: CommitmentRecord, *, level: int) -> list[Block]:
    """Milestones in force with dates, status and evidence; withdrawn ones are named below."""
    title = Heading(_("Hitos"), level)
    active = [milestone for milestone in record.milestones if milestone.is_active]
    if not record.milestones:
        return [title, Passage(_("No hay hitos publicados."))]
    columns = (
        GridColumn(_("Hito"), 0.36),
        GridColumn(_("Unidad"), 0.18),
        GridColumn(_("Plazo"), 0.16),
        GridColumn(_("Estado"), 0.18),
        GridColumn(_("Evidencias"), 0.12),
    )
    blocks: list[Block] = (
        [title, Grid(columns, [_milestone_row(one) for one in active])] if active else [title]
    )
    for milestone in record.milestones:
        if not milestone.is_active:
            blocks.append(Passage(milestone.label, label=_("Hito retirado")))
    return blocks


def update_blocks(updates: Sequence[Any], *, level: int, title: str = "") -> list[Block]:
    """What approved updates say of the commitment, and in words of its milestones."""
    told: list[Block] = []
    for update in updates:
        words = {"office": update.office, "day": spell_date(value=update.approved_at)}
        label = _("%(office)s, aprobado el %(day)s") % words
        told.append(Passage(update.text or _("Solo informa de hitos."), label=label))
        if lines := [f"«{line.milestone.label}»: {line.text}" for line in update.worded_lines]:
            told.append(Bullets(lines))
    return [
        Heading(title or _("Qué se informó"), level),
        *(told or [Passage(_("No hay un informe de avance aprobado."))]),
    ]


def replanning_blocks(
    record: CommitmentRecord, *, level: int, moves: Sequence[Any] | None = None
) -> list[Block]:
    """Deadlines that moved, with their reasons; ``moves``: only these."""
    told = [
        _("«%(label)s»: de %(before)s a %(after)s. Motivo: %(reason)s")
        % {
            "label": milestone.label,
            "before": _day(move.due_before),
            "after": _day(move.due_after),
            "reason": move.reason,
        }
        for milestone in record.milestones
        for move in milestone.moves
        if moves is None or move in moves
    ]
    found: Block = Bullets(told) if told else Passage(_("Ningún plazo ha cambiado."))
    return [Heading(_("Reprogramaciones"), level), found]


def evidence_blocks(
    record: CommitmentRecord, *, level: int, only: Sequence[Any] | None = None
) -> list[Block]:
    """What shows the progress, with date, licence and where it is; ``only``: these alone."""
    told = [
        _evidence(milestone.label, one)
        for milestone in record.milestones
        for one in milestone.shown_evidence
        if only is None or one in only
    ]
    found: Block = Bullets(told) if told else Passage(_("Sin evidencia disponible."))
    return [Heading(_("Evidencia"), level), found]


def training_blocks(record: CommitmentRecord, *, level: int) -> list[Block]:
    """Training coverage as published, apart from progress."""
    title = Heading(_("Cobertura de la formación"), level)
    if not record.coverage:
        return [
            title,
            Passage(_("Este compromiso no tiene cursos vinculados ni meta de formación publicada.")),
        ]
    return [title, *(_training(one) for one in record.coverage)]


def external_blocks(record: CommitmentRecord, *, level: int) -> list[Block]:
    """What independent bodies say, in their words; never mixed with what is reported here."""
    blocks: list[Block] = [
        Heading(_("Evaluación externa"), level),
        Passage(_("Es de un evaluador independiente. No es avance informado ni cobertura de la formación.")),
    ]
    for review in list_irm_facts(codings=record.codings):
        read = (
            _("consultado el %(day)s") % {"day": spell_date(value=review.retrieved_on)}
            if review.retrieved_on
            else _("sin fecha de consulta registrada")
        )
        blocks.append(Passage(f"{review.source_url} ({read})", label=review.by))
        blocks.append(Bullets([_irm_line(fact) for fact in review.facts]))
    if not record.codings:
        blocks.append(Passage(_("No publicado en las fuentes leídas.")))
    return blocks


def unknown_blocks(record: CommitmentRecord, *, level: int) -> list[Block]:
    """What we do not know, listed."""
    told = list_unknown(
        commitment=record.commitment,
        milestones=[(one.label, status_of(one)) for one in record.milestones if one.is_active],
        coverage=record.coverage,
        codings=record.codings,
        aside=count_aside(coverage=record.coverage),
    )
    found: Block = Bullets(told) if told else Passage(_("Nada de lo que pide la ficha falta."))
    return [Heading(_("Qué no sabemos"), level), found]


def count_statuses(record: CommitmentRecord) -> str:
    """``"3 hitos: 1 Completo, 2 Sin evidencia disponible"``."""
    active = [milestone for milestone in record.milestones if milestone.is_active]
    if not active:
        return _("No hay hitos publicados.")
    counts = {status: sum(status_of(one) == status for one in active) for status in ShownStatus}
    parts = ", ".join(f"{count} {STATUS_NOTICES[status].text}" for status, count in counts.items() if count)
    total = ngettext("%(count)s hito", "%(count)s hitos", len(active)) % {"count": len(active)}
    return f"{total}: {parts}"


def _milestone_row(milestone: Any) -> list[str]:
    count = ngettext("%(count)s publicada", "%(count)s publicadas", milestone.evidence_count)
    return [
        milestone.label,
        milestone.unit or not_published(),
        _day(milestone.due_on),
        status_words(milestone),
        count % {"count": milestone.evidence_count} if milestone.evidence_count else _("Ninguna"),
    ]


def _evidence(label: str, one: Evidence) -> str:
    where = one.url or _("archivo %(name)s, SHA-256 %(sum)s") % {"name": one.file_name, "sum": one.sha256}
    dead = ""
    if one.is_dead and one.dead_since:
        dead = " " + _("(no responde desde el %(day)s)") % {"day": spell_date(value=one.dead_since)}
    words = {"label": label, "title": one.title, "day": spell_date(value=one.dated_on)}
    words |= {"licence": one.licence, "where": where}
    return _("Hito «%(label)s»: %(title)s (%(day)s, %(licence)s): %(where)s") % words + dead


def _training(coverage: GoalCoverage) -> Passage:
    row = CommitmentRow(coverage.goal.commitment, coverage)
    goal = coverage.goal
    parts = [row.words, *([row.people] if row.people else [])]
    if goal.target_percent is not None:
        parts.append(_("meta %(percent)s") % {"percent": spell_percent(percent=goal.target_percent)})
    else:
        parts.append(_("sin meta publicada"))
    if coverage.snapshot:
        parts.append(_("al %(day)s") % {"day": spell_date(value=coverage.snapshot.cutoff_date)})
    return Passage("; ".join(parts) + ".", label=goal.title)


def _fact(fact: SourcedFact) -> Passage:
    text = "; ".join(fact.items) or fact.value or not_published()
    return Passage(_sourced(text, {"text": fact.source_text, "url": fact.source_url}), label=fact.label)


def _irm_line(fact: SourcedFact) -> str:
    original = f" ({fact.original})" if fact.original else ""
    return f"{fact.label}: {fact.value or not_published()}{original}"


def _sourced(text: str, source: dict[str, str]) -> str:
    if not source.get("url"):
        return text
    return text + "\n" + _("Fuente: %(text)s. %(url)s") % source


def _day(day: Any) -> str:
    return spell_date(value=day) if day else not_published()


def local(at: Any) -> Any:
    """The calendar day of an instant, in Chile."""
    return local_date(at)
