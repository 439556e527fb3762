"""An attacker with all published figures never learns a hidden one."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from lms.people.models import Estamento
from lms.plan.rules import Level, Motive, PublishedCube, Tally, TrueCell
from lms.plan.selectors.open_data import coverage_rows
from tests.plan.attacker import attack, name_of
from tests.plan.populations import publish_cube, random_population, true_cell

K = 10
A, B, C = list(Estamento.values)[:3]


def published_rows(cube: PublishedCube) -> list[dict[str, Any]]:
    goal: Any = SimpleNamespace(commitment=SimpleNamespace(number=1), code="meta")
    return coverage_rows(goal=goal, cube=cube, cutoff_date=date(2026, 11, 20), names={})


def together(cube: PublishedCube) -> set[str]:
    names = [str(Estamento(code).label) for code in cube.estamentos_together]
    return {*cube.institutions_together, *names}


def widths(cube: PublishedCube, *, knows_reasons: bool) -> dict[str, tuple[float, float]]:
    """How wide the values of hidden headcounts and completions are, by row; infinite if unbounded."""
    rows = published_rows(cube)
    system = attack(rows, together=together(cube), knows_reasons=knows_reasons)

    def width(name: str) -> float:
        most, least = system.maximum(name), system.maximum(name, -1)
        return float("inf") if most is None or least is None else float(most - least)

    return {
        name_of(row): (
            width(f"n {name_of(row)}") if row["personas"] is None else float("inf"),
            width(f"x {name_of(row)}") if row["completaron"] is None else float("inf"),
        )
        for row in rows
        if row["personas"] is None or row["completaron"] is None
    }


@pytest.mark.parametrize("share", [None, 0.0, 0.04, 0.6, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_attacker_who_reads_the_reasons_never_pins_a_hidden_figure(seed: int, share: float | None) -> None:
    cube = publish_cube(cells=random_population(seed=seed, share=share), k=K)
    for name, (people, completed) in widths(cube, knows_reasons=True).items():
        assert people >= 2, name
        assert completed >= 1, name


@pytest.mark.parametrize("seed", range(4))
def test_totals_alone_leave_a_hidden_headcount_at_least_k_wide(seed: int) -> None:
    cube = publish_cube(cells=random_population(seed=seed), k=K)
    for name, (people, _completed) in widths(cube, knows_reasons=False).items():
        assert people >= K, name


def test_attacker_pins_a_cell_that_is_hidden_alone() -> None:
    """The attacker is able: without complementary suppression the hidden cell falls."""
    cells = [
        true_cell(i, e, n, n // 2) for i, e, n in [("p", A, 4), ("p", B, 30), ("q", A, 40), ("q", B, 50)]
    ]
    cube = publish_cube(cells=cells, k=K)
    rows = published_rows(cube)
    truth = {("p", B): 30, ("q", A): 40, ("q", B): 50}
    for row in rows:
        for (institution, estamento), people in truth.items():
            if row["institucion"] == institution and row["estamento"] == str(Estamento(estamento).label):
                row["personas"] = people
    system = attack(rows, together=set(), knows_reasons=False)
    hidden = next(row for row in rows if row["nivel"] == "institucion_estamento" and row["personas"] is None)
    assert system.maximum(f"n {name_of(hidden)}") == system.maximum(f"n {name_of(hidden)}", -1) == 4


def test_small_cell_takes_others_with_it() -> None:
    cells = [true_cell(i, e, n, n // 2) for i in "pqr" for e, n in ((A, 40), (B, 60), (C, 50))]
    cells[0] = true_cell("p", A, 4, 2)
    cube = publish_cube(cells=cells, k=K)
    motives = [cell.completed.motive for cell in cube.cells if cell.institution and cell.estamento]
    assert motives.count(Motive.SMALL) == 1
    assert motives.count(Motive.PROTECTS) == 3


def test_table_that_cannot_be_protected_is_published_with_less_detail() -> None:
    cells = [true_cell("p", A, 12, 6), true_cell("q", B, 3, 1), true_cell("q", A, 11, 5)]
    cube = publish_cube(cells=cells, k=K)
    assert cube.level in {Level.MARGINS, Level.TOTAL}
    assert all(not (cell.institution and cell.estamento) for cell in cube.cells)


def test_fewer_than_k_people_in_all_publish_nothing() -> None:
    cube = publish_cube(cells=[true_cell("p", A, 9, 4)], k=K)
    assert cube.level == Level.NOTHING
    assert [cell.headcount for cell in cube.cells] == [None]


def test_nobody_at_all_is_an_empty_cube() -> None:
    assert publish_cube(cells=[], k=K).cells == ()


def test_cell_hidden_before_is_hidden_first_again() -> None:
    cells = [true_cell(i, e, n, n // 2) for i in "pqr" for e, n in ((A, 40), (B, 60), (C, 50))]
    cells[0] = true_cell("p", A, 4, 2)
    first = publish_cube(cells=cells, k=K)
    changed = [TrueCell(c.institution, c.estamento, c.legal_quality, c.tally + Tally(1)) for c in cells]
    changed[0] = cells[0]
    changed[4] = true_cell("q", B, 200, 100)
    assert publish_cube(cells=changed, k=K, known=first.hidden_keys).hidden_keys == first.hidden_keys


def test_same_headcounts_hide_the_same_headcounts_whatever_was_completed() -> None:
    """Two goals of one population must not give each other's hidden headcounts away."""
    one, other = (random_population(seed=7, share=share) for share in (0.5, 0.7))
    sizes = {(c.institution, c.estamento, c.legal_quality): c.tally.headcount for c in one}
    same = [
        TrueCell(c.institution, c.estamento, c.legal_quality, Tally(n, n // 2, n // 2, n // 2, n // 2))
        for c in other
        if (n := sizes.get((c.institution, c.estamento, c.legal_quality)))
    ]
    others = [
        TrueCell(
            c.institution, c.estamento, c.legal_quality, Tally(n, n * 3 // 5, n * 3 // 5, n // 2, n * 3 // 5)
        )
        for c in same
        if (n := c.tally.headcount)
    ]
    hidden = [
        {cell.key for cell in publish_cube(cells=cells, k=K).cells if cell.headcount is None}
        for cells in (same, others)
    ]
    assert hidden[0] == hidden[1]
