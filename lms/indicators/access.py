"""Whose indicators one may read or write: what the plan says, and 404 for everybody else."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from lms.indicators.models import Indicator
from lms.indicators.selectors.indicators import IndicatorNotFoundError, get_indicator
from lms.indicators.selectors.revisions import has_published
from lms.lib import clock
from lms.people.policy import NotAllowedError, Viewer
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_kept_plan, get_plan, keeps_plan
from lms.plan.models import ActionPlan


@dataclass(frozen=True)
class Reading:
    """A plan as somebody reads it."""

    plan: ActionPlan
    is_keeper: bool


def read_plan(request: HttpRequest, plan_code: str) -> Reading:
    """The plan, or 404."""
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        plan = get_plan(code=plan_code, viewer=viewer)
    except PlanNotFoundError as error:
        raise Http404 from error
    return Reading(plan, is_keeper=keeps_plan(viewer=viewer, plan=plan))


def read_indicator(request: HttpRequest, plan_code: str, code: str) -> tuple[Reading, Indicator]:
    """The indicator of a plan, or 404.

    A retired one stays for everybody where data were published, because somebody may have cited them;
    otherwise for its keepers only.
    """
    reading = read_plan(request, plan_code)
    indicator = find_indicator(reading.plan, code)
    if not (indicator.is_active or reading.is_keeper or has_published(indicator=indicator)):
        raise Http404
    return reading, indicator


def keep_plan(plan_code: str, viewer: Viewer) -> ActionPlan:
    """A plan that the viewer keeps, or 404."""
    try:
        return get_kept_plan(code=plan_code, viewer=viewer)
    except (PlanNotFoundError, NotAllowedError):
        raise Http404 from None


def keep_indicator(plan_code: str, code: str, viewer: Viewer) -> Indicator:
    """An indicator of a plan that the viewer keeps, or 404."""
    return find_indicator(keep_plan(plan_code, viewer), code)


def find_indicator(plan: ActionPlan, code: str) -> Indicator:
    try:
        return get_indicator(plan=plan, code=code)
    except IndicatorNotFoundError as error:
        raise Http404 from error
