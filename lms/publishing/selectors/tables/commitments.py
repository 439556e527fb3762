"""Commitments: a table, and a document with the source of each value."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, Commitment, ExternalCoding, TrainingGoal
from lms.plan.selectors.open_data import LICENCE, goal_figures
from lms.publishing.selectors.fields import Field, Table
from lms.publishing.selectors.tables.plan import list_sources

FIELDS = (
    Field("numero", "integer", _("Número del compromiso en el plan.")),
    Field("ogp_id", "string", _("Identificador de Open Government Partnership.")),
    Field("titulo", "string", _("Título, textual del texto fuente si lo trae.")),
    Field("descripcion", "string", _("Descripción, textual del texto fuente si la trae.")),
    Field("descrito_en_texto_fuente", "boolean", _("Si el texto fuente lo describe. En el CSV, sí o no.")),
    Field("responsable", "string", _("Institución responsable, en palabras de la fuente.")),
    Field("apoyan", "array", _("Instituciones que apoyan.")),
    Field("inicio", "date", _("Inicio de la ejecución (año-mes-día).")),
    Field("termino", "date", _("Término de la ejecución (año-mes-día).")),
    Field("ods", "array", _("Objetivos de Desarrollo Sostenible o sus metas.")),
    Field("areas_ogp", "array", _("Áreas de política según Open Government Partnership.")),
    Field("notas", "string", _("Aclaraciones sobre las fuentes.")),
    Field("cursos", "array", _("Códigos de los cursos vinculados.")),
    Field("publico", "string", _("personal (de instituciones) o ciudadania.")),
    Field("meta_porcentaje", "integer", _("Meta de formación, si se publicó alguna (de 1 a 100).")),
    Field("meta_plazo", "date", _("Plazo de la meta de formación (año-mes-día).")),
    Field("linea_base_porcentaje", "integer", _("Porcentaje al empezar, si se publicó.")),
    Field("linea_base_fecha", "date", _("Día de la línea base.")),
    Field("linea_base_fuente", "string", _("De dónde sale la línea base.")),
    Field("fuentes", "array", _("De dónde sale cada dato, como «campo: dirección».")),
    Field("problema", "string", _("Problema público que aborda.")),
    Field("resultado_esperado", "string", _("Qué se espera lograr.")),
    Field("mesa", "string", _("Mesa de trabajo de la que salió, si una fuente lo dice.")),
    Field("presupuesto", "string", _("Monto, como número decimal con punto.")),
    Field("moneda", "string", _("Moneda del monto (ISO 4217).")),
    Field("relacionados", "array", _("Números de compromisos relacionados del mismo plan.")),
    Field("ultimo_avance", "date", _("Día del último informe de avance aprobado (año-mes-día).")),
    Field("version", "integer", _("Sube con cada cambio del compromiso, de sus hitos o de sus metas.")),
)  # fmt: skip

GOAL_NAMES = (
    "publico", "meta_porcentaje", "meta_plazo", "linea_base_porcentaje", "linea_base_fecha",
    "linea_base_fuente",
)  # fmt: skip


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """Commitments by number. Three queries."""
    return [_row(commitment) for commitment in _read(plan)]


def build_document(plan: ActionPlan | None) -> dict[str, Any]:
    """The plan and its commitments, each value with its source. Four queries."""
    commitments = _read(plan) if plan else []
    return {
        "licencia": LICENCE,
        "plan": _head(plan) if plan else None,
        "compromisos": [commitment_document(commitment) for commitment in commitments],
    }


def commitment_document(commitment: Commitment) -> dict[str, Any]:
    """One commitment as published; ``None`` is "not published". Its goals, codings… should be loaded."""
    return {
        "numero": commitment.number,
        "ogp_id": commitment.ogp_id,
        "titulo": commitment.title,
        "descripcion": commitment.description,
        "descrito_en_texto_fuente": commitment.is_described,
        "responsable": commitment.lead,
        "apoyan": commitment.supporting,
        "inicio": _day(commitment.starts_on),
        "termino": _day(commitment.ends_on),
        "ods": commitment.sdg_targets,
        "areas_ogp": commitment.policy_areas,
        "problema": commitment.problem,
        "resultado_esperado": commitment.ambition,
        "mesa": commitment.table.name if commitment.table else None,
        "presupuesto": _budget(commitment),
        "moneda": commitment.budget_currency if commitment.budget_amount is not None else None,
        "relacionados": _related(commitment),
        "ultimo_avance": _day(commitment.last_update_on),
        "version": commitment.version,
        "notas": commitment.notes,
        "fuentes": commitment.sources,
        "metas": [_goal(goal) for goal in active_goals(commitment)],
        "evaluaciones_externas": [
            _coding(coding) for coding in sorted(commitment.codings.all(), key=lambda one: one.pk)
        ],
    }


def active_goals(commitment: Commitment) -> Sequence[TrainingGoal]:
    """Its goals in force, by code."""
    return [goal for goal in commitment.goals.all() if goal.is_active]


def _read(plan: ActionPlan) -> list[Commitment]:
    rows = plan.commitments.select_related("table").prefetch_related("goals", "codings", "related")
    return list(rows)


def _row(commitment: Commitment) -> dict[str, Any]:
    goals = active_goals(commitment)
    document = commitment_document(commitment)
    return {
        **{name: document[name] for name in (field.name for field in FIELDS) if name in document},
        "inicio": commitment.starts_on,
        "termino": commitment.ends_on,
        "ultimo_avance": commitment.last_update_on,
        "cursos": [code for goal in goals for code in goal.course_codes],
        **(_figures(goals[0]) if goals else dict.fromkeys(GOAL_NAMES)),
        "fuentes": list_sources(sources=commitment.sources),
    }


def _head(plan: ActionPlan) -> dict[str, Any]:
    return {
        "codigo": plan.code,
        "titulo": plan.title,
        "pais": plan.country,
        "periodo": plan.period,
        "total_compromisos": plan.total_commitments,
        "seguimiento_segun_fuente": plan.monitoring_text,
        "fuentes": plan.sources,
        "informe_diseno_irm": plan.design_review,
    }


def _goal(goal: TrainingGoal) -> dict[str, Any]:
    return {
        "codigo": goal.code,
        "titulo": goal.title,
        "cursos": goal.course_codes,
        **goal_figures(goal=goal),
    }


def _figures(goal: TrainingGoal) -> dict[str, Any]:
    """As the table has them: days as days."""
    return goal_figures(goal=goal) | {"meta_plazo": goal.due_on, "linea_base_fecha": goal.baseline_on}


def _coding(coding: ExternalCoding) -> dict[str, Any]:
    return {
        "quien": coding.by,
        "valores": coding.values,
        "fuente": coding.source_url,
        "consultada": _day(coding.retrieved_on),
    }


def _related(commitment: Commitment) -> list[int]:
    """Numbers within the plan, in order."""
    same = (other for other in commitment.related.all() if other.plan_id == commitment.plan_id)
    return sorted(other.number for other in same)


def _budget(commitment: Commitment) -> str | None:
    return None if commitment.budget_amount is None else f"{commitment.budget_amount:f}"


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


COMMITMENTS = Table(
    name="compromisos",
    title=_("Compromisos"),
    text=_("Qué prometió cada uno, quién responde y de dónde sale cada dato."),
    fields=FIELDS,
    rows=list_rows,
    document=build_document,
    key=("numero",),
)
