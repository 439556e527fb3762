"""A figure against the one before and the middle of others, on one line from 0 to 100."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lms.ui.charts.drawing import coordinate, svg, together
from lms.ui.spelling import Number


def profile_line(
    *,
    value: Number | None,
    before: Number | None = None,
    middle: Sequence[Number] | None = None,
    label: str = "",
    height: int = 24,
) -> SafeString:
    """A dot for now, a ring for before with a line between them, a band and a mark for the others.

    ``middle``: low, median and high of the others. ``value=None`` draws the hatching of "no data".
    """
    if value is None:
        return svg(css="chart hatch", label=label, height=height, content=SafeString(""))
    half = height / 2
    marks = [
        format_html('<rect class="c-track" y="{}" width="100%" height="4"/>', f"{half - 2:g}"),
        *_others(middle=middle, height=height),
    ]
    if before is not None:
        marks += [
            format_html(
                '<line class="c-line" x1="{}" x2="{}" y1="{}" y2="{}"/>',
                coordinate(before), coordinate(value), f"{half:g}", f"{half:g}",
            ),
            format_html('<circle class="c-was" cx="{}" cy="{}" r="6"/>', coordinate(before), f"{half:g}"),
        ]  # fmt: skip
    marks.append(format_html('<circle class="c-dot" cx="{}" cy="{}" r="8"/>', coordinate(value), f"{half:g}"))
    return svg(css="chart", label=label, height=height, content=together(marks))


def _others(*, middle: Sequence[Number] | None, height: int) -> list[SafeString]:
    if middle is None:
        return []
    low, median, high = middle
    return [
        format_html(
            '<rect class="c-mid" x="{}" y="{}" width="{}" height="{}"/>',
            coordinate(low), f"{height * 0.25:g}", coordinate(float(high) - float(low)), f"{height * 0.5:g}",
        ),
        format_html(
            '<line class="c-meta" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', coordinate(median), int(height)
        ),
    ]  # fmt: skip
