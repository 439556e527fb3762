"""Signs that an attempt was not answered as attempts are. They ask for a look; they prove nothing. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

FEWEST_QUESTIONS = 5
"""Shorter attempts say too little."""
FAST_SECONDS = 5
"""Nobody reads a question and its alternatives in less."""
FAST_SHARE = 0.8
SAME_SECONDS = 3
SAME_SHARE = 0.8
NEAR_START = timedelta(minutes=10)
MOST_NEAR = 200
"""Attempts with which one is compared; more at the same time are a class that began together."""


class Sign(StrEnum):
    """The values are stored."""

    TOO_FAST = "too_fast"
    SAME_TIMING = "same_timing"


@dataclass(frozen=True)
class Timed:
    """An attempt: when it began, and of each question what was answered last and when."""

    key: int
    person_key: int
    started_at: datetime
    answers: Mapping[str, tuple[Any, datetime]]
    passed: bool


@dataclass(frozen=True)
class Found:
    """``with_key``: the other attempt, where there is one; ``count`` of ``total`` questions show it."""

    key: int
    sign: Sign
    count: int
    total: int
    with_key: int | None = None


def find_signs(*, attempts: Sequence[Timed], fresh: frozenset[int]) -> Iterator[Found]:
    """The signs of the attempts whose key is in ``fresh``, each pair once.

    Too fast: passed, with most answers within :data:`FAST_SECONDS` of the one before. Same timing:
    two people gave the same answers to most of the questions that both had, within
    :data:`SAME_SECONDS` of each other. Compared are attempts that began within :data:`NEAR_START`.
    """
    ordered = sorted(attempts, key=lambda one: (one.started_at, one.key))
    for index, one in enumerate(ordered):
        if one.key in fresh and (fast := _too_fast(one)):
            yield fast
        for other in islice(ordered, index + 1, index + 1 + MOST_NEAR):
            if other.started_at - one.started_at > NEAR_START:
                break
            if one.person_key != other.person_key and fresh & {one.key, other.key}:
                yield from _same_timing(one, other)


def _too_fast(one: Timed) -> Found | None:
    total = len(one.answers)
    if total < FEWEST_QUESTIONS or not one.passed:
        return None
    moments = sorted(at for _answer, at in one.answers.values())
    before = [one.started_at, *moments[:-1]]
    limit = timedelta(seconds=FAST_SECONDS)
    count = sum(at - earlier < limit for earlier, at in zip(before, moments, strict=True))
    # Answers that were sent together (all on one page, or after a time offline) have one moment.
    if len(set(moments)) < total or count < FAST_SHARE * total:
        return None
    return Found(one.key, Sign.TOO_FAST, count, total)


def _same_timing(one: Timed, other: Timed) -> Iterator[Found]:
    shared = one.answers.keys() & other.answers.keys()
    if len(shared) < FEWEST_QUESTIONS:
        return
    limit = timedelta(seconds=SAME_SECONDS)
    count = sum(
        one.answers[key][0] == other.answers[key][0]
        and abs(one.answers[key][1] - other.answers[key][1]) <= limit
        for key in shared
    )
    if count >= SAME_SHARE * len(shared):
        yield Found(other.key, Sign.SAME_TIMING, count, len(shared), one.key)
