"""An outsider who knows the published rows and linear programming, and nothing of our code.

Every unpublished count is a variable; what is published of it, every sum that must hold, and the
printed reasons are constraints. Two-phase simplex with Bland's rule, in exact fractions.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

SMALLEST = 10
"""The smallest group that is published, known to everybody."""
Row = Mapping[str, Any]
Terms = dict[str, int]


class Simplex:
    """Maximises over ``A x = b, x >= 0``."""

    def __init__(self, equations: list[tuple[Terms, int]]) -> None:
        names = sorted({name for terms, _value in equations for name in terms})
        self.index = {name: position for position, name in enumerate(names)}
        self.width = len(names)
        self.rows: list[list[Fraction]] = []
        for terms, value in equations:
            row = [Fraction(0)] * (self.width + 1)
            for name, factor in terms.items():
                row[self.index[name]] += factor
            row[-1] = Fraction(value)
            if value < 0:
                row = [-cell for cell in row]
            self.rows.append(row)
        self._first_phase()

    def _first_phase(self) -> None:
        count = len(self.rows)
        for position, row in enumerate(self.rows):
            row[-1:-1] = [Fraction(int(other == position)) for other in range(count)]
        self.basis = [self.width + position for position in range(count)]
        goal = [Fraction(0)] * self.width + [Fraction(-1)] * count
        assert self._climb(goal) == 0, "the published table contradicts itself"
        for position in range(count):
            if self.basis[position] >= self.width:
                pivot = next((c for c in range(self.width) if self.rows[position][c]), None)
                if pivot is not None:
                    self._pivot(position, pivot)
        kept = [p for p in range(count) if self.basis[p] < self.width]
        self.rows = [self.rows[p][: self.width] + self.rows[p][-1:] for p in kept]
        self.basis = [self.basis[p] for p in kept]

    def maximum(self, name: str, sign: int = 1) -> Fraction | None:
        """The largest (or with ``sign=-1`` the smallest) value of a variable; ``None`` if unbounded."""
        goal = [Fraction(0)] * self.width
        goal[self.index[name]] = Fraction(sign)
        found = self._climb(goal)
        return None if found is None else sign * found

    def _climb(self, goal: list[Fraction]) -> Fraction | None:
        while True:
            entering = next((c for c in range(len(goal)) if self._gain(goal, c) > 0), None)
            if entering is None:
                return sum(
                    (goal[b] * row[-1] for b, row in zip(self.basis, self.rows, strict=True)), Fraction(0)
                )
            ratios = [
                (row[-1] / row[entering], self.basis[p], p)
                for p, row in enumerate(self.rows)
                if row[entering] > 0
            ]
            if not ratios:
                return None
            self._pivot(min(ratios)[2], entering)

    def _gain(self, goal: list[Fraction], column: int) -> Fraction:
        used = zip(self.basis, self.rows, strict=True)
        return goal[column] - sum((goal[b] * row[column] for b, row in used if row[column]), Fraction(0))

    def _pivot(self, position: int, column: int) -> None:
        factor = self.rows[position][column]
        self.rows[position] = [cell / factor for cell in self.rows[position]]
        pivot = self.rows[position]
        for other, row in enumerate(self.rows):
            if other != position and row[column]:
                times = row[column]
                self.rows[other] = [
                    cell - times * by if by else cell for cell, by in zip(row, pivot, strict=True)
                ]
        self.basis[position] = column


@dataclass
class Attack:
    """The system that published rows amount to."""

    knows_reasons: bool
    equations: list[tuple[Terms, int]] = field(default_factory=list)
    slacks: int = 0

    def at_most(self, terms: Terms, value: int) -> None:
        self.slacks += 1
        self.equations.append(({**terms, f"slack{self.slacks}": 1}, value))

    def at_least(self, terms: Terms, value: int) -> None:
        self.at_most({name: -factor for name, factor in terms.items()}, -value)

    def add_row(self, row: Row) -> None:
        people, done = f"n {name_of(row)}", f"x {name_of(row)}"
        self.at_most({done: 1, people: -1}, 0)
        if row["personas"] is not None:
            self.equations.append(({people: 1}, int(row["personas"])))
        if row["completaron"] is not None:
            self.equations.append(({done: 1}, int(row["completaron"])))
        whole = int(row["personas"] or 0)
        if (row["cobertura_rango"] or "").startswith("5"):
            self.at_most({done: 1}, whole * 5 // 100)
        if (row["cobertura_rango"] or "").startswith("95"):
            self.at_least({done: 1}, whole - whole * 5 // 100)
        reason = row["motivo"] or ""
        if self.knows_reasons and (small := re.fullmatch(r"menos de (\d+) personas", reason)):
            self.at_most({people: 1}, int(small[1]) - 1)
            self.at_least({people: 1}, 1)
        if self.knows_reasons and reason == "protege otra celda":
            self._add_protecting(people=people, done=done, row=row)
        for column in ("alcanzadas", "comenzaron"):
            if row[column] is not None:
                self.at_most({done: 1}, int(row[column]))

    def _add_protecting(self, *, people: str, done: str, row: Row) -> None:
        """It is hidden for others, so by itself it could have been shown."""
        if row["personas"] is None:
            self.at_least({people: 1}, SMALLEST)
        else:
            self.at_least({done: 1}, SMALLEST // 2)
            self.at_most({done: 1}, int(row["personas"]) - SMALLEST // 2)

    def add_sum(self, whole: Row, parts: Iterable[Row]) -> None:
        for what in ("n", "x"):
            terms = {f"{what} {name_of(part)}": 1 for part in parts}
            self.equations.append(({**terms, f"{what} {name_of(whole)}": -1}, 0))


def name_of(row: Row) -> str:
    return f"{row['institucion']}|{row['estamento']}|{row['calidad_juridica']}"


def attack(rows: list[Row], *, together: set[str], knows_reasons: bool) -> Simplex:
    """The system of all rows; ``together`` are names counted inside «… juntas/os» rows."""
    system = Attack(knows_reasons)
    for row in rows:
        system.add_row(row)
    by_level: dict[str, list[Row]] = {}
    for row in rows:
        by_level.setdefault(row["nivel"], []).append(row)
    total = by_level["total"][0]
    for level, column in (
        ("institucion", "institucion"), ("estamento", "estamento"), ("calidad_juridica", "calidad_juridica"),
    ):  # fmt: skip
        listed = by_level.get(level, [])
        members = [row for row in listed if row[column] in together]
        published = [row for row in listed if row[column] not in together]
        if published:
            system.add_sum(total, published)
        common = [row for row in published if "junt" in row[column]]
        if common:
            system.add_sum(common[0], members)
        for whole in published:
            parts = [c for c in by_level.get("institucion_estamento", []) if c[column] == whole[column]]
            if parts:
                system.add_sum(whole, parts)
    return Simplex(system.equations)
