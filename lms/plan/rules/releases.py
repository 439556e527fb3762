"""When a newer count may replace the published one. Pure.

Whoever reads the public figures every few minutes must not see one person after another complete.
A newer count waits until so many people make the difference, or until the next day.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from lms.plan.rules.figures import Tally

Place = tuple[int, str, str]
"""Institution id, estamento, legal quality."""

FIGURES = ("headcount", "reached", "started", "assessed", "completed")


class PublishEvery(StrEnum):
    """``CHANGE``: any difference is published at once. ``GROUP``: only that of a whole group."""

    CHANGE = "change"
    GROUP = "group"


def count_changed_people(*, before: Mapping[Place, Tally], after: Mapping[Place, Tally]) -> int:
    """At least so many people make the difference between two counts of the same goal.

    One person adds at most one to a figure in one place and takes at most one away in another (a
    move). So of each figure the larger of all increases and all decreases counts, and of the five
    figures the one that changed most: never more than the people who really changed.
    """
    return max(
        max(_sum_of_increases(before, after, figure), _sum_of_increases(after, before, figure))
        for figure in FIGURES
    )


def _sum_of_increases(before: Mapping[Place, Tally], after: Mapping[Place, Tally], figure: str) -> int:
    nobody = Tally()
    return sum(
        max(0, getattr(tally, figure) - getattr(before.get(place, nobody), figure))
        for place, tally in after.items()
    )


def may_publish(*, every: PublishEvery, changed: int, k: int, published_on: date, today: date) -> bool:
    """Whether a count in which ``changed`` people differ may replace the one of ``published_on``.

    The first count of a new day may, however few they are; all are compared with what is published.
    """
    return every == PublishEvery.CHANGE or changed >= k or today != published_on
