"""The figures as Markdown, with their ratios."""

from tests.benchmarks.lrs.measuring import CLIENTS, SIZES, Measured


def describe(measured: Measured) -> str:
    """Tables: writing (with shares of the limit and the floor), reading, bytes per statement."""
    parts = [f"### {measured.label}", "", *_writing(measured), "", *_reading(measured)]
    parts += ["", "| Bytes por declaración | |", "| --- | ---: |", measured.sizes.rstrip()]
    if measured.peak_bytes:
        parts += ["", f"Memoria máxima de un proceso del servidor: {measured.peak_bytes / 1e6:.0f} MB."]
    return "\n".join(parts)


def _writing(measured: Measured) -> list[str]:
    head = "| Declaraciones por lote | clientes | por segundo | p50 | errores | ÷ límite | ÷ piso |"
    lines = [head, "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for size in SIZES:
        for clients in CLIENTS:
            rate, middle, errors = measured.writes[size, clients]
            limit = f"{rate / measured.limits[size]:.2f}" if measured.limits else "–"
            floor = f"{rate / size / measured.floor[clients]:.2f}"
            lines.append(
                f"| {size} | {clients} | {rate:.0f} | {middle:.1f} ms | {errors} | {limit} | {floor} |"
            )
    if measured.limits:
        limits = ", ".join(f"{size}: {rate:.0f}/s" for size, rate in measured.limits.items())
        lines += ["", f"Límite (inserción directa de las mismas filas, por tamaño de lote): {limits}."]
    floors = ", ".join(f"{clients}: {rate:.0f}/s" for clients, rate in measured.floor.items())
    return [*lines, "", f"Piso (solicitudes que no hacen nada, por clientes): {floors}."]


def _reading(measured: Measured) -> list[str]:
    sizes = list(measured.reads)
    head = " | ".join(f"{rows:,} p50 / p95".replace(",", ".") for rows in sizes)
    lines = [f"| Filtro | {head} | × |", f"| --- |{' ---: |' * (len(sizes) + 1)}"]
    for name in measured.reads[sizes[0]]:
        cells = [
            f"{measured.reads[rows][name][0]:.1f} / {measured.reads[rows][name][1]:.1f} ms" for rows in sizes
        ]
        ratio = measured.reads[sizes[-1]][name][0] / measured.reads[sizes[0]][name][0]
        lines.append(f"| {name} | {' | '.join(cells)} | {ratio:.1f} |")
    return lines
