"""QR codes."""

from collections.abc import Sequence

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString


def qr(*, url: str, title: str) -> SafeString:
    """A QR code of ``url`` (level M, ISO/IEC 18004) with its quiet zone of four modules.

    Raises:
        segno.DataOverflowError: the text does not fit.
    """
    matrix = segno.make(url, error="m", micro=False).matrix
    size = len(matrix)
    side = size + 8
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="-4 -4 {} {}">'
        '<path class="qr-bg" d="M-4-4h{}v{}h-{}z"/><path d="{}"/></svg>',
        title,
        side,
        side,
        side,
        side,
        side,
        "".join(_qr_runs(matrix)),
    )


def _qr_runs(matrix: Sequence[Sequence[int]]) -> list[str]:
    """One sub-path for each horizontal run of dark modules."""
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return runs
