"""What a frozen report is made of, and how it is proved years later. Pure.

The detail has one line for each person who worked in the institution that day. The figures are
counted from the detail and from nothing else; the seal is over the figures, the definition, the
heading and the digest of the detail. All are canonical JSON, so that equal facts give equal bytes.
"""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lms.lib.canonical import canonical, digest

VERSION = 1
"""Of the way in which lines are read and figures counted; a report keeps the one it was made with."""


@dataclass(frozen=True)
class PersonLine:
    """One person on the day. ``standing`` None: nothing was asked of it. Dates are ISO 8601, or empty."""

    pseudonym: str
    unit: str
    estamento: str
    legal_quality: str
    standing: int | None = None
    assigned_on: str = ""
    due_on: str = ""
    done_on: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Heading:
    """What a report says of itself. ``created_at``: ISO 8601 in UTC."""

    public_id: str
    institution: str
    requirement: str
    day: str
    title: str
    period: str
    created_at: str
    version: int


class DetailError(ValueError):
    """The detail cannot be read: it is not what was written."""


# --- Detail -------------------------------------------------------------------------------------------
def write_detail(lines: Iterable[PersonLine]) -> str:
    """One line each, in the order of the pseudonyms, which is nobody's order."""
    ordered = sorted(lines, key=lambda line: line.pseudonym)
    return "".join(f"{canonical(asdict(line))}\n" for line in ordered)


def read_detail(text: str) -> list[PersonLine]:
    """The lines again.

    Raises:
        DetailError: see there.
    """
    try:
        return [PersonLine(**json.loads(line)) for line in text.splitlines()]
    except (TypeError, ValueError) as error:
        raise DetailError(str(error)) from error


def pack(text: str) -> bytes:
    """Compressed. The digest is of the text: another program may pack it otherwise."""
    return zlib.compress(text.encode(), 9)


def unpack(packed: bytes) -> str:
    """The text again.

    Raises:
        DetailError: see there.
    """
    try:
        return zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise DetailError(str(error)) from error


# --- Figures ------------------------------------------------------------------------------------------
def count_figures(lines: Iterable[PersonLine]) -> dict[str, Any]:
    """Headcount and people by standing: of all, and by unit, estamento and legal quality."""
    people = list(lines)
    return {
        "total": _group(people),
        "by_unit": _groups(people, lambda line: line.unit),
        "by_estamento": _groups(people, lambda line: line.estamento),
        "by_quality": _groups(people, lambda line: line.legal_quality),
    }


def _groups(people: list[PersonLine], key: Callable[[PersonLine], str]) -> dict[str, Any]:
    members: dict[str, list[PersonLine]] = {}
    for line in people:
        members.setdefault(key(line), []).append(line)
    return {name: _group(rows) for name, rows in sorted(members.items())}


def _group(people: list[PersonLine]) -> dict[str, Any]:
    standings = Counter(str(line.standing) for line in people if line.standing is not None)
    return {"headcount": len(people), "standings": dict(sorted(standings.items()))}


def seal(*, heading: Heading, definition: str, figures: str, detail_sha256: str) -> str:
    """The hash by which a copy on paper proves the report."""
    whole = {
        "heading": asdict(heading),
        "definition": json.loads(definition),
        "figures": json.loads(figures),
        "detail_sha256": detail_sha256,
    }
    return digest(canonical(whole))


# --- Then and now -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Comparison:
    """People by what became of their line: the same, another one, in the frozen detail only, today only."""

    same: int
    changed: int
    only_then: int
    only_now: int

    @property
    def is_equal(self) -> bool:
        return not (self.changed or self.only_then or self.only_now)


def compare_lines(*, then: Iterable[PersonLine], now: Iterable[PersonLine]) -> Comparison:
    """How many people the records of today tell otherwise."""
    before: Mapping[str, PersonLine] = {line.pseudonym: line for line in then}
    after: Mapping[str, PersonLine] = {line.pseudonym: line for line in now}
    both = before.keys() & after.keys()
    changed = sum(before[name] != after[name] for name in both)
    return Comparison(
        same=len(both) - changed,
        changed=changed,
        only_then=len(before.keys() - after.keys()),
        only_now=len(after.keys() - before.keys()),
    )
