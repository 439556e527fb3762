"""What loading rosters cost, as a Markdown table; each size is compared with the first per row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

STEPS = (
    ("Leer y comparar", ("read", "--file", "FIRST", "--date", "D1")),
    ("Aplicar (todas nuevas)", ("apply",)),
    ("Leer el mismo archivo", ("read", "--file", "FIRST", "--date", "D1")),
    ("Aplicar el mismo archivo", ("apply",)),
    ("Leer la siguiente", ("read", "--file", "LATER", "--date", "D2")),
    ("Aplicar la siguiente", ("apply",)),
    ("Deshacer la siguiente", ("undo",)),
)


@dataclass(frozen=True)
class Step:
    """Seconds in all, of the longest part, and the longest (and 99th) that somebody else waited to write."""

    title: str
    seconds: float
    longest: float
    waited: float
    waited_p99: float
    peak_bytes: int
    database_bytes: int
    counts: dict[str, Any] = field(default_factory=dict, repr=False)


def describe(*, title: str, results: Mapping[int, Sequence[Step]]) -> str:
    """One row per step; ×: seconds per row, as a multiple of the smallest file's."""
    sizes = list(results)
    lines = [f"### {title}", "", _row("", *(f"{_number(rows)} filas" for rows in sizes))]
    lines.append(_row("---", *("---:" for _ in sizes)))
    for index, (name, _) in enumerate(STEPS):
        lines.append(_row(name, *(_cell(results, rows, index, sizes[0]) for rows in sizes)))
    return "\n".join(lines)


def _cell(results: Mapping[int, Sequence[Step]], rows: int, index: int, smallest: int) -> str:
    step, first = results[rows][index], results[smallest][index]
    ratio = (step.seconds / rows) / (first.seconds / smallest)
    return (
        f"{step.seconds:.1f} s · ×{ratio:.1f} · {step.peak_bytes / 1e6:.0f} MB · "
        f"espera {step.waited * 1000:.0f} ms"
    ).replace(".", ",")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
