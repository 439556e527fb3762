"""Charts as inline SVG without viewBox: percent coordinates stretch, text never does.

Every function returns markup that is safe to print and escapes what it is given. With a ``label``
the chart is an image with that sentence as its name; without one it is hidden from screen readers,
because the figures stand beside it. Percentages go from 0 to 100.
"""

from lms.ui.charts.bars import PART_CLASSES, Part, bullet, stacked
from lms.ui.charts.codes import qr
from lms.ui.charts.doors import Door, DoorState, arcade, door_arch, mini
from lms.ui.charts.lines import line_chart
from lms.ui.charts.profile import profile_line

__all__ = [
    "PART_CLASSES",
    "Door",
    "DoorState",
    "Part",
    "arcade",
    "bullet",
    "door_arch",
    "line_chart",
    "mini",
    "profile_line",
    "qr",
    "stacked",
]
