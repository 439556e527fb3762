"""Milestones, and how their deadlines moved."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, Replanning
from lms.publishing.selectors.fields import Field, Table
from lms.publishing.selectors.statuses import milestones_with_counts, status_of, status_words

MILESTONE_FIELDS = (
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("hito", "string", _("Código del hito dentro del compromiso; no cambia.")),
    Field("orden", "integer", _("Lugar entre los hitos del compromiso.")),
    Field("titulo", "string", _("Qué hay que hacer.")),
    Field("descripcion", "string", _("Descripción.")),
    Field("unidad", "string", _("Unidad responsable.")),
    Field("inicio", "date", _("Inicio (año-mes-día).")),
    Field("plazo", "date", _("Plazo vigente (año-mes-día).")),
    Field("plazo_original", "date", _("Plazo antes de la primera reprogramación.")),
    Field("reprogramaciones", "integer", _("Cuántas veces cambió el plazo.")),
    Field("estado", "string", _("Estado según OGP; sin evidencia publicada, «Sin evidencia disponible».")),
    Field("estado_codigo", "string", _("not_reported, no_evidence, not_started, limited, substantial…")),
    Field("informado_el", "date", _("Día del informe de avance aprobado.")),
    Field("evidencias", "integer", _("Evidencias publicadas y no retiradas.")),
    Field("vigente", "boolean", _("No si el hito se retiró. En el CSV, sí o no.")),
    Field("fuente", "string", _("De dónde sale el hito.")),
    Field("fuente_direccion", "string", _("Dirección de la fuente.")),
)  # fmt: skip

REPLANNING_FIELDS = (
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("hito", "string", _("Código del hito.")),
    Field("titulo", "string", _("Qué hay que hacer.")),
    Field("plazo_anterior", "date", _("Plazo que tenía.")),
    Field("plazo_nuevo", "date", _("Plazo que se le dio.")),
    Field("motivo", "string", _("Por qué se cambió.")),
    Field("decidida_el", "datetime", _("Cuándo, con su huso horario.")),
)


def list_milestones(plan: ActionPlan) -> list[dict[str, Any]]:
    """By commitment and order. Two queries."""
    earliest = Prefetch("replannings", Replanning.objects.order_by("decided_at", "pk"))
    rows = (
        milestones_with_counts()
        .filter(commitment__plan=plan)
        .select_related("commitment")
        .prefetch_related(earliest)
        .order_by("commitment__number", "order", "pk")
    )
    return [_milestone(milestone) for milestone in rows]


def list_replannings(plan: ActionPlan) -> list[dict[str, Any]]:
    """In the order of their decision. One query."""
    rows = Replanning.objects.filter(milestone__commitment__plan=plan)
    return [
        {
            "compromiso": row.milestone.commitment.number,
            "hito": row.milestone.code,
            "titulo": row.milestone.label,
            "plazo_anterior": row.due_before,
            "plazo_nuevo": row.due_after,
            "motivo": row.reason,
            "decidida_el": row.decided_at,
        }
        for row in rows.select_related("milestone__commitment").order_by("decided_at", "pk")
    ]


def _milestone(milestone: Any) -> dict[str, Any]:
    moves = list(milestone.replannings.all())
    return {
        "compromiso": milestone.commitment.number,
        "hito": milestone.code,
        "orden": milestone.order,
        "titulo": milestone.label,
        "descripcion": milestone.description or None,
        "unidad": milestone.unit or None,
        "inicio": milestone.starts_on,
        "plazo": milestone.due_on,
        "plazo_original": moves[0].due_before if moves else milestone.due_on,
        "reprogramaciones": len(moves),
        "estado": status_words(milestone),
        "estado_codigo": str(status_of(milestone)),
        "informado_el": milestone.status_on,
        "evidencias": milestone.evidence_count,
        "vigente": milestone.is_active,
        "fuente": milestone.source_text or None,
        "fuente_direccion": milestone.source_url or None,
    }


MILESTONES = Table(
    name="hitos",
    title=_("Hitos"),
    text=_("Los pasos de cada compromiso, con sus plazos y su estado."),
    fields=MILESTONE_FIELDS,
    rows=list_milestones,
    key=("compromiso", "hito"),
)
REPLANNINGS = Table(
    name="reprogramaciones",
    title=_("Reprogramaciones"),
    text=_("Cada vez que el plazo de un hito cambió, con su motivo."),
    fields=REPLANNING_FIELDS,
    rows=list_replannings,
)
