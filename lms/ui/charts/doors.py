"""The doors of the plan: the arcade, one arch, the row of twelve small ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lms.ui.charts.drawing import coordinate, together
from lms.ui.spelling import NO_BREAK_SPACE, Number, spell_percent

DoorState = Literal["value", "no_information", "no_goal", "not_published"]


@dataclass(frozen=True)
class Door:
    """One commitment in the arcade. Percentages from 0 to 100; ``None`` is "not known", never 0.

    ``up_to_percent`` above ``share_percent``: only this range is published, and ``words`` say it
    (``"5 % o menos"``). Without a share, ``words`` say why there is none.
    """

    number: int
    url: str
    share_percent: Number | None = None
    target_percent: Number | None = None
    state: DoorState = "value"
    up_to_percent: Number | None = None
    words: str = ""


def mini(*, number: int | None, total: int = 12) -> SafeString:
    """A row of small doors with one lit; decorative, the sentence stands beside it."""
    classes = (("on" if n == number else "",) for n in range(1, total + 1))
    doors = format_html_join("", '<i class="{}"></i>', classes)
    return format_html('<span class="mini" aria-hidden="true">{}</span>', doors)


def arcade(*, doors: Sequence[Door]) -> SafeString:
    """The plan as a row of doors that fill from the floor: an ordered list of links."""
    return format_html('<ol class="doors">{}</ol>', together(_door(door=door) for door in doors))


def door_arch(*, door: Door) -> SafeString:
    """The arch of one door, hidden from screen readers: its figures are written beside it.

    Of a range, what is certain is filled and what is possible lies on it, lighter.
    """
    css = "arch"
    if door.share_percent is None:
        css += " open" if door.state == "no_goal" else " hatch"
        return format_html('<svg class="{}" aria-hidden="true"></svg>', css)
    share = min(max(float(door.share_percent), 0.0), 100.0)
    marks = format_html(
        '<rect class="c-track" width="100%" height="100%"/>'
        '<rect class="c-val" y="{}" width="100%" height="{}"/>',
        coordinate(100 - share),
        coordinate(share),
    )
    up_to = min(float(door.up_to_percent), 100.0) if door.up_to_percent is not None else share
    if up_to > share:
        marks += format_html(
            '<rect class="c-mid" y="{}" width="100%" height="{}"/>',
            coordinate(100 - up_to),
            coordinate(up_to - share),
        )
    if door.target_percent is not None:
        marks += format_html(
            '<rect class="c-meta" y="{}" width="100%" height="3"/>',
            coordinate(100 - float(door.target_percent)),
        )
    return format_html('<svg class="{}" aria-hidden="true">{}</svg>', css, marks)


def _door(*, door: Door) -> SafeString:
    return format_html(
        '<li><a href="{}"><span class="id"><span class="vh">{} </span>{}</span>{}'
        '<span class="v">{}</span></a></li>',
        door.url,
        _("Compromiso"),
        str(door.number),
        door_arch(door=door),
        _door_words(door=door),
    )


def _door_words(*, door: Door) -> SafeString:
    if door.share_percent is None:
        return format_html('<span class="vh">: {}</span>', _silence(door=door))
    if door.target_percent is None:
        goal = _("sin meta publicada")
    else:
        goal = _("meta %(percent)s") % {"percent": spell_percent(percent=door.target_percent)}
    # The sign is for who listens: who looks reads it once, above the doors.
    figure, sign, rest = _words(door=door).partition(f"{NO_BREAK_SPACE}%")
    return format_html(
        '<span class="vh">: {} </span>{}<span class="vh">{}</span>{}<span class="vh">, {}</span>',
        _("cobertura"),
        figure,
        sign,
        rest,
        goal,
    )


def _words(*, door: Door) -> str:
    return door.words or spell_percent(percent=door.share_percent)


def _silence(*, door: Door) -> str:
    """Why the door has no figure."""
    if door.words:
        return door.words
    silence = {
        "no_goal": _("sin meta de formación"),
        "not_published": _("no se publica, para proteger a las personas"),
    }
    return silence.get(door.state, _("sin información en el documento fuente"))
