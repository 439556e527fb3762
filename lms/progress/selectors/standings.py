"""How many people stand how in a requirement: counts for any day, cheap for the present.

The definition is the segments of :class:`AssignedTraining` on the day. For the present the same
numbers are added up from changes, at a cost that grows with units and not with people; a test and
``check_assigned`` compare both.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from lms.progress.models import AssignedTraining, StandingBalance, StandingChange
from lms.progress.rules.timeline import MET, NOT_ASKED, OPEN, Standing

DIMENSIONS = ("institution_id", "unit_id", "estamento", "legal_quality")


@dataclass(frozen=True)
class Tally:
    """People by standing. ``rate`` 0–100 with one decimal, of those of whom it is asked."""

    counts: dict[Standing, int] = field(default_factory=dict)

    # Not by index: templates would take that for the names of properties.
    def count(self, standing: Standing) -> int:
        return self.counts.get(standing, 0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally({s: n for s in Standing if (n := self.count(s) + other.count(s))})

    def of(self, standings: Collection[Standing]) -> int:
        return sum(self.count(standing) for standing in standings)

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def met(self) -> int:
        return self.of(MET)

    @property
    def open(self) -> int:
        return self.of(OPEN)

    @property
    def not_started(self) -> int:
        return self.count(Standing.NOT_STARTED)

    @property
    def in_progress(self) -> int:
        return self.count(Standing.IN_PROGRESS)

    @property
    def late(self) -> int:
        return self.count(Standing.LATE)

    @property
    def expiring(self) -> int:
        return self.count(Standing.EXPIRING)

    @property
    def exempt(self) -> int:
        return self.count(Standing.EXEMPT)

    @property
    def on_leave(self) -> int:
        return self.count(Standing.ON_LEAVE)

    @property
    def not_asked(self) -> int:
        """The exempt and those on leave."""
        return self.of(NOT_ASKED)

    @property
    def asked(self) -> int:
        """Of whom it is asked now: all the others."""
        return self.people - self.not_asked

    @property
    def rate(self) -> float | None:
        return round(self.met * 100 / self.asked, 1) if self.asked else None


@dataclass(frozen=True)
class CellTally:
    """A tally of one cell; dimensions that were not asked for are ``None``."""

    institution_id: int | None
    unit_id: int | None
    estamento: str | None
    legal_quality: str | None
    tally: Tally


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The tally of all."""
    total = Tally()
    for tally in tallies:
        total = total + tally
    return total


def count_standings(*, rows: QuerySet[AssignedTraining], dimensions: Sequence[str]) -> list[CellTally]:
    """Count segments of one day (``rows``: narrowed, see ``AssignedTraining.objects.on``). One query.

    Raises:
        ValueError: an unknown dimension.
    """
    _check(dimensions)
    found = rows.values(*dimensions, "standing").annotate(people=Count("pk")).order_by()
    return _cells(dimensions, found)


def count_by_unit(
    *,
    requirement_id: int,
    institution_ids: Collection[int],
    day: date,
    dimensions: Sequence[str] = ("unit_id",),
) -> list[CellTally]:
    """Counts by unit on ``day``, which is today or later. One query; rows by units, not by people."""
    return _add_changes(requirement_id, institution_ids, day, dimensions, is_unit=True)


def count_by_rank(
    *,
    requirement_id: int,
    institution_ids: Collection[int],
    day: date,
    dimensions: Sequence[str] = ("estamento",),
) -> list[CellTally]:
    """Counts by institution, estamento or legal quality on ``day``, today or later. One query."""
    return _add_changes(requirement_id, institution_ids, day, dimensions, is_unit=False)


def count_people_by_requirement(*, institution_id: int, day: date) -> dict[int, int]:
    """How many people each requirement reaches in an institution on ``day``, today or later. One query."""
    place = Q(institution_id=institution_id, unit__isnull=True)
    balances = StandingBalance.objects.filter(place, is_latest=True).values("requirement_id")
    changes = StandingChange.objects.filter(place, day__lte=day).values("requirement_id")
    rows = (
        balances.annotate(n=Sum("people"))
        .order_by()
        .union(changes.annotate(n=Sum("change")).order_by(), all=True)
    )
    people: dict[int, int] = {}
    for row in rows:
        people[row["requirement_id"]] = people.get(row["requirement_id"], 0) + row["n"]
    return people


def _add_changes(
    requirement_id: int,
    institution_ids: Collection[int],
    day: date,
    dimensions: Sequence[str],
    *,
    is_unit: bool,
) -> list[CellTally]:
    """The balances and what changed since, in one statement, so that no job can come in between."""
    _check(dimensions)
    place = Q(requirement_id=requirement_id, institution_id__in=institution_ids, unit__isnull=not is_unit)
    keys = (*dimensions, "standing")
    balances = (
        StandingBalance.objects.filter(place, is_latest=True)
        .values(*keys)
        .annotate(n=Sum("people"))
        .order_by()
    )
    changes = (
        StandingChange.objects.filter(place, day__lte=day).values(*keys).annotate(n=Sum("change")).order_by()
    )
    return _cells(dimensions, balances.union(changes, all=True), number="n")


def _check(dimensions: Sequence[str]) -> None:
    unknown = set(dimensions) - set(DIMENSIONS)
    if unknown:
        raise ValueError(f"Dimensiones desconocidas: {sorted(unknown)}")


def _cells(
    dimensions: Sequence[str], rows: Iterable[dict[str, object]], number: str = "people"
) -> list[CellTally]:
    """Rows by cell and standing as one tally per cell, ordered by the cell."""
    sums: dict[tuple[object, ...], dict[Standing, int]] = {}
    for row in rows:
        key = tuple(row[name] for name in dimensions)
        counts = sums.setdefault(key, {})
        standing = Standing(int(str(row["standing"])))
        counts[standing] = counts.get(standing, 0) + int(str(row[number]))
    cells = []
    for key in sorted(sums, key=str):
        values = dict(zip(dimensions, key, strict=True))
        counts = {standing: people for standing, people in sums[key].items() if people}
        if counts:
            cells.append(CellTally(tally=Tally(counts), **{name: values.get(name) for name in DIMENSIONS}))  # type: ignore[arg-type]
    return cells
