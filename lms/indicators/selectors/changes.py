"""A release beside the one before it, page by page; and the history of an indicator in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import DecimalField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lms.indicators.models import Indicator, IndicatorRevision, Observation
from lms.indicators.rules.shapes import Figure, Shape
from lms.indicators.selectors.definitions import FieldChange, field_change, redefined_between
from lms.indicators.selectors.words import cell_words, figure_words, number_words
from lms.plan.models import PlanChange

ROWS_PER_PAGE = 25
CHANGES_SHOWN = 100
ADDED, CHANGED, REMOVED = "agregadas", "cambiadas", "quitadas"
KINDS = (CHANGED, ADDED, REMOVED)
_NOTHING = Value(Decimal(-1), output_field=DecimalField(max_digits=18, decimal_places=4))


@dataclass(frozen=True)
class DiffLine:
    """One observation in two releases; ``before`` or ``after`` is empty where it was not."""

    period: str
    cell: str
    before: str
    after: str


@dataclass(frozen=True)
class RevisionDiff:
    """How many observations were changed, added and removed, one page of one of the three, and what is
    measured otherwise."""

    counts: Mapping[str, int]
    kind: str
    page: Page[Any]
    lines: Sequence[DiffLine]
    redefined: Sequence[FieldChange]


def find_previous(
    *, revision: IndicatorRevision, revisions: Sequence[IndicatorRevision]
) -> IndicatorRevision | None:
    """The published release before it, never an example beside real data. No query."""
    before = [
        one
        for one in revisions
        if one.number < revision.number and one.is_readable and one.is_example == revision.is_example
    ]
    return max(before, key=lambda one: one.number, default=None)


def read_diff(
    *, revision: IndicatorRevision, previous: IndicatorRevision, kind: str, page: str | int | None
) -> RevisionDiff:
    """One page of differences, found by the database. Five queries, six for changes."""
    found = {
        ADDED: _absent_from(previous, revision),
        REMOVED: _absent_from(revision, previous),
        CHANGED: _changed(previous, revision),
    }
    counts = {name: rows.count() for name, rows in found.items()}
    if kind not in KINDS:
        kind = next((name for name in KINDS if counts[name]), CHANGED)
    shown = Paginator(found[kind].order_by("line"), ROWS_PER_PAGE).get_page(page)
    lines = _diff_lines(kind, list(shown), previous, revision)
    return RevisionDiff(counts, kind, shown, lines, redefined_between(revision=revision, previous=previous))


def _absent_from(other: IndicatorRevision, revision: IndicatorRevision) -> QuerySet[Observation]:
    twin = Observation.objects.filter(revision=other, period=OuterRef("period"), cell=OuterRef("cell"))
    return Observation.objects.filter(~Exists(twin), revision=revision)


def _changed(previous: IndicatorRevision, revision: IndicatorRevision) -> QuerySet[Observation]:
    twin = _comparable(previous).filter(period=OuterRef("period"), cell=OuterRef("cell"))
    same = twin.filter(
        upper=OuterRef("upper"),
        lower=OuterRef("lower"),
        status=OuterRef("status"),
        note=OuterRef("note"),
    )
    rows: QuerySet[Observation] = _comparable(revision).filter(Exists(twin)).exclude(Exists(same))
    return rows


def _comparable(revision: IndicatorRevision) -> Any:
    rows: Any = Observation.objects.filter(revision=revision)
    return rows.annotate(upper=Coalesce("numerator", _NOTHING), lower=Coalesce("denominator", _NOTHING))


def _diff_lines(
    kind: str, rows: Sequence[Observation], previous: IndicatorRevision, revision: IndicatorRevision
) -> list[DiffLine]:
    shape = previous.shape if kind == REMOVED else revision.shape
    before: dict[tuple[str, str], Observation] = {}
    if kind == CHANGED and rows:
        twins = Observation.objects.filter(
            revision=previous, period__in={one.period for one in rows}, cell__in={one.cell for one in rows}
        )
        before = {(one.period, one.cell): one for one in twins}
    return [_diff_line(kind, one, before.get((one.period, one.cell)), shape, previous.shape) for one in rows]


def _diff_line(
    kind: str, one: Observation, twin: Observation | None, shape: Shape, shape_before: Shape
) -> DiffLine:
    words = full_words(figure=one.figure, shape=shape)
    earlier = full_words(figure=twin.figure, shape=shape_before) if twin else ""
    return DiffLine(
        period=one.period,
        cell=cell_words(row=one.as_row(shape), shape=shape),
        before=words if kind == REMOVED else earlier,
        after="" if kind == REMOVED else words,
    )


def full_words(*, figure: Figure, shape: Shape) -> str:
    """``"62,5 % (40 ÷ 64)"``, with the note where there is one."""
    words = figure_words(figure=figure, shape=shape)
    if figure.denominator is not None:
        words = f"{words} ({number_words(figure.numerator)} ÷ {number_words(figure.denominator)})"
    return f"{words}. {figure.note}" if figure.note else words


# --- History of the indicator --------------------------------------------------------------------
@dataclass(frozen=True)
class ChangeLine:
    """One change of an indicator: who, when, what; a creation and the like say it all by their kind."""

    kind: str
    author: str
    at: datetime
    reason: str
    fields: Sequence[FieldChange]


def list_changes(*, indicator: Indicator) -> list[ChangeLine]:
    """The latest hundred changes, latest first. One query."""
    rows = PlanChange.objects.filter(subject=PlanChange.Subject.INDICATOR, object_id=indicator.pk)
    return [
        ChangeLine(
            kind=str(change.get_kind_display()),
            author=change.changed_by.get_full_name() if change.changed_by else "",
            at=change.changed_at,
            reason=change.reason,
            fields=_fields(change),
        )
        for change in rows.select_related("changed_by")[:CHANGES_SHOWN]
    ]


def _fields(change: PlanChange) -> list[FieldChange]:
    if "revision" in change.after:
        return [FieldChange(_("Revisión de datos"), "", str(change.after["revision"]))]
    if change.kind != PlanChange.Kind.EDITED:
        return []
    return [
        field_change(name=name, before=change.before.get(name), after=after)
        for name, after in change.after.items()
    ]
