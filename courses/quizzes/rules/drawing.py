"""Drawing the questions of an attempt by the blueprint of its assessment."""

from collections.abc import Sequence
from random import Random

from courses.outline import AssessmentRule, DrawSpec
from courses.quizzes.rules.questions import DrawnQuestion, QuestionSpec, draw_order


class BankTooSmallError(Exception):
    """The bank has too few questions for a part of the blueprint; ``part`` says which."""

    def __init__(self, part: DrawSpec) -> None:
        super().__init__(part.competence)
        self.part = part


def draw_questions(
    *, rule: AssessmentRule, bank: Sequence[QuestionSpec], chance: Random
) -> tuple[DrawnQuestion, ...]:
    """Draw by the blueprint, each question once; mix the questions, and the parts of each.

    Raises:
        BankTooSmallError: see there.
    """
    drawn = _choose(rule.blueprint, chance.sample(bank, len(bank)))
    chance.shuffle(drawn)
    return tuple(draw_order(question=question, chance=chance) for question in drawn)


def check_bank(*, blueprint: Sequence[DrawSpec], bank: Sequence[QuestionSpec]) -> None:
    """That the bank suffices, also where a question fits several parts.

    Raises:
        BankTooSmallError: see there.
    """
    _choose(blueprint, bank)


def fits(*, part: DrawSpec, question: QuestionSpec) -> bool:
    """Whether a part of a blueprint may draw the question."""
    return (
        question.competence == part.competence
        and part.difficulty in (0, question.difficulty)
        and (not part.tag or part.tag in question.tags)
    )


def _choose(blueprint: Sequence[DrawSpec], bank: Sequence[QuestionSpec]) -> list[QuestionSpec]:
    """A different question for each place, the first of the bank that do: a matching by augmenting paths.

    A part that asks for hard ones is not left without because an earlier part took them by chance.
    """
    places = [part for part in blueprint for _ in range(part.count)]
    taken: dict[int, int] = {}  # index of a question -> index of its place
    for number, part in enumerate(places):
        if not _place(number, places, bank, taken, set()):
            raise BankTooSmallError(part)
    return [bank[index] for index in taken]


def _place(
    number: int,
    places: Sequence[DrawSpec],
    bank: Sequence[QuestionSpec],
    taken: dict[int, int],
    tried: set[int],
) -> bool:
    fitting = [i for i, q in enumerate(bank) if i not in tried and fits(part=places[number], question=q)]
    for index in fitting:
        if index not in taken:
            taken[index] = number
            return True
    for index in fitting:
        tried.add(index)
        if _place(taken[index], places, bank, taken, tried):
            taken[index] = number
            return True
    return False
