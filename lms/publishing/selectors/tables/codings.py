"""What independent bodies say of each commitment, one value a row. Never mixed with our figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, ExternalCoding
from lms.plan.selectors.facts import IRM_LABELS
from lms.publishing.selectors.fields import Field, Table

FIELDS = (
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("quien", "string", _("Quién evalúa, por ejemplo el IRM de Open Government Partnership.")),
    Field("indicador", "string", _("Nombre del indicador, como lo usa este sitio.")),
    Field("indicador_nombre", "string", _("El indicador en palabras.")),
    Field("valor", "string", _("Valor, en las palabras de la fuente. Vacío si no lo da.")),
    Field("fuente", "string", _("Dirección de la fuente.")),
    Field("consultada_el", "date", _("Cuándo se leyó. Vacío si no quedó registrado.")),
    Field("registrada_el", "datetime", _("Cuándo se guardó aquí.")),
    Field("es_la_ultima", "boolean", _("Si la fuente dice esto ahora. Lo que dijo antes se conserva.")),
)


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """By commitment, in the order in which they were read. One query."""
    codings = ExternalCoding.objects.filter(commitment__plan=plan).select_related("commitment")
    ordered = list(codings.order_by("commitment__number", "pk"))
    latest = {(one.commitment_id, one.by, one.source_url): one.pk for one in ordered}
    return [
        {
            "compromiso": one.commitment.number,
            "quien": one.by,
            "indicador": name,
            "indicador_nombre": str(IRM_LABELS.get(name, name)),
            "valor": value,
            "fuente": one.source_url,
            "consultada_el": one.retrieved_on,
            "registrada_el": one.recorded_at,
            "es_la_ultima": latest[(one.commitment_id, one.by, one.source_url)] == one.pk,
        }
        for one in ordered
        for name, value in one.values.items()
    ]


CODINGS = Table(
    name="evaluaciones-externas",
    title=_("Evaluaciones externas"),
    text=_("Qué dicen del compromiso evaluadores independientes. No se mezcla con lo que se informa aquí."),
    fields=FIELDS,
    rows=list_rows,
)
