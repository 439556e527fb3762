"""Approved updates: what those responsible said of each commitment and milestone."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, ProgressUpdate, UpdateLine
from lms.publishing.selectors.fields import Field, Table

FIELDS = (
    Field("informe", "integer", _("Número del informe; sus filas comparten el mismo.")),
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("semestre", "string", _("Semestre del que informa: 2026-1 va de enero a junio.")),
    Field("institucion", "string", _("Institución que informa.")),
    Field("aprobado_el", "datetime", _("Cuándo lo aprobó el equipo del plan.")),
    Field("hito", "string", _("Código del hito. Vacío si la fila es del compromiso entero.")),
    Field("hito_titulo", "string", _("Qué hay que hacer en el hito.")),
    Field("texto", "string", _("Qué se hizo, en palabras de la institución.")),
    Field("estado_informado", "string", _("Estado que dijo la institución, con o sin evidencia.")),
    Field("estado_codigo", "string", _("not_started, limited, substantial o complete.")),
    Field("plazo_nuevo", "date", _("Plazo que pidió, si pidió otro (año-mes-día).")),
    Field("motivo_plazo", "string", _("Por qué pidió otro plazo.")),
)


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """In the order of approval; of each update first what it says of the commitment. Two queries."""
    updates: Any = ProgressUpdate.objects.filter(
        commitment__plan=plan, state=ProgressUpdate.State.APPROVED
    ).select_related("commitment")
    lines = Prefetch("lines", UpdateLine.objects.select_related("milestone"))
    return [
        row
        for update in updates.prefetch_related(lines).order_by("approved_at", "pk")
        for row in (_whole(update), *(_part(update, line) for line in update.lines.all() if _says(line)))
    ]


def _whole(update: ProgressUpdate) -> dict[str, Any]:
    return dict.fromkeys(field.name for field in FIELDS) | {
        "informe": update.pk,
        "compromiso": update.commitment.number,
        "semestre": update.period,
        "institucion": update.office,
        "aprobado_el": update.approved_at,
        "texto": update.text or None,
    }


def _part(update: ProgressUpdate, line: UpdateLine) -> dict[str, Any]:
    return _whole(update) | {
        "hito": line.milestone.code,
        "hito_titulo": line.milestone.label,
        "texto": line.text or None,
        "estado_informado": str(line.get_status_display()) if line.status else None,
        "estado_codigo": line.status,
        "plazo_nuevo": line.due_after,
        "motivo_plazo": line.reason if line.due_after else None,
    }


def _says(line: UpdateLine) -> bool:
    return bool(line.status or line.text or line.due_after)


UPDATES = Table(
    name="informes-de-avance",
    title=_("Informes de avance"),
    text=_("Lo que informaron las instituciones cada semestre y el equipo del plan aprobó."),
    fields=FIELDS,
    rows=list_rows,
)
