"""The history: one row for each field that changed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.plan.field_words import FIELD_LABELS
from lms.plan.models import ActionPlan, PlanChange
from lms.publishing.selectors.changes import public_changes, told_fields, told_value
from lms.publishing.selectors.fields import Field, Table

FIELDS = (
    Field("cambio", "integer", _("Número del cambio; sus filas comparten el mismo.")),
    Field("fecha", "datetime", _("Cuándo, con su huso horario.")),
    Field("compromiso", "integer", _("Número del compromiso. Vacío si es del plan.")),
    Field("version", "integer", _("Versión del compromiso, o del plan, después del cambio.")),
    Field("sobre", "string", _("Qué cambió: plan, commitment, milestone, evidence o goal.")),
    Field("nombre", "string", _("Cómo se llamaba entonces.")),
    Field("tipo", "string", _("created, edited, replanned, reported, retired o restored.")),
    Field("campo", "string", _("Campo que cambió, en palabras.")),
    Field("antes", "string", _("Qué decía. Vacío si no decía nada.")),
    Field("despues", "string", _("Qué dice.")),
    Field("motivo", "string", _("Motivo, si se dio.")),
    Field("del_documento", "boolean", _("Si el cambio viene de un documento instalado.")),
)


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """From the first change on. One query."""
    return [row for change in public_changes(plan=plan).order_by("pk") for row in _rows_of(change)]


def _rows_of(change: PlanChange) -> Iterator[dict[str, Any]]:
    whole = {
        "cambio": change.pk,
        "fecha": change.changed_at,
        "compromiso": change.commitment.number if change.commitment else None,
        "version": change.version,
        "sobre": change.subject,
        "nombre": change.label,
        "tipo": change.kind,
        "motivo": change.reason or None,
        "del_documento": change.from_pack,
    }
    for name in told_fields(change):
        before = told_value(name=name, value=change.before.get(name))
        after = told_value(name=name, value=change.after.get(name))
        if before is None and after is None and change.kind == PlanChange.Kind.CREATED:
            continue
        yield whole | {"campo": str(FIELD_LABELS[name]), "antes": before, "despues": after}


CHANGES = Table(
    name="cambios",
    title=_("Cambios"),
    text=_("La historia del plan, campo por campo."),
    fields=FIELDS,
    rows=list_rows,
)
