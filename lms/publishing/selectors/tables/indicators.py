"""Indicators and the observations that count; whether they are an example stands in each row."""

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.indicators.models import Indicator
from lms.indicators.rules.shapes import derive
from lms.indicators.selectors.indicators import list_current_observations, list_published_indicators
from lms.plan.models import ActionPlan
from lms.publishing.selectors.fields import Field, Table

FIELDS = (
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("indicador", "string", _("Código del indicador.")),
    Field("titulo", "string", _("Título.")),
    Field("que_mide", "string", _("Qué mide.")),
    Field("metodo", "string", _("Cómo se calcula.")),
    Field("definido_por", "string", _("Quién lo definió.")),
    Field("unidad", "string", _("Unidad.")),
    Field("factor", "integer", _("Por cuánto se multiplica numerador ÷ denominador.")),
    Field("decimales", "integer", _("A cuántos decimales se redondea el valor.")),
    Field("numerador", "string", _("Qué cuenta el numerador.")),
    Field("denominador", "string", _("Qué cuenta el denominador. Vacío en las cantidades.")),
    Field("linea_base", "string", _("Valor al empezar, con punto decimal, si se publicó.")),
    Field("meta", "string", _("Valor que se quiere alcanzar, con punto decimal, si se publicó.")),
    Field("desagregaciones", "array", _("Por qué se puede separar.")),
    Field("meta_ods", "string", _("Meta de los Objetivos de Desarrollo Sostenible.")),
    Field("fuente", "string", _("De dónde salen los datos.")),
    Field("licencia", "string", _("Licencia de los datos.")),
    Field("revision", "integer", _("Número de la revisión de datos que cuenta. Vacío sin datos.")),
    Field("datos_de_ejemplo", "boolean", _("Si los datos son inventados. En el CSV, sí o no.")),
)  # fmt: skip

OBSERVATION_FIELDS = (
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("indicador", "string", _("Código del indicador.")),
    Field("periodo", "string", _("Período de la observación.")),
    Field("desagregacion", "string", _("De qué grupo es, como JSON. {} es el total.")),
    Field("numerador", "string", _("Numerador, con punto decimal.")),
    Field("denominador", "string", _("Denominador, con punto decimal.")),
    Field("valor", "string", _("numerador ÷ denominador × factor, o una cantidad; redondeado.")),
    Field("estado", "string", _("value, not_applicable (no aplica) o no_data (sin dato).")),
    Field("nota", "string", _("Nota de la observación.")),
    Field("datos_de_ejemplo", "boolean", _("Si los datos son inventados. En el CSV, sí o no.")),
)  # fmt: skip


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """Active indicators by commitment, as their observations are measured. Three queries."""
    return [
        {
            **_definition(line.measured),
            "revision": line.revision.number if line.revision else None,
            "datos_de_ejemplo": line.is_example,
        }
        for line in list_published_indicators(plan)
    ]


def list_observations(plan: ActionPlan) -> list[dict[str, Any]]:
    """Every observation that counts, by indicator. Seven queries at most."""
    observations = list_current_observations(plan)
    return [
        {
            "compromiso": line.indicator.commitment.number,
            "indicador": line.indicator.code,
            "periodo": one.period,
            "desagregacion": json.dumps(one.disaggregation, ensure_ascii=False, sort_keys=True),
            "numerador": _number(one.numerator),
            "denominador": _number(one.denominator),
            "valor": _number(derive(figure=one.figure, shape=line.shape)),
            "estado": one.status,
            "nota": one.note or None,
            "datos_de_ejemplo": line.is_example,
        }
        for line in list_published_indicators(plan)
        for one in observations.get(line.indicator.pk, ())
    ]


def _definition(indicator: Indicator) -> dict[str, Any]:
    return {
        "compromiso": indicator.commitment.number,
        "indicador": indicator.code,
        "titulo": indicator.title,
        "que_mide": indicator.definition,
        "metodo": indicator.method,
        "definido_por": indicator.origin_text,
        "unidad": indicator.unit,
        "factor": indicator.factor,
        "decimales": indicator.decimals,
        "numerador": indicator.numerator_label,
        "denominador": indicator.denominator_label or None,
        "linea_base": _number(indicator.baseline_value),
        "meta": _number(indicator.target_value),
        "desagregaciones": [one["name"] for one in indicator.dimensions],
        "meta_ods": indicator.sdg_target or None,
        "fuente": indicator.source_text or None,
        "licencia": indicator.licence,
    }


def _number(value: Any) -> str | None:
    """``Decimal("40.0000")`` → ``"40"``: a plain decimal number."""
    if value is None:
        return None
    number = Decimal(value).quantize(Decimal("0.0001")).normalize()
    return f"{number:f}"


INDICATORS = Table(
    name="indicadores",
    title=_("Indicadores"),
    text=_("Qué mide cada indicador, cómo se calcula, su línea base y su meta."),
    fields=FIELDS,
    rows=list_rows,
    key=("indicador",),
)
OBSERVATIONS = Table(
    name="observaciones",
    title=_("Observaciones de los indicadores"),
    text=_("Los datos de cada indicador: numerador, denominador y valor por período y grupo."),
    fields=OBSERVATION_FIELDS,
    rows=list_observations,
    key=("indicador", "periodo", "desagregacion"),
)
