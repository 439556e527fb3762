"""What all charts share: coordinates, the name for screen readers, the frame."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lms.ui.spelling import Number


def coordinate(value: Number) -> str:
    """A percentage of the drawing, within it, with two decimals at most: ``64`` → ``"64%"``."""
    return f"{round(min(max(float(value), 0.0), 100.0), 2):g}%"


def naming(label: str) -> SafeString:
    if label:
        return format_html('role="img" aria-label="{}"', label)
    return mark_safe('aria-hidden="true"')


def svg(*, css: str, label: str, height: int, content: str) -> SafeString:
    return format_html(
        '<svg class="{}" {} width="100%" height="{}">{}</svg>', css, naming(label), int(height), content
    )


def together(marks: Iterable[SafeString]) -> SafeString:
    """Marks one after another."""
    return format_html_join("", "{}", ((mark,) for mark in marks))
