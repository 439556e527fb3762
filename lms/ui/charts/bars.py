"""A bar with its goal, and a bar divided by state."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lms.ui.charts.drawing import coordinate, svg, together
from lms.ui.spelling import Number

PART_CLASSES = frozenset({"c-val", "c-mid", "c-run", "c-track", "c-late"})


class Part(NamedTuple):
    """One segment of a stacked bar: a class of ``PART_CLASSES`` and how many it stands for."""

    css: str
    value: Number


def bullet(
    *,
    value: Number | None,
    up_to: Number | None = None,
    target: Number | None = None,
    label: str = "",
    height: int = 14,
) -> SafeString:
    """A bar with its goal. ``value=None`` draws the hatching that means "there is no data".

    ``up_to`` above ``value``: only a range is known, and what may be missing is drawn lighter.
    """
    marks = []
    if value is not None:
        marks.append(format_html('<rect class="c-track" width="100%" height="{}"/>', int(height)))
        marks.append(
            format_html(
                '<rect class="c-val" y="{}" width="{}" height="{}"/>',
                f"{height * 0.25:g}",
                coordinate(value),
                f"{height * 0.5:g}",
            )
        )
        if up_to is not None and up_to > value:
            marks.append(
                format_html(
                    '<rect class="c-mid" x="{}" y="{}" width="{}" height="{}"/>',
                    coordinate(value),
                    f"{height * 0.25:g}",
                    coordinate(float(up_to) - float(value)),
                    f"{height * 0.5:g}",
                )
            )
    if target is not None:
        x = coordinate(target)
        marks.append(format_html('<line class="c-meta" x1="{}" x2="{}" y1="0" y2="{}"/>', x, x, int(height)))
    css = "chart hatch" if value is None else "chart"
    return svg(css=css, label=label, height=height, content=together(marks))


def stacked(*, parts: Sequence[tuple[str, Number]], label: str = "", height: int = 20) -> SafeString:
    """One bar divided by state; the parts fill it. Nothing to divide: hatching.

    Raises:
        ValueError: a class that is not in ``PART_CLASSES``, or a negative value.
    """
    for css, value in parts:
        if css not in PART_CLASSES or value < 0:
            raise ValueError(f"Not a part of a stacked bar: {css!r}, {value!r}")
    total = sum(float(value) for _css, value in parts)
    if not total:
        return svg(css="chart hatch", label=label, height=height, content=SafeString(""))
    marks, start = [], 0.0
    for css, value in parts:
        width = float(value) / total * 100
        if value:
            marks.append(
                format_html(
                    '<rect class="{} gap" x="{}" width="{}" height="{}"/>',
                    css,
                    coordinate(start),
                    coordinate(width),
                    int(height),
                )
            )
        start += width
    return svg(css="chart", label=label, height=height, content=together(marks))
