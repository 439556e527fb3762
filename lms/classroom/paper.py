"""Lessons to read on paper: the words of the course, without anybody's answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from courses.models import CourseRelease
from courses.outline import UnitSpec
from courses.selectors import UnitText, read_units, to_stream
from lms.classroom.access import Visit
from lms.classroom.lessons import Part, build_parts
from lms.integrity.selectors.inserts import get_insert
from lms.lib.clock import local_date


@dataclass(frozen=True)
class Sheet:
    """One lesson: its unit, its frozen words, their language and its blocks."""

    unit: UnitSpec
    language: str
    summary: str
    outcomes: Sequence[str]
    parts: Sequence[Part]


def read_sheets(*, visit: Visit, units: Iterable[UnitSpec]) -> tuple[CourseRelease, list[Sheet]]:
    """The lessons in order and the release whose words they are.

    Queries: two, two for the institution where a lesson shows something of it, and one per kind of
    chosen object (laws, files), however many lessons.
    """
    release, texts = read_units(release=visit.enrolment.release, language=visit.language)
    chosen = [(unit, texts[unit.key]) for unit in units if unit.key in texts]
    parts = _read_parts(visit, [text.payload["body"] for _unit, text in chosen])
    return release, [_sheet(unit, text, own) for (unit, text), own in zip(chosen, parts, strict=True)]


def _sheet(unit: UnitSpec, text: UnitText, parts: Sequence[Part]) -> Sheet:
    return Sheet(unit, text.language, text.payload["summary"], text.payload["outcomes"], parts)


def _read_parts(visit: Visit, bodies: Sequence[list[dict[str, Any]]]) -> list[list[Part]]:
    """The blocks of each body, read as one stream so that laws and files are fetched together."""
    whole = [block for body in bodies for block in body]
    insert = get_insert(
        kinds={block["type"] for block in whole},
        institution_id=visit.viewer.institution_id,
        institution_name=visit.viewer.institution_name,
        person_id=visit.enrolment.person_id,
        day=local_date(visit.at),
    )
    parts = build_parts(stream=to_stream(whole), answers={}, insert=insert)
    ends = [sum(len(body) for body in bodies[: number + 1]) for number in range(len(bodies))]
    return [parts[end - len(body) : end] for body, end in zip(bodies, ends, strict=True)]
