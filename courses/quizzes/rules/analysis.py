"""How well questions measure, from the attempts at an assessment. No person is named anywhere.

Classical test theory, for assessments that draw their questions: an item is compared with the mean of
the others in the same attempt, since no two attempts have the same ones.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import correlation, mean, median

from courses.quizzes.rules.kinds import QuestionKind
from courses.quizzes.rules.questions import QuestionSpec

FEWEST = 30
"""Attempts from which on a figure is told: below that chance decides more than the question."""

TOO_HARD, TOO_EASY = 0.30, 0.95
POOR = 0.20
"""Discrimination below which a question is to be revised (Ebel & Frisbie, 1991: under 0.19 poor)."""

GOOD_RELIABILITY = 0.70
"""Nunnally (1978): enough for decisions about groups, and the least for those about a person."""

OF_OPTIONS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.HOTSPOT})


class Advice(StrEnum):
    """What an author may want to do about a question."""

    CHECK_KEY = "check_key"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    TELLS_LITTLE = "tells_little"
    UNUSED_OPTION = "unused_option"
    TAKES_LONG = "takes_long"


@dataclass(frozen=True)
class TakenQuestion:
    """One question of one attempt. ``score`` 0 to 1; ``chosen``: options, where it has some.

    ``seconds``: from the answer before to this one; ``None`` where it is not known.
    """

    key: str
    score: float
    chosen: tuple[int, ...] = ()
    seconds: float | None = None


Attempt = Sequence[TakenQuestion]


@dataclass(frozen=True)
class OptionUse:
    """``share`` of those who were asked and chose it; ``mean_rest``: how they did in the other questions."""

    number: int
    share: float
    mean_rest: float | None


@dataclass(frozen=True)
class ItemFigures:
    """``facility``: mean score. ``discrimination``: correlation with the other questions, −1 to 1,

    ``None`` where all had the same score. ``seconds``: median.
    """

    key: str
    attempts: int
    facility: float
    discrimination: float | None
    seconds: float | None
    options: tuple[OptionUse, ...] = ()
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True)
class AssessmentFigures:
    """Of the whole assessment. ``reliability``: 0 to 1, ``None`` where it cannot be told."""

    attempts: int
    mean_score: float
    reliability: float | None

    @property
    def is_reliable(self) -> bool:
        return self.reliability is not None and self.reliability >= GOOD_RELIABILITY


def analyse_items(
    *, attempts: Sequence[Attempt], questions: Mapping[str, QuestionSpec]
) -> dict[str, ItemFigures]:
    """Figures of each question that was asked in at least :data:`FEWEST` attempts, by key."""
    taken: dict[str, list[tuple[TakenQuestion, float]]] = {}
    for attempt in attempts:
        for item in attempt:
            others = [other.score for other in attempt if other is not item]
            if item.key in questions and others:
                taken.setdefault(item.key, []).append((item, mean(others)))
    usual = median([_median_seconds(rows) or 0 for rows in taken.values()]) if taken else 0
    return {key: _figures(questions[key], rows, usual) for key, rows in taken.items() if len(rows) >= FEWEST}


def analyse_test(*, attempts: Sequence[Attempt]) -> AssessmentFigures | None:
    """``None`` below :data:`FEWEST` attempts.

    Reliability: the two halves of each attempt, by turns, correlated, and for the whole length by
    Spearman–Brown (1910).
    """
    whole = [attempt for attempt in attempts if attempt]
    if len(whole) < FEWEST:
        return None
    halves = [(attempt[::2], attempt[1::2]) for attempt in whole if len(attempt) > 1]
    found = _correlate(
        [mean(item.score for item in one) for one, _other in halves],
        [mean(item.score for item in other) for _one, other in halves],
    )
    reliability = max(2 * found / (1 + found), 0.0) if found is not None and found > -1 else None
    scores = [mean(item.score for item in attempt) for attempt in whole]
    return AssessmentFigures(len(whole), mean(scores), reliability)


def _figures(question: QuestionSpec, rows: list[tuple[TakenQuestion, float]], usual: float) -> ItemFigures:
    scores = [item.score for item, _rest in rows]
    figures = ItemFigures(
        key=question.key,
        attempts=len(rows),
        facility=mean(scores),
        discrimination=_correlate(scores, [rest for _item, rest in rows]),
        seconds=_median_seconds(rows),
        options=_options(question, rows),
    )
    return ItemFigures(**{**vars(figures), "advice": tuple(_advise(question, figures, usual))})


def _options(question: QuestionSpec, rows: list[tuple[TakenQuestion, float]]) -> tuple[OptionUse, ...]:
    if question.kind not in OF_OPTIONS:
        return ()
    options = question.body.areas if question.kind == QuestionKind.HOTSPOT else question.body.options
    counts = Counter(number for item, _rest in rows for number in item.chosen)
    return tuple(
        OptionUse(
            number,
            counts[number] / len(rows),
            mean(rests) if (rests := [rest for item, rest in rows if number in item.chosen]) else None,
        )
        for number in range(len(options))
    )


def _advise(question: QuestionSpec, figures: ItemFigures, usual: float) -> list[Advice]:
    advice = []
    power = figures.discrimination
    if power is not None and power < 0:
        advice.append(Advice.CHECK_KEY)
    if figures.facility < TOO_HARD:
        advice.append(Advice.TOO_HARD)
    if figures.facility > TOO_EASY:
        advice.append(Advice.TOO_EASY)
    elif power is not None and 0 <= power < POOR:
        advice.append(Advice.TELLS_LITTLE)
    if any(use.share == 0 for use in figures.options):
        advice.append(Advice.UNUSED_OPTION)
    if figures.seconds and usual and figures.seconds > 3 * usual:
        advice.append(Advice.TAKES_LONG)
    return advice


def _correlate(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Pearson's; ``None`` where one of them does not vary."""
    if len(left) < 2 or len(set(left)) < 2 or len(set(right)) < 2:
        return None
    return correlation(left, right)


def _median_seconds(rows: Sequence[tuple[TakenQuestion, float]]) -> float | None:
    found = [item.seconds for item, _rest in rows if item.seconds is not None]
    return median(found) if found else None
