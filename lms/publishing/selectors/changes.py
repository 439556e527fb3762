"""The history of a plan as everybody may read it: offices, never accounts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now

from lms.plan.field_words import FIELD_LABELS
from lms.plan.models import ActionPlan, Evidence, PlanChange

NAMED_ONLY = frozenset(
    {
        "institution_id", "adheres_to_id", "follows_id", "table_id", "reporting_institutions", "related",
        "sources", "design_review", "values",
    }
)  # fmt: skip
"""Fields whose values are numbers of our tables, or documents: that they changed is told, not to what."""


CHANGED_FIELDS = frozenset({PlanChange.Kind.EDITED, PlanChange.Kind.REPLANNED})
"""Changes of which it is told what changed; a report says something new."""


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
    return [name for name in FIELD_LABELS if name in change.after or name in change.before]


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
    words = {"what": what, "label": change.label, "done": _within(done)}
    if change.commitment and change.subject != PlanChange.Subject.COMMITMENT:
        words["number"] = str(change.commitment.number)
        words["what"] = _within(what)
        return _now("Compromiso %(number)s, %(what)s «%(label)s»: %(done)s") % words
    if change.commitment:
        words["number"] = str(change.commitment.number)
        return _now("Compromiso %(number)s «%(label)s»: %(done)s") % words
    return _now("%(what)s «%(label)s»: %(done)s") % words


def summary(change: PlanChange) -> str:
    """Which fields changed, in words, and why."""
    names: Sequence[str] = [_within(str(FIELD_LABELS[name])) for name in told_fields(change)]
    sentences = []
    if names and change.kind in CHANGED_FIELDS:
        sentences.append(_now("Cambió: %(fields)s.") % {"fields": ", ".join(names)})
    if change.reason:
        sentences.append(_now("Motivo: %(reason)s") % {"reason": change.reason})
    if change.from_pack:
        sentences.append(_now("Viene del documento instalado."))
    return " ".join(sentences)


def _within(words: str) -> str:
    """As they stand inside a sentence."""
    return words[:1].lower() + words[1:]
