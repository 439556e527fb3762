"""The costs of pages as a Markdown table, beside the yardstick."""

from collections.abc import Sequence

from tests.benchmarks.pages.figures import PageCost

HEADS = ("", "Consultas", "HTML", "CPU de la aplicación", "CPU de la base", "Juntas")


def describe(*, engine: str, costs: Sequence[PageCost]) -> str:
    """One row a page; the first is the yardstick of the others."""
    least = costs[0].total_ms
    lines = [f"### {engine}", "", _row(*HEADS), _row("---", *["---:"] * (len(HEADS) - 1))]
    lines += [
        _row(*_cells(cost), f"{_ms(cost.total_ms)} · ×{_decimal(cost.total_ms / least)}") for cost in costs
    ]
    return "\n".join(lines)


def _cells(cost: PageCost) -> tuple[str, ...]:
    database = "en la aplicación" if cost.database_ms is None else _ms(cost.database_ms)
    weight = f"{_decimal(cost.html_bytes / 1024)} KiB"
    return cost.name, str(cost.queries), weight, _ms(cost.application_ms), database


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _ms(value: float) -> str:
    return f"{_decimal(value)} ms"


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
