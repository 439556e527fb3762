"""What was sent to whom, for those who answer for an institution or a unit."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from lms.lib.clock import start_of_day
from lms.notices.models import Notice
from lms.notices.rules.kinds import State
from lms.people.policy import Reach
from lms.people.selectors.reach import within


@dataclass(frozen=True)
class NoticeFilters:
    """Empty fields filter nothing. Days are Chile's, both included."""

    kind: str = ""
    state: str = ""
    search: str = ""
    first: date | None = None
    last: date | None = None


def list_notices(*, institution_id: int, reach: Reach, filters: NoticeFilters) -> QuerySet[Notice]:
    """Notices of the institution within the reach, latest first. One query when read."""
    rows = _matching(institution_id, reach, filters)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return rows.select_related("person", "requirement", "reminder__sent_by").order_by("-not_before", "-pk")


def count_states(*, institution_id: int, reach: Reach, filters: NoticeFilters) -> dict[State, int]:
    """How many in each state, whatever state is looked at. One query."""
    rows = _matching(institution_id, reach, filters).order_by().values_list("state")
    counts = dict(rows.annotate(n=Count("pk")))
    return {state: counts.get(state.value, 0) for state in State}


def _matching(institution_id: int, reach: Reach, filters: NoticeFilters) -> QuerySet[Notice]:
    rows = Notice.objects.filter(within(reach), institution_id=institution_id)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.first:
        rows = rows.filter(not_before__gte=start_of_day(filters.first))
    if filters.last:
        rows = rows.filter(not_before__lt=start_of_day(filters.last + timedelta(days=1)))
    for word in filters.search.split()[:5]:
        rows = rows.filter(Q(person__given_names__icontains=word) | Q(person__family_names__icontains=word))
    return rows
