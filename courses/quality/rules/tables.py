"""Tables: a cell heard alone says nothing without its headers."""

from collections.abc import Iterator

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import CourseText, LessonText


def check_tables(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Header cells (WCAG 2.2, 1.3.1, technique H51) and a caption (technique H39)."""
    for block in lesson.blocks:
        for number, table in enumerate(block.rich.tables):
            subject, data = f"{number} {table.first_words}", {"words": table.first_words}
            if not table.has_headers:
                yield Finding(Rule.TABLE_WITHOUT_HEADERS, lesson.key, block.id, subject, data)
            if not table.has_caption:
                yield Finding(Rule.TABLE_WITHOUT_CAPTION, lesson.key, block.id, subject, data)
