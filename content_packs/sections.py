"""A lesson file: front matter, Markdown and ``:::`` blocks. Reading and writing. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from content_packs.manifest import MARKDOWN_FIELDS, SECTIONS, LessonHead, Shape
from content_packs.markdown import find_forbidden
from content_packs.problems import PackError, Problem
from content_packs.yaml_lines import Located, convert, dump, load

_OPEN = re.compile(r"^:::\s*(?P<kind>[a-z_]+)\s*$")
_CLOSE = re.compile(r"^:::\s*$")


@dataclass(frozen=True)
class Section:
    """A block of a lesson: ``kind`` is ``text`` (Markdown in ``text``) or a key of ``SECTIONS``."""

    kind: str
    line: int
    text: str = ""
    entry: Shape | None = None
    located: Located | None = None


@dataclass(frozen=True)
class LessonFile:
    """lessons/<code>.md"""

    file: str
    head: LessonHead
    head_located: Located
    sections: tuple[Section, ...]


def read_lesson(text: str, *, file: str) -> LessonFile:
    """Parse a lesson.

    Raises:
        PackError: with every problem of the file that can be told at once.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    if not lines or lines[0].strip() != "---":
        raise PackError([Problem(file, 1, "La lección empieza con «---» y sus datos.")])
    try:
        end = next(index for index in range(1, len(lines)) if lines[index].strip() == "---")
    except StopIteration:
        raise PackError([Problem(file, 1, "Falta el «---» que cierra los datos de la lección.")]) from None
    problems: list[Problem] = []
    head_located = load("\n".join(lines[1:end]), file=file, first_line=2)
    head = convert(head_located, LessonHead)
    sections: list[Section] = []
    index = end + 1
    prose: list[str] = []
    prose_line = index + 1

    def close_prose() -> None:
        markdown = "\n".join(prose).strip()
        if markdown:
            first = prose_line + next(i for i, line in enumerate(prose) if line.strip())
            forbidden = find_forbidden(markdown)
            if forbidden:
                problems.append(Problem(file, first + forbidden[0], f"El texto {forbidden[1]}."))
            sections.append(Section("text", first, text=markdown))
        prose.clear()

    while index < len(lines):
        opening = _OPEN.match(lines[index])
        if not opening:
            if _CLOSE.match(lines[index]):
                problems.append(Problem(file, index + 1, "«:::» cierra un bloque que no se abrió."))
            else:
                if not prose:
                    prose_line = index + 1
                prose.append(lines[index])
            index += 1
            continue
        close_prose()
        start = index
        index += 1
        body: list[str] = []
        while index < len(lines) and not _CLOSE.match(lines[index]):
            body.append(lines[index])
            index += 1
        if index == len(lines):
            problem = f"El bloque «{opening['kind']}» no se cierra con «:::»."
            problems.append(Problem(file, start + 1, problem))
            break
        index += 1
        try:
            sections.append(_read_block(opening["kind"], body, file=file, line=start + 1))
        except PackError as error:
            problems.extend(error.problems)
    close_prose()
    if problems:
        raise PackError(problems)
    return LessonFile(file, head, head_located, tuple(sections))


def _read_block(kind: str, body: list[str], *, file: str, line: int) -> Section:
    if kind not in SECTIONS:
        known = ", ".join(sorted(SECTIONS))
        raise PackError([Problem(file, line, f"No existe el bloque «{kind}». Los hay: {known}.")])
    located = load("\n".join(body), file=file, first_line=line + 1)
    if located.data is None:
        located.data, located.lines = {}, {(): line}
    entry = convert(located, SECTIONS[kind])
    problems = list(find_markdown_problems(entry, located))
    if problems:
        raise PackError(problems)
    return Section(kind, line, entry=entry, located=located)


def find_markdown_problems(entry: Shape, located: Located, *path: str | int) -> Iterator[Problem]:
    """What the Markdown fields of a shape have that packs do not; ``path`` is where the shape stands."""
    for name in sorted(MARKDOWN_FIELDS.get(type(entry), frozenset())):
        forbidden = find_forbidden(getattr(entry, name))
        if forbidden:
            yield located.problem(f"{name}: el texto {forbidden[1]}.", *path, name)


def to_plain(shape: Shape) -> dict[str, Any]:
    """A shape as plain data, defaults left out, for writing."""
    plain: dict[str, Any] = msgspec.to_builtins(shape, builtin_types=(date,))
    return plain


def write_lesson(head: LessonHead, sections: list[tuple[str, str | Shape]]) -> str:
    """The canonical text of a lesson. ``sections``: ``("text", markdown)`` or ``(kind, shape)``."""
    parts = [f"---\n{dump(to_plain(head))}---\n"]
    for kind, content in sections:
        if isinstance(content, str):
            parts.append(f"{content}\n")
        else:
            body = dump(to_plain(content)) if to_plain(content) else ""
            parts.append(f"::: {kind}\n{body}:::\n")
    return parts[0] + "\n".join(parts[1:])
