"""What other pages show of the plan, without importing it: ``{% load plan %}``."""

from django import template

from lms.plan.selectors import CourseGoal, HomeArcade, goals_for_course, home_arcade

register = template.Library()


@register.simple_tag
def plan_overview() -> HomeArcade:
    """``{% plan_overview as plan %}``: doors and totals of the current plan."""
    return home_arcade()


@register.simple_tag
def course_goals(code: str) -> list[CourseGoal]:
    """``{% course_goals page.code as goals %}``: the commitments that a course helps to fulfil."""
    return goals_for_course(code)
