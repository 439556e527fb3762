"""What a saved view keeps of the address of a page. Pure."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

WORDS = frozenset({
    "institucion", "exigencia", "unidad", "estamento", "calidad", "estado", "q", "orden", "al", "anio",
    "curso",
})  # fmt: skip
"""Filters. The number of the page, for one, is none."""
LONGEST = 1000
MOST_PAIRS = 40


def keep_filters(query: str, *, fixed: Mapping[str, str]) -> str:
    """The filters of a query, with ``fixed`` ones in place of its own; one too long keeps only those."""
    try:
        pairs = parse_qsl(query[: 4 * LONGEST], max_num_fields=MOST_PAIRS)
    except ValueError:
        pairs = []
    kept = [
        (name, value) for name, value in pairs if name in WORDS and name not in fixed and "\x00" not in value
    ]
    whole = urlencode([*_of(fixed), *kept])
    return whole if len(whole) <= LONGEST else urlencode(list(_of(fixed)))


def _of(fixed: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in fixed.items() if value)


def has_fixed_day(query: str) -> bool:
    """Whether the view is of one past day, which never changes."""
    return any(name == "al" for name, _value in parse_qsl(query))
