"""What is known of a plan and its commitments, each with its source; what is not, said as such."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lms.plan.models import ActionPlan, Commitment, ExternalCoding
from lms.ui.spelling import spell_date, spell_number

IRM_LABELS = {
    "verifiable": _lazy("Verificable"),
    "relevant_to_ogp_values": _lazy("Relevante para los valores de OGP"),
    "ambition": _lazy("Ambición"),
    "early_results": _lazy("Resultados tempranos"),
    "completion": _lazy("Cumplimiento"),
    "commitments": _lazy("Compromisos"),
    "transformative": _lazy("Transformadores"),
    "potentially_starred": _lazy("Potencialmente destacados"),
    "public_influence": _lazy("Influencia de la ciudadanía"),
    "multi_stakeholder_forum": _lazy("Foro de múltiples actores"),
    "acted_contrary_to_process": _lazy("Actuó en contra del proceso"),
}
IRM_WORDS = {
    "Yes": _lazy("Sí"),
    "No": _lazy("No"),
    "Unclear": _lazy("No está claro"),
    "Low": _lazy("Baja"),
    "Modest": _lazy("Modesta"),
    "High": _lazy("Alta"),
    "No Evidence Available": _lazy("Sin evidencia disponible"),
    "Not Started": _lazy("No iniciado"),
    "Limited": _lazy("Limitado"),
    "Substantial": _lazy("Sustancial"),
    "Complete": _lazy("Completo"),
    "None": _lazy("Ninguno"),
    "Marginal": _lazy("Marginal"),
    "Moderate": _lazy("Moderado"),
    "Major": _lazy("Importante"),
    "Significant": _lazy("Significativo"),
    "No IRM Data": _lazy("Sin datos del IRM"),
    "Access to Information, Technology": _lazy("Acceso a la información, tecnología"),
    "Yes (Civic Participation)": _lazy("Sí (participación ciudadana)"),
    "Pending IRM Review (crawl after design report)": _lazy("Pendiente de revisión del IRM"),
    "Collaboration": _lazy("Colaboración"),
}


@dataclass(frozen=True)
class SourcedFact:
    """A fact with its source. An empty ``value`` and no ``items``: not published.

    ``original`` is the wording of a source in English; ``lang`` that of ``items``.
    """

    label: str
    value: str = ""
    items: Sequence[str] = field(default=())
    original: str = ""
    lang: str = ""
    source_text: str = ""
    source_url: str = ""

    @property
    def is_published(self) -> bool:
        return bool(self.value or self.items)


@dataclass(frozen=True)
class ExternalReview:
    """What one body says of a commitment, with where and when it was read. ``earlier``: latest first."""

    by: str
    facts: Sequence[SourcedFact]
    source_url: str
    retrieved_on: date | None
    earlier: Sequence["ExternalReview"] = field(default=())

    @property
    def host(self) -> str:
        """Of which site the source is a page."""
        return urlsplit(self.source_url).hostname or self.source_url


def list_commitment_facts(*, commitment: Commitment) -> list[SourcedFact]:
    """The facts of a commitment in the order of its page; no query where its table is loaded."""
    return [
        _fact(commitment, "lead", _("Responsable"), value=commitment.lead or ""),
        _fact(commitment, "supporting", _("Apoyan"), items=commitment.supporting or ()),
        _fact(
            commitment, "table", _("Mesa de trabajo"),
            value=commitment.table.name if commitment.table else "",
        ),
        _fact(commitment, "starts_on", _("Inicio"), value=_day(commitment.starts_on)),
        _fact(commitment, "ends_on", _("Término"), value=_day(commitment.ends_on)),
        _fact(commitment, "budget", _("Presupuesto"), value=_budget(commitment)),
        _fact(
            commitment, "sdg_targets", _("Objetivos de Desarrollo Sostenible y sus metas"),
            items=commitment.sdg_targets or (),
        ),
        _fact(
            commitment, "policy_areas", _("Áreas de política según OGP"),
            items=commitment.policy_areas or (), lang="en",
        ),
        _fact(commitment, "ogp_id", _("Identificador OGP"), value=commitment.ogp_id or ""),
    ]  # fmt: skip


def _fact(
    commitment: Commitment,
    name: str,
    label: str,
    *,
    value: str = "",
    items: Sequence[str] = (),
    lang: str = "",
) -> SourcedFact:
    source = commitment.sources.get(name) or {}
    return SourcedFact(
        label=label,
        value=value,
        items=tuple(items),
        lang=lang,
        source_text=source.get("text", ""),
        source_url=source.get("url", ""),
    )


def _budget(commitment: Commitment) -> str:
    if commitment.budget_amount is None:
        return ""
    amount = Decimal(commitment.budget_amount)
    spelled = spell_number(value=amount, decimals=0 if amount == amount.to_integral_value() else 2)
    return f"{commitment.budget_currency} {spelled}"


def _day(day: date | None) -> str:
    return spell_date(value=day) if day else ""


def list_irm_facts(*, codings: Sequence[ExternalCoding]) -> list[ExternalReview]:
    """What each body and source says now, with what it said before; no query.

    Args:
        codings: all of a commitment, oldest first.

    Values are in Spanish, beside the words of the source.
    """
    by_source: dict[tuple[str, str], list[ExternalReview]] = {}
    for coding in codings:
        by_source.setdefault((coding.by, coding.source_url), []).insert(0, _review(coding))
    found = [replace(latest, earlier=tuple(earlier)) for latest, *earlier in by_source.values()]
    return sorted(found, key=lambda review: review.by)


def spell_coding(*, values: Mapping[str, Any]) -> str:
    """``"Cumplimiento: Limitado; Ambición: Baja"``: what one coding says, without what it leaves open."""
    facts = (_irm_fact(name=name, value=values[name]) for name in _in_order(values))
    return "; ".join(f"{fact.label}: {fact.value}" for fact in facts if fact.is_published)


def _review(coding: ExternalCoding) -> ExternalReview:
    return ExternalReview(
        by=coding.by,
        facts=[_irm_fact(name=name, value=coding.values[name]) for name in _in_order(coding.values)],
        source_url=coding.source_url,
        retrieved_on=coding.retrieved_on,
    )


def _in_order(values: Mapping[str, Any]) -> list[str]:
    """In the order of the labels: a database may keep the names of a document in another."""
    return [name for name in IRM_LABELS if name in values] + [
        name for name in values if name not in IRM_LABELS
    ]


def list_plan_review(*, plan: ActionPlan) -> list[SourcedFact]:
    """The reviewer's figures about the whole plan; no query."""
    values = plan.design_review.get("values", {})
    return [_irm_fact(name=name, value=values[name]) for name in _in_order(values)]


def _irm_fact(*, name: str, value: Any) -> SourcedFact:
    label = str(IRM_LABELS.get(name, name))
    if value is None:
        return SourcedFact(label=label)
    text = str(value)
    spanish = str(IRM_WORDS.get(text, text))
    return SourcedFact(label=label, value=spanish, original="" if spanish == text else text)
