"""Training coverage: the published cube of every goal, as lms.plan protects and writes it."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, CoverageSnapshot, TrainingGoal
from lms.plan.selectors.open_data import COVERAGE_COLUMNS, coverage_rows
from lms.plan.selectors.snapshots import cube_of, list_goal_coverage, list_whole_snapshots
from lms.publishing.selectors.fields import Field, Kind, Table

KINDS: dict[str, Kind] = {
    "compromiso": "integer",
    "fecha_corte": "date",
    "personas": "integer",
    "completaron": "integer",
    "cobertura_porcentaje": "integer",
    "alcanzadas": "integer",
    "comenzaron": "integer",
    "rindieron": "integer",
}
MEANINGS: dict[str, str | Promise] = {
    "compromiso": _("Número del compromiso."),
    "meta": _("Código de la meta de formación."),
    "fecha_corte": _("Día de las cifras; anterior donde cambiaron muy pocas personas."),
    "nivel": _(
        "total, estamento, calidad_juridica, institucion, institucion_estamento o institucion_aparte (que "
        "no está en ningún total)."
    ),
    "institucion_codigo": _("Código de la institución. Vacío en totales y grupos."),
    "institucion": _("Nombre de la institución."),
    "estamento": _("Estamento."),
    "calidad_juridica": _("Calidad jurídica."),
    "personas": _("Personas de la dotación en la fecha de corte. Cada persona cuenta una vez."),
    "completaron": _("Personas distintas que aprobaron y cuya aprobación sigue vigente."),
    "cobertura_porcentaje": _("completaron ÷ personas × 100, sin decimales. Las mitades suben."),
    "cobertura_rango": _("Rango que se publica en lugar de la cifra exacta."),
    "alcanzadas": _("Personas que se inscribieron en su trabajo. Solo en el total."),
    "comenzaron": _("Personas que terminaron una unidad o completaron. Solo en el total."),
    "rindieron": _("Personas que entregaron la evaluación. Solo en el total."),
    "motivo": _("Por qué no se publica una cifra. Vacío cuando se publica."),
}
RANGE = _("Rango que se publica en lugar de la cifra exacta de la columna anterior.")

FIELDS = tuple(Field(name, KINDS.get(name, "string"), MEANINGS.get(name, RANGE)) for name in COVERAGE_COLUMNS)


def list_snapshots(plan: ActionPlan) -> Sequence[tuple[TrainingGoal, CoverageSnapshot]]:
    """Active goals of the plan with their whole current snapshots. Three queries."""
    goals = [one.goal.pk for one in list_goal_coverage(plan_id=plan.pk) if one.snapshot]
    return list_whole_snapshots(goal_ids=goals)


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """All published cells, by commitment and goal. Three queries."""
    return [
        row
        for goal, snapshot in list_snapshots(plan)
        for row in coverage_rows(
            goal=goal,
            cube=cube_of(snapshot=snapshot),
            cutoff_date=snapshot.cutoff_date,
            names=snapshot.institution_names,
        )
    ]


COVERAGE = Table(
    name="cobertura",
    title=_("Cobertura de la formación"),
    text=_("Cuántas personas se capacitaron, por institución, estamento y calidad jurídica."),
    fields=FIELDS,
    rows=list_rows,
)
