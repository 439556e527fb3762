"""A person's own notes."""

from dataclasses import dataclass

from courses.models import CourseRelease
from courses.outline import UnitSpec
from courses.selectors import outlines_in
from lms.progress.models import UnitNote


@dataclass(frozen=True)
class CourseNotes:
    """The notes in one course, in its order. Of a unit that is no longer there only the key is known."""

    title: str
    code: str
    notes: list[tuple[UnitSpec | None, UnitNote]]


def list_notes(*, person_id: int, language: str = "") -> list[CourseNotes]:
    """All notes, by course. Two queries, three in a translation."""
    rows = (
        UnitNote.objects.filter(person_id=person_id).select_related("course").order_by("course__title", "pk")
    )
    by_course: dict[int, list[UnitNote]] = {}
    for note in rows:
        by_course.setdefault(note.course_id, []).append(note)
    releases = CourseRelease.objects.filter(is_current=True, course_id__in=by_course)
    worded = outlines_in(releases=releases, language=language)
    outlines = {release.course_id: worded[release.pk] for release in releases}
    found = []
    for course_id, notes in by_course.items():
        units = outlines[course_id].units if course_id in outlines else ()
        order = {unit.key: (number, unit) for number, unit in enumerate(units)}
        placed = [(order.get(note.unit_key, (len(order), None)), note) for note in notes]
        placed.sort(key=lambda pair: pair[0][0])
        course = notes[0].course
        title = outlines[course_id].title if course_id in outlines else course.title
        found.append(CourseNotes(title, course.code, [(unit, note) for (_n, unit), note in placed]))
    return found
