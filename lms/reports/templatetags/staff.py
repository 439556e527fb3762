"""Tags of the staff area."""

from django import template
from django.template import Context

from lms.reports.navigation import Tabs, build_tabs

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_tabs(context: Context) -> Tabs:
    """The sections of the staff area for the page's ``viewer`` and ``request``."""
    match = context["request"].resolver_match
    return build_tabs(viewer=context["viewer"], view=match.view_name if match else "")
