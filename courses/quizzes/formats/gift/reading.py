"""A file of GIFT as questions."""

from courses.quizzes.formats.base import (
    Adapted,
    FileProblem,
    QuestionFileError,
    ReadFile,
    ReadQuestion,
    Refusal,
)
from courses.quizzes.formats.gift.answers import Reader, read_answers
from courses.quizzes.formats.gift.scanning import CATEGORY, Block, decode, find_notes, say, split_blocks
from courses.quizzes.formats.moodle.labels import Labels, read_category, read_key, read_tags
from courses.quizzes.formats.moodle.ours import EXCERPT, LONGEST_TEXT, RefusedError, check_lengths

GAP = "_____"
"""Where the answer was, in a sentence that goes on after it; as Moodle writes it."""
GENERAL = "####"
NAME = "::"


def read_gift(data: bytes) -> ReadFile:
    """The questions of a file that was written by hand, or that Moodle exported.

    Raises:
        QuestionFileError: the file cannot be read as a whole; see ``FileProblem``.
    """
    found, category, has_answers = ReadFile(), Labels(), False
    for block in split_blocks(decode(data)):
        text = block.text
        if text.startswith(CATEGORY):
            category = read_category(say(text.removeprefix(CATEGORY)))
            continue
        has_answers = has_answers or "{" in text or text.startswith(NAME)
        name, question = _split_name(text)
        _add(found, question, block, category, name or _number(found))
    if found.refused and not has_answers:
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    if not found.questions and not found.refused:
        raise QuestionFileError(FileProblem.NO_QUESTIONS)
    return found


def _number(found: ReadFile) -> str:
    """Of the question that comes next, from 1."""
    return str(len(found.questions) + len(found.refused) + 1)


def _add(found: ReadFile, text: str, block: Block, category: Labels, where: str) -> None:
    reader = Reader()
    stem = ""
    try:
        if len(text) > LONGEST_TEXT:
            raise RefusedError(Refusal.TOO_LONG)
        written, answers = _split_answers(text)
        stem = reader.read_question(written)
        if not stem and Adapted.PICTURE_LEFT_OUT in reader.adapted:
            raise RefusedError(Refusal.NEEDS_A_PICTURE)
        found.add(_read(stem, answers, reader, block, category, where))
    except RefusedError as error:
        found.refuse(where, stem or Reader().read(text[:EXCERPT]), error.refusal, error.flaws)


def _read(
    stem: str, answers: str, reader: Reader, block: Block, category: Labels, where: str
) -> ReadQuestion:
    answers, general, said = answers.rpartition(GENERAL) if GENERAL in answers else (answers, "", "")
    ours = read_answers(answers, reader)
    check_lengths(ours.body)
    left_out = [Adapted.GENERAL_FEEDBACK_LEFT_OUT] if general and said.strip() else []
    tags, shortened = read_tags([*category.tags, *find_notes(block.notes, "tag")])
    key = next((key for key in map(read_key, find_notes(block.notes, "id")) if key), "")
    return ReadQuestion(
        where, ours.kind, stem, ours.body, key=key, competence=category.competence, tags=tags,
        adapted=(*reader.adapted, *ours.adapted, *left_out, *shortened),
    )  # fmt: skip


def _split_name(text: str) -> tuple[str, str]:
    """``::name::`` before a question, and the question."""
    if not text.startswith(NAME):
        return "", text
    name, closing, rest = text[len(NAME) :].partition(NAME)
    return (" ".join(say(name).split())[:200], rest.strip()) if closing else ("", text[len(NAME) :])


def _split_answers(text: str) -> tuple[str, str]:
    """The question, with a line where the answer was inside it, and what is between the braces.

    Raises:
        RefusedError: there is no answer, or more than one.
    """
    before, opening, rest = text.partition("{")
    answers, closing, after = rest.partition("}")
    if not opening and "}" not in text:
        raise RefusedError(Refusal.CANNOT_BE_ASKED)
    if not closing or "}" in before or "{" in answers or set(after) & set("{}"):
        raise RefusedError(Refusal.BROKEN)
    return (f"{before}{GAP}{after}" if after.strip() else before), answers
