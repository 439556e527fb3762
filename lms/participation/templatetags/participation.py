"""What other pages show of participation, without importing it: ``{% load participation %}``."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from lms.lib import clock
from lms.participation.lines import ContributionLine, contribution_lines
from lms.participation.selectors.contributions import list_last_comments
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import keeps_plan
from lms.plan.models import ActionPlan, Commitment

register = template.Library()

SHOWN = 3


@dataclass(frozen=True)
class TalkSummary:
    """The newest comments on a commitment, how many there are, and where to read, write and follow."""

    lines: list[ContributionLine]
    count: int
    comments_url: str
    follow_url: str


@register.inclusion_tag("participation/_summary.html")
def commitment_talk(plan: ActionPlan, commitment: Commitment) -> dict[str, Any]:
    """``{% commitment_talk page.plan commitment %}``. One query, two where nothing is shown."""
    rows, count = list_last_comments(commitment_id=commitment.pk, most=SHOWN)
    place = [plan.code, commitment.number]
    talk = TalkSummary(
        lines=contribution_lines(rows=rows, plan_code=plan.code, at=clock.now()),
        count=count,
        comments_url=reverse("participation:comments", args=place),
        follow_url=reverse("participation:follow", args=place),
    )
    return {"talk": talk}


@register.inclusion_tag("participation/_plan_links.html", takes_context=True)
def plan_participation(context: Context, plan: ActionPlan) -> dict[str, Any]:
    """``{% plan_participation plan %}``: links of a plan's page. No query beside the viewer's."""
    viewer = get_viewer(user=getattr(context.get("request"), "user", None), at=clock.now())
    keeps = keeps_plan(viewer=viewer, plan=plan)
    return {
        "plan_code": plan.code,
        "keeps": keeps,
        "answers": keeps or viewer.is_plan_reporter,
        "has_account": viewer.is_authenticated,
    }
