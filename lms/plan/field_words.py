"""How the fields of plans, commitments, milestones and goals are called, and their values spelled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lms.plan.models import ActionPlan, Completion
from lms.plan.selectors.facts import spell_coding
from lms.ui.spelling import spell_date, spell_number

FIELD_LABELS = {
    "code": _lazy("Código"),
    "number": _lazy("Número"),
    "title": _lazy("Título"),
    "label": _lazy("Hito"),
    "level": _lazy("Alcance"),
    "status": _lazy("Estado"),
    "country": _lazy("País"),
    "institution_id": _lazy("Institución"),
    "adheres_to_id": _lazy("Plan al que adhiere"),
    "follows_id": _lazy("Plan anterior"),
    "cycle": _lazy("Ciclo"),
    "period": _lazy("Período"),
    "starts_on": _lazy("Inicio"),
    "ends_on": _lazy("Término"),
    "due_on": _lazy("Plazo"),
    "total_commitments": _lazy("Total de compromisos"),
    "subnational_commitments": _lazy("Compromisos subnacionales"),
    "tables": _lazy("Mesas de trabajo"),
    "design_text": _lazy("Cómo se diseñó"),
    "monitoring_text": _lazy("Seguimiento y evaluación"),
    "is_current": _lazy("Plan que se muestra"),
    "ogp_id": _lazy("Identificador OGP"),
    "description": _lazy("Descripción"),
    "is_described": _lazy("Descrito en el texto fuente"),
    "problem": _lazy("Problema público"),
    "ambition": _lazy("Resultado esperado"),
    "table_id": _lazy("Mesa de trabajo"),
    "lead": _lazy("Responsable"),
    "supporting": _lazy("Instituciones que apoyan"),
    "reporting_institutions": _lazy("Instituciones que informan"),
    "sdg_targets": _lazy("Objetivos de Desarrollo Sostenible y sus metas"),
    "policy_areas": _lazy("Áreas de política según OGP"),
    "budget_amount": _lazy("Presupuesto"),
    "budget_currency": _lazy("Moneda"),
    "related": _lazy("Compromisos relacionados"),
    "notes": _lazy("Notas"),
    "unit": _lazy("Unidad responsable"),
    "status_on": _lazy("Informado el"),
    "is_active": _lazy("Vigente"),
    "source_text": _lazy("Fuente"),
    "source_url": _lazy("Dirección de la fuente"),
    "source": _lazy("Fuente"),
    "results": _lazy("Resultados"),
    "values": _lazy("Qué dice"),
    "retrieved_on": _lazy("Consultada el"),
    "sources": _lazy("Fuentes"),
    "design_review": _lazy("Informe de diseño del IRM"),
    "office": _lazy("Institución que informa"),
    "text": _lazy("Qué se hizo"),
    "evidence": _lazy("Evidencias nuevas"),
    "audience": _lazy("A quién se dirige"),
    "course_codes": _lazy("Cursos"),
    "target_percent": _lazy("Meta"),
    "baseline_percent": _lazy("Línea base"),
    "baseline_on": _lazy("Fecha de la línea base"),
    "baseline_source": _lazy("Fuente de la línea base"),
    "institutions": _lazy("Instituciones"),
    "estamentos": _lazy("Estamentos"),
    "legal_qualities": _lazy("Calidades jurídicas"),
    "includes_honorarios": _lazy("Incluye honorarios"),
    "population": _lazy("A quiénes se cuenta"),
}
"""In the order in which a change lists them."""

LONG_TEXTS = frozenset(
    {
        "title",
        "label",
        "description",
        "problem",
        "ambition",
        "notes",
        "design_text",
        "monitoring_text",
        "text",
    }
)
"""Fields of which a change shows the words that went and came."""


@dataclass(frozen=True)
class FieldNames:
    """What ids in changes stand for, by id."""

    institutions: Mapping[int, str] = field(default_factory=dict)
    plans: Mapping[int, str] = field(default_factory=dict)
    tables: Mapping[int, str] = field(default_factory=dict)
    commitments: Mapping[int, str] = field(default_factory=dict)


def spell_value(*, name: str, value: Any, names: FieldNames) -> str:
    """A value of a change in words; ``None`` and empty are "no publicado"."""
    if value is None or value in ("", []):
        return _("no publicado")
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if spell := _SPELLERS.get(name):
        return spell(value, names)
    if isinstance(value, dict):
        return ", ".join(str(FIELD_LABELS.get(key, key)) for key in value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def spell_parts(*, before: Any, after: Any) -> str:
    """Which parts of a value differ whose words are the same before and after."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return _("cambió")
    changed = [key for key in before | after if before.get(key) != after.get(key)]
    parts = ", ".join(str(FIELD_LABELS.get(key, key)) for key in changed)
    return _("cambió: %(parts)s") % {"parts": parts}


def _day(value: Any, names: FieldNames) -> str:
    return spell_date(value=date.fromisoformat(value) if isinstance(value, str) else value)


def _status(value: Any, names: FieldNames) -> str:
    words = dict(ActionPlan.Status.choices) | dict(Completion.choices)
    return str(words.get(value, value))


_SPELLERS = {
    **dict.fromkeys(("starts_on", "ends_on", "due_on", "status_on", "retrieved_on"), _day),
    "values": lambda value, names: spell_coding(values=value),
    "status": _status,
    "level": lambda value, names: str(dict(ActionPlan.Level.choices).get(value, value)),
    "institution_id": lambda value, names: names.institutions.get(value, _("institución eliminada")),
    "adheres_to_id": lambda value, names: names.plans.get(value, _("plan que no es público")),
    "follows_id": lambda value, names: names.plans.get(value, _("plan que no es público")),
    "table_id": lambda value, names: names.tables.get(value, _("mesa que ya no existe")),
    "reporting_institutions": lambda value, names: ", ".join(
        names.institutions.get(pk, _("institución eliminada")) for pk in value
    ),
    "related": lambda value, names: ", ".join(
        names.commitments.get(pk, _("compromiso que no es público")) for pk in value
    ),
    "budget_amount": lambda value, names: spell_number(value=Decimal(str(value)), decimals=2),
}
