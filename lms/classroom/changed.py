"""The lessons of a course that somebody completed, each with what changed in it since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.outline import CourseOutline, UnitSpec
from courses.selectors import UnitText, read_units_of
from lms.classroom.sheets import Shown, read_together
from lms.people.policy import Viewer
from lms.progress.selectors.deltas import DueDelta

DONE_ELSEWHERE = frozenset({"check", "dilemma"})
"""Blocks that ask for something: they are named, not asked again."""


@dataclass(frozen=True)
class ChangedUnit:
    """A lesson with what changed in it. ``has_practice``: a question or a dilemma changed too."""

    unit: UnitSpec
    shown: Shown
    language: str
    has_practice: bool


def read_changed(
    *, due: DueDelta, outline: CourseOutline, viewer: Viewer, language: str, day: date
) -> list[ChangedUnit]:
    """In the order of the change. One query and those of ``read_together``, however many lessons."""
    asked = due.delta.blocks
    texts = read_units_of(release=due.change.release, language=language, keys=asked)
    units = {unit.key: unit for unit in outline.units}
    blocks = {key: _chosen(texts[key], ids) for key, ids in asked.items() if key in texts and key in units}
    shown = {
        key: [block for block in own if block["type"] not in DONE_ELSEWHERE] for key, own in blocks.items()
    }
    together = read_together(
        payloads=[texts[key].payload | {"body": body} for key, body in shown.items()],
        viewer=viewer,
        person_id=due.completion.person_id,
        day=day,
    )
    return [
        ChangedUnit(units[key], one, texts[key].language, len(shown[key]) < len(blocks[key]))
        for key, one in zip(shown, together, strict=True)
    ]


def _chosen(text: UnitText, ids: Sequence[str]) -> list[dict[str, Any]]:
    return [block for block in text.payload["body"] if block["id"] in ids]
