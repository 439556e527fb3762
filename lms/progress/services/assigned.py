"""Drawing assigned training: the one way by which a person's standing in a requirement changes.

Whoever changes a posting, a leave, a completion, an exemption or a requirement calls
:func:`follow_people` in the same transaction.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from lms.lib.clock import local_date
from lms.people.models import Person
from lms.progress.models import AssignedTraining, StandingChange
from lms.progress.rules.tally import Turn, coarsen, difference
from lms.progress.rules.timeline import Segment
from lms.progress.selectors.drawing import Drawn, Key, Stored, draw_segments, read_segments
from lms.progress.selectors.requirements import Asked
from lms.progress.services.asking import hold_requirements

ROWS = 900
"""Rows in one statement; SQLite takes 999 values in a condition."""


@transaction.atomic(savepoint=False)
def follow_people(*, person_ids: Sequence[int], at: datetime) -> int:
    """Draw again all that these people are asked for; how many timelines changed.

    At most eighteen queries for up to 900 people, thirteen where nothing changed. Locks the people,
    in the order of their ids, until the transaction ends.
    """
    hold_requirements()
    _lock(person_ids)
    return _replace(read_segments(person_ids=person_ids), draw_segments(person_ids=person_ids), at)


def draw_everybody(
    *, at: datetime, people: int = 900, advance: Callable[[int], None] = lambda count: None
) -> int:
    """Draw again all that anybody is asked for, ``people`` at a time; how many timelines changed.

    ``advance`` is told how many have been gone through after each step.
    """
    after = changed = 0
    while ids := list(
        Person.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:people]
    ):
        changed += follow_people(person_ids=ids, at=at)
        after = ids[-1]
        advance(len(ids))
    return changed


@transaction.atomic(savepoint=False)
def draw_requirement(*, asked: Asked, person_ids: Sequence[int], at: datetime) -> int:
    """Draw one requirement for these people; how many timelines changed. At most nine queries."""
    _lock(person_ids)
    stored = read_segments(person_ids=person_ids, requirement_id=asked.requirement_id)
    return _replace(stored, draw_segments(person_ids=person_ids, asked=[asked]), at)


def _lock(person_ids: Sequence[int]) -> None:
    """Two that draw the same person wait for each other; who only refers to the person does not."""
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=person_ids).order_by("pk")
    list(people.values_list("pk", flat=True))


def _replace(stored: Stored, drawn: Drawn, at: datetime) -> int:
    """Write what differs: rows of segments, and by how much their counts change."""
    gone: list[int] = []
    new: list[AssignedTraining] = []
    changes: list[StandingChange] = []
    turns: dict[int, Counter[Turn]] = {}
    changed = 0
    for key in stored.keys() | drawn.keys():
        before, after = stored.get(key, {}), drawn.get(key, [])
        if before.keys() == set(after):
            continue
        changed += 1
        gone += [pk for segment, pk in before.items() if segment not in after]
        new += [_row(key, segment, at) for segment in after if segment not in before]
        turns.setdefault(key[0], Counter()).update(difference(before=before, after=after))
    month = local_date(at).replace(day=1)
    for requirement_id, counter in turns.items():
        for turn, number in coarsen(counter, month=month).items():
            changes.append(change_row(requirement_id, turn, number))
    for start in range(0, len(gone), ROWS):
        AssignedTraining.objects.filter(pk__in=gone[start : start + ROWS]).delete()
    AssignedTraining.objects.bulk_create(new, batch_size=ROWS)
    StandingChange.objects.bulk_create(changes, batch_size=ROWS)
    return changed


def _row(key: Key, segment: Segment, at: datetime) -> AssignedTraining:
    requirement_id, person_id = key
    return AssignedTraining(
        requirement_id=requirement_id,
        person_id=person_id,
        institution_id=segment.seat.institution_id,
        unit_id=segment.seat.unit_id,
        estamento=segment.seat.estamento,
        legal_quality=segment.seat.legal_quality,
        standing=segment.standing,
        first_day=segment.first,
        last_day=segment.last,
        assigned_on=segment.assigned_on,
        due_on=segment.due_on,
        done_on=segment.done_on,
        valid_until=segment.valid_until,
        written_at=at,
    )


def change_row(requirement_id: int, turn: Turn, change: int) -> StandingChange:
    """A change as a row, not yet saved."""
    cell, day = turn
    return StandingChange(
        requirement_id=requirement_id,
        institution_id=cell.institution_id,
        unit_id=cell.unit_id,
        estamento=cell.estamento,
        legal_quality=cell.legal_quality,
        standing=cell.standing,
        day=day,
        change=change,
    )
