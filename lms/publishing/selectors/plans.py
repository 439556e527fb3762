"""Plans that everybody may read."""

from lms.plan.models import ActionPlan


class PlanNotPublicError(LookupError):
    """There is no such plan, or it is a draft."""


def list_public_plans() -> list[ActionPlan]:
    """The current one first, with their tables. Two queries."""
    rows = ActionPlan.objects.public().select_related("institution", "adheres_to", "follows")
    return list(rows.prefetch_related("tables"))


def get_public_plan(*, code: str) -> ActionPlan:
    """One query.

    Raises:
        PlanNotPublicError: see there.
    """
    rows = ActionPlan.objects.public().select_related("institution", "adheres_to", "follows")
    plan = rows.filter(code=code).first()
    if plan is None:
        raise PlanNotPublicError(code)
    return plan
