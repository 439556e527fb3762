"""What is shown of other institutions: median and quartiles of a large enough group. Pure.

Whoever reads two publications may subtract them, knows perhaps which institutions answered when, and
may be one of them. Three rules answer that:

1. A group is shown from one institution more than the minimum, counting those whose result nobody
   knows: published results hide nobody.
2. It changes only by whole classes. A class is all institutions with the same history (in which
   groups they were, with which of their results). So many as the minimum join or answer again at
   once, or none of the class does; and those that stay behind are none or as many as the minimum.
3. A figure is shown only where the results of each class differ enough: two at least are not the most
   common one. Then exchanging two institutions of a class gives other results and exactly the same
   publications, so that no publication, nor all of them together, says the result of one.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

Group = Mapping[int, int]
"""``{institution: assessment}``"""
Pattern = tuple[tuple[int, bool] | None, ...]
"""Of each group: which of the institution's results, in order of appearance, and whether it is public."""

OTHERS_THAT_DIFFER = 2


class Quartiles(NamedTuple):
    """Whole numbers from 0 to 100."""

    low: int
    median: int
    high: int


def quartiles(*, values: Sequence[int]) -> Quartiles:
    """Quartiles by linear interpolation between neighbours (position ``(n - 1) × k ÷ 4``), halves up.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return Quartiles(*(_quartile(ordered, k) for k in (1, 2, 3)))


def next_group(
    *, history: Sequence[Group], now: Group, public: AbstractSet[int], minimum: int
) -> dict[int, int] | None:
    """The group to show after those of ``history``, or ``None`` where it stays as it is.

    Args:
        history: all groups shown so far, withdrawn ones too.
        now: the latest finished assessment of each institution.
        public: assessments whose result its institution publishes.
        minimum: how many others an institution is hidden among.
    """
    last = history[-1] if history else {}
    adopted: dict[int, int] = {}
    for places in classes(groups=history, public=public, places={*last, *now}):
        unknown = [place for place in places if now.get(place) not in public]
        moving = [place for place in unknown if place in now and now[place] != last.get(place)]
        staying = len(unknown) - len(moving)
        if len(moving) >= minimum and (staying == 0 or staying >= minimum):
            adopted.update((place, now[place]) for place in moving)
    if not adopted:
        return None
    known = {place: one for place, one in now.items() if one in public}
    group = {**last, **known, **adopted}
    return group if hides(group=group, public=public, minimum=minimum) else None


def hides(*, group: Group, public: AbstractSet[int], minimum: int) -> bool:
    """Whether the group hides each of its members from one that belongs to it."""
    return sum(assessment not in public for assessment in group.values()) > minimum


def is_safe(
    *,
    groups: Sequence[Group],
    is_shown: Sequence[bool],
    values: Mapping[int, int | None],
    public: AbstractSet[int],
) -> bool:
    """Whether a figure of the groups that show it gives no result away (rule 3).

    ``values``: of each assessment; ``None`` where the figure does not apply to it.
    """
    for places in classes(groups=groups, public=public, places={place for one in groups for place in one}):
        for group, shown in zip(groups, is_shown, strict=True):
            inside = [group[place] for place in places if place in group]
            unknown = [values[assessment] for assessment in inside if assessment not in public]
            if shown and unknown and not _differ(unknown):
                return False
    return True


def classes(
    *, groups: Sequence[Group], public: AbstractSet[int], places: AbstractSet[int]
) -> list[list[int]]:
    """The places, together with those of the same history."""
    found: dict[Pattern, list[int]] = defaultdict(list)
    for place in sorted(places):
        found[_pattern(groups, public, place)].append(place)
    return list(found.values())


def _pattern(groups: Sequence[Group], public: AbstractSet[int], place: int) -> Pattern:
    order: dict[int, int] = {}
    pattern: list[tuple[int, bool] | None] = []
    for group in groups:
        assessment = group.get(place)
        if assessment is None:
            pattern.append(None)
        else:
            pattern.append((order.setdefault(assessment, len(order)), assessment in public))
    return tuple(pattern)


def _differ(values: Sequence[Hashable]) -> bool:
    """Whether, without any one of them, they are not all the same."""
    (_value, most), *_others = Counter(values).most_common(1)
    return len(values) - most >= OTHERS_THAT_DIFFER


def _quartile(ordered: Sequence[int], k: int) -> int:
    index, rest = divmod((len(ordered) - 1) * k, 4)
    below = ordered[index]
    above = ordered[min(index + 1, len(ordered) - 1)]
    return (2 * (4 * below + (above - below) * rest) + 4) // 8
