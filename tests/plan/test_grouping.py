"""Small categories are put together."""

from lms.plan.rules.grouping import OTHERS, group_small


def test_categories_of_k_people_or_more_stand_alone() -> None:
    grouping = group_small(headcounts={"a": 10, "b": 400}, k=10)
    assert (grouping.rows, grouping.together) == (("a", "b"), ())


def test_small_ones_hide_each_other() -> None:
    grouping = group_small(headcounts={"a": 400, "b": 6, "c": 7}, k=10)
    assert grouping.rows == ("a", OTHERS)
    assert grouping.together == ("b", "c")


def test_single_small_one_takes_the_smallest_other_with_it() -> None:
    grouping = group_small(headcounts={"a": 400, "b": 6, "c": 70}, k=10)
    assert grouping.together == ("b", "c")


def test_sum_that_gives_its_members_away_takes_one_more() -> None:
    grouping = group_small(headcounts={"a": 400, "b": 9, "c": 9, "d": 50}, k=10)
    assert grouping.together == ("b", "c", "d")


def test_all_are_together_where_nothing_else_helps() -> None:
    assert group_small(headcounts={"a": 8}, k=10).rows == (OTHERS,)
