"""Coverage over time as a chart and its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.plan.selectors.snapshots import HistoryPoint
from lms.plan.selectors.words import figure_words
from lms.ui.spelling import spell_date, spell_percent

MOST_LABELS = 9


@dataclass(frozen=True)
class HistoryChart:
    """Percentages with their labels, a sentence that says the same, and the rows of the table."""

    points: tuple[int | None, ...]
    labels: tuple[str, ...]
    sentence: str
    rows: tuple[tuple[str, str], ...]


def history_chart(*, points: Sequence[HistoryPoint]) -> HistoryChart | None:
    """``None`` with fewer than two exact percentages: nothing to compare."""
    known = [point for point in points if point.percent is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    step = -(-len(points) // MOST_LABELS)
    labels = [
        str(date_format(point.cutoff_date, "j M")) if (len(points) - 1 - index) % step == 0 else ""
        for index, point in enumerate(points)
    ]
    return HistoryChart(
        points=tuple(point.percent for point in points),
        labels=tuple(labels),
        sentence=_("Cobertura: de %(first)s el %(start)s a %(last)s el %(end)s.")
        % {
            "first": spell_percent(percent=first.percent),
            "start": spell_date(value=first.cutoff_date),
            "last": spell_percent(percent=last.percent),
            "end": spell_date(value=last.cutoff_date),
        },
        rows=tuple((spell_date(value=point.cutoff_date), _words(point)) for point in reversed(points)),
    )


def _words(point: HistoryPoint) -> str:
    if point.total is None:
        return _("Sin personas registradas")
    figure = point.total.completed
    if figure.value is None and not figure.band:
        return _("No se publica")
    return figure_words(figure=figure, k=0)
