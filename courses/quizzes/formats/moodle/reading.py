"""A file of Moodle's XML as questions."""

from courses.quizzes.formats.base import (
    Adapted,
    FileProblem,
    QuestionFileError,
    ReadFile,
    ReadQuestion,
    Refusal,
)
from courses.quizzes.formats.moodle.kinds import READERS, REFUSED
from courses.quizzes.formats.moodle.labels import Labels, read_category, read_key, read_tags
from courses.quizzes.formats.moodle.ours import Ours, RefusedError, check_lengths, to_number
from courses.quizzes.formats.moodle.source import Source, parse

STANDARD_FEEDBACK = frozenset(
    {
        "your answer is correct",
        "your answer is partially correct",
        "your answer is incorrect",
        "respuesta correcta",
        "respuesta parcialmente correcta",
        "respuesta incorrecta",
        "su respuesta es correcta",
        "su respuesta es parcialmente correcta",
        "su respuesta es incorrecta",
        "tu respuesta es correcta",
        "tu respuesta es parcialmente correcta",
        "tu respuesta es incorrecta",
    }
)
"""What Moodle says of itself in every question, in English and Spanish: its loss is none."""


def read_moodle_xml(data: bytes) -> ReadFile:
    """The questions of a file that Moodle exported, or that was made for it.

    Raises:
        QuestionFileError: the file cannot be read as a whole; see ``FileProblem``.
    """
    found, category = ReadFile(), Labels()
    for element in parse(data).iterfind("question"):
        source = Source(element)
        if source.type == "category":
            category = read_category(element.findtext("category/text") or "")
        else:
            number = len(found.questions) + len(found.refused) + 1
            _add(found, source, category, _name(source) or str(number))
    if not found.questions and not found.refused:
        raise QuestionFileError(FileProblem.NO_QUESTIONS)
    return found


def _add(found: ReadFile, source: Source, category: Labels, where: str) -> None:
    try:
        ours = _read(source)
        stem = ours.stem or source.text("questiontext")
        if not stem and Adapted.PICTURE_LEFT_OUT in source.adapted:
            raise RefusedError(Refusal.NEEDS_A_PICTURE)
        check_lengths(ours.body)
        found.add(_to_question(source, ours, stem, category, where))
    except RefusedError as error:
        found.refuse(where, source.excerpt(), error.refusal, error.flaws)


def _read(source: Source) -> Ours:
    if source.type not in READERS:
        raise RefusedError(REFUSED.get(source.type, Refusal.UNKNOWN_KIND))
    return READERS[source.type](source)


def _to_question(source: Source, ours: Ours, stem: str, category: Labels, where: str) -> ReadQuestion:
    own = [tag.findtext("text") or tag.text or "" for tag in source.each("tags/tag")]
    tags, shortened = read_tags([*category.tags, *own])
    adapted = (*source.adapted, *ours.adapted, *_left_out(source), *shortened)
    return ReadQuestion(
        where, ours.kind, stem, ours.body,
        key=read_key(source.value("idnumber")), competence=category.competence, tags=tags, adapted=adapted,
    )  # fmt: skip


def _left_out(source: Source) -> list[Adapted]:
    adapted = []
    said = [source.text("generalfeedback"), *map(source.text_of, source.each("hint"))]
    combined = [source.text(f"{name}feedback") for name in ("correct", "partiallycorrect", "incorrect")]
    if any(said) or any(text.strip(". ").lower() not in ("", *STANDARD_FEEDBACK) for text in combined):
        adapted.append(Adapted.GENERAL_FEEDBACK_LEFT_OUT)
    if (to_number(source.value("defaultgrade")) or 1) != 1 and source.type not in ("cloze", "multianswer"):
        adapted.append(Adapted.WEIGHT_LEFT_OUT)
    return adapted


def _name(source: Source) -> str:
    return " ".join((source.element.findtext("name/text") or "").split())[:200]
