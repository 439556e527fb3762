"""Lessons to read on paper: the words of the course, without anybody's answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.models import CourseRelease
from courses.outline import UnitSpec
from courses.selectors import read_units
from lms.classroom.access import Visit
from lms.classroom.sheets import Shown, read_together
from lms.lib.clock import local_date


@dataclass(frozen=True)
class Sheet:
    """One lesson: its unit, its frozen words, their language, and its blocks with the words they explain."""

    unit: UnitSpec
    language: str
    summary: str
    outcomes: Sequence[str]
    shown: Shown


def read_sheets(*, visit: Visit, units: Iterable[UnitSpec]) -> tuple[CourseRelease, list[Sheet]]:
    """The lessons in order and the release whose words they are.

    Two queries and those of ``read_together``.
    """
    release, texts = read_units(release=visit.enrolment.release, language=visit.language)
    chosen = [(unit, texts[unit.key]) for unit in units if unit.key in texts]
    together = read_together(
        payloads=[text.payload for _unit, text in chosen],
        viewer=visit.viewer,
        person_id=visit.enrolment.person_id,
        day=local_date(visit.at),
    )
    return release, [
        Sheet(unit, text.language, text.payload["summary"], text.payload["outcomes"], shown)
        for (unit, text), shown in zip(chosen, together, strict=True)
    ]
