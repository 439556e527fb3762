"""A series over time with its goal."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lms.ui.charts.drawing import coordinate, svg, together
from lms.ui.spelling import Number, spell_percent

LABEL_ROOM_PIXELS = 26


@dataclass(frozen=True)
class _Plot:
    """The frame of a line chart: where a point lies."""

    count: int
    maximum: float

    def x(self, index: int) -> str:
        return coordinate(100 if self.count == 1 else index / (self.count - 1) * 100)

    def y(self, value: Number) -> str:
        return coordinate(100 - float(value) / self.maximum * 100)


def line_chart(
    *,
    points: Sequence[Number | None],
    labels: Sequence[str] = (),
    target: Number | None = None,
    label: str = "",
    height: int = 220,
    maximum: float = 100,
    ticks: Sequence[int] = (0, 25, 50, 75, 100),
    ends: bool = True,
    css: str = "",
) -> SafeString:
    """A series over time with its goal; straight segments, a gap where a point is ``None``.

    Args:
        points: percentages, the latest last.
        labels: one for each point; an empty one is not written.
        ends: write the goal and the last value next to their marks.
        css: ``"mini-plot"`` for small multiples.
    """
    known = [(index, value) for index, value in enumerate(points) if value is not None]
    if not known:
        return svg(css="chart hatch", label=label, height=height, content=SafeString(""))
    plot = _Plot(count=len(points), maximum=float(maximum))
    marks = [
        *_grid(plot=plot, ticks=ticks),
        *_goal(plot=plot, target=target, named=ends),
        *_segments(plot=plot, points=points),
        *_end(plot=plot, last=known[-1], target=target, height=height, named=ends),
        *_axis(plot=plot, labels=labels),
    ]
    css = f"chart plot {css}".strip()
    return svg(css=css, label=label, height=height, content=together(marks))


def _grid(*, plot: _Plot, ticks: Sequence[int]) -> list[SafeString]:
    return [
        format_html(
            '<line class="c-grid" x1="0" x2="100%" y1="{0}" y2="{0}"/>'
            '<text class="c-lab" x="-8" y="{0}" dy=".35em" text-anchor="end">{1}</text>',
            plot.y(tick),
            str(tick),
        )
        for tick in ticks
    ]


def _goal(*, plot: _Plot, target: Number | None, named: bool) -> list[SafeString]:
    if target is None:
        return []
    marks = [format_html('<line class="c-meta dash" x1="0" x2="100%" y1="{0}" y2="{0}"/>', plot.y(target))]
    if named:
        text = _("Meta %(percent)s") % {"percent": spell_percent(percent=target)}
        marks.append(
            format_html(
                '<text class="c-lab key" x="0" dx="6" y="{}" dy="-.5em">{}</text>', plot.y(target), text
            )
        )
    return marks


def _segments(*, plot: _Plot, points: Sequence[Number | None]) -> list[SafeString]:
    marks = []
    for index in range(len(points) - 1):
        start, end = points[index], points[index + 1]
        if start is not None and end is not None:
            marks.append(
                format_html(
                    '<line class="c-line" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                    plot.x(index),
                    plot.y(start),
                    plot.x(index + 1),
                    plot.y(end),
                )
            )
    return marks


def _end(
    *, plot: _Plot, last: tuple[int, Number], target: Number | None, height: int, named: bool
) -> list[SafeString]:
    index, value = last
    x, y = plot.x(index), plot.y(value)
    marks = [format_html('<circle class="c-dot" cx="{}" cy="{}" r="5"/>', x, y)]
    if named:
        room = (float(target) - float(value)) / plot.maximum * height if target is not None else 0
        dy = "1.6em" if 0 < room < LABEL_ROOM_PIXELS else "-.6em"
        marks.append(
            format_html(
                '<text class="c-lab key end" x="{}" y="{}" dy="{}" text-anchor="end">{}</text>',
                x,
                y,
                dy,
                spell_percent(percent=value),
            )
        )
    return marks


def _axis(*, plot: _Plot, labels: Sequence[str]) -> list[SafeString]:
    marks = []
    last = len(labels) - 1
    for index, text in enumerate(labels):
        if not text:
            continue
        anchor = "start" if index == 0 else "end" if index == last else "middle"
        marks.append(
            format_html(
                '<text class="c-lab{}" x="{}" y="100%" dy="1.5em" text-anchor="{}">{}</text>',
                "" if index in (0, last) else " lo",
                plot.x(index),
                anchor,
                text,
            )
        )
    return marks
