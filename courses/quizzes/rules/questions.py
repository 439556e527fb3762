"""A question as plain data, and what a browser may see of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from courses.quizzes.rules.kinds import KINDS, Kind, QuestionKind
from courses.quizzes.rules.kinds.base import Answer, Fields, Flaw, Order, Words


@dataclass(frozen=True)
class QuestionSpec:
    """A question with its key. Never give one to a template: see :class:`ShownQuestion`.

    ``body``: as its kind has it (``courses.quizzes.rules.kinds``). ``difficulty`` 1 to 3.
    """

    key: str
    competence: str
    difficulty: int
    kind: QuestionKind
    stem: str
    body: Any
    source: str = ""
    review: str = ""
    tags: tuple[str, ...] = ()
    version: int = 1

    @property
    def of_kind(self) -> Kind[Any]:
        return KINDS[self.kind]

    @property
    def is_marked_by_person(self) -> bool:
        """Whether a trainer gives the points."""
        return self.of_kind.is_marked_by_person

    def flaws(self) -> list[Flaw]:
        """What keeps it from being asked."""
        return list(dict.fromkeys(self.of_kind.flaws(self.body)))

    def check(self, answer: Answer) -> Answer:
        """The answer in its one shape; ``None`` stays ``None``.

        Raises:
            courses.quizzes.rules.AnswerError: it does not belong to the question.
        """
        return None if answer is None else self.of_kind.check(self.body, answer)

    def read(self, order: Order, fields: Fields, name: str) -> Answer:
        """The answer in a posted form, or ``None``.

        Raises:
            courses.quizzes.rules.AnswerError: it does not belong to the question.
        """
        return self.of_kind.read(self.body, order, fields, name)

    def grade(self, answer: Answer) -> Fraction | None:
        """From 0 to 1; ``None`` where a person has to mark it."""
        return self.of_kind.grade(self.body, answer)

    def feedback(self, answer: Answer) -> list[str]:
        return self.of_kind.feedback(self.body, answer)

    def solve(self) -> Answer:
        """An answer with all the points, or ``None`` where a person gives them. For authors only."""
        return self.of_kind.solve(self.body)

    def tell(self, answer: Answer, words: Words) -> str:
        return self.of_kind.tell(self.body, answer, words)


@dataclass(frozen=True)
class DrawnQuestion:
    """A question in an attempt: its key, and the order in which its parts are shown."""

    key: str
    order: Order


@dataclass(frozen=True)
class ShownQuestion:
    """What a browser may see of a question before it is graded. ``shown`` and ``filled``: by its kind."""

    key: str
    kind: QuestionKind
    stem: str
    shown: Any
    filled: Any


def draw_order(*, question: QuestionSpec, chance: Random) -> DrawnQuestion:
    """How one attempt shows it."""
    return DrawnQuestion(question.key, question.of_kind.draw_order(question.body, chance))


def show_question(*, question: QuestionSpec, drawn: DrawnQuestion, answer: Answer = None) -> ShownQuestion:
    """The question without its key, in the order of the attempt, with what was answered so far."""
    kind = question.of_kind
    return ShownQuestion(
        key=question.key,
        kind=question.kind,
        stem=question.stem,
        shown=kind.show(question.body, drawn.order),
        filled=kind.fill(question.body, drawn.order, answer),
    )


def question_to_json(question: QuestionSpec) -> dict[str, Any]:
    """Plain data, as frozen in a release. It carries the key."""
    return {
        "key": question.key,
        "competence": question.competence,
        "difficulty": question.difficulty,
        "kind": str(question.kind),
        "stem": question.stem,
        "body": question.of_kind.to_json(question.body),
        "source": question.source,
        "review": question.review,
        "tags": list(question.tags),
        "version": question.version,
    }


def question_from_json(data: Mapping[str, Any]) -> QuestionSpec:
    """The inverse of :func:`question_to_json`; also reads releases of before there were bodies."""
    kind = QuestionKind(data["kind"])
    body = data.get("body") or {"options": data["options"]}
    rest = {name: data[name] for name in ("key", "competence", "difficulty", "stem", "source", "review")}
    return QuestionSpec(
        **rest,
        kind=kind,
        body=KINDS[kind].from_json(body),
        tags=tuple(data.get("tags", ())),
        version=data.get("version", 1),
    )


def asks_the_same(old: QuestionSpec, new: QuestionSpec) -> bool:
    """Whether learners saw the same under both: then an answer to the one is one to the other."""
    if (old.kind, old.stem) != (new.kind, new.stem):
        return False
    # The same chance mixes two equal questions equally.
    shown = [
        question.of_kind.show(question.body, question.of_kind.draw_order(question.body, Random(0)))  # noqa: S311
        for question in (old, new)
    ]
    return bool(shown[0] == shown[1])
