"""What pages of plans show of publishing, without importing it: ``{% load publishing %}``."""

from typing import Any

from django import template

from lms.plan.models import Commitment

register = template.Library()


@register.inclusion_tag("publishing/_commitment_data.html")
def commitment_data(commitment: Commitment) -> dict[str, Any]:
    """``{% commitment_data commitment %}``: its files, paper, feed and embeds. No query."""
    return {"commitment": commitment, "plan": commitment.plan, "is_public": commitment.plan.is_public}
