"""The plan itself: one row."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan
from lms.publishing.selectors.fields import Field, Table

FIELDS = (
    Field("codigo", "string", _("Código del plan; no cambia y forma parte de sus direcciones.")),
    Field("titulo", "string", _("Título del plan.")),
    Field("alcance", "string", _("national, sector, municipal o institution.")),
    Field("estado", "string", _("consultation (en consulta), active (en ejecución) o closed (terminado).")),
    Field("pais", "string", _("País.")),
    Field("institucion", "string", _("De qué institución es. Vacío si es de todo el país.")),
    Field("ciclo", "integer", _("Año del ciclo según Open Government Partnership.")),
    Field("periodo", "string", _("Años del plan.")),
    Field("inicio", "date", _("Inicio (año-mes-día).")),
    Field("termino", "date", _("Término (año-mes-día).")),
    Field("total_compromisos", "integer", _("Compromisos que tiene el plan.")),
    Field("compromisos_subnacionales", "string", _("Si tiene compromisos subnacionales, según la fuente.")),
    Field("adhiere_a", "string", _("Código del plan al que adhiere uno local.")),
    Field("sigue_a", "string", _("Código del plan anterior.")),
    Field("mesas", "array", _("Mesas de trabajo. En el CSV, separadas por punto y coma.")),
    Field("como_se_diseno", "string", _("Cómo se diseñó, según la fuente.")),
    Field("seguimiento_segun_fuente", "string", _("Qué dice la fuente del seguimiento y la evaluación.")),
    Field("version", "integer", _("Sube con cada cambio del plan.")),
    Field("fuentes", "array", _("De dónde sale cada dato, como «campo: dirección».")),
)  # fmt: skip


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """One row. Three queries at most."""
    return [
        {
            "codigo": plan.code,
            "titulo": plan.title,
            "alcance": plan.level,
            "estado": plan.status,
            "pais": plan.country,
            "institucion": plan.institution.name if plan.institution else None,
            "ciclo": plan.cycle,
            "periodo": plan.period,
            "inicio": plan.starts_on,
            "termino": plan.ends_on,
            "total_compromisos": plan.total_commitments,
            "compromisos_subnacionales": plan.subnational_commitments or None,
            "adhiere_a": _public_code(plan.adheres_to),
            "sigue_a": _public_code(plan.follows),
            "mesas": [table.name for table in plan.tables.all()],
            "como_se_diseno": plan.design_text or None,
            "seguimiento_segun_fuente": plan.monitoring_text or None,
            "version": plan.version,
            "fuentes": list_sources(sources=plan.sources),
        }
    ]


def list_sources(*, sources: dict[str, dict[str, str]]) -> list[str]:
    """``["titulo: https://…"]``, each source as a text."""
    return [f"{name}: {source['url']}" for name, source in sources.items() if source.get("url")]


def _public_code(plan: ActionPlan | None) -> str | None:
    """A draft is nobody's business."""
    return plan.code if plan and plan.is_public else None


PLAN = Table(
    name="plan",
    title=_("Plan"),
    text=_("Qué plan es, de quién y de cuándo."),
    fields=FIELDS,
    rows=list_rows,
    key=("codigo",),
)
