"""The published cube as stored."""

from lms.people.models import Estamento
from lms.plan.rules import OTHERS, Level, cube_from_json, cube_to_json
from tests.plan.populations import publish_cube, random_population, true_cell

A, B = list(Estamento.values)[:2]


def test_cube_survives_being_stored() -> None:
    cube = publish_cube(cells=random_population(seed=3), k=10)
    assert cube_from_json(data=cube_to_json(cube=cube)) == cube


def test_first_cell_is_the_grand_total() -> None:
    cells = [true_cell("p", A, 40, 20), true_cell("q", B, 60, 30)]
    total = publish_cube(cells=cells, k=10).total
    assert total is not None
    assert (total.headcount, total.completed.value, total.completed.percent) == (100, 50, 50)


def test_one_institution_is_published_by_estamento_and_not_crossed() -> None:
    cube = publish_cube(cells=[true_cell("p", A, 40, 20), true_cell("p", B, 60, 30)], k=10)
    assert cube.level == Level.MARGINS
    assert [cell.headcount for cell in cube.cells if cell.estamento] == [40, 60]


def test_members_of_the_common_category_are_named_without_figures() -> None:
    cells = [true_cell(i, A, n, n // 2) for i, n in (("p", 200), ("q", 6), ("r", 7))]
    cube = publish_cube(cells=cells, k=10)
    by_code = {cell.institution: cell.headcount for cell in cube.cells if cell.institution}
    assert by_code == {"p": 200, OTHERS: 13, "q": None, "r": None}


def test_other_three_figures_are_given_for_the_total_only() -> None:
    cube = publish_cube(cells=[true_cell("p", A, 40, 20), true_cell("q", B, 60, 30)], k=10)
    assert [bool(cell.reached and cell.started and cell.assessed) for cell in cube.cells].count(True) == 1
