"""The shape of a questionnaire's file, and of what is frozen of it. Pure: msgspec types."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from content_packs.manifest import Key, Line, Shape, Text
from content_packs.problems import Problem
from content_packs.yaml_lines import Located

Weight = Annotated[int, Meta(ge=1, le=5)]
Sentence = Annotated[str, Meta(min_length=1, max_length=600)]
Points = Annotated[int, Meta(ge=0, le=10)]


class AnchorEntry(Shape):
    """The law or document on which something stands."""

    text: Annotated[str, Meta(min_length=1, max_length=300)]
    url: Annotated[str, Meta(pattern=r"^https://", max_length=300)]


class LevelEntry(Shape):
    """One step of the scale, as something that anybody could observe. ``evidence``: it must be shown."""

    points: Points
    text: Sentence
    evidence: bool = False


class QuestionEntry(Shape):
    """``improvement``: what to write as a milestone where the answer is below the highest level."""

    key: Key
    text: Annotated[str, Meta(min_length=1, max_length=300)]
    why: Sentence
    anchor: AnchorEntry
    levels: Annotated[list[LevelEntry], Meta(min_length=2, max_length=6)]
    improvement: Annotated[str, Meta(min_length=1, max_length=300)]
    help: Annotated[str, Meta(max_length=600)] = ""
    not_applicable: bool = False
    weight: Weight = 1


class DimensionEntry(Shape):
    key: Key
    title: Annotated[str, Meta(min_length=1, max_length=150)]
    questions: Annotated[list[QuestionEntry], Meta(min_length=1, max_length=40)]
    about: Annotated[str, Meta(max_length=600)] = ""
    weight: Weight = 1


class DiagnosticFile(Shape):
    """One file of ``diagnostics/``. ``plan`` and ``commitments``: what the questionnaire serves."""

    code: Key
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    summary: Annotated[str, Meta(min_length=1, max_length=300)]
    about: Text
    plan: Key
    commitments: Annotated[list[Annotated[int, Meta(ge=1, le=200)]], Meta(min_length=1)]
    source: AnchorEntry
    licence: Line
    dimensions: Annotated[list[DimensionEntry], Meta(min_length=1, max_length=20)]


def check_file(file: DiagnosticFile, located: Located) -> Iterator[Problem]:
    """What no type can say: keys once, scales that rise from zero, evidence from some level upwards."""
    yield from _check_repeated([one.key for one in file.dimensions], "dimensions", located)
    yield from _check_repeated([one.title.casefold() for one in file.dimensions], "dimensions", located)
    seen: set[str] = set()
    for number, dimension in enumerate(file.dimensions):
        for index, question in enumerate(dimension.questions):
            path = ("dimensions", number, "questions", index)
            if question.key in seen:
                yield located.problem(f"La clave «{question.key}» se repite.", *path, "key")
            seen.add(question.key)
            yield from _check_levels(question, located, path)


def _check_repeated(names: list[str], where: str, located: Located) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield located.problem(f"«{name}» se repite.", where, index)


def _check_levels(
    question: QuestionEntry, located: Located, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    points = [level.points for level in question.levels]
    if points[0] != 0 or points != sorted(set(points)):
        yield located.problem("Los puntos de los niveles parten en 0 y suben.", *path, "levels")
    evidence = [level.evidence for level in question.levels]
    if evidence[0] or evidence != sorted(evidence):
        yield located.problem(
            "El primer nivel no pide evidencia, y sobre uno que la pide todos la piden.", *path, "levels"
        )
