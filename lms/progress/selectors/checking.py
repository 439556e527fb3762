"""Whether what is stored of assigned training is what the rules say, and counts what is stored."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, QuerySet, Sum

from lms.people.models import Person
from lms.progress.models import AssignedTraining, StandingBalance, StandingChange
from lms.progress.selectors.drawing import draw_segments, read_segments

PEOPLE = 900


@dataclass(frozen=True)
class AssignedDifference:
    """One disagreement: of a person's timeline, or of a count (then ``person_id`` is ``None``)."""

    requirement_id: int
    person_id: int | None
    place: str
    stored: str
    right: str

    def __str__(self) -> str:
        whom = f"persona {self.person_id}" if self.person_id else self.place
        return f"exigencia {self.requirement_id}, {whom}: guardado {self.stored}; corresponde {self.right}"


def check_timelines() -> Iterator[AssignedDifference]:
    """Every person whose stored segments are not those that the rules draw. 13 queries per 900 people."""
    after = 0
    while ids := list(
        Person.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PEOPLE]
    ):
        stored, drawn = read_segments(person_ids=ids), draw_segments(person_ids=ids)
        for key in sorted(stored.keys() | drawn.keys()):
            kept, right = stored.get(key, {}), drawn.get(key, [])
            if kept.keys() != set(right):
                yield AssignedDifference(*key, "", f"{len(kept)} tramos", f"{right or 'ninguno'}")
        after = ids[-1]


def check_counts(*, day: date) -> Iterator[AssignedDifference]:
    """Every cell whose count on ``day`` (today or later) is not the number of its segments. Six queries."""
    for fields in (("unit_id",), ("estamento", "legal_quality")):
        keys = ("requirement_id", "institution_id", *fields, "standing")
        cells = {"unit__isnull": fields != ("unit_id",)}
        right = _sums(AssignedTraining.objects.on(day), keys, Count("pk"))
        kept = _sums(StandingBalance.objects.filter(is_latest=True, **cells), keys, Sum("people"))
        kept.update(_sums(StandingChange.objects.filter(day__lte=day, **cells), keys, Sum("change")))
        for cell in right.keys() | kept.keys():
            if right[cell] != kept[cell]:
                place = f"celda {cell[1:]}"
                yield AssignedDifference(cell[0], None, place, str(kept[cell]), str(right[cell]))


def _sums(rows: QuerySet[Any], keys: Sequence[str], number: Aggregate) -> Counter[tuple[Any, ...]]:
    found = rows.order_by().values(*keys).annotate(n=number)
    return Counter({tuple(row[key] for key in keys): row["n"] for row in found})
