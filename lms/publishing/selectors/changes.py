"""The history of a plan as everybody may read it: offices, never accounts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, Evidence, PlanChange

FIELD_WORDS = {
    "title": _("título"),
    "level": _("alcance"),
    "status": _("estado"),
    "country": _("país"),
    "period": _("período"),
    "total_commitments": _("total de compromisos"),
    "cycle": _("ciclo"),
    "institution_id": _("institución"),
    "adheres_to_id": _("plan al que adhiere"),
    "follows_id": _("plan anterior"),
    "starts_on": _("inicio"),
    "ends_on": _("término"),
    "design_text": _("cómo se diseñó"),
    "monitoring_text": _("seguimiento según la fuente"),
    "tables": _("mesas de trabajo"),
    "is_current": _("plan que se muestra"),
    "number": _("número"),
    "ogp_id": _("identificador OGP"),
    "description": _("descripción"),
    "problem": _("problema público"),
    "ambition": _("resultado esperado"),
    "table_id": _("mesa de trabajo"),
    "lead": _("responsable"),
    "supporting": _("instituciones que apoyan"),
    "sdg_targets": _("Objetivos de Desarrollo Sostenible"),
    "policy_areas": _("áreas de política"),
    "budget_amount": _("presupuesto"),
    "budget_currency": _("moneda"),
    "notes": _("notas"),
    "sources": _("fuentes"),
    "is_described": _("descrito en el texto fuente"),
    "reporting_institutions": _("instituciones que informan"),
    "related": _("compromisos relacionados"),
    "label": _("título del hito"),
    "unit": _("unidad responsable"),
    "due_on": _("plazo"),
    "status_on": _("día del informe"),
    "source_text": _("fuente"),
    "source_url": _("dirección de la fuente"),
    "is_active": _("vigencia"),
    "course_codes": _("cursos"),
    "target_percent": _("meta (%)"),
    "includes_honorarios": _("si incluye honorarios"),
    "population": _("a quiénes se cuenta"),
    "url": _("dirección"),
    "licence": _("licencia"),
    "dated_on": _("fecha del documento"),
    "file_name": _("archivo"),
    "sha256": _("huella del archivo"),
}
"""What of a change is told in public; other fields are not."""

NAMED_ONLY = frozenset(
    {
        "institution_id", "adheres_to_id", "follows_id", "table_id", "reporting_institutions", "related",
        "sources",
    }
)  # fmt: skip
"""Fields whose values are numbers of our tables: that they changed is told, not to what."""


def public_changes(*, plan: ActionPlan | None = None) -> QuerySet[PlanChange]:
    """Changes of one public plan or of all, latest first; not those of evidence that is not published."""
    rows: QuerySet[PlanChange] = PlanChange.objects.exclude(plan__status=ActionPlan.Status.DRAFT)
    if plan is not None:
        rows = rows.filter(plan=plan)
    shown = Evidence.objects.filter(published_at__isnull=False).values("pk")
    rows = rows.filter(~Q(subject=PlanChange.Subject.EVIDENCE) | Q(object_id__in=shown))
    return rows.select_related("plan__institution", "commitment").order_by("-pk")


def told_fields(change: PlanChange) -> list[str]:
    """The names of the fields that changed and are told, in order."""
    return [name for name in FIELD_WORDS if name in change.after or name in change.before]


def told_value(*, name: str, value: Any) -> str | None:
    """A value as a text; ``None`` where there was none or it is not told."""
    if value is None or name in NAMED_ONLY:
        return None
    if isinstance(value, bool):
        return _now("sí") if value else _now("no")
    if isinstance(value, list):
        return "; ".join(str(item) for item in value) or None
    return str(value) or None


def headline(change: PlanChange) -> str:
    """``"Compromiso 3, hito «Publicar la guía»: se reprogramó"``."""
    what = str(change.get_subject_display())
    done = str(change.get_kind_display())
    words = {"what": what, "label": change.label, "done": done[:1].lower() + done[1:]}
    if change.commitment and change.subject != PlanChange.Subject.COMMITMENT:
        words["number"] = str(change.commitment.number)
        words["what"] = what[:1].lower() + what[1:]
        return _now("Compromiso %(number)s, %(what)s «%(label)s»: %(done)s") % words
    if change.commitment:
        words["number"] = str(change.commitment.number)
        return _now("Compromiso %(number)s «%(label)s»: %(done)s") % words
    return _now("%(what)s «%(label)s»: %(done)s") % words


def summary(change: PlanChange) -> str:
    """Which fields changed, in words, and why."""
    names: Sequence[str] = [str(FIELD_WORDS[name]) for name in told_fields(change)]
    sentences = []
    if names and change.kind != PlanChange.Kind.CREATED:
        sentences.append(_now("Cambió: %(fields)s.") % {"fields": ", ".join(names)})
    if change.reason:
        sentences.append(_now("Motivo: %(reason)s") % {"reason": change.reason})
    if change.from_pack:
        sentences.append(_now("Viene del documento instalado."))
    return " ".join(sentences)
