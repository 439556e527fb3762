"""Goals that come and go, change and stay: their last two releases bind what is said."""

from lms.plan.rules import Level
from lms.plan.rules.earlier import Before
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from tests.plan.goal_tables import A, K, goal_of, is_detailed, release_of, somebody
from tests.plan.populations import true_cell


def test_a_goal_that_counts_something_else_since_yesterday_gives_its_total_only() -> None:
    people = somebody(6)
    old = [goal_of(1, people, courses="c")]
    before = release_of(old, publish_together(tables=old, k=K), "2026-10-01")
    cube = publish_together(tables=[goal_of(1, people, courses="cd")], k=K, before=before)[1]
    assert cube.level == Level.TOTAL


def test_after_two_releases_it_is_published_in_full() -> None:
    people = somebody(6)
    old, new = [goal_of(1, people, courses="c")], [goal_of(1, people, courses="cd")]
    before: list[Before] = release_of(old, publish_together(tables=old, k=K), "2026-10-01")
    levels = []
    for day in ("2026-10-02", "2026-10-03", "2026-10-04"):
        cubes = publish_together(tables=new, k=K, before=before[:2])
        before = release_of(new, cubes, day) + before
        levels.append(is_detailed(cubes[1]))
    assert levels == [False, False, True]


def test_a_restored_goal_remembers_what_it_said() -> None:
    people = somebody(7)
    goal, other = goal_of(1, people), goal_of(2, people, courses="d")
    first = release_of([goal, other], publish_together(tables=[goal, other], k=K), "2026-10-01")
    second = release_of([other], publish_together(tables=[other], k=K, before=first), "2026-10-02")
    place, estamento, _done = people[0]
    later = goal_of(1, [*people, (place, estamento, frozenset("c"))])
    cube = publish_together(tables=[later, other], k=K, before=second + first)[1]
    assert cube.cells[0].headcount == len(people)
    assert cube.cells[0].as_of == "2026-10-01"


def test_a_goal_under_another_name_remembers_what_was_said() -> None:
    people = somebody(7)
    old = [goal_of(1, people)]
    before = release_of(old, publish_together(tables=old, k=K), "2026-10-01")
    place, estamento, _done = people[0]
    cube = publish_together(
        tables=[goal_of(9, [*people, (place, estamento, frozenset("c"))])], k=K, before=before
    )[9]
    assert cube.cells[0].headcount == len(people)


def test_where_a_wider_population_comes_only_totals_are_published_for_two_releases() -> None:
    people = somebody(8)
    pilot = goal_of(1, people, scope=Scope(institutions=frozenset({"i0", "i1"})), courses="c")
    national = goal_of(2, people, courses="c")
    before = release_of([pilot], publish_together(tables=[pilot], k=K), "2026-10-01")
    details = []
    for day in ("2026-10-02", "2026-10-03", "2026-10-04"):
        cubes = publish_together(tables=[pilot, national], k=K, before=before[:4])
        details.append((is_detailed(cubes[1]), is_detailed(cubes[2])))
        kept = before[:2]
        before = release_of([pilot, national], cubes, day) + kept
    assert details == [(False, False), (False, False), (True, True)]


def test_a_wider_total_than_yesterday_does_not_tell_how_few_came_with_it() -> None:
    old = GoalTable(
        1, Definition(Scope(institutions=frozenset("p")), frozenset("c")), [true_cell("p", A, 60, 30)]
    )
    new = GoalTable(
        2, Definition(EVERYBODY, frozenset("c")), [true_cell("p", A, 60, 30), true_cell("q", A, 4, 1)]
    )
    before = release_of([old], publish_together(tables=[old], k=K), "2026-10-01")
    cube = publish_together(tables=[new], k=K, before=before)[2]
    assert cube.cells[0].headcount is None
