"""The QR code as vector rectangles in a scaled space: small, exact and the same each time."""

import segno

QR_MASK = 2  # fixed: searching for the best mask takes most of the time and changes nothing for readers


def qr_matrix(url: str) -> tuple[bytearray, ...]:
    """Rows of modules, 1 is dark; error level M, without quiet zone."""
    return tuple(segno.make(url, error="m", boost_error=False, micro=False, mask=QR_MASK).matrix)


def qr_operators(url: str, *, x: float, y: float, size: float) -> str:
    """PDF operators that fill the dark modules; ``x``, ``y`` lower left and ``size`` in points."""
    matrix = qr_matrix(url)
    count = len(matrix)
    boxes = [
        f"{start} {count - row - 1} {length} 1 re"
        for row, modules in enumerate(matrix)
        for start, length in _dark_runs(modules)
    ]
    unit = size / count
    return f"q {unit:.5f} 0 0 {unit:.5f} {x:.4f} {y:.4f} cm {' '.join(boxes)} f Q"


def _dark_runs(modules: bytearray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(modules):
        if not dark:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs
