"""The figures of a release over time and by one dimension: what the page of an indicator draws."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from lms.indicators.models import Indicator, IndicatorRevision, Observation
from lms.indicators.rules.shapes import Shape, derive
from lms.indicators.selectors.words import (
    figure_words,
    formula_words,
    is_percent,
    number_words,
    period_words,
    unit_words,
)
from lms.ui.spelling import spell_number

MOST_PERIODS = 60
MOST_LABELS = 9
ROWS_PER_PAGE = 25
NICE_STEPS = (1, 2, 5)
WIDEST_TICK = 10_000


@dataclass(frozen=True)
class FigureLine:
    """One observation as a table shows it. ``percent``: to draw it, where it is of a hundred."""

    name: str
    words: str
    numerator: str
    denominator: str
    note: str
    percent: float | None = None


@dataclass(frozen=True)
class SeriesChart:
    """Points of a line chart, a sentence that says the same, the scale and the goal.

    Large counts are drawn in thousands or more; ``scale_words`` say so.
    """

    points: Sequence[float | None]
    labels: Sequence[str]
    sentence: str
    target: float | None
    maximum: float
    ticks: Sequence[int]
    scale_words: str = ""


@dataclass(frozen=True)
class Series:
    """The totals of a release, latest first, with their chart and the formula of the last one."""

    lines: Sequence[FigureLine] = ()
    chart: SeriesChart | None = None
    formula: str = ""
    latest: Observation | None = None
    latest_words: str = ""
    latest_period: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Breakdown:
    """The figures of one period by one dimension, or by all of them together."""

    page: Page[Any]
    lines: Sequence[FigureLine] = field(default=())


def read_series(*, indicator: Indicator, revision: IndicatorRevision | None) -> Series:
    """The totals of the last sixty periods. One query, none without a release."""
    if revision is None:
        return Series()
    shape = revision.shape
    totals = list(revision.observations.filter(level="").order_by("-period")[:MOST_PERIODS])
    if not totals:
        return Series()
    latest = totals[0]
    return Series(
        lines=[_line(one, shape, name=period_words(one.period)) for one in totals],
        chart=_chart(indicator=indicator, shape=shape, totals=list(reversed(totals))),
        formula=formula_words(figure=latest.figure, shape=shape),
        latest=latest,
        latest_words=figure_words(figure=latest.figure, shape=shape),
        latest_period=period_words(latest.period),
        unit=unit_words(unit=indicator.unit, shape=shape),
    )


def list_levels(*, revision: IndicatorRevision | None) -> list[str]:
    """By which dimensions the release is broken down, the simple ones first. One query."""
    if revision is None:
        return []
    found = revision.observations.exclude(level="").order_by("level").values_list("level", flat=True)
    return sorted(found.distinct(), key=lambda level: (level.count(","), level))


def read_breakdown(
    *, revision: IndicatorRevision, level: str, period: str, page: str | int | None = 1
) -> Breakdown:
    """One page of a period's cells at one level. Two queries, however many rows there are."""
    shape = revision.shape
    rows = revision.observations.filter(level=level, period=period).order_by("line")
    found = Paginator(rows, ROWS_PER_PAGE).get_page(page)
    names = level.split(",")
    lines = [
        _line(one, shape, name=", ".join(one.disaggregation.get(name, "") for name in names)) for one in found
    ]
    return Breakdown(found, lines)


def level_words(*, level: str, shape: Shape) -> str:
    """``"región,sexo"`` by the labels of the dimensions."""
    labels = {one.name: one.label for one in shape.dimensions}
    return ", ".join(labels.get(name, name) for name in level.split(","))


def _line(one: Observation, shape: Shape, *, name: str) -> FigureLine:
    value = derive(figure=one.figure, shape=shape)
    return FigureLine(
        name=name,
        words=figure_words(figure=one.figure, shape=shape),
        numerator=number_words(one.numerator),
        denominator=number_words(one.denominator),
        note=one.note,
        percent=float(value) if value is not None and is_percent(shape) else None,
    )


def _chart(*, indicator: Indicator, shape: Shape, totals: Sequence[Observation]) -> SeriesChart | None:
    """``None`` with fewer than two figures: nothing to compare."""
    values = [derive(figure=one.figure, shape=shape) for one in totals]
    known = [(one, value) for one, value in zip(totals, values, strict=True) if value is not None]
    if len(known) < 2:
        return None
    target = indicator.target_value
    highest = max([value for _one, value in known] + ([target] if target else []))
    maximum, ticks = _scale(highest=highest, shape=shape)
    drawn_in = _drawn_in(maximum)
    step = -(-len(totals) // MOST_LABELS)
    last = len(totals) - 1
    return SeriesChart(
        points=[None if value is None else float(value) / drawn_in for value in values],
        labels=[one.period if (last - index) % step == 0 else "" for index, one in enumerate(totals)],
        sentence=_sentence(shape, known[0][0], known[-1][0]),
        target=float(target) / drawn_in if target is not None else None,
        maximum=maximum / drawn_in,
        ticks=[tick // drawn_in for tick in ticks],
        scale_words=_scale_words(drawn_in),
    )


def _drawn_in(maximum: float) -> int:
    """By how much the axis is divided so that its figures have four digits at most."""
    size = 1
    while maximum / size >= WIDEST_TICK:
        size *= 1_000
    return size


def _scale_words(drawn_in: int) -> str:
    if drawn_in == 1:
        return ""
    return _("El eje del gráfico va en unidades de %(size)s.") % {"size": spell_number(value=drawn_in)}


def _sentence(shape: Shape, first: Observation, last: Observation) -> str:
    return _("De %(first)s (%(start)s) a %(last)s (%(end)s).") % {
        "first": figure_words(figure=first.figure, shape=shape),
        "start": period_words(first.period),
        "last": figure_words(figure=last.figure, shape=shape),
        "end": period_words(last.period),
    }


def _scale(*, highest: Decimal, shape: Shape) -> tuple[float, list[int]]:
    """From zero to a round number above; percentages to a hundred unless they go beyond."""
    if is_percent(shape) and highest <= 100:
        return 100, [0, 25, 50, 75, 100]
    step = 1
    while step * 4 < highest:
        step = next(
            (size * 10**power for power in range(15) for size in NICE_STEPS if size * 10**power > step),
            step * 10,
        )
    return float(step * 4), [step * turn for turn in range(5)]
