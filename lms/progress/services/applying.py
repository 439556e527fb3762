"""Going through the people whom a published requirement concerns, a few at a time.

Each step is a short transaction that also keeps how far it got: it can be stopped anywhere, and two
that work at once take turns.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from lms.progress.models import TrainingRequirement
from lms.progress.selectors.people_asked import next_people
from lms.progress.selectors.requirements import list_asked
from lms.progress.services.assigned import draw_requirement

PEOPLE = 200
"""People in one step: an eighth of a second, the longest that one of them has to wait."""

AHEAD = 20_000
"""People looked up at once: where many work in few institutions, that reads all of them each time."""


@dataclass(frozen=True)
class Applied:
    """How far it is; ``is_finished`` when everybody has been gone through."""

    people: int
    is_finished: bool


@dataclass
class Queue:
    """Whose turn comes next, in order, ``after`` whom; filled and used up by :func:`apply_step`."""

    person_ids: list[int] = field(default_factory=list)
    after: int = -1


def apply_requirement(
    *, requirement_id: int, at: datetime, go_on: Callable[[Applied], bool] = lambda applied: True
) -> Applied:
    """Go through people until all are done or ``go_on`` says no; it is asked after each step."""
    queue = Queue()
    while True:
        applied = apply_step(requirement_id=requirement_id, at=at, queue=queue)
        if applied.is_finished or not go_on(applied):
            return applied


@transaction.atomic
def apply_step(*, requirement_id: int, at: datetime, queue: Queue) -> Applied:
    """Draw the next people. About ten queries, whatever the number of people in all.

    Who is hired after the queue was filled is drawn by that: nobody is missed.
    """
    row = TrainingRequirement.objects.select_for_update(of=("self",), no_key=True).get(pk=requirement_id)
    if row.applied is None:
        return Applied(row.applied_people, is_finished=True)
    people = _take_next(row, row.applied, queue)
    if people:
        (asked,) = list_asked(requirements=TrainingRequirement.objects.filter(pk=row.pk))
        draw_requirement(asked=asked, person_ids=people, at=at)
        row.applied, row.applied_people = people[-1], row.applied_people + len(people)
    else:
        row.applied = None
        if row.status in (TrainingRequirement.Status.PUBLISHING, TrainingRequirement.Status.CHANGING):
            row.status = TrainingRequirement.Status.LIVE
    row.save(update_fields=["applied", "applied_people", "status"])
    return Applied(row.applied_people, is_finished=row.applied is None)


def _take_next(row: TrainingRequirement, after: int, queue: Queue) -> list[int]:
    """The next people. What another worker went through meanwhile, or again from the start, is minded."""
    start = bisect_right(queue.person_ids, after)
    left = queue.person_ids[start:]
    if not left or (start == 0 and queue.after != after):
        left = next_people(requirement=row, after=after, limit=AHEAD)
    people, queue.person_ids = left[:PEOPLE], left[PEOPLE:]
    queue.after = people[-1] if people else after
    return people


@transaction.atomic
def draw_again(*, institution_ids: frozenset[int]) -> int:
    """Mark the requirements of these institutions to be gone through again; how many.

    For changes that concern many at once: a unit or an institution that hangs elsewhere now.
    """
    rows = TrainingRequirement.objects.in_force().about(institution_ids=institution_ids)
    return TrainingRequirement.objects.filter(pk__in=rows.values("pk")).update(applied=0, applied_people=0)


def list_unapplied() -> list[int]:
    """Requirements with people still to go through, oldest first. One query."""
    rows = TrainingRequirement.objects.filter(applied__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))
