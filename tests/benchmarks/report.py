"""Results as Markdown tables: time, queries, and how much slower than with the fewest people."""

from collections.abc import Sequence

from tests.benchmarks.cases import Case, Result


def describe(*, engine: str, results: Sequence[Result]) -> str:
    """One table for each engine; the first result is what the others are compared with."""
    first = results[0]
    lines = [
        f"### {engine}",
        "",
        _row("", *(_title(result.case) for result in results)),
        _row("---", *("---:" for _ in results)),
        _row("Personas de la institución mayor", *(_number(result.largest) for result in results)),
    ]
    before = {figure.name: figure for figure in first.figures}
    for index, figure in enumerate(first.figures):
        cells = [_cell(result, index, before[figure.name].seconds) for result in results]
        lines.append(_row(figure.name, *cells))
    lines.append(_row("Tamaño de la base", *(_megabytes(result.database_bytes) for result in results)))
    lines.append(_row("Memoria máxima del proceso", *(_megabytes(result.peak_bytes) for result in results)))
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _title(case: Case) -> str:
    if case.institution:
        return f"{_number(case.people)} y una institución de {_number(case.institution)}"
    return f"{_number(case.people)} personas"


def _cell(result: Result, index: int, before: float) -> str:
    figure = result.figures[index]
    text = _seconds(figure.seconds)
    if figure.queries is not None:
        text += f" · {figure.queries} c."
    return f"{text} · ×{_short(figure.seconds / before)}"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{_short(seconds)} s"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".replace(".", ",")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _megabytes(value: int) -> str:
    return f"{_number(round(value / 1_000_000))} MB"
