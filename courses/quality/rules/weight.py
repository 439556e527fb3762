"""How much a lesson weighs for who pays for each megabyte. Estimated: a page is not drawn to be weighed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import Block, CourseText, LessonText

KIB = 1024
HEAVIEST_HTML = 60 * KIB
"""The budget of a page of this platform."""

FRAME = 6 * KIB
"""The page around the lesson: head, menus, the lessons of the module, the foot. Measured; a test keeps it."""

SHARED = 160 * KIB
"""Styles, font, icons and scripts, which travel once for the whole site. A test keeps it."""

_BLOCK_FRAME = {
    "text": 0, "check": 900, "law": 900, "code_of_ethics": 700, "channels": 1200, "dilemma": 900,
    "video": 900,
}  # fmt: skip
"""Bytes of markup around the words of a block; of the others some 300."""

_OPTION_FRAME = 150


@dataclass(frozen=True)
class Weight:
    """Bytes. ``on_demand``: videos and documents, which travel only when somebody asks for them."""

    html: int
    images: int
    on_demand: int


def weigh(lesson: LessonText, course: CourseText) -> Weight:
    """Estimate a lesson. Pictures count whole, though smaller copies of them are sent."""
    return Weight(
        html=FRAME + sum(_weigh_block(block) for block in lesson.blocks),
        images=sum(_sizes(lesson, course.images, ("image",))),
        on_demand=sum(_sizes(lesson, course.documents, ("video", "captions", "document"))),
    )


def check_html(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """At most ``HEAVIEST_HTML``."""
    html = weigh(lesson, course).html
    if html > HEAVIEST_HTML:
        data = {"kib": round(html / KIB), "limit": HEAVIEST_HTML // KIB}
        yield Finding(Rule.PAGE_HEAVY, lesson.key, data=data)


def _weigh_block(block: Block) -> int:
    if block.kind == "dilemma":  # its scenes are pages of their own
        shown: list[Any] = [block.value.get("title"), block.value.get("summary")]
    elif block.kind == "check":  # what an option says is sent once it is chosen
        options = block.items("options")
        shown = [block.value.get("stem"), *(option.get("text") for option in options)]
        return _bytes(shown) + _BLOCK_FRAME["check"] + len(options) * _OPTION_FRAME
    else:
        shown = list(block.value.values())
    return _bytes(shown) + _BLOCK_FRAME.get(block.kind, 300)


def _bytes(values: list[Any]) -> int:
    return sum(len(value.encode()) for value in values if isinstance(value, str))


def _sizes(lesson: LessonText, files: Any, names: tuple[str, ...]) -> Iterator[int]:
    for block in lesson.blocks:
        for name in names:
            file = files.get(block.value.get(name) or 0)
            if file is not None:
                yield file.size
