"""The key of a response, wherever the item has it: declared, mapped, or written out in rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.qti.reading.declarations import Declaration, Mapped
from courses.quizzes.formats.qti.reading.item import Item, RefusedError
from courses.quizzes.formats.qti.reading.processing import Scoring


@dataclass(frozen=True)
class Key:
    """``points``: by value, zero and below included. ``is_whole``: all of it or nothing."""

    points: Mapping[str, Decimal]
    is_whole: bool

    @cached_property
    def best(self) -> Decimal:
        return max(self.points.values(), default=Decimal(0))

    def is_right(self, value: str) -> bool:
        return self.points.get(value, Decimal(0)) > 0

    def percent(self, value: str) -> int:
        """Of the best, 0 to 100; what earns anything earns at least 1."""
        points = self.points.get(value, Decimal(0))
        return max(round(100 * points / self.best), 1) if points > 0 else 0


def find_key(item: Item, declaration: Declaration) -> Key:
    """The key of a response; what cannot be kept of its points is noted.

    Raises:
        RefusedError: only a script knows it.
    """
    has_key = bool(declaration.correct or declaration.mapped)
    if item.processing.needs_script and not has_key:
        raise RefusedError(Refusal.NEEDS_A_SCRIPT)
    if item.processing.is_custom or item.processing.needs_script:
        item.adapted.append(Adapted.CREDIT_REPLACED)
    if item.processing.is_weighted:
        item.adapted.append(Adapted.WEIGHT_LEFT_OUT)
    return _key(declaration, item.processing.scoring.get(declaration.identifier, Scoring()))


def note_penalty(item: Item, key: Key) -> None:
    """Where something costs points: with us it earns none."""
    if any(points < 0 for points in key.points.values()):
        item.adapted.append(Adapted.PENALTY_LEFT_OUT)


def _key(declaration: Declaration, scoring: Scoring) -> Key:
    whole = dict.fromkeys(declaration.correct, Decimal(1))
    if scoring.is_mapped and declaration.mapped:
        return Key(declaration.mapped.points, is_whole=False)
    if scoring.points:
        best = max(scoring.points.values())
        points = dict.fromkeys(declaration.correct if scoring.is_matched else (), max(best, Decimal(1)))
        return Key({**points, **scoring.points}, is_whole=False)
    if whole:
        return Key(whole, is_whole=True)
    return Key(declaration.mapped.points if declaration.mapped else {}, is_whole=False)


def is_our_sharing(mapped: Mapped | None, right: int, wrong: int) -> bool:
    """Whether a mapping gives what ours does: equal shares for the right ones, taken away for wrong ones.

    See ``courses.quizzes.rules.kinds.choice.Multiple.grade``.
    """
    if mapped is None or not right or not wrong or mapped.lower != 0:
        return False
    gains = [points for points in mapped.points.values() if points > 0]
    losses = [-points for points in mapped.points.values() if points < 0]
    total = sum(gains)
    near = [abs(gain * right - total) for gain in gains] + [abs(loss * wrong - total) for loss in losses]
    return len(gains) == right and len(losses) == wrong and max(near) <= total / 1000
