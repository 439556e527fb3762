"""Drawing and grading questions. Pure: the caller brings the questions, the answers and the chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from courses.outline import AssessmentRule


class BankTooSmallError(Exception):
    """The bank has fewer questions of a competence than the blueprint asks for."""


class AnswerError(ValueError):
    """The answer names an option that the question does not have, or too many of them."""


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"


@dataclass(frozen=True)
class OptionSpec:
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True)
class QuestionSpec:
    """A question with its key. Never give one to a template: see :class:`ShownQuestion`."""

    key: str
    competence: str
    difficulty: int
    kind: QuestionKind
    stem: str
    options: tuple[OptionSpec, ...]
    source: str = ""
    review: str = ""

    @property
    def correct_options(self) -> frozenset[int]:
        return frozenset(index for index, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True)
class DrawnQuestion:
    """A question in an attempt: its key and the order in which its options are shown."""

    key: str
    order: tuple[int, ...]


@dataclass(frozen=True)
class ShownQuestion:
    """What a browser may see of a question before it is graded. ``options``: (option id, text)."""

    key: str
    kind: QuestionKind
    stem: str
    options: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CompetenceScore:
    competence: str
    correct: int
    total: int

    @property
    def percent(self) -> int:
        return round(self.correct * 100 / self.total) if self.total else 0


@dataclass(frozen=True)
class Grade:
    """``percent`` is whole and rounded down, so that 69.9 never passes as 70."""

    correct: int
    total: int
    percent: int
    passed: bool
    competences: tuple[CompetenceScore, ...]
    right: Mapping[str, bool] = field(default_factory=dict)


def draw_questions(
    *, rule: AssessmentRule, bank: Sequence[QuestionSpec], chance: Random
) -> tuple[DrawnQuestion, ...]:
    """Draw by the blueprint, mix the questions, and mix the options of each.

    Raises:
        BankTooSmallError: not enough questions of a competence.
    """
    drawn: list[QuestionSpec] = []
    for part in rule.blueprint:
        pool = [q for q in bank if q.competence == part.competence and q not in drawn]
        if len(pool) < part.count:
            raise BankTooSmallError(part.competence)
        drawn.extend(chance.sample(pool, part.count))
    chance.shuffle(drawn)
    return tuple(DrawnQuestion(q.key, _mixed(len(q.options), chance)) for q in drawn)


def _mixed(count: int, chance: Random) -> tuple[int, ...]:
    return tuple(chance.sample(range(count), count))


def show_question(*, question: QuestionSpec, drawn: DrawnQuestion) -> ShownQuestion:
    """The question without its key, options in the order of the attempt."""
    return ShownQuestion(
        key=question.key,
        kind=question.kind,
        stem=question.stem,
        options=tuple((index, question.options[index].text) for index in drawn.order),
    )


def check_answer(*, question: QuestionSpec, chosen: Sequence[int]) -> tuple[int, ...]:
    """The chosen options, sorted and once each.

    Raises:
        AnswerError: an option the question does not have, or several where one is asked.
    """
    unique = tuple(sorted(set(chosen)))
    if any(index < 0 or index >= len(question.options) for index in unique):
        raise AnswerError(question.key)
    if question.kind == QuestionKind.SINGLE and len(unique) > 1:
        raise AnswerError(question.key)
    return unique


def is_right(*, question: QuestionSpec, chosen: Sequence[int]) -> bool:
    """All correct options and no other: guessing everything is never right."""
    return frozenset(chosen) == question.correct_options


def grade_attempt(
    *,
    rule: AssessmentRule,
    questions: Mapping[str, QuestionSpec],
    drawn: Sequence[DrawnQuestion],
    answers: Mapping[str, Sequence[int]],
) -> Grade:
    """Grade an attempt; a question without an answer is wrong."""
    right = {
        item.key: is_right(question=questions[item.key], chosen=answers.get(item.key, ())) for item in drawn
    }
    total, correct = len(drawn), sum(right.values())
    percent = correct * 100 // total if total else 0
    order = list(dict.fromkeys(part.competence for part in rule.blueprint))
    per_competence = tuple(
        CompetenceScore(
            code,
            sum(right[i.key] for i in drawn if questions[i.key].competence == code),
            sum(1 for i in drawn if questions[i.key].competence == code),
        )
        for code in order
    )
    return Grade(
        correct=correct,
        total=total,
        percent=percent,
        passed=bool(total) and correct * 100 >= rule.pass_percent * total,
        competences=tuple(score for score in per_competence if score.total),
        right=right,
    )


def question_to_json(question: QuestionSpec) -> dict[str, Any]:
    """Plain data, as frozen in a release."""
    return {
        "key": question.key,
        "competence": question.competence,
        "difficulty": question.difficulty,
        "kind": str(question.kind),
        "stem": question.stem,
        "options": [{"text": o.text, "correct": o.correct, "feedback": o.feedback} for o in question.options],
        "source": question.source,
        "review": question.review,
    }


def question_from_json(data: Mapping[str, Any]) -> QuestionSpec:
    """The inverse of :func:`question_to_json`."""
    return QuestionSpec(
        **{
            **data,
            "kind": QuestionKind(data["kind"]),
            "options": tuple(OptionSpec(**option) for option in data["options"]),
        }
    )
