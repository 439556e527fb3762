"""The public pages: indicators of a plan, one indicator, one release, goal 16 in one place."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.indicators.access import read_indicator, read_plan
from lms.indicators.models import Indicator, IndicatorRevision
from lms.indicators.rules import sdg16
from lms.indicators.rules.shapes import Kind
from lms.indicators.selectors.changes import find_previous, read_diff
from lms.indicators.selectors.definitions import as_measured, as_released, redefined_since
from lms.indicators.selectors.indicators import (
    group_by_commitment,
    group_by_target,
    list_of_whole_goal,
    list_published_indicators,
)
from lms.indicators.selectors.revisions import (
    RevisionNotFoundError,
    choose_current,
    get_revision,
    list_locked_periods,
    list_periods,
    list_revisions,
)
from lms.indicators.selectors.series import (
    level_words,
    list_levels,
    read_breakdown,
    read_series,
)
from lms.indicators.selectors.words import period_words, value_words
from lms.ui.components import Choice


@login_not_required
@require_safe
def indicator_list(request: HttpRequest, plan_code: str) -> HttpResponse:
    """All indicators of a plan, by commitment."""
    reading = read_plan(request, plan_code)
    lines = list_published_indicators(reading.plan)
    context = {
        "plan": reading.plan,
        "is_keeper": reading.is_keeper,
        "groups": group_by_commitment(lines),
        "has_examples": any(line.is_example for line in lines),
    }
    return render(request, "indicators/list.html", context)


@login_not_required
@require_safe
def sdg_page(request: HttpRequest, plan_code: str) -> HttpResponse:
    """The twelve targets of goal 16 with the indicators of each, and which have none."""
    reading = read_plan(request, plan_code)
    lines = list_published_indicators(reading.plan)
    targets = group_by_target(lines)
    context = {
        "plan": reading.plan,
        "targets": targets,
        "whole": list_of_whole_goal(lines),
        "without": [one for one in targets if not one.lines],
        "has_examples": any(line.is_example for one in targets for line in one.lines),
        "source_text": sdg16.SOURCE_TEXT,
        "source_url": sdg16.SOURCE_URL,
    }
    return render(request, "indicators/sdg.html", context)


@login_not_required
@require_safe
def indicator_page(request: HttpRequest, plan_code: str, code: str) -> HttpResponse:
    """What an indicator measures, and the data that count."""
    reading, indicator = read_indicator(request, plan_code, code)
    revisions = list_revisions(indicator=indicator)
    current = choose_current(revisions)
    context = _data_context(request, indicator=indicator, revision=current)
    context |= {
        "is_keeper": reading.is_keeper,
        "revisions": revisions,
        "redefined": redefined_since(indicator=indicator, revision=current),
    }
    return render(request, "indicators/indicator.html", context)


@login_not_required
@require_safe
def revision_page(request: HttpRequest, plan_code: str, code: str, number: int) -> HttpResponse:
    """One release by its number: an address that stays, with what it changed."""
    reading, indicator = read_indicator(request, plan_code, code)
    try:
        revision = get_revision(indicator=indicator, number=number, with_unpublished=reading.is_keeper)
    except RevisionNotFoundError as error:
        raise Http404 from error
    revisions = list_revisions(indicator=indicator)
    shown = None if revision.withdrawn_at else revision
    released = as_released(indicator=indicator, revision=revision)
    context = _data_context(request, indicator=released, revision=shown)
    context |= {
        "is_keeper": reading.is_keeper,
        "release": revision,
        "is_current": choose_current(revisions) == revision,
        "diff": _diff(request, revision, revisions) if shown else None,
        "previous": find_previous(revision=revision, revisions=revisions),
    }
    return render(request, "indicators/revision.html", context)


def _diff(request: HttpRequest, revision: IndicatorRevision, revisions: list[IndicatorRevision]) -> object:
    previous = find_previous(revision=revision, revisions=revisions)
    if previous is None:
        return None
    kind, page = request.GET.get("cambio", ""), request.GET.get("pagina_cambios")
    return read_diff(revision=revision, previous=previous, kind=kind, page=page)


def _data_context(
    request: HttpRequest, *, indicator: Indicator, revision: IndicatorRevision | None
) -> dict[str, Any]:
    """Figures, chart and breakdown of a release, by what they are measured."""
    measured = as_measured(indicator=indicator, revision=revision)
    shape = measured.shape
    levels, periods = list_levels(revision=revision), list_periods(revision=revision)
    level = _asked(request, "desglose", levels)
    period = _asked(request, "periodo", periods)
    return {
        "plan": indicator.plan,
        "indicator": indicator,
        "measured": measured,
        "commitment": indicator.commitment,
        "revision": revision,
        "shape": shape,
        "is_example": revision is not None and revision.is_example,
        "is_ratio": shape.kind == Kind.RATIO,
        "series": read_series(indicator=measured, revision=revision),
        "baseline": value_words(value=indicator.baseline_value, shape=indicator.shape),
        "target": value_words(value=indicator.target_value, shape=indicator.shape),
        "locked": list_locked_periods(list(indicator.locks.all())),
        "level_choices": [Choice(one, level_words(level=one, shape=shape), one == level) for one in levels],
        "period_choices": [Choice(one, period_words(one), one == period) for one in periods],
        "level_name": level_words(level=level, shape=shape) if level else "",
        "period_name": period_words(period) if period else "",
        "breakdown": read_breakdown(
            revision=revision, level=level, period=period, page=request.GET.get("pagina")
        )
        if revision and level and period
        else None,
    }


def _asked(request: HttpRequest, name: str, offered: list[str]) -> str:
    """What the address asks for, if it is offered; else the first."""
    wanted = request.GET.get(name, "")
    return wanted if wanted in offered else (offered[0] if offered else "")
