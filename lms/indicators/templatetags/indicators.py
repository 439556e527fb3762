"""What other pages show of indicators, without importing them: ``{% load indicators %}``."""

from django import template
from django.utils.safestring import SafeString

from lms.indicators.selectors.indicators import IndicatorLine, list_of_commitment
from lms.indicators.selectors.series import SeriesChart
from lms.indicators.selectors.words import period_words
from lms.plan.models import Commitment
from lms.ui import charts

register = template.Library()


@register.simple_tag
def commitment_indicators(commitment: Commitment) -> list[IndicatorLine]:
    """``{% commitment_indicators commitment as indicators %}``: with the data that count of each."""
    return list_of_commitment(commitment=commitment)


@register.simple_tag
def indicator_chart(chart: SeriesChart, name: str) -> SafeString:
    """The figures over time; ``name`` begins the sentence that says the same."""
    return charts.line_chart(
        points=chart.points,
        labels=chart.labels,
        target=chart.target,
        label=f"{name} {chart.sentence}".strip(),
        height=260,
        maximum=chart.maximum,
        ticks=chart.ticks,
        ends=False,
    )


@register.filter
def period_name(period: str) -> str:
    """``{{ "2025-S1"|period_name }}`` → primer semestre de 2025."""
    return period_words(period)
