"""When a newer count may replace the published one."""

from datetime import date

import pytest

from lms.plan.rules import Place, PublishEvery, Tally, count_changed_people, may_publish

A, B = (1, "profesionales", "contrata"), (2, "profesionales", "contrata")
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("before", "after", "people"),
    [
        ({}, {}, 0),
        ({A: Tally(40, 20, 20, 20, 20)}, {A: Tally(40, 20, 20, 20, 20)}, 0),
        ({A: Tally(40, 20, 20, 20, 20)}, {A: Tally(40, 21, 21, 21, 21)}, 1),
        ({A: Tally(40), B: Tally(40)}, {A: Tally(35), B: Tally(45)}, 5),
        ({A: Tally(40)}, {B: Tally(40)}, 40),
        ({A: Tally(40, 5, 4)}, {A: Tally(40, 9, 4)}, 4),
        ({A: Tally(40, 9)}, {A: Tally(38, 9)}, 2),
    ],
    ids=["nobody", "equal", "one_went_all_the_way", "five_moved", "all_moved", "four_enrolled", "two_left"],
)
def test_people_who_make_the_difference_are_never_counted_twice(
    before: dict[Place, Tally], after: dict[Place, Tally], people: int
) -> None:
    assert count_changed_people(before=before, after=after) == people


@pytest.mark.parametrize(
    ("every", "changed", "today", "expected"),
    [
        (PublishEvery.GROUP, 9, FRIDAY, False),
        (PublishEvery.GROUP, 10, FRIDAY, True),
        (PublishEvery.GROUP, 1, SATURDAY, True),
        (PublishEvery.CHANGE, 1, FRIDAY, True),
    ],
)
def test_count_is_published_in_groups_or_on_the_next_day(
    every: PublishEvery, changed: int, today: date, expected: bool
) -> None:
    published = may_publish(every=every, changed=changed, k=10, published_on=FRIDAY, today=today)
    assert published is expected
