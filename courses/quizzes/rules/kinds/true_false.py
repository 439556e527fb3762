"""True or false, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from courses.quizzes.rules.kinds.base import (
    ALL,
    NOTHING,
    Answer,
    AnswerError,
    Fields,
    Flaw,
    Kind,
    Option,
    Order,
    Words,
    are_same,
    mixed,
    one,
    pick,
)


@dataclass(frozen=True)
class TrueFalse:
    """``reasons``: one is right; none where only true or false is asked."""

    is_true: bool
    reasons: tuple[Option, ...] = ()
    feedback_true: str = ""
    feedback_false: str = ""


@dataclass(frozen=True)
class ShownTrueFalse:
    reasons: tuple[str, ...]


class TrueFalseKind(Kind[TrueFalse]):
    """Answers are ``{"truth": bool, "reason": index or None}``.

    Right when both are: a right guess with a wrong reason is not knowledge (two-tier items: Treagust, 1988).
    """

    body_type = TrueFalse

    def flaws(self, body: TrueFalse) -> Iterator[Flaw]:
        if not body.reasons:
            return
        if len(body.reasons) < 2:
            yield Flaw.FEW_OPTIONS
        if are_same([reason.text for reason in body.reasons]):
            yield Flaw.SAME_OPTION
        if sum(reason.correct for reason in body.reasons) != 1:
            yield Flaw.ONE_CORRECT

    def draw_order(self, body: TrueFalse, chance: Random) -> Order:
        return mixed(body.reasons, chance, shuffle=True)

    def show(self, body: TrueFalse, order: Order) -> ShownTrueFalse:
        return ShownTrueFalse(tuple(body.reasons[index].text for index in order))

    def read(self, body: TrueFalse, order: Order, fields: Fields, name: str) -> Answer:
        truth = one(fields.get(name, ()))
        reasons = pick(fields.get(f"{name}-razon", ()), len(order))
        if truth not in ("", "si", "no") or len(reasons) > 1:
            raise AnswerError(truth[:40])
        if not truth and not reasons:
            return None
        return {
            "truth": {"si": True, "no": False}.get(truth),
            "reason": order[reasons[0]] if reasons else None,
        }

    def fill(self, body: TrueFalse, order: Order, answer: Answer) -> Any:
        if answer is None:
            return {"truth": None, "reason": None}
        reason = answer["reason"]
        return {"truth": answer["truth"], "reason": None if reason is None else order.index(reason)}

    def check(self, body: TrueFalse, answer: Answer) -> Answer:
        if not isinstance(answer, dict) or set(answer) != {"truth", "reason"}:
            raise AnswerError("shape")
        truth, reason = answer["truth"], answer["reason"]
        if truth is not None and not isinstance(truth, bool):
            raise AnswerError("truth")
        if reason is not None and (
            not isinstance(reason, int) or isinstance(reason, bool) or not 0 <= reason < len(body.reasons)
        ):
            raise AnswerError("reason")
        return {"truth": truth, "reason": reason}

    def grade(self, body: TrueFalse, answer: Answer) -> Fraction:
        if answer is None or answer["truth"] is not body.is_true:
            return NOTHING
        if body.reasons and (answer["reason"] is None or not body.reasons[answer["reason"]].correct):
            return NOTHING
        return ALL

    def solve(self, body: TrueFalse) -> Answer:
        right = (index for index, reason in enumerate(body.reasons) if reason.correct)
        return {"truth": body.is_true, "reason": next(right, None)}

    def feedback(self, body: TrueFalse, answer: Answer) -> list[str]:
        if answer is None:
            return []
        said = {True: body.feedback_true, False: body.feedback_false}.get(answer["truth"], "")
        reason = "" if answer["reason"] is None else body.reasons[answer["reason"]].feedback
        return [text for text in (said, reason) if text]

    def tell(self, body: TrueFalse, answer: Answer, words: Words) -> str:
        if answer is None:
            return ""
        truth = {True: words.true, False: words.false}.get(answer["truth"], "—")
        return truth if answer["reason"] is None else f"{truth}: {body.reasons[answer['reason']].text}"
