"""Titles and headings: a person who does not see the page moves by them."""

from collections.abc import Iterator

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import CourseText, LessonText
from courses.readability import split_words

WITH_OWN_HEADING = frozenset({"law", "plain", "code_of_ethics", "channels", "dilemma"})
"""Blocks that the page gives a heading of level 2."""

LONG_WITHOUT_HEADINGS = 300
"""Words of running text that one screen reader user would have to hear through: ours."""

_LONGEST_FAKE = 80


def check_summary(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """The line under the title, which a draft may lack and a published lesson may not."""
    if not lesson.summary.strip():
        yield Finding(Rule.SUMMARY_MISSING, lesson.key)


def check_levels(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """No empty heading (WCAG 2.2, 2.4.6), none that skips a level (technique G141). The title is level 1."""
    level = 1
    for block in lesson.blocks:
        if block.kind in WITH_OWN_HEADING:
            level = 2
        for number, heading in enumerate(block.rich.headings):
            mine = int(heading.tag[1])
            if not heading.text:
                yield Finding(Rule.HEADING_EMPTY, lesson.key, block.id, str(number))
            elif mine > level + 1:
                yield Finding(
                    Rule.HEADING_SKIPPED, lesson.key, block.id, heading.text, {"heading": heading.text}
                )
            level = mine


def check_presence(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Long running text is divided by headings (WCAG 2.2, 2.4.10; plain language guides)."""
    texts = [block for block in lesson.blocks if block.kind == "text"]
    words = sum(len(split_words(block.text)) for block in texts)
    if words > LONG_WITHOUT_HEADINGS and not any(block.rich.headings for block in texts):
        yield Finding(Rule.HEADING_MISSING, lesson.key, data={"words": words})


def check_fakes(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """A short paragraph that is all bold looks like a heading and is none (WCAG 2.2, 1.3.1, failure F2)."""
    for block in lesson.blocks:
        for piece in block.rich.pieces:
            size = len("".join(piece.text.split()))
            is_whole = piece.tag == "p" and size and len(piece.text) - piece.bold <= 1
            if is_whole and len(piece.text) <= _LONGEST_FAKE and not piece.text.endswith((".", ":", "?")):
                yield Finding(Rule.HEADING_FAKE, lesson.key, block.id, piece.text, {"text": piece.text})
