"""Goals published together, and after earlier releases: an attacker with all of it learns no hidden figure."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from lms.people.models import Estamento, LegalQuality
from lms.plan.rules import PublishedCube, Tally, TrueCell
from lms.plan.rules.cube import count_up
from lms.plan.rules.earlier import Before
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from tests.plan.joint_attacker import Plot, Published, attack_releases
from tests.plan.populations import random_population, true_cell

K = 10
A, B, C = list(Estamento.values)[:3]
NO_FEES = Scope(legal_qualities=frozenset(LegalQuality.values) - {"honorarios"})


def table(
    cells: Sequence[TrueCell],
    *,
    goal: int = 1,
    scope: Scope = EVERYBODY,
    courses: Sequence[str] = ("c",),
) -> GoalTable:
    return GoalTable(goal, Definition(scope, frozenset(courses)), cells)


def release(cells: Sequence[TrueCell], before: Sequence[Before] = ()) -> PublishedCube:
    return publish_together(tables=[table(cells)], k=K, before=before)[1]


def as_before(table: GoalTable, cubes: dict[int, PublishedCube], day: str) -> Before:
    return Before(table.definition, cubes[table.goal], table.cells, day)


def earlier(cube: PublishedCube, cells: Sequence[TrueCell], day: str) -> Before:
    """A release of the one goal of these tests."""
    return Before(table(cells).definition, cube, cells, day)


def published(
    name: str, cube: PublishedCube, cells: Sequence[TrueCell], *, completions: bool = False
) -> Published:
    return Published(name, cube, dict(count_up(cells=cells, k=K).tallies), knows_people=completions)


def changed(cells: Sequence[TrueCell], *, dice: random.Random) -> list[TrueCell]:
    """A month later: in most groups few people changed, in some many."""
    found = []
    for cell in cells:
        more = dice.choice([0, 0, 1, 2, 3, 4, 14])
        fewer = dice.choice([0, 0, 0, 1, 2, 3])
        people = max(1, cell.tally.headcount + more - fewer)
        done = min(people, max(0, cell.tally.completed + dice.choice([0, 1, 2, 3, 12])))
        found.append(replace(cell, tally=Tally(people, done, done, done, done)))
    return found


def small_world(seed: int) -> list[TrueCell]:
    dice = random.Random(seed)
    return [
        true_cell(f"i{place}", estamento, people, int(people * dice.random()))
        for place in range(3)
        for estamento in (A, B, C)
        if (people := int(dice.random() ** 2 * 70))
    ]


def three_releases(seed: int) -> tuple[list[list[TrueCell]], list[PublishedCube]]:
    dice = random.Random(seed)
    worlds = [small_world(seed)]
    worlds += [changed(worlds[-1], dice=dice)]
    worlds += [changed(worlds[-1], dice=dice)]
    cubes: list[PublishedCube] = []
    for number, cells in enumerate(worlds):
        before = [earlier(cubes[n], worlds[n], f"2026-0{n + 1}-28") for n in reversed(range(number))]
        cubes.append(release(cells, before))
    return worlds, cubes


# --- Earlier releases --------------------------------------------------------------------------------
@pytest.mark.parametrize("completions", [False, True], ids=["people", "completions"])
@pytest.mark.parametrize("seed", range(8))
def test_attacker_who_keeps_two_releases_pins_no_hidden_figure(seed: int, completions: bool) -> None:
    worlds, cubes = three_releases(seed)
    tables = [
        published(f"r{n}", cube, cells, completions=completions)
        for n, (cells, cube) in enumerate(zip(worlds, cubes, strict=True))
    ]
    kept = {cell.key: cell for cell in cubes[-1].cells if cell.as_of}
    for key, width in attack_releases(tables, k=K).items():
        if not completions and key in kept and not is_small(tables[-1].true_value(key), kept[key].headcount):
            continue  # kept for its completions: that a whole group joined or left may be known
        assert width >= 1, key


def is_small(now: int, then: int | None) -> bool:
    return then is not None and 0 < abs(now - then) < K


@pytest.mark.parametrize("seed", range(12))
def test_no_two_releases_differ_by_fewer_than_a_group_in_a_cell(seed: int) -> None:
    _worlds, cubes = three_releases(seed)
    last = {cell.key: cell for cell in cubes[-1].cells}
    for cube in cubes[:-1]:
        for cell in cube.cells:
            now = last.get(cell.key)
            if now is None or now.headcount is None or cell.headcount is None:
                continue
            assert not 0 < abs(now.headcount - cell.headcount) < K
            values = now.completed.value, cell.completed.value
            if values[0] is not None and values[1] is not None:
                assert not 0 < abs(values[0] - values[1]) < K


def test_cell_that_changed_little_keeps_its_figures_and_their_day() -> None:
    first = [true_cell(i, A, 60, 30) for i in "pqr"]
    cube = release(first)
    second = [true_cell("p", A, 60, 33), true_cell("q", A, 60, 45), true_cell("r", A, 60, 45)]
    again = release(second, [earlier(cube, first, "2026-11-20")])
    by_code = {cell.institution: cell for cell in again.cells if cell.institution}
    assert (by_code["p"].completed.value, by_code["p"].as_of) == (30, "2026-11-20")


def test_one_cell_that_keeps_its_figures_is_not_found_by_subtraction() -> None:
    """Total and all others new: the difference would say what the three did. Another one stays too."""
    first = [true_cell(i, A, 60, 30) for i in "pqr"]
    second = [true_cell("p", A, 60, 33), true_cell("q", A, 60, 45), true_cell("r", A, 60, 45)]
    again = release(second, [earlier(release(first), first, "2026-11-20")])
    assert sum(1 for cell in again.cells if cell.as_of) >= 2


def test_nothing_stays_where_nothing_changed() -> None:
    cells = [true_cell(i, A, 60, 30) for i in "pqr"]
    again = release(cells, [earlier(release(cells), cells, "2026-11-20")])
    assert not any(cell.as_of for cell in again.cells)


def test_nobody_and_fewer_than_a_group_publish_nothing() -> None:
    few = [true_cell("p", A, 9, 4)]
    cubes = publish_together(tables=[table([], goal=1), table(few, goal=2, courses=("d",))], k=K)
    assert cubes[1].cells == ()
    assert [cell.headcount for cell in cubes[2].cells] == [None]


# --- Several goals -----------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(6))
def test_goals_of_one_population_hide_the_same_headcounts(seed: int) -> None:
    """Even where one can be published in less detail than the other."""
    cells = random_population(seed=seed)
    full = [replace(c, tally=Tally(*[c.tally.headcount] * 5)) for c in cells]
    cubes = publish_together(
        tables=[
            table(cells, goal=1),
            table(full, goal=2, courses=("d",)),
            table(cells, goal=3, courses=("e",)),
        ],
        k=K,
    )
    hidden = [{cell.key for cell in cubes[goal].cells if cell.headcount is None} for goal in (1, 2, 3)]
    shown = [{cell.key for cell in cubes[goal].cells if cell.headcount is not None} for goal in (1, 2, 3)]
    assert not (hidden[0] | hidden[1] | hidden[2]) & (shown[0] | shown[1] | shown[2])


def with_fees(seed: int) -> tuple[list[TrueCell], list[TrueCell]]:
    """Everybody, and everybody but those paid by fees, who are few in each place."""
    dice = random.Random(seed)
    some = small_world(seed)
    fees = [
        true_cell(f"i{place}", A, people, people // 2, "honorarios")
        for place in range(3)
        if (people := dice.randint(0, 7))
    ]
    return some + fees, some


@pytest.mark.parametrize("seed", range(8))
def test_difference_between_populations_pins_no_hidden_headcount(seed: int) -> None:
    everybody, some = with_fees(seed)
    cubes = publish_together(
        tables=[table(everybody, goal=1), table(some, goal=2, scope=NO_FEES, courses=("d",))], k=K
    )
    whole, part = published("p", cubes[1], everybody), published("q", cubes[2], some)
    plot = Plot(K)
    plot.add(whole)
    plot.add(part)
    plot.suppose_part_of(part, whole)
    for key, width in plot.widths(whole).items():
        assert width >= 2, key


@pytest.mark.parametrize("seed", range(8))
def test_few_people_paid_by_fees_are_not_the_difference_of_two_totals(seed: int) -> None:
    everybody, some = with_fees(seed)
    cubes = publish_together(
        tables=[table(everybody, goal=1), table(some, goal=2, scope=NO_FEES, courses=("d",))], k=K
    )
    for cell in cubes[2].cells:
        twin = next((other for other in cubes[1].cells if other.key == cell.key), None)
        if twin and twin.headcount is not None and cell.headcount is not None:
            assert not 0 < twin.headcount - cell.headcount < K


def test_some_institutions_publish_what_the_whole_publishes_of_them() -> None:
    everybody = [true_cell(i, e, 60, 30) for i in "pqr" for e in (A, B)]
    some = [cell for cell in everybody if cell.institution != "r"]
    scope = Scope(institutions=frozenset("pq"))
    cubes = publish_together(
        tables=[table(everybody, goal=1), table(some, goal=2, scope=scope, courses=("d",))], k=K
    )
    assert {cell.headcount for cell in cubes[2].cells if cell.institution and not cell.estamento} == {120}
    assert cubes[2].total is not None and cubes[2].total.headcount == 240
