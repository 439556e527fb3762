"""Targets of forwarding with how they are doing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from lms.operations.words import describe_verb
from lms.operations.words_forwarding import COUNTED, Standing, StateWords, describe_state
from lms.xapi.models import DeadLetter, ForwardTarget
from lms.xapi.selectors.forwarding import Waiting, count_waiting


@dataclass(frozen=True)
class TargetLine:
    """A target with its state in words; ``refused`` statements were set aside."""

    target: ForwardTarget
    state: StateWords
    verbs: list[str]
    refused: int


def list_targets(*, at: datetime) -> list[TargetLine]:
    """All of them by name. Two queries."""
    waiting = count_waiting(at_most=COUNTED + 1)
    return [_line(target, waiting, at) for target in _targets().order_by("name")]


def find_target(*, target_id: int, at: datetime) -> TargetLine | None:
    """One of them. Two queries."""
    target = _targets().filter(pk=target_id).first()
    return None if target is None else _line(target, count_waiting(at_most=COUNTED + 1), at)


def list_dead_letters(*, target_id: int) -> QuerySet[DeadLetter]:
    """What a target refused for good, the oldest statement first. One query when read."""
    return DeadLetter.objects.filter(target_id=target_id).order_by("position")


def is_target_name_taken(*, name: str) -> bool:
    """One query."""
    return ForwardTarget.objects.filter(name__iexact=name).exists()


def _targets() -> QuerySet[ForwardTarget]:
    return ForwardTarget.objects.annotate(refused=Count("dead_letters"))


def _line(target: ForwardTarget, waiting: dict[int, Waiting], at: datetime) -> TargetLine:
    left = waiting.get(target.pk, Waiting(0, None))
    standing = Standing(
        is_active=target.is_active,
        failures=target.failures,
        last_error=target.last_error,
        last_sent_at=target.last_sent_at,
        next_attempt_at=target.next_attempt_at,
        waiting=left.count,
        oldest=left.oldest,
    )
    return TargetLine(
        target=target,
        state=describe_state(standing, at=at),
        verbs=[describe_verb({"id": iri}) for iri in target.verbs],
        refused=target.refused,  # type: ignore[attr-defined]
    )
