"""What other pages show of conversations, without importing them, and words with their links."""

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lms.discussions.access import may_moderate
from lms.discussions.rules.words import Piece, split_links
from lms.discussions.selectors.discussions import has_open_discussion
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer

register = template.Library()

BREAK = SafeString("<br>")
REL = "nofollow noopener noreferrer ugc"
"""No credit for the address, no window and no referrer handed to it: people wrote it, not the course."""


@register.filter
def with_links(text: str) -> SafeString:
    """Paragraphs and lines as they were written; addresses lead where they say, all else is plain text."""
    return format_html_join("", "<p>{}</p>", ((_lines(part),) for part in text.split("\n\n") if part))


def _lines(part: str) -> SafeString:
    return format_html_join(BREAK, "{}", ((_pieces(line),) for line in part.split("\n")))


def _pieces(line: str) -> SafeString:
    return format_html_join("", "{}", ((_piece(piece),) for piece in split_links(line)))


def _piece(piece: Piece) -> SafeString | str:
    if not piece.is_link:
        return piece.text
    return format_html('<a href="{}" rel="{}">{}</a>', piece.text, REL, piece.text)


@register.simple_tag
def discussion_url(course_code: str) -> str:
    """``{% discussion_url code as url %}``: of the conversation, where the course has one. One query."""
    if not has_open_discussion(course_code=course_code):
        return ""
    return reverse("discussions:threads", args=[course_code])


@register.simple_tag(takes_context=True)
def discussion_desk_url(context: Context, course_code: str) -> str:
    """Of the page that switches it on, for whoever leads the course. No query beside the viewer's."""
    viewer = get_viewer(user=getattr(context.get("request"), "user", None), at=clock.now())
    if not may_moderate(viewer=viewer, course_code=course_code):
        return ""
    return reverse("discussions_desk:settings", args=[course_code])
