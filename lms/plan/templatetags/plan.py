"""What other pages show of the plan, without importing it: ``{% load plan %}``."""

from django import template
from django.utils.safestring import SafeString

from lms.plan.models import ActionPlan, ProgressUpdate
from lms.plan.selectors import CourseGoal, HomeArcade, goals_for_course, home_arcade
from lms.ui import charts
from lms.ui.components import Notice, TagKind

register = template.Library()

STATE_NOTICES: dict[str, tuple[TagKind, str]] = {
    ActionPlan.Status.DRAFT: ("mute", "lock"),
    ActionPlan.Status.CONSULTATION: ("warn", "users"),
    ActionPlan.Status.ACTIVE: ("info", "circle-check"),
    ActionPlan.Status.CLOSED: ("mute", "clock"),
}
UPDATE_NOTICES: dict[str, tuple[TagKind, str]] = {
    ProgressUpdate.State.DRAFT: ("mute", "pen-line"),
    ProgressUpdate.State.PENDING: ("info", "clock"),
    ProgressUpdate.State.RETURNED: ("warn", "circle-alert"),
    ProgressUpdate.State.APPROVED: ("ok", "circle-check"),
}


@register.simple_tag
def plan_overview() -> HomeArcade:
    """``{% plan_overview as plan %}``: doors and totals of the current plan."""
    return home_arcade()


@register.simple_tag
def plan_notice(plan: ActionPlan) -> Notice:
    """``{% plan_notice plan as notice %}``: the state of a plan, with its icon."""
    kind, icon = STATE_NOTICES[plan.status]
    return Notice(kind, icon, str(plan.get_status_display()))


@register.simple_tag
def update_notice(update: ProgressUpdate) -> Notice:
    """``{% update_notice update as notice %}``: the state of an update, with its icon."""
    kind, icon = UPDATE_NOTICES[update.state]
    return Notice(kind, icon, str(update.get_state_display()))


@register.simple_tag
def course_goals(code: str) -> list[CourseGoal]:
    """``{% course_goals page.code as goals %}``: the commitments that a course helps to fulfil."""
    return goals_for_course(code)


@register.simple_tag
def coverage_bar(span: tuple[int, int] | None, target: int | None = None) -> SafeString:
    """``{% coverage_bar row.span row.target_percent %}``: exact, a range, or hatched where not published."""
    if span is None:
        return charts.bullet(value=None)
    return charts.bullet(value=span[0], up_to=span[1], target=target)
