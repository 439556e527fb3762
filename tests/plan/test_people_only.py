"""Figures of people without a headcount, and what is published where no audit passes."""

import pytest

from lms.plan.rules import Aside, Level, Motive, PublishedCell, PublishedCube, Tally
from lms.plan.rules.cube import count_up
from lms.plan.rules.drawing import publish_counted
from lms.plan.rules.earlier import Before
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from lms.plan.rules.people_only import CitizensTable, publish_citizens
from tests.plan.goal_tables import A, K, release_of
from tests.plan.populations import true_cell


def beside(value: int, *, goal: int = 1, courses: str = "c") -> GoalTable:
    """A hundred people of whom half completed, and an institution that stands aside."""
    cells = [true_cell(i, A, 50, 25) for i in "qr"]
    return GoalTable(
        goal,
        Definition(Scope(institutions=frozenset("qr")), frozenset(courses)),
        cells,
        {"p": (Aside.WITHOUT, value)},
    )


def test_an_institution_aside_keeps_its_number_while_few_make_the_difference() -> None:
    first = [beside(40)]
    before = release_of(first, publish_together(tables=first, k=K), "2026-10-01")
    row = publish_together(tables=[beside(43)], k=K, before=before)[1].people_only[0]
    assert (row.completed.value, row.as_of) == (40, "2026-10-01")


def test_an_institution_aside_has_a_new_number_when_a_group_makes_the_difference() -> None:
    first = [beside(40)]
    before = release_of(first, publish_together(tables=first, k=K), "2026-10-01")
    row = publish_together(tables=[beside(50)], k=K, before=before)[1].people_only[0]
    assert (row.completed.value, row.as_of) == (50, "")


@pytest.mark.parametrize(("other", "motive"), [(40, Motive.NONE), (43, Motive.PROTECTS), (50, Motive.NONE)])
def test_two_goals_say_nothing_of_a_few_in_an_institution_aside(other: int, motive: Motive) -> None:
    cubes = publish_together(tables=[beside(40), beside(other, goal=2, courses="cd")], k=K)
    assert cubes[2].people_only[0].completed.motive == motive


def test_an_institution_that_comes_to_stand_aside_does_not_tell_what_was_hidden() -> None:
    """It was hidden for the sake of another one the day before."""
    cells = [true_cell("p", A, 60, 30), true_cell("q", A, 60, 57), true_cell("r", A, 60, 30)]
    first = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), cells)]
    cube = publish_together(tables=first, k=K)[1]
    hidden = [c.institution for c in cube.cells if c.institution and c.completed.motive == Motive.PROTECTS]
    assert hidden
    rest = [cell for cell in cells if cell.institution != hidden[0]]
    scope = Scope(institutions=frozenset(cell.institution for cell in rest))
    aside = {str(hidden[0]): (Aside.CONTRADICTED, 30)}
    second = GoalTable(1, Definition(scope, frozenset("c")), rest, aside)
    row = publish_together(tables=[second], k=K, before=release_of(first, {1: cube}, "2026-10-01"))[1]
    assert row.people_only[0].completed.motive == Motive.PROTECTS


def citizens(goal: int, completed: int, *, courses: str = "c") -> CitizensTable:
    return CitizensTable(goal, Definition(EVERYBODY, frozenset(courses)), Tally(0, 90, 70, 60, completed))


def completed_of(cube: PublishedCube) -> PublishedCell:
    return cube.cells[0]


@pytest.mark.parametrize(("other", "told"), [(40, 40), (44, None), (50, 50)])
def test_two_goals_for_citizens_say_nothing_of_a_few(other: int, told: int | None) -> None:
    cubes = publish_citizens(tables=[citizens(1, 40), citizens(2, other, courses="cd")], k=K)
    assert completed_of(cubes[2]).completed.value == told


def test_a_goal_for_citizens_is_compared_with_one_that_is_gone() -> None:
    old = citizens(1, 40)
    cube = publish_citizens(tables=[old], k=K)[1]
    before = [Before(old.definition, cube, (), "2026-10-01", "2026-10-01")]
    new = publish_citizens(tables=[citizens(2, 44, courses="cd")], k=K, before=before)[2]
    assert completed_of(new).completed.value is None


def test_where_no_detail_may_be_published_nothing_is() -> None:
    counted = count_up(cells=[true_cell(i, A, 60, 30) for i in "pqr"], k=K)
    cube = publish_counted(counted=counted, k=K, details=())
    assert cube.level == Level.NOTHING
    assert [(cell.headcount, cell.completed.motive) for cell in cube.cells] == [(None, Motive.PROTECTS)]
