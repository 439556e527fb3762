"""How people stood at the ends of past months, from the balances."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import BooleanField, F, Q, QuerySet, Sum, Value

from lms.progress.models import StandingBalance, StandingChange
from lms.progress.rules.dates import add_months
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.standings import Tally

Key = TypeVar("Key")
Counts = Counter[tuple[str, int]]
"""People by estamento (empty where they are not told apart) and standing."""


@dataclass
class _Place:
    """What is kept of one institution: balances by month, and the changes since the latest."""

    balances: dict[date, Counts] = field(default_factory=lambda: defaultdict(Counter))
    changes: list[tuple[date, tuple[str, int], int]] = field(default_factory=list)

    def on_the_eve(self, month: date) -> Counts:
        """The last balance by then and the changes since; nothing where only later balances are known."""
        known = [one for one in self.balances if one <= month]
        if self.balances and not known:
            return Counter()
        counts: Counts = Counter(self.balances[max(known)]) if known else Counter()
        for day, key, number in self.changes:
            if day < month:
                counts[key] += number
        return counts


def last_months(*, today: date, count: int) -> list[date]:
    """The first days of the last ``count`` months, that of ``today`` included, in order. No query."""
    return [add_months(today.replace(day=1), -back) for back in range(count - 1, -1, -1)]


def standings_before(
    *, requirement_id: int, institution_ids: Collection[int], months: Sequence[date]
) -> dict[date, dict[str, Tally]]:
    """Tallies by estamento on the eve of each of ``months`` (first days, in order). One query.

    A month whose balance is not made yet is the latest balance and the changes since. What was
    corrected later is counted as it is known now.
    """
    places = _read(requirement_id, institution_ids, months, "estamento")
    found = {}
    for month in months:
        total: Counts = Counter()
        for place in places.values():
            total.update(place.on_the_eve(month))
        found[month] = _tallies((estamento, standing, n) for (estamento, standing), n in total.items())
    return found


def standings_by_institution(
    *, requirement_id: int, institution_ids: Collection[int], months: Sequence[date]
) -> dict[int, list[Tally]]:
    """For each institution a tally on the eve of each of ``months``. One query.

    As :func:`standings_before`, which adds institutions up.
    """
    places = _read(requirement_id, institution_ids, months, "")
    return {pk: [_tally(places[pk].on_the_eve(month)) for month in months] for pk in institution_ids}


def _read(
    requirement_id: int, institution_ids: Collection[int], months: Sequence[date], apart: str
) -> Mapping[int, _Place]:
    """Balances and changes in one statement, so that no job can come in between; ``apart``: one more key."""
    where = Q(requirement_id=requirement_id, institution_id__in=institution_ids, unit__isnull=True)
    kept = StandingBalance.objects.filter(where).filter(Q(month__in=months) | Q(is_latest=True))
    left = StandingChange.objects.filter(where, day__lt=months[-1])
    rows = _shape(kept, "month", "people", apart, is_balance=True).union(
        _shape(left, "day", "change", apart, is_balance=False), all=True
    )
    places: dict[int, _Place] = defaultdict(_Place)
    for institution_id, when, is_balance, number, standing, *rest in rows:
        key = ("".join(rest), standing)
        if is_balance:
            places[institution_id].balances[when][key] += number
        else:
            places[institution_id].changes.append((when, key, number))
    return places


def _shape(
    rows: QuerySet[Any], when: str, number: str, apart: str, *, is_balance: bool
) -> QuerySet[Any, Any]:
    """Balances or changes, added up, in one order of columns."""
    keys = ("institution_id", "when", "is_balance", "standing", *([apart] if apart else []))
    flag = Value(is_balance, output_field=BooleanField())
    shaped = rows.order_by().annotate(when=F(when), is_balance=flag).values(*keys)
    first, second, third, *others = keys
    found: QuerySet[Any, Any] = shaped.annotate(n=Sum(number)).values_list(first, second, third, "n", *others)
    return found


def _tally(counts: Counts) -> Tally:
    return _tallies(("", standing, n) for (_apart, standing), n in counts.items()).get("", Tally())


def _tallies(rows: Iterable[tuple[Key, int, int]]) -> dict[Key, Tally]:
    """Tallies by the first of each row; standings without people are left away."""
    found: dict[Key, dict[Standing, int]] = defaultdict(dict)
    for key, standing, people in rows:
        if people:
            found[key][Standing(standing)] = people
    return {key: Tally(counts) for key, counts in found.items()}
