"""Segments of assigned training of which something may have to be told today.

Each query is one scan along an index of ``AssignedTraining``, read as a stream, 900 rows at a time.
Pages by key would be worse here: when a million people share one due day, every page would have to
sort them again.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Exists, OuterRef

from lms.lib.clock import local_date, start_of_day
from lms.notices.models import Notice
from lms.notices.rules.hours import ONE_DAY, Calendar
from lms.notices.rules.kinds import LEAD_DAYS, TRAINING, Kind
from lms.notices.rules.planning import CATCH_UP, Stand
from lms.people.models import Institution
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.models.assigned import AssignedTrainingQuerySet
from lms.progress.rules.timeline import OPEN, Standing

ROWS = 900
"""Rows at a time; SQLite takes 999 values in a condition."""

_TURNS = {
    Standing.NOT_STARTED: (Kind.ASSIGNED, "assigned_on"),
    Standing.LATE: (Kind.LATE, "due_on"),
    Standing.EXPIRING: (Kind.EXPIRING, "valid_until"),
}
"""What is told when a segment of this standing begins, and the date that the notice is about."""

_FIELDS = (
    "person_id", "requirement_id", "institution_id", "unit_id", "standing", "first_day", "assigned_on",
    "due_on", "valid_until", "written_at",
)  # fmt: skip

NoticeKey = tuple[int, str, int | None, date]


def list_live_requirements() -> list[int]:
    """Requirements of which people are told. One query."""
    status = TrainingRequirement.Status
    rows = TrainingRequirement.objects.filter(status__in=(status.LIVE, status.CHANGING))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def stream_stands(*, day: date, calendar: Calendar, first_step: int = 0) -> Iterator[tuple[int, list[Stand]]]:
    """Lists of at most 900, each with the number of its step, from which a later run can go on.

    A step is one query: six per requirement, one per 900 institutions. A segment may come twice.
    """
    for step, rows in enumerate(_list_queries(day, calendar)):
        if step >= first_step:
            for part in _in_parts(rows):
                yield step, part


def _list_queries(day: date, calendar: Calendar) -> Iterator[AssignedTrainingQuerySet]:
    """What was told already is left out by the database, so that the next hour's run finds little."""
    requirement_ids = list_live_requirements()
    for requirement_id in requirement_ids:
        rows = AssignedTraining.objects.on(day).filter(requirement_id=requirement_id)
        turned = rows.filter(first_day__gte=day - CATCH_UP)
        for standing, (kind, date_field) in _TURNS.items():
            yield _untold(turned.filter(standing=standing), kind, date_field)
        for kind, lead in LEAD_DAYS.items():
            due = rows.filter(standing__in=sorted(OPEN), due_on__range=_due_days(day, lead, calendar))
            yield _untold(due, kind, "due_on")
    since = start_of_day(day - CATCH_UP)
    institution_ids = list(Institution.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(institution_ids), ROWS):
        rows = AssignedTraining.objects.on(day).filter(
            institution_id__in=institution_ids[start : start + ROWS], written_at__gte=since
        )
        new = rows.filter(standing=Standing.NOT_STARTED, requirement_id__in=requirement_ids)
        yield _untold(new, Kind.ASSIGNED, "assigned_on")


def _untold(rows: AssignedTrainingQuerySet, kind: Kind, date_field: str) -> AssignedTrainingQuerySet:
    """Those of whom there is no such notice about that date."""
    told = Notice.objects.filter(
        person=OuterRef("person"),
        requirement=OuterRef("requirement"),
        kind=kind.value,
        key=OuterRef(date_field),
    )
    return rows.filter(~Exists(told))


def read_known(*, person_ids: Sequence[int]) -> set[NoticeKey]:
    """What these people were told, or are about to be, of their training. One query."""
    rows = Notice.objects.filter(person_id__in=person_ids, topic=TRAINING)
    return set(rows.values_list("person_id", "kind", "requirement_id", "key"))


def _due_days(day: date, lead: int, calendar: Calendar) -> tuple[date, date]:
    """First and last due day of which one of the last days has to speak; the rule decides exactly."""
    days = timedelta(days=lead)
    # A day also speaks for the free days that follow it.
    last = calendar.next_working_day(day + ONE_DAY) - ONE_DAY
    return max(day, day - CATCH_UP + days), last + days


def _in_parts(rows: AssignedTrainingQuerySet) -> Iterator[list[Stand]]:
    found = rows.values_list(*_FIELDS).iterator(chunk_size=ROWS)
    while part := [_stand(*row) for row in islice(found, ROWS)]:
        yield part


def _stand(
    person_id: int, requirement_id: int, institution_id: int, unit_id: int, standing: int, first: date,
    assigned_on: date, due_on: date | None, valid_until: date | None, written_at: datetime,
) -> Stand:  # fmt: skip
    return Stand(
        person_id, requirement_id, institution_id, unit_id, Standing(standing), first, assigned_on, due_on,
        valid_until, local_date(written_at),
    )  # fmt: skip
