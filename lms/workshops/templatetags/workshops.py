"""What other pages show of workshops, without importing them: ``{% load workshops %}``."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.ui.components import Notice
from lms.workshops.models import WorkshopSession
from lms.workshops.selectors import list_mine
from lms.workshops.words import notice_of_standing

register = template.Library()

PER_LINE = 10
LARGEST_DRAWING = 60


@dataclass(frozen=True)
class MyLine:
    session: WorkshopSession
    notice: Notice | None


@register.inclusion_tag("workshops/_mine.html", takes_context=True)
def my_workshops(context: Context) -> dict[str, Any]:
    """``{% my_workshops %}``: a section with what is coming and what was attended; nothing if nothing."""
    at = clock.now()
    viewer = get_viewer(user=getattr(context.get("request"), "user", None), at=at)
    if viewer.person_id is None:
        return {"lines": [], "attended": []}
    mine = list_mine(person_id=viewer.person_id, at=at)
    lines = [
        MyLine(standing.session, notice_of_standing(standing=standing, at=at)) for standing in mine.upcoming
    ]
    return {"lines": lines, "attended": mine.attended}


@register.simple_tag
def room(seats: int, taken: int) -> SafeString:
    """One circle per seat, the taken ones filled; nothing for a room that is too large to count."""
    if seats > LARGEST_DRAWING:
        return SafeString("")
    taken = min(taken, seats)
    circles = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="7.5"{}/>',
        (
            (
                10 + (seat % PER_LINE) * 20,
                12 + (seat // PER_LINE) * 26,
                SafeString(' class="taken"') if seat < taken else "",
            )
            for seat in range(seats)
        ),
    )
    label = _("%(taken)s cupos ocupados y %(free)s libres") % {"taken": taken, "free": seats - taken}
    height = -(-seats // PER_LINE) * 26 + 2
    return format_html(
        '<svg class="room" viewBox="0 0 200 {}" role="img" aria-label="{}">{}</svg>', height, label, circles
    )
