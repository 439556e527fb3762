"""Who reads, writes, answers and moderates. All screens of participation ask here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest

from lms.lib import clock
from lms.lib.clock import local_date
from lms.participation.models import Contribution
from lms.people.policy import Action, NotAllowedError, Viewer, has_any
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_kept_plan, get_plan, keeps_plan, reports_for
from lms.plan.models import ActionPlan, Commitment


@dataclass(frozen=True)
class Place:
    """Somebody in front of a plan."""

    viewer: Viewer
    plan: ActionPlan
    at: datetime

    @property
    def today(self) -> date:
        return local_date(self.at)

    @property
    def keeps(self) -> bool:
        """Whether it writes the plan, and so moderates and answers."""
        return keeps_plan(viewer=self.viewer, plan=self.plan)


def enter(*, request: HttpRequest, plan_code: str) -> Place:
    """The visitor in front of a plan that it may read. One query beside the viewer's, two for a draft.

    Raises:
        Http404: there is none for the visitor.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    try:
        return Place(viewer, get_plan(code=plan_code, viewer=viewer), at)
    except PlanNotFoundError:
        raise Http404 from None


def enter_desk(*, request: HttpRequest, plan_code: str) -> Place:
    """The visitor in front of a plan that it keeps. One query beside the viewer's.

    Raises:
        Http404: the visitor does not keep such a plan.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    try:
        return Place(viewer, get_kept_plan(code=plan_code, viewer=viewer), at)
    except (PlanNotFoundError, NotAllowedError):
        raise Http404 from None


def get_commitment(*, plan: ActionPlan, number: int) -> Commitment:
    """One query.

    Raises:
        Http404: the plan has no such number.
    """
    found = Commitment.objects.filter(plan=plan, number=number).first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def may_answer(*, viewer: Viewer, plan: ActionPlan, commitment: Commitment | None) -> bool:
    """Whoever keeps the plan, and whoever reports on the commitment. One query for the latter."""
    if keeps_plan(viewer=viewer, plan=plan):
        return True
    return bool(office_of(viewer=viewer, commitment=commitment))


def office_of(*, viewer: Viewer, commitment: Commitment | None) -> str:
    """For which reporting institution of the commitment the viewer speaks; empty for none. One query."""
    if commitment is None or not has_any(viewer=viewer, action=Action.REPORT_PROGRESS):
        return ""
    for place in commitment.reporting_institutions.order_by("name"):
        if reports_for(viewer=viewer, institution_ids=[place.pk]):
            return place.name
    return ""


def may_answer_contribution(*, viewer: Viewer, row: Contribution) -> bool:
    """See :func:`may_answer`; what is not shown is not answered."""
    return row.is_shown and may_answer(viewer=viewer, plan=row.plan, commitment=row.commitment)
