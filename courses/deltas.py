"""What of a release, whose changes are shown, is new to who completed an earlier one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from courses.blocks.words import lesson_minutes
from courses.changes import Payloads, changed_blocks
from courses.languages import source_language
from courses.models import CourseRelease, ReleaseChange, ReleaseUnit
from courses.outline import CourseOutline


@dataclass(frozen=True)
class Delta:
    """Blocks by unit, in the order of the course: ids. ``minutes`` to read them, at least one for any."""

    blocks: dict[str, list[str]]
    minutes: int

    def __bool__(self) -> bool:
        return bool(self.blocks)


def delta_between(*, old_payloads: Payloads, new: CourseOutline, new_payloads: Payloads) -> Delta:
    """What reads otherwise in ``new``, or is new there. No query."""
    found: dict[str, list[str]] = {}
    raw: list[dict[str, Any]] = []
    for unit in new.lessons:
        if blocks := changed_blocks(old_payloads.get(unit.key, {}), new_payloads.get(unit.key, {})):
            found[unit.key] = [block["id"] for block in blocks]
            raw += blocks
    return Delta(found, lesson_minutes(raw, activity_minutes=0) if raw else 0)


def list_deltas(*, pairs: Collection[tuple[ReleaseChange, CourseRelease]]) -> list[Delta]:
    """For each change, what of it is new to who completed that release; perhaps nothing.

    Queries: one, where a release is later than the one with which its change was compared; else none.
    """
    later = {pair for pair in pairs if pair[0].since < pair[1].number}
    units = _read({pk for change, release in later for pk in (change.release_id, release.pk)})
    return [
        delta_between(
            old_payloads=units.get(release.pk, {}),
            new=change.release.outline,
            new_payloads=units.get(change.release_id, {}),
        )
        if (change, release) in later
        else Delta(change.blocks, change.minutes)
        for change, release in pairs
    ]


def _read(release_ids: Collection[int]) -> Mapping[int, Payloads]:
    units: dict[int, dict[str, Any]] = {pk: {} for pk in release_ids}
    if release_ids:
        rows = ReleaseUnit.objects.filter(release__in=release_ids, language=source_language())
        for release_id, key, payload in rows.values_list("release_id", "key", "payload"):
            units[release_id][key] = payload
    return units
