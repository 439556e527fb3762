"""Tables of goals for tests: made of single people, published, and attacked together."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations

from lms.people.models import Estamento
from lms.plan.rules import PublishedCube
from lms.plan.rules.cube import count_up
from lms.plan.rules.earlier import Before
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
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
