"""Links: they lead somewhere, and say where."""

import re
from collections.abc import Iterator

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import Block, CourseText, LessonText, LinkState

_VAGUE = frozenset({
    "aquí", "aqui", "acá", "clic aquí", "haz clic aquí", "click aquí", "ver", "ver aquí", "ver más",
    "leer más", "más", "más información", "enlace", "link", "este enlace", "este link", "sitio", "página",
})  # fmt: skip
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)


def list_links(block: Block, course: CourseText) -> list[str]:
    """The addresses outside the site that a block leads to, each once."""
    found = [link.href for link in block.rich.links if link.href.startswith(("http://", "https://"))]
    laws = (course.laws.get(block.value.get(name) or 0) for name in ("law", "reminder_law"))
    return list(dict.fromkeys([*found, *(law.url for law in laws if law and law.url)]))


def check_answers(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """The addresses answer. One that says that it is gone blocks; one that fails may be mended tomorrow."""
    for block in lesson.blocks:
        for url in list_links(block, course):
            state = course.links.get(url, LinkState.UNKNOWN)
            if state is LinkState.GONE:
                yield Finding(Rule.LINK_GONE, lesson.key, block.id, url, {"url": url})
            elif state is LinkState.FAILS:
                yield Finding(Rule.LINK_FAILS, lesson.key, block.id, url, {"url": url})


def check_words(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """The words of a link say where it leads (WCAG 2.2, 2.4.4, failure F63)."""
    for block in lesson.blocks:
        for link in block.rich.links:
            words = link.text.strip(" .…:»«").casefold()
            if not words or words in _VAGUE or _ADDRESS.match(words):
                data = {"text": link.text, "url": link.href}
                yield Finding(Rule.LINK_SAYS_NOTHING, lesson.key, block.id, link.href, data)
