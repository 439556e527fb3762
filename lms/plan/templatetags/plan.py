"""What other pages show of the plan, without importing it: ``{% load plan %}``."""

from django import template
from django.utils.safestring import SafeString

from lms.plan.selectors import CourseGoal, HomeArcade, goals_for_course, home_arcade
from lms.ui import charts

register = template.Library()


@register.simple_tag
def plan_overview() -> HomeArcade:
    """``{% plan_overview as plan %}``: doors and totals of the current plan."""
    return home_arcade()


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
