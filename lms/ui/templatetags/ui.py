"""The tags and filters of the design system; loaded in every template, without ``{% load %}``."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import constants as levels
from django.forms import BoundField, CheckboxInput
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lms.ui import charts
from lms.ui.charts import Door
from lms.ui.components import Crumb, Notice, TagKind
from lms.ui.navigation import current_of, list_sections
from lms.ui.spelling import (
    Number,
    initials_of,
    spell_date,
    spell_minutes,
    spell_number,
    spell_percent,
    spell_share,
)

register = template.Library()

SPRITE = "ui/icons/sprite.svg"
# "none" is the hatching of "there is no data".
TAG_CLASSES = {"ok": "ok", "warn": "warn", "bad": "bad", "info": "info", "mute": "mute", "none": "hatch"}
MESSAGE_LOOKS: dict[int, tuple[TagKind, str]] = {
    levels.SUCCESS: ("ok", "circle-check"),
    levels.WARNING: ("warn", "triangle-alert"),
    levels.ERROR: ("bad", "circle-alert"),
}

OTHER_MESSAGE: tuple[TagKind, str] = ("info", "message-square-text")


# --- Icons and status ---------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, cls: str = "") -> SafeString:
    """A line icon, decorative: the word stands beside it. Names are those of the sprite."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f"i {cls}".strip(),
        static(SPRITE),
        name,
    )


@register.simple_tag
def emblem(name: str, ground: int = 1, cls: str = "") -> SafeString:
    """The cover of a course. ``ground`` 1 petrol, 2 yellow, 3 mist."""
    return format_html(
        '<svg class="{}" viewBox="0 0 96 96" aria-hidden="true"><use href="{}#e-{}"/></svg>',
        f"emblem g{ground} {cls}".strip(),
        static(SPRITE),
        name,
    )


@register.simple_tag
def page_language() -> str:
    """The language of the page, for ``<html lang>``: Spanish is Chile's."""
    code = get_language() or settings.LANGUAGE_CODE
    return "es-CL" if code == "es" else code


@register.simple_tag
def lang_of(code: str) -> SafeString:
    """`` lang="es"`` for words in another language than the page's, nothing for the same."""
    present = get_language() or ""
    is_same = code.partition("-")[0] == present.partition("-")[0]
    return SafeString("") if is_same else format_html(' lang="{}"', code)


@register.simple_tag
def mark() -> SafeString:
    """The mark: a door that is also an A."""
    return format_html('<svg aria-hidden="true"><use href="{}#mark"/></svg>', static(SPRITE))


@register.simple_tag
def tag(kind: str, icon_name: str, text: str) -> SafeString:
    """A status: ``{% tag "ok" "circle-check" "Vigente" %}``; kinds are those of ``TAG_CLASSES``."""
    return format_html('<span class="tag {}">{}{}</span>', TAG_CLASSES[kind], icon(icon_name), text)


# --- Charts -------------------------------------------------------------------------------------
@register.simple_tag
def bullet(
    value: Number | None, target: Number | None = None, label: str = "", height: int = 14
) -> SafeString:
    """See :func:`lms.ui.charts.bullet`."""
    return charts.bullet(value=value, target=target, label=label, height=height)


@register.simple_tag
def stacked(parts: Sequence[tuple[str, Number]], label: str = "", height: int = 20) -> SafeString:
    """See :func:`lms.ui.charts.stacked`."""
    return charts.stacked(parts=parts, label=label, height=height)


@register.simple_tag
def line_chart(
    points: Sequence[Number | None],
    labels: Sequence[str] = (),
    target: Number | None = None,
    label: str = "",
    height: int = 220,
    maximum: float = 100,
    ends: bool = True,
    cls: str = "",
) -> SafeString:
    """See :func:`lms.ui.charts.line_chart`."""
    return charts.line_chart(
        points=points,
        labels=labels,
        target=target,
        label=label,
        height=height,
        maximum=maximum,
        ends=ends,
        css=cls,
    )


@register.simple_tag
def small_line_chart(
    points: Sequence[Number | None], target: Number | None = None, label: str = "", height: int = 88
) -> SafeString:
    """A small multiple: no words inside, only the floor and the goal."""
    return charts.line_chart(
        points=points, target=target, label=label, height=height, ticks=(0,), ends=False, css="mini-plot"
    )


@register.simple_tag
def mini(number: int | None, total: int = 12) -> SafeString:
    """See :func:`lms.ui.charts.mini`."""
    return charts.mini(number=number, total=total)


@register.simple_tag
def arcade(doors: Sequence[Door]) -> SafeString:
    """See :func:`lms.ui.charts.arcade`."""
    return charts.arcade(doors=doors)


@register.simple_tag
def door_arch(door: Door) -> SafeString:
    """See :func:`lms.ui.charts.door_arch`."""
    return charts.door_arch(door=door)


@register.simple_tag
def qr(url: str, title: str) -> SafeString:
    """See :func:`lms.ui.charts.qr`."""
    return charts.qr(url=url, title=title)


# --- Words --------------------------------------------------------------------------------------
@register.filter
def percent(value: Number | None, decimals: int = 0) -> str:
    """``{{ 68.2|percent }}`` → 68 %; ``{{ 68.2|percent:1 }}`` → 68,2 %."""
    return spell_percent(percent=value, decimals=decimals)


@register.filter
def share_percent(value: Number | None, decimals: int = 0) -> str:
    """``{{ 0.682|share_percent }}`` → 68 %."""
    return spell_share(share=value, decimals=decimals)


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """``{{ 1446|number }}`` → 1.446."""
    return spell_number(value=value, decimals=decimals)


@register.filter
def long_date(value: date | datetime | None) -> str:
    """``{{ day|long_date }}`` → 30 de junio de 2026."""
    return spell_date(value=value)


@register.filter
def duration_minutes(value: int | None) -> str:
    """``{{ 150|duration_minutes }}`` → 2 h 30 min."""
    return spell_minutes(minutes=value)


@register.filter
def initials(value: str | None) -> str:
    """``{{ "Camila Riquelme"|initials }}`` → CR."""
    return initials_of(name=value)


# --- Forms --------------------------------------------------------------------------------------
@register.filter
def control(field: BoundField) -> SafeString:
    """The widget without placeholder: what is needed is written above it and stays there."""
    return field.as_widget(attrs={"placeholder": False})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a single tick box, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


# --- Page frame ---------------------------------------------------------------------------------
@register.inclusion_tag("components/site_nav.html", takes_context=True)
def site_nav(context: Context, path: str = "") -> dict[str, Any]:
    """The header's sections; ``path`` stands in for the present address, to light another section."""
    return {"items": list_sections(path=path or _path(context))}


@register.simple_tag(takes_context=True)
def current(context: Context, url: str) -> SafeString:
    """`` aria-current="page"`` (or ``"true"`` below it) for a link to ``url``, else nothing."""
    value = current_of(url=url, path=_path(context))
    return format_html(' aria-current="{}"', value) if value else SafeString("")


@register.inclusion_tag("components/crumbs.html")
def crumbs(*steps: str) -> dict[str, Any]:
    """``{% crumbs "Cursos" "/cursos/" course.title %}``: text, address, text, address, …, present page."""
    texts, urls = steps[::2], steps[1::2]
    return {"items": [Crumb(text, url) for text, url in zip(texts, [*urls, ""], strict=True)]}


@register.inclusion_tag("components/messages.html")
def page_messages(messages: Iterable[Any] = ()) -> dict[str, Any]:
    """What the last action answers, as a list of notices."""
    notices = []
    for message in messages or ():
        kind, icon_name = MESSAGE_LOOKS.get(message.level, OTHER_MESSAGE)
        notices.append(Notice(kind, icon_name, str(message)))
    return {"notices": notices}


@register.simple_block_tag
def table_scroll(content: str, label: str = "", labelledby: str = "") -> SafeString:
    """A table that may scroll sideways: a focusable group with a name (WCAG 2.1.1).

    ``{% table_scroll label="Cobertura" %}<table>…</table>{% endtable_scroll %}``

    Raises:
        TemplateSyntaxError: it has neither name.
    """
    if not (label or labelledby):
        raise template.TemplateSyntaxError("table_scroll needs label or labelledby")
    parameters = {"content": content, "label": label, "labelledby": labelledby}
    return render_to_string("components/table_scroll.html", parameters)


@register.simple_tag(takes_context=True)
def page_query(context: Context, page: int, param: str = "pagina") -> str:
    """``?pagina=3`` with the other parameters of the present address."""
    query = context["request"].GET.copy()
    query[param] = str(page)
    return f"?{query.urlencode()}"


def _path(context: Context) -> str:
    return getattr(context.get("request"), "path", "")
