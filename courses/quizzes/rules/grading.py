"""Grading an attempt. Exact: points are fractions, so that 69.9 never passes as 70."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from courses.outline import AssessmentRule
from courses.quizzes.rules.kinds.base import NOTHING, Answer
from courses.quizzes.rules.questions import DrawnQuestion, QuestionSpec

Scores = Mapping[str, Fraction | None]
"""By key of the question: from 0 to 1, ``None`` while it waits for a person's mark."""


@dataclass(frozen=True)
class CompetenceScore:
    """``points`` of ``total``; ``reached`` where the assessment asks for a share in each competence."""

    competence: str
    points: Fraction
    total: int

    @property
    def percent(self) -> int:
        """Rounded down."""
        return floor(self.points * 100 / self.total) if self.total else 0


@dataclass(frozen=True)
class Grade:
    """``percent`` is whole and rounded down. ``waiting``: keys of questions without a mark yet.

    While any wait, ``passed`` says only what the points so far suffice for.
    """

    points: Fraction
    total: int
    passed: bool
    competences: tuple[CompetenceScore, ...]
    scores: Scores = field(default_factory=dict)

    @property
    def percent(self) -> int:
        return floor(self.points * 100 / self.total) if self.total else 0

    @property
    def waiting(self) -> tuple[str, ...]:
        return tuple(key for key, score in self.scores.items() if score is None)


def score_answers(
    *,
    wordings: Sequence[Mapping[str, QuestionSpec]],
    drawn: Sequence[DrawnQuestion],
    answers: Mapping[str, Answer],
) -> dict[str, Fraction | None]:
    """The points of each question drawn; one without an answer has none.

    Args:
        wordings: the questions in each language. Who learns may change language in the middle, so
            what is written counts as in the language in which it is worth most.
    """
    return {item.key: _score(item.key, wordings, answers.get(item.key)) for item in drawn}


def _score(key: str, wordings: Sequence[Mapping[str, QuestionSpec]], answer: Answer) -> Fraction | None:
    scores = [questions[key].grade(answer) for questions in wordings if key in questions]
    return None if None in scores else max(score or NOTHING for score in scores)


def grade_scores(*, rule: AssessmentRule, questions: Mapping[str, QuestionSpec], scores: Scores) -> Grade:
    """Points, competences, and whether they suffice.

    Passed: ``pass_percent`` of all points, and of those of each competence at least
    ``pass_percent_each``. A question counts one point.
    """
    total = len(scores)
    points = sum((score or NOTHING for score in scores.values()), NOTHING)
    order = list(dict.fromkeys(part.competence for part in rule.blueprint))
    rows = (_of_competence(code, questions, scores) for code in order)
    competences = tuple(row for row in rows if row.total)
    return Grade(
        points=points,
        total=total,
        passed=bool(total)
        and points * 100 >= rule.pass_percent * total
        and all(row.points * 100 >= rule.pass_percent_each * row.total for row in competences),
        competences=competences,
        scores=scores,
    )


def grade_attempt(
    *,
    rule: AssessmentRule,
    questions: Mapping[str, QuestionSpec],
    drawn: Sequence[DrawnQuestion],
    answers: Mapping[str, Answer],
) -> Grade:
    """Score the answers, and grade them."""
    scores = score_answers(wordings=[questions], drawn=drawn, answers=answers)
    return grade_scores(rule=rule, questions=questions, scores=scores)


def _of_competence(code: str, questions: Mapping[str, QuestionSpec], scores: Scores) -> CompetenceScore:
    mine = [score for key, score in scores.items() if questions[key].competence == code]
    return CompetenceScore(code, sum((score or NOTHING for score in mine), NOTHING), len(mine))
