"""Keeping the counts small: equal changes become one, past months become balances.

Nothing depends on when this runs: a count is the balances and all changes that are left. Only
rows that are seen are taken in; changes being written meanwhile are left for the next time.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from lms.lib.clock import local_date
from lms.progress.models import AssignedTraining, StandingBalance, StandingChange, TrainingRequirement
from lms.progress.rules.dates import FOREVER, add_months
from lms.progress.rules.tally import Turn, coarsen, turns_of
from lms.progress.selectors.drawing import segment_of
from lms.progress.services.assigned import change_row

ROWS = 900
MONTHS_KEPT = 60
"""Balances by rank kept for the curve over time."""

FIELDS = ("unit_id", "estamento", "legal_quality", "standing")
Cell = tuple[int | None, str, str, int]


@dataclass(frozen=True)
class Place:
    """One requirement in one institution: what is settled at a time."""

    requirement_id: int
    institution_id: int

    @property
    def filters(self) -> dict[str, int]:
        return {"requirement_id": self.requirement_id, "institution_id": self.institution_id}


def list_places(*, until: date) -> list[Place]:
    """Where something changed up to that day. One query."""
    rows = StandingChange.objects.filter(day__lte=until).order_by("requirement_id", "institution_id")
    return [Place(*pair) for pair in rows.values_list("requirement_id", "institution_id").distinct()]


@transaction.atomic
def settle_place(*, place: Place, day: date) -> None:
    """Take the changes of months before that of ``day`` into balances; add up those of the month.

    Two at a time wait for each other; who writes changes waits for nobody. About ten queries.
    """
    TrainingRequirement.objects.select_for_update(of=("self",), no_key=True).get(pk=place.requirement_id)
    month = day.replace(day=1)
    past = list(
        StandingChange.objects.filter(**place.filters, day__lt=month).values_list(
            "pk", *FIELDS, "day", "change"
        )
    )
    if past or not StandingBalance.objects.filter(**place.filters, month=month, is_latest=True).exists():
        _balance(place, month, [(row[1:5], row[5], row[6]) for row in past])
        _delete([row[0] for row in past])
    _add_up(place, day)


def _balance(place: Place, month: date, past: list[tuple[Cell, date, int]]) -> None:
    """Bring the balances of units to ``month``, and those of ranks month by month."""
    rows = StandingBalance.objects.filter(**place.filters)
    units = Counter(_by_cell(rows.filter(unit__isnull=False)))
    ranks: dict[date, Counter[Cell]] = {}
    for row in rows.filter(unit__isnull=True):
        ranks.setdefault(row.month, Counter())[None, row.estamento, row.legal_quality, row.standing] = (
            row.people
        )
    latest = max(ranks, default=None)
    for new in _months_to(month, latest, past):
        ranks[new] = Counter(ranks[latest]) if latest else Counter()
    for cell, day, change in past:
        if cell[0] is not None:
            units[cell] += change
            continue
        for one, counter in ranks.items():
            if day < one:
                counter[cell] += change
    rows.delete()
    balances = [_row(place, cell, month, people, is_latest=True) for cell, people in units.items() if people]
    kept = sorted(ranks)[-MONTHS_KEPT:]
    balances += [
        _row(place, cell, one, people, is_latest=one == month)
        for one in kept
        for cell, people in ranks[one].items()
        if people
    ]
    StandingBalance.objects.bulk_create(balances, batch_size=ROWS)


def _months_to(month: date, latest: date | None, past: list[tuple[Cell, date, int]]) -> list[date]:
    """The first days of the months that still have no balance."""
    start = latest or min((day for _, day, _ in past), default=month).replace(day=1)
    start = max(start, add_months(month, -MONTHS_KEPT))
    months = []
    while start < month:
        start = add_months(start, 1)
        months.append(start)
    return months or ([] if latest else [month])


def _by_cell(rows: QuerySet[StandingBalance]) -> dict[Cell, int]:
    return {(r.unit_id, r.estamento, r.legal_quality, r.standing): r.people for r in rows}


def _row(place: Place, cell: Cell, month: date, people: int, *, is_latest: bool) -> StandingBalance:
    unit_id, estamento, legal_quality, standing = cell
    return StandingBalance(
        requirement_id=place.requirement_id,
        institution_id=place.institution_id,
        unit_id=unit_id,
        estamento=estamento,
        legal_quality=legal_quality,
        standing=standing,
        month=month,
        people=people,
        is_latest=is_latest,
    )


def _add_up(place: Place, day: date) -> None:
    """Make one row of those that change the same cell on the same day."""
    rows = StandingChange.objects.filter(**place.filters, day__lte=day)
    repeated = list(rows.values(*FIELDS, "day").annotate(n=Count("pk"), total=Sum("change")).filter(n__gt=1))
    if not repeated:
        return
    wanted = {(*(group[name] for name in FIELDS), group["day"]) for group in repeated}
    sums: Counter[tuple[object, ...]] = Counter()
    gone = []
    for pk, *key, change in rows.values_list("pk", *FIELDS, "day", "change"):
        if tuple(key) in wanted:
            sums[tuple(key)] += change
            gone.append(pk)
    _delete(gone)
    StandingChange.objects.bulk_create(
        (
            StandingChange(**place.filters, **dict(zip((*FIELDS, "day"), key, strict=True)), change=total)
            for key, total in sums.items()
            if total
        ),
        batch_size=ROWS,
    )


def _delete(ids: list[int]) -> None:
    for start in range(0, len(ids), ROWS):
        StandingChange.objects.filter(pk__in=ids[start : start + ROWS]).delete()


def count_again(*, at: datetime) -> None:
    """Throw the counts away and count the segments anew, one place at a time.

    Rows that are being written meanwhile belong to transactions that this waits for: the
    requirement is locked for as long as its place is counted.
    """
    pairs = AssignedTraining.objects.order_by().values_list("requirement_id", "institution_id").distinct()
    left = {Place(*pair) for pair in StandingBalance.objects.values_list("requirement_id", "institution_id")}
    for place in {*(Place(*pair) for pair in pairs), *list_places(until=FOREVER), *left}:
        _count_place(place, local_date(at).replace(day=1))


@transaction.atomic
def _count_place(place: Place, month: date) -> None:
    TrainingRequirement.objects.select_for_update(of=("self",)).get(pk=place.requirement_id)
    turns: Counter[Turn] = Counter()
    for row in AssignedTraining.objects.filter(**place.filters).iterator(chunk_size=2000):
        turns.update(turns_of([segment_of(row)]))
    StandingBalance.objects.filter(**place.filters).delete()
    StandingChange.objects.filter(**place.filters).delete()
    StandingChange.objects.bulk_create(
        (
            change_row(place.requirement_id, turn, number)
            for turn, number in coarsen(turns, month=month).items()
        ),
        batch_size=ROWS,
    )
