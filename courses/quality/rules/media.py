"""Images and videos: what they say to who does not see or hear them."""

import re
from collections.abc import Iterator

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import Block, CourseText, LessonText

LONGEST_ALT = 150
"""Characters that a screen reader reads without a pause: ours; longer ones belong into the text."""

_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp)$|^(?:img|dsc|screenshot|captura)[\s_-]*\d", re.I)
_GENERIC = frozenset({"imagen", "foto", "fotografía", "gráfico", "logo", "ilustración", "dibujo", "figura"})


def check_images(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Each image that says something has words for it (WCAG 2.2, 1.1.1, failures F30 and F65)."""
    for block in lesson.blocks:
        if block.kind != "image" or block.value.get("decorative"):
            continue
        subject = str(block.value.get("image") or "")
        alt = str(block.value.get("alt") or "").strip()
        if not alt:
            yield Finding(Rule.IMAGE_WITHOUT_ALT, lesson.key, block.id, subject)
        elif _FILE_NAME.search(alt) or alt.casefold().rstrip(".") in _GENERIC:
            yield Finding(Rule.ALT_SAYS_NOTHING, lesson.key, block.id, f"{subject} {alt}", {"alt": alt})
        elif len(alt) > LONGEST_ALT:
            yield Finding(
                Rule.ALT_LONG, lesson.key, block.id, subject, {"count": len(alt), "limit": LONGEST_ALT}
            )


def check_videos(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Captions (WCAG 2.2, 1.2.2) and a transcript (1.2.3, technique G69) for each video."""
    for block in lesson.blocks:
        if block.kind != "video":
            continue
        subject = str(block.value.get("video") or "")
        data = {"title": str(block.value.get("title") or "")}
        if not _has_captions(block, course):
            yield Finding(Rule.VIDEO_WITHOUT_CAPTIONS, lesson.key, block.id, subject, data)
        if not any(piece.text for piece in block.rich.pieces):
            yield Finding(Rule.VIDEO_WITHOUT_TRANSCRIPT, lesson.key, block.id, subject, data)


def _has_captions(block: Block, course: CourseText) -> bool:
    file = course.documents.get(block.value.get("captions") or 0)
    return file is not None and file.name.lower().endswith(".vtt")
