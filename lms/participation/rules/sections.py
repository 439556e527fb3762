"""A draft in sections, as one text: a line that begins with ``#`` is the title of a section. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SECTIONS = 60
LONGEST_TITLE = 200
LONGEST_SECTION = 20_000
SIGN = "#"


class DraftError(ValueError):
    """The text cannot be cut into sections; ``problem`` says why, ``title`` where."""

    def __init__(self, problem: str, title: str = "") -> None:
        super().__init__(problem)
        self.problem, self.title = problem, title


@dataclass(frozen=True)
class DraftSection:
    """A title, empty for what stands before the first one, and paragraphs of plain text."""

    title: str
    text: str


def split_draft(text: str) -> tuple[DraftSection, ...]:
    """The sections in order.

    Raises:
        DraftError: too many, a title without words or too long, a section too long, two titles alike.
    """
    sections = tuple(_cut(text))
    if len(sections) > MOST_SECTIONS:
        raise DraftError("too_many")
    for section in sections:
        _check(section)
    titles = [section.title.casefold() for section in sections]
    for section in sections:
        if titles.count(section.title.casefold()) > 1:
            raise DraftError("twice", section.title)
    return sections


def join_draft(sections: Iterable[DraftSection]) -> str:
    """The one text again."""
    parts = [f"{SIGN} {section.title}\n{section.text}" if section.title else section.text
             for section in sections]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts)


def _cut(text: str) -> Iterable[DraftSection]:
    title: str | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.startswith(SIGN):
            lines.append(line)
            continue
        if title is not None or any(lines):
            yield DraftSection(title or "", "\n".join(lines).strip())
        title, lines = line.lstrip(SIGN).strip(), []
        if not title:
            raise DraftError("no_title")
    if title is not None or any(lines):
        yield DraftSection(title or "", "\n".join(lines).strip())


def _check(section: DraftSection) -> None:
    if len(section.title) > LONGEST_TITLE:
        raise DraftError("long_title", section.title[:60])
    if len(section.text) > LONGEST_SECTION:
        raise DraftError("long_text", section.title)
