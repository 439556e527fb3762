"""Which plans exist for whom, and who may write what of them. All screens of plans ask here."""

from collections.abc import Collection

from lms.people.policy import Action, NotAllowedError, Viewer, covers_any, has_any
from lms.plan.models import ActionPlan, Commitment


class PlanNotFoundError(LookupError):
    """There is no such plan, or only for others."""


def keeps_plan(*, viewer: Viewer, plan: ActionPlan) -> bool:
    """Whether the viewer writes the whole plan: of a country everywhere, of an institution there."""
    places = [plan.institution_id] if plan.institution_id else []
    return covers_any(viewer=viewer, action=Action.EDIT_PLAN, institution_ids=places)


def may_show_plan(*, viewer: Viewer, plan: ActionPlan) -> bool:
    """Whether the viewer may make it the plan that ``/plan/`` shows: who keeps all plans, a public one."""
    return plan.is_public and covers_any(viewer=viewer, action=Action.EDIT_PLAN, institution_ids=())


def reports_for(*, viewer: Viewer, institution_ids: Collection[int]) -> bool:
    """Whether the viewer speaks for one of the institutions that report on a commitment."""
    return covers_any(viewer=viewer, action=Action.REPORT_PROGRESS, institution_ids=institution_ids)


def get_plan(*, code: str, viewer: Viewer) -> ActionPlan:
    """A public plan, or one that the viewer keeps or reports on. One query, two for a draft.

    Raises:
        PlanNotFoundError: see there.
    """
    plan = ActionPlan.objects.select_related("institution", "adheres_to", "follows").filter(code=code).first()
    if plan is None or not (plan.is_public or _may_see_draft(viewer=viewer, plan=plan)):
        raise PlanNotFoundError(code)
    return plan


def get_kept_plan(*, code: str, viewer: Viewer) -> ActionPlan:
    """A plan that the viewer writes. One query.

    Raises:
        PlanNotFoundError: there is none with that code.
        NotAllowedError: somebody else keeps it.
    """
    plan = ActionPlan.objects.select_related("institution", "adheres_to", "follows").filter(code=code).first()
    if plan is None:
        raise PlanNotFoundError(code)
    if not keeps_plan(viewer=viewer, plan=plan):
        raise NotAllowedError(Action.EDIT_PLAN)
    return plan


def list_kept_plans(*, viewer: Viewer) -> list[ActionPlan]:
    """The plans that the viewer writes. One query."""
    if not has_any(viewer=viewer, action=Action.EDIT_PLAN):
        return []
    plans = ActionPlan.objects.select_related("institution")
    return [plan for plan in plans if keeps_plan(viewer=viewer, plan=plan)]


def _may_see_draft(*, viewer: Viewer, plan: ActionPlan) -> bool:
    if keeps_plan(viewer=viewer, plan=plan):
        return True
    if not has_any(viewer=viewer, action=Action.REPORT_PROGRESS):
        return False
    places = Commitment.reporting_institutions.through.objects.filter(commitment__plan=plan)
    return reports_for(viewer=viewer, institution_ids=set(places.values_list("institution_id", flat=True)))
