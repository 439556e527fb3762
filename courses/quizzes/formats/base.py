"""What reading a file of questions gives: questions, what had to be adapted in them, what was refused."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from courses.quizzes.rules import KINDS, Flaw, QuestionKind

LARGEST_FILE = 20 * 1024 * 1024
MOST_QUESTIONS = 2000


class FileProblem(StrEnum):
    """Why a whole file cannot be read."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    NOT_THIS_FORMAT = "not_this_format"
    BROKEN = "broken"
    HOSTILE = "hostile"
    NO_QUESTIONS = "no_questions"


class QuestionFileError(Exception):
    """The file cannot be read; ``problem`` says why, ``line`` where, if known. Nothing was imported."""

    def __init__(self, problem: FileProblem, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.line = problem, line


class Adapted(StrEnum):
    """What was changed so that the question can be ours."""

    FORMATTING_LEFT_OUT = "formatting_left_out"
    PICTURE_LEFT_OUT = "picture_left_out"
    TEXT_SHORTENED = "text_shortened"
    PENALTY_LEFT_OUT = "penalty_left_out"
    CREDIT_REPLACED = "credit_replaced"
    GENERAL_FEEDBACK_LEFT_OUT = "general_feedback_left_out"
    WEIGHT_LEFT_OUT = "weight_left_out"
    ANSWERS_MERGED = "answers_merged"
    PATTERN_LEFT_OUT = "pattern_left_out"
    RANGE_AS_TOLERANCE = "range_as_tolerance"
    SHUFFLE_REPLACED = "shuffle_replaced"
    RUBRIC_ADDED = "rubric_added"
    SPLIT_INTO_GAPS = "split_into_gaps"


class Refusal(StrEnum):
    """Why a question was left out."""

    UNKNOWN_KIND = "unknown_kind"
    NEEDS_A_SCRIPT = "needs_a_script"
    NEEDS_A_PICTURE = "needs_a_picture"
    CALCULATED = "calculated"
    BROKEN = "broken"
    NO_TEXT = "no_text"
    CANNOT_BE_ASKED = "cannot_be_asked"
    NESTED = "nested"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class ReadQuestion:
    """A question of the file. ``where``: its name or number there, for the report.

    ``key``, ``competence``: codes of ours where the file has them; ``difficulty`` 0: not said.
    """

    where: str
    kind: QuestionKind
    stem: str
    body: Any
    key: str = ""
    competence: str = ""
    difficulty: int = 0
    tags: tuple[str, ...] = ()
    source: str = ""
    review: str = ""
    adapted: tuple[Adapted, ...] = ()


@dataclass(frozen=True)
class RefusedQuestion:
    """``flaws``: of one that was read and cannot be asked."""

    where: str
    stem: str
    refusal: Refusal
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """All of a file, in its order."""

    questions: list[ReadQuestion] = field(default_factory=list)
    refused: list[RefusedQuestion] = field(default_factory=list)

    def add(self, question: ReadQuestion) -> None:
        """Take a question, or refuse it where it cannot be asked.

        Raises:
            QuestionFileError: there are too many.
        """
        if len(self.questions) + len(self.refused) >= MOST_QUESTIONS:
            raise QuestionFileError(FileProblem.TOO_MANY)
        flaws = tuple(dict.fromkeys(KINDS[question.kind].flaws(question.body)))
        if not question.stem.strip():
            self.refused.append(RefusedQuestion(question.where, "", Refusal.NO_TEXT))
        elif flaws:
            self.refuse(question.where, question.stem, Refusal.CANNOT_BE_ASKED, flaws)
        else:
            adapted = tuple(dict.fromkeys(question.adapted))
            self.questions.append(replace(question, adapted=adapted))

    def refuse(self, where: str, stem: str, refusal: Refusal, flaws: tuple[Flaw, ...] = ()) -> None:
        """Leave one out.

        Raises:
            QuestionFileError: there are too many.
        """
        if len(self.questions) + len(self.refused) >= MOST_QUESTIONS:
            raise QuestionFileError(FileProblem.TOO_MANY)
        self.refused.append(RefusedQuestion(where, stem[:200], refusal, flaws))


Reader = Callable[[bytes], ReadFile]
