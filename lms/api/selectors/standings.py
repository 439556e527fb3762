"""Where people stand in a requirement on a day, and who may stand otherwise than some time before."""

from datetime import date, datetime

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from lms.api.paging import cut
from lms.api.selectors.parts import Part, PlaceFilters, public_ids, take_part
from lms.lib.clock import local_date
from lms.people.models import RosterImport
from lms.people.models.rosters import WRITING
from lms.people.policy import Reach
from lms.people.selectors.reach import within
from lms.progress.models import AssignedTraining

PRESENT = Q(person__erased_at__isnull=True, person__merged_into__isnull=True)


def list_standings(
    *,
    requirement_id: int,
    reach: Reach,
    day: date,
    filters: PlaceFilters,
    standing: int | None,
    after: int,
    limit: int,
) -> Part[AssignedTraining]:
    """A part of the people of whom it is asked on the day. One query."""
    rows = _on(requirement_id, reach, day).filter(person_id__gt=after, **filters.lookups())
    if standing is not None:
        rows = rows.filter(standing=standing)
    return take_part(rows.order_by("person_id"), limit=limit, key="person_id")


def copy_standings(
    *, requirement_id: int, reach: Reach, day: date, since: datetime, after: int, limit: int
) -> Part[AssignedTraining]:
    """A part of those who may stand otherwise on ``day`` than at ``since``. At most three queries.

    That is: drawn again since then; turned or ended by the passing of days, for which nothing is
    written; erased, merged or parted since then.
    """
    before = local_date(since)
    passed = Q(first_day__gt=before, first_day__lte=day) | Q(last_day__gte=before, last_day__lt=day)
    person = (
        Q(person__erased_at__gte=since)
        | Q(person__merged_away__merged_at__gte=since)
        | Q(person__merged_away__undone_at__gte=since)
    )
    rows = AssignedTraining.objects.filter(within(reach), requirement_id=requirement_id, person_id__gt=after)
    touched = rows.filter(Q(written_at__gte=since) | passed | person).order_by("person_id")
    ids, last = cut(touched.values_list("person_id", flat=True).distinct()[: limit + 1], limit=limit)
    found = list(_on(requirement_id, reach, day).filter(person_id__in=ids).order_by("person_id"))
    gone = set(ids) - {row.person_id for row in found}
    return Part(found, last, public_ids(gone))


def carried_out_until(*, at: datetime) -> datetime:
    """Before when every change that was decided has been written. One query.

    A roster is written in steps under the instant of its decision, which may long be past.
    """
    rows = RosterImport.objects.filter(status__in=WRITING)
    decided = rows.aggregate(first=Min(Coalesce("undone_at", "decided_at")))["first"]
    return min(at, decided) if decided else at


def count_people(*, requirement_id: int, reach: Reach, day: date) -> int:
    """Of how many people it is asked on the day: what a copy must come to. One query."""
    return _on(requirement_id, reach, day).count()


def _on(requirement_id: int, reach: Reach, day: date) -> QuerySet[AssignedTraining]:
    rows = AssignedTraining.objects.on(day).filter(PRESENT, within(reach), requirement_id=requirement_id)
    return rows.select_related("person", "institution", "unit")
