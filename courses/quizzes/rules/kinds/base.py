"""What every kind of question can do. A kind knows its own content, its key and its answers.

Three shapes travel apart, and only the middle one reaches a browser before it may see the key:

- the *body*, the content with its key, frozen in a release;
- what is *shown*, made of the body and an *order* by :meth:`Kind.show`, without the key and without
  the author's order, which often tells the key;
- the *answer*, plain JSON in terms of the body, made of a form's fields by :meth:`Kind.read`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from random import Random
from typing import Any, Generic, TypeVar

import msgspec


class AnswerError(ValueError):
    """The answer does not belong to the question: an option that it does not have, too many of them."""


class QuestionKind(StrEnum):
    """The values are stored; do not change them."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    MATCHING = "matching"
    ORDERING = "ordering"
    NUMERIC = "numeric"
    SHORT_TEXT = "short_text"
    CLOZE = "cloze"
    HOTSPOT = "hotspot"
    JUDGEMENT = "judgement"
    CASE = "case"
    OPEN = "open"


Answer = Any
"""Plain JSON; its shape is in the docstring of the kind. ``None``: not answered."""

Order = list[Any]
"""Plain JSON, drawn once per attempt: in which order things are shown."""

Fields = Mapping[str, Sequence[str]]
"""What a form posts, by name of field."""

Body = TypeVar("Body")

NOTHING, ALL = Fraction(0), Fraction(1)


class Flaw(StrEnum):
    """What an author has to mend before a question can be asked."""

    FEW_OPTIONS = "few_options"
    SAME_OPTION = "same_option"
    ONE_CORRECT = "one_correct"
    SOME_CORRECT = "some_correct"
    FEW_PAIRS = "few_pairs"
    SAME_PAIR = "same_pair"
    FEW_ITEMS = "few_items"
    NO_NUMBER = "no_number"
    NEGATIVE_TOLERANCE = "negative_tolerance"
    BAD_UNIT = "bad_unit"
    NO_VARIANT = "no_variant"
    NO_FULL_VARIANT = "no_full_variant"
    BAD_CREDIT = "bad_credit"
    NO_GAP = "no_gap"
    GAP_MISSING = "gap_missing"
    BAD_AREA = "bad_area"
    NO_LABEL = "no_label"
    NO_PARTS = "no_parts"
    BAD_PART = "bad_part"
    NO_CRITERIA = "no_criteria"
    FEW_LEVELS = "few_levels"
    NO_IMAGE = "no_image"


class Kind(ABC, Generic[Body]):
    """One kind of question. Stateless; see the registry in ``courses.quizzes.rules.kinds``."""

    body_type: type[Body]
    is_marked_by_person = False
    """Whether a trainer gives the points."""

    def to_json(self, body: Body) -> dict[str, Any]:
        """Plain data, as frozen in a release. It carries the key."""
        data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(body))
        return data

    def from_json(self, data: Mapping[str, Any]) -> Body:
        """The inverse of :meth:`to_json`.

        Raises:
            msgspec.ValidationError: something is missing or of another type; it says where.
        """
        return msgspec.convert(data, type=self.body_type)

    @abstractmethod
    def flaws(self, body: Body) -> Iterator[Flaw]:
        """What keeps the question from being asked; nothing where it is good."""

    def draw_order(self, body: Body, chance: Random) -> Order:
        """How an attempt shows it."""
        return []

    @abstractmethod
    def show(self, body: Body, order: Order) -> Any:
        """What a browser may see: a frozen dataclass without the key."""

    @abstractmethod
    def read(self, body: Body, order: Order, fields: Fields, name: str) -> Answer:
        """The answer in a posted form; ``None`` where nothing was answered.

        Args:
            name: of the field, or the beginning of the names where there are several.

        Raises:
            AnswerError: see there.
        """

    @abstractmethod
    def fill(self, body: Body, order: Order, answer: Answer) -> Any:
        """The inverse of :meth:`read`, for a form: in terms of what is shown."""

    @abstractmethod
    def check(self, body: Body, answer: Answer) -> Answer:
        """The answer in its one shape.

        Raises:
            AnswerError: see there.
        """

    @abstractmethod
    def grade(self, body: Body, answer: Answer) -> Fraction | None:
        """From 0 to 1; ``None`` where a person gives the points. ``answer`` has been checked."""

    @abstractmethod
    def solve(self, body: Body) -> Answer:
        """An answer that has all the points; ``None`` where a person gives them. For authors only."""

    def feedback(self, body: Body, answer: Answer) -> list[str]:
        """What to say of this answer once it has been graded. Never the key."""
        return []

    @abstractmethod
    def tell(self, body: Body, answer: Answer, words: "Words") -> str:
        """The answer in words, for whoever may read it after grading; empty where there is none."""


@dataclass(frozen=True)
class Words:
    """The few words that are the platform's, in the language of whoever reads."""

    true: str = "Verdadero"
    false: str = "Falso"


@dataclass(frozen=True)
class Option:
    """Something to choose. ``is_pinned``: it stays at the end («all of the above»)."""

    text: str
    correct: bool
    feedback: str = ""
    is_pinned: bool = False


def mixed(options: Sequence[Option], chance: Random, *, shuffle: bool) -> list[int]:
    """Indexes in the order of an attempt: shuffled, the pinned ones at the end as the author has them."""
    loose = [index for index, option in enumerate(options) if not option.is_pinned]
    if shuffle:
        chance.shuffle(loose)
    return loose + [index for index, option in enumerate(options) if option.is_pinned]


def pick(values: Sequence[str], count: int) -> list[int]:
    """Positions that a form posts, each below ``count``, once each; an empty value is none.

    Raises:
        AnswerError: something else.
    """
    positions = []
    for value in filter(None, values):
        if not (value.isascii() and value.isdigit() and len(value) < 4 and int(value) < count):
            raise AnswerError(value[:40])
        if int(value) not in positions:
            positions.append(int(value))
    return positions


def one(values: Sequence[str]) -> str:
    """The single value of a field, without blanks around; empty where there is none.

    Raises:
        AnswerError: several.
    """
    if len(values) > 1:
        raise AnswerError("several")
    return values[0].strip() if values else ""


def check_indexes(answer: Answer, count: int) -> list[int]:
    """A list of different indexes below ``count``, sorted.

    Raises:
        AnswerError: something else.
    """
    if not isinstance(answer, list):
        raise AnswerError("no list")
    found = set()
    for index in answer:
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            raise AnswerError("no such option")
        found.add(index)
    return sorted(found)


def are_same(texts: Sequence[str]) -> bool:
    """Whether two of them read alike."""
    folded = [" ".join(text.casefold().split()) for text in texts]
    return len(set(folded)) < len(folded)
