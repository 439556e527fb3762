"""Goals that share courses: what one says does not give another's hidden figures away."""

from dataclasses import replace

import pytest

from lms.plan.rules import Motive, Tally, TrueCell
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from tests.plan.goal_tables import A, B, K, assert_nothing_pinned, goal_of, is_detailed, release_of, somebody
from tests.plan.populations import true_cell


@pytest.mark.parametrize("seed", range(8))
def test_a_goal_with_more_courses_pins_no_figure_of_one_with_fewer(seed: int) -> None:
    people = somebody(seed)
    tables = [goal_of(1, people, courses="c"), goal_of(2, people, courses="cd")]
    assert_nothing_pinned(tables, publish_together(tables=tables, k=K))


def test_equal_cells_of_two_goals_pin_no_small_one() -> None:
    """Three equal cells beside a small one, which a second goal with more courses would bound from above."""
    sizes = {("p", A): 30, ("p", B): 100, ("q", A): 100, ("q", B): 100}
    few = [true_cell(*key, people, 4 if people == 30 else 40) for key, people in sizes.items()]
    more = [true_cell(*key, people, 20 if people == 30 else 40) for key, people in sizes.items()]
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), few),
        GoalTable(2, Definition(EVERYBODY, frozenset("cd")), more),
    ]
    assert_nothing_pinned(tables, publish_together(tables=tables, k=K))


def test_of_goals_that_share_courses_one_is_published_in_full() -> None:
    people = somebody(1)
    tables = [goal_of(1, people, courses="c"), goal_of(2, people, courses="cd")]
    cubes = publish_together(tables=tables, k=K)
    assert [is_detailed(cubes[goal]) for goal in (1, 2)] == [False, True]


def test_the_one_that_was_in_full_stays_so() -> None:
    people = somebody(1)
    old, new = goal_of(2, people, courses="c"), goal_of(1, people, courses="cd")
    before = release_of([old], publish_together(tables=[old], k=K), "2026-10-01")
    cubes = publish_together(tables=[new, old], k=K, before=before)
    assert [is_detailed(cubes[goal]) for goal in (1, 2)] == [False, True]


def test_totals_of_goals_that_share_courses_differ_by_nobody_or_a_group() -> None:
    few = [true_cell(i, A, 60, 30) for i in "pqr"]
    more = [replace(few[0], tally=Tally(60, 32, 32, 32, 32)), *few[1:]]
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), few),
        GoalTable(2, Definition(EVERYBODY, frozenset("cd")), more),
    ]
    total = publish_together(tables=tables, k=K)[1].cells[0]
    said = [total.reached, total.started, total.assessed, total.completed]
    assert [figure.motive for figure in said if figure] == [Motive.PROTECTS] * 4
    assert total.headcount == 180


def test_beside_two_goals_whose_courses_it_has_a_third_says_nothing() -> None:
    people = somebody(3)
    tables = [
        goal_of(1, people, courses="cd"), goal_of(2, people, courses="de"), goal_of(3, people, courses="d")
    ]  # fmt: skip
    cubes = publish_together(tables=tables, k=K)
    assert cubes[3].cells[0].completed.motive == Motive.PROTECTS


def test_goals_without_a_course_in_common_are_published_in_full() -> None:
    people = somebody(3)
    tables = [goal_of(1, people, courses="c"), goal_of(2, people, courses="d")]
    cubes = publish_together(tables=tables, k=K)
    assert is_detailed(cubes[1]) and is_detailed(cubes[2])


def test_goals_of_equal_people_and_courses_say_the_same() -> None:
    people = somebody(4)
    cubes = publish_together(tables=[goal_of(1, people), goal_of(2, people)], k=K)
    assert cubes[1].cells == cubes[2].cells


@pytest.mark.parametrize("seed", range(6))
def test_two_small_goals_with_courses_in_common_pin_nothing_of_each_other(seed: int) -> None:
    """Neither is of the widest population, which learns something else."""
    people = somebody(seed)
    some = Scope(institutions=frozenset({"i0", "i1"}))
    tables = [
        goal_of(1, people, courses="e"),
        goal_of(2, people, scope=some, courses="c"),
        goal_of(3, people, scope=some, courses="cd"),
    ]
    assert_nothing_pinned(tables, publish_together(tables=tables, k=K))


def test_goals_of_other_institutions_do_not_bind_each_other() -> None:
    people = somebody(5)
    tables = [
        goal_of(1, people, courses="e"),
        goal_of(2, people, scope=Scope(institutions=frozenset({"i0"})), courses="c"),
        goal_of(3, people, scope=Scope(institutions=frozenset({"i1"})), courses="cd"),
    ]
    cubes = publish_together(tables=tables, k=K)
    assert cubes[2].cells[0].completed.value is not None
    assert cubes[3].cells[0].completed.value is not None


def test_figures_of_a_part_do_not_tell_of_a_few_outside_it() -> None:
    """Of those outside it three were reached."""
    inside = TrueCell("p", A, "contrata", Tally(60, 30, 30, 30, 30))
    outside = TrueCell("q", A, "contrata", Tally(60, 3, 0, 0, 0))
    scope = Scope(institutions=frozenset("p"))
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), [inside, outside]),
        GoalTable(2, Definition(scope, frozenset("c")), [inside]),
    ]
    total = publish_together(tables=tables, k=K)[2].cells[0]
    assert total.reached is not None and total.reached.motive == Motive.PROTECTS
