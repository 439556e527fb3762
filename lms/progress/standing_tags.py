"""A standing as an icon and a word, the same on every screen."""

from lms.progress.models import StandingChoice
from lms.progress.rules.timeline import Standing
from lms.ui.components import Notice, TagKind

_TAGS: dict[Standing, tuple[TagKind, str]] = {
    Standing.NOT_STARTED: ("mute", "circle"),
    Standing.IN_PROGRESS: ("info", "circle-dot"),
    Standing.LATE: ("bad", "triangle-alert"),
    Standing.DONE: ("ok", "circle-check"),
    Standing.EXPIRING: ("warn", "clock-alert"),
    Standing.EXEMPT: ("mute", "circle-dashed"),
    Standing.ON_LEAVE: ("mute", "circle-dashed"),
}


def notice_of(*, standing: int) -> Notice:
    """The tag of a value of :class:`~lms.progress.rules.timeline.Standing`."""
    kind, icon = _TAGS[Standing(standing)]
    return Notice(kind, icon, str(StandingChoice(standing).label))
