"""Goals that share courses, goals that come and go: what one says does not give another's hidden figures away."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from lms.people.models import Estamento, LegalQuality
from lms.plan.rules import Aside, Figure, Level, Motive, PublishedCell, PublishedCube, Tally, TrueCell
from lms.plan.rules.cube import count_up, publish_counted
from lms.plan.rules.earlier import Before
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from lms.plan.rules.people_only import CitizensTable, publish_citizens
from tests.plan.joint_attacker import Plot, Published
from tests.plan.populations import true_cell

K = 10
A, B = list(Estamento.values)[:2]
People = list[tuple[str, str, frozenset[str]]]
"""Institution, estamento and completed courses of each person."""


def somebody(seed: int) -> People:
    dice = random.Random(seed)
    people: People = []
    for place in range(3):
        for estamento in (A, B):
            likely = dice.random()
            for _person in range(int(dice.random() * 80) + 10):
                done = frozenset(course for course in "cde" if dice.random() < likely)
                people.append((f"i{place}", estamento, done))
    return people


def goal_of(number: int, people: People, *, scope: Scope = EVERYBODY, courses: str = "c") -> GoalTable:
    """Any of the courses counts, as everywhere."""
    cells: dict[tuple[str, str], list[int]] = {}
    for place, estamento, done in people:
        if scope.institutions is None or place in scope.institutions:
            count = cells.setdefault((place, estamento), [0, 0])
            count[0] += 1
            count[1] += bool(done & set(courses))
    rows = [true_cell(place, estamento, *count) for (place, estamento), count in cells.items()]
    return GoalTable(number, Definition(scope, frozenset(courses)), rows)


def published(name: str, cube: PublishedCube, table: GoalTable) -> Published:
    return Published(name, cube, dict(count_up(cells=table.cells, k=K).tallies), knows_people=True)


def release_of(tables: Sequence[GoalTable], cubes: Mapping[int, PublishedCube], day: str) -> list[Before]:
    return [Before(table.definition, cubes[table.goal], table.cells, day, day) for table in tables]


def is_detailed(cube: PublishedCube) -> bool:
    return any(cell.completed.value is not None for cell in cube.cells[1:])


def assert_nothing_pinned(tables: Sequence[GoalTable], cubes: Mapping[int, PublishedCube]) -> None:
    """By whoever reads all of them and knows every headcount: no less remains possible than two values more.

    Fewer only where the range that is printed has fewer.
    """
    told = {table.goal: published(f"g{table.goal}", cubes[table.goal], table) for table in tables}
    plot = Plot(K)
    for one in told.values():
        plot.add(one)
    for small, large in combinations(tables, 2):
        for part, whole in ((small, large), (large, small)):
            if part.definition.scope == whole.definition.scope and (
                part.definition.courses < whole.definition.courses
            ):
                plot.suppose_contained(told[part.goal], told[whole.goal])
    for one in told.values():
        alone = Plot(K)
        alone.add(one)
        widths = alone.widths(one)
        for key, width in plot.widths(one).items():
            assert width >= min(2, widths[key]), (one.name, key)


# --- Courses in common -------------------------------------------------------------------------------
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


# --- Goals that come and go --------------------------------------------------------------------------
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


def with_fees(fees: Mapping[str, int]) -> tuple[list[TrueCell], list[TrueCell]]:
    """Everybody, and everybody but the few paid by fees."""
    some = [true_cell(place, estamento, 100, 50) for place in "pqr" for estamento in (A, B)]
    return some + [
        true_cell(place, A, count, count // 2, "honorarios") for place, count in fees.items()
    ], some


NO_FEES = Scope(legal_qualities=frozenset(LegalQuality.values) - {"honorarios"})


def test_few_who_come_with_another_population_are_not_told_beside_earlier_figures() -> None:
    """Of two goals of the population so far one gave its total only."""
    everybody, some = with_fees({"p": 4, "q": 8, "r": 3})
    old = [
        GoalTable(1, Definition(NO_FEES, frozenset("c")), some),
        GoalTable(2, Definition(NO_FEES, frozenset("cd")), some),
    ]
    before = release_of(old, publish_together(tables=old, k=K), "2026-10-01")
    new = GoalTable(3, Definition(EVERYBODY, frozenset("e")), everybody)
    cubes = publish_together(tables=[*old, new], k=K, before=before)
    places = [cell.headcount for goal in (1, 2, 3) for cell in cubes[goal].cells if cell.institution]
    assert not any(places)


def test_an_old_total_does_not_stay_for_ever_beside_a_wider_one() -> None:
    """Four people made the difference."""
    pilot = GoalTable(
        1,
        Definition(Scope(institutions=frozenset("pq")), frozenset("c")),
        [true_cell(i, A, 60, 30) for i in "pq"],
    )
    national = GoalTable(2, Definition(EVERYBODY, frozenset("d")), [*pilot.cells, true_cell("r", A, 4, 2)])
    before = release_of([pilot], publish_together(tables=[pilot], k=K), "2026-10-01")
    for day in range(2, 8):
        cubes = publish_together(tables=[pilot, national], k=K, before=before)
        before = [*release_of([pilot, national], cubes, f"2026-10-0{day}"), *before[:2]]
        totals = [cubes[goal].cells[0].headcount for goal in (1, 2)]
        assert None in totals


def test_several_parts_together_do_not_tell_of_what_is_in_none_of_them() -> None:
    """Three of sixty were assessed outside the two pilots."""
    cells = [
        TrueCell(place, A, "contrata", Tally(60, 60, 50, assessed, 30))
        for place, assessed in zip("pqr", (40, 45, 3), strict=True)
    ]
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), cells),
        *(
            GoalTable(
                n,
                Definition(Scope(institutions=frozenset(cells[n - 2].institution)), frozenset("c")),
                [cells[n - 2]],
            )
            for n in (2, 3)
        ),
    ]
    cubes = publish_together(tables=tables, k=K)
    for goal in (2, 3):
        assert cubes[goal].cells[0].assessed == Figure(motive=Motive.PROTECTS)


def test_reasons_of_parts_do_not_add_up_to_a_hidden_headcount() -> None:
    """Twenty-seven are paid by fees, and each part would say that it has fewer than ten of them."""
    cells = [
        cell
        for place in "pqr"
        for cell in (true_cell(place, A, 90, 45), true_cell(place, A, 9, 4, "honorarios"))
    ]
    parts = [
        GoalTable(
            n + 2,
            Definition(Scope(institutions=frozenset(place)), frozenset("d")),
            [cell for cell in cells if cell.institution == place],
        )
        for n, place in enumerate("pqr")
    ]
    whole = GoalTable(1, Definition(EVERYBODY, frozenset("c")), cells)
    cubes = publish_together(tables=[whole, *parts], k=K)
    assert {c.headcount for c in cubes[1].cells if c.legal_quality == "honorarios"} == {27}
    for goal in (2, 3, 4):
        assert not any(cell.legal_quality for cell in cubes[goal].cells)
        assert cubes[goal].legal_qualities_together == ()


def test_other_figures_of_the_total_keep_their_day_alone() -> None:
    first = [TrueCell(i, A, "contrata", Tally(60, 55, 50, 40, 30)) for i in "pqr"]
    later = [TrueCell(i, A, "contrata", Tally(60, 56, 50, 40, 34)) for i in "pqr"]
    tables = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), first)]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    again = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), later)]
    total = publish_together(tables=again, k=K, before=before)[1].cells[0]
    assert (total.completed.value, total.as_of) == (102, "")
    assert total.reached is not None
    assert (total.reached.value, total.reached.as_of) == (165, "2026-10-01")


def test_one_goal_that_stands_still_does_not_hold_the_headcounts_of_all() -> None:
    """Its completions changed by three people; sixty people came."""
    first = [true_cell(i, A, 60, 30) for i in "pqr"]
    later = [true_cell("p", A, 120, 33), *(true_cell(i, A, 120, 30) for i in "qr")]
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), first),
        GoalTable(2, Definition(EVERYBODY, frozenset("d")), first),
    ]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    again = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), later),
        GoalTable(
            2,
            Definition(EVERYBODY, frozenset("d")),
            [replace(c, tally=Tally(120, 60, 60, 60, 60)) for c in later],
        ),
    ]
    total = publish_together(tables=again, k=K, before=before)[2].cells[0]
    assert (total.headcount, total.completed.value, total.as_of) == (360, 180, "")


def test_what_hardly_changed_is_supposed_although_an_institution_came() -> None:
    first = [true_cell("q", A, 60, 30), true_cell("r", A, 60, 30)]
    later = [true_cell("p", A, 60, 4), true_cell("q", A, 60, 34), true_cell("r", A, 60, 45)]
    tables = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), first)]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    again = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), later)]
    cube = publish_together(tables=again, k=K, before=before)[1]
    new = {
        cell.institution
        for cell in cube.cells
        if cell.institution and not cell.as_of and cell.completed.value
    }
    assert not {"q", "r"} & new


def test_common_categories_with_other_members_are_not_taken_for_the_same() -> None:
    places = {"p": 120, "r": 120, "q": 9, "t": 11}
    first = [true_cell(i, A, people, people // 2) for i, people in places.items()]
    later = [true_cell(i, A, people, people // 2) for i, people in {**places, "t": 60, "u": 4}.items()]
    tables = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), first)]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    cube = publish_together(
        tables=[GoalTable(1, Definition(EVERYBODY, frozenset("c")), later)], k=K, before=before
    )[1]
    assert not any(cell.as_of for cell in cube.cells if cell.institution == "*")


def test_goals_of_people_who_do_not_meet_are_published_each_in_full() -> None:
    people = somebody(9)
    tables = [
        goal_of(n, people, scope=Scope(institutions=frozenset({place})), courses="c")
        for n, place in ((1, "i0"), (2, "i1"))
    ]
    cubes = publish_together(tables=tables, k=K)
    assert is_detailed(cubes[1]) and is_detailed(cubes[2])


def test_codes_that_nobody_has_take_nothing_from_a_sum() -> None:
    """A goal names an institution without staff, and legal qualities that nobody has."""
    everybody, _some = with_fees({"p": 40, "q": 40, "r": 40})
    whole = GoalTable(1, Definition(EVERYBODY, frozenset("c")), everybody)
    part = [cell for cell in everybody if cell.institution in "pq"]
    named = Scope(institutions=frozenset({"p", "q", "nobody"}))
    cubes = publish_together(tables=[whole, GoalTable(2, Definition(named, frozenset("d")), part)], k=K)
    assert cubes[2].cells[0].headcount == 480


# --- Institutions and people without a headcount -----------------------------------------------------
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


# --- If the audit fails ------------------------------------------------------------------------------
def test_where_no_detail_may_be_published_nothing_is() -> None:
    counted = count_up(cells=[true_cell(i, A, 60, 30) for i in "pqr"], k=K)
    cube = publish_counted(counted=counted, k=K, details=())
    assert cube.level == Level.NOTHING
    assert [(cell.headcount, cell.completed.motive) for cell in cube.cells] == [(None, Motive.PROTECTS)]
