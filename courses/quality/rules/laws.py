"""Law cards: written from the text that is in force."""

from collections.abc import Iterator
from datetime import date

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import CourseText, LessonText

_CARDS = {"law": ("law", "version"), "dilemma": ("law", "law_version")}
"""By kind of block: the fields of the norm and of the version that was read."""


def check_versions(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """A card read from an older text than the law's known version needs a second reading.

    ``Law.version`` is the date of the consolidated text of the Biblioteca del Congreso Nacional.
    """
    for block in lesson.blocks:
        if block.kind not in _CARDS:
            continue
        law_field, version_field = _CARDS[block.kind]
        law = course.laws.get(block.value.get(law_field) or 0)
        if law is None or law.version is None:
            continue
        read = block.value.get(version_field)
        if not read:
            yield Finding(Rule.LAW_WITHOUT_VERSION, lesson.key, block.id, law.short, {"law": law.short})
        elif date.fromisoformat(str(read)) < law.version:
            data = {"law": law.short, "read": _day(str(read)), "version": _day(law.version.isoformat())}
            yield Finding(Rule.LAW_OUTDATED, lesson.key, block.id, f"{law.short} {law.version}", data)


def _day(iso: str) -> str:
    """A date as it is written in Chile: 31-12-2026."""
    return "-".join(reversed(iso.split("-")))
