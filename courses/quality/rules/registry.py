"""All rules, in the order in which a report tells them."""

from collections.abc import Callable, Iterator

from courses.quality.rules import (
    contrast,
    headings,
    laws,
    links,
    media,
    questions,
    reading,
    tables,
    vocabulary,
    weight,
)
from courses.quality.rules.findings import Finding
from courses.quality.rules.snapshot import CourseText, LessonText

LessonRule = Callable[[LessonText, CourseText], Iterator[Finding]]
CourseRule = Callable[[CourseText], Iterator[Finding]]

LESSON_RULES: tuple[LessonRule, ...] = (
    headings.check_summary,
    headings.check_levels,
    headings.check_presence,
    headings.check_fakes,
    media.check_images,
    media.check_videos,
    contrast.check_contrast,
    tables.check_tables,
    links.check_answers,
    links.check_words,
    laws.check_versions,
    questions.check_practice,
    weight.check_html,
    reading.check_level,
    reading.check_sentences,
    vocabulary.check_jargon,
)
"""What one lesson shows by itself."""

OWN_COURSE_RULES: tuple[CourseRule, ...] = (questions.check_competences, questions.check_bank)
"""What the page of the course shows without its lessons."""

WHOLE_COURSE_RULES: tuple[CourseRule, ...] = (vocabulary.check_acronyms,)
"""What only the lessons together show."""


def check_lesson(lesson: LessonText, course: CourseText) -> list[Finding]:
    """What is found in one lesson; ``course`` holds what it refers to."""
    return [finding for rule in LESSON_RULES for finding in rule(lesson, course)]


def check_course_alone(course: CourseText) -> list[Finding]:
    """What is found in the course's own page."""
    return [finding for rule in OWN_COURSE_RULES for finding in rule(course)]


def check_course(course: CourseText) -> list[Finding]:
    """Everything, by lesson in their order; what concerns the course as a whole comes first."""
    found = check_course_alone(course)
    for lesson in course.lessons:
        found += check_lesson(lesson, course)
    return found + [finding for rule in WHOLE_COURSE_RULES for finding in rule(course)]
