"""A word or a few, with the variants that are accepted."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from courses.quizzes.rules.kinds.base import (
    NOTHING,
    Answer,
    AnswerError,
    Fields,
    Flaw,
    Kind,
    Order,
    Words,
    one,
)
from courses.quizzes.rules.kinds.written import LONGEST_SHORT, fold_text


@dataclass(frozen=True)
class Variant:
    """A text that is accepted. ``percent``: of the points, 1 to 100. ``*`` stands for any text."""

    text: str
    percent: int = 100
    feedback: str = ""


@dataclass(frozen=True)
class ShortText:
    variants: tuple[Variant, ...]
    with_accents: bool = False
    with_case: bool = False
    feedback_wrong: str = ""

    def find(self, text: str) -> Variant | None:
        """The best variant that the text is, if it is one."""
        given = self._fold(text)
        found = [variant for variant in self.variants if _matches(self._fold(variant.text), given)]
        return max(found, key=lambda variant: variant.percent, default=None) if given else None

    def _fold(self, text: str) -> str:
        return fold_text(text, with_accents=self.with_accents, with_case=self.with_case)


@dataclass(frozen=True)
class ShownShortText:
    longest: int = LONGEST_SHORT


class ShortTextKind(Kind[ShortText]):
    """Answers are the text as written."""

    body_type = ShortText

    def flaws(self, body: ShortText) -> Iterator[Flaw]:
        if not body.variants or any(not variant.text.strip(" *") for variant in body.variants):
            yield Flaw.NO_VARIANT
        elif not any(variant.percent == 100 for variant in body.variants):
            yield Flaw.NO_FULL_VARIANT
        if any(not 1 <= variant.percent <= 100 for variant in body.variants):
            yield Flaw.BAD_CREDIT

    def show(self, body: ShortText, order: Order) -> ShownShortText:
        return ShownShortText()

    def read(self, body: ShortText, order: Order, fields: Fields, name: str) -> Answer:
        text = one(fields.get(name, ()))
        return self.check(body, text) if text else None

    def fill(self, body: ShortText, order: Order, answer: Answer) -> str:
        return answer or ""

    def check(self, body: ShortText, answer: Answer) -> Answer:
        if not isinstance(answer, str) or len(answer) > LONGEST_SHORT or "\0" in answer:
            raise AnswerError("text")
        return answer

    def grade(self, body: ShortText, answer: Answer) -> Fraction:
        variant = body.find(answer) if answer else None
        return Fraction(variant.percent, 100) if variant else NOTHING

    def solve(self, body: ShortText) -> Answer:
        return max(body.variants, key=lambda variant: variant.percent).text

    def feedback(self, body: ShortText, answer: Answer) -> list[str]:
        if not answer:
            return []
        variant = body.find(answer)
        text = variant.feedback if variant else body.feedback_wrong
        return [text] if text else []

    def tell(self, body: ShortText, answer: Answer, words: Words) -> str:
        return answer or ""


def _matches(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, ``*`` standing for any text. Linear: no regular expression."""
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    if not text.startswith(first):
        return False
    *middle, last = rest
    position = len(first)
    for part in middle:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return len(text) - len(last) >= position and text.endswith(last)
