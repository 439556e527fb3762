"""What other pages show of diagnostics, without importing it: ``{% load diagnostics %}``."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from lms.diagnostics.models import Questionnaire
from lms.diagnostics.selectors.questionnaires import list_for_commitment
from lms.ui import charts
from lms.ui.spelling import Number

register = template.Library()


@register.simple_tag
def commitment_diagnostics(plan_code: str, number: int) -> list[Questionnaire]:
    """``{% commitment_diagnostics plan.code 4 as rows %}``: questionnaires that serve it. One query."""
    return list_for_commitment(plan_code=plan_code, number=number)


@register.simple_tag
def profile_line(
    value: Number | None, before: Number | None = None, middle: Sequence[Number] | None = None
) -> SafeString:
    """See :func:`lms.ui.charts.profile_line`; the figures are written beside it."""
    return charts.profile_line(value=value, before=before, middle=middle)
