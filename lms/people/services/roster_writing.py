"""Writing what the rows of a roster change, a chunk at a time: each one transaction, and short."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from lms.people.models import Person, RosterChunk, RosterImport, RosterStatus
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.images import ChunkImage, PersonImage, changed_rows, mark_of, pack_image
from lms.people.rosters.plan import Verdict
from lms.people.rosters.storage import RowChunk, unpack_chunk
from lms.people.rosters.units import UnitBook
from lms.people.selectors.roster_images import Records, find_records
from lms.people.selectors.roster_states import open_unit_book
from lms.people.services.roster_comparing import DecidedRow, decide_rows, spell_verdicts
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.roster_rows import write_leaves, write_people, write_postings
from lms.people.services.roster_units import write_units

OnChanged = Callable[[Sequence[int]], None]
"""Told the ids of people whose postings or leaves changed, inside the transaction that changed them."""


def write_rows(*, roster: RosterImport, at: datetime, on_changed: OnChanged) -> Iterator[None]:
    """Write on from the first chunk that is not written, one chunk a step; then those who are absent follow.

    A chunk is decided anew when it is written: who was changed since the preview is counted as a
    difference. Some 20 queries a chunk in which something changes, six in another.

    Raises:
        RosterTakenError: another process is writing it.
    """
    book = open_unit_book(institution_id=roster.institution_id)
    waiting = RosterChunk.objects.filter(roster_id=roster.pk, part=RosterChunk.Part.ROWS, applied_at=None)
    for pk in list(waiting.order_by("number").values_list("pk", flat=True)):
        with transaction.atomic():
            _write_chunk(roster, _lock(pk), book, at, on_changed)
        yield
    _finish(roster)


def _lock(pk: int) -> RosterChunk:
    chunk = RosterChunk.objects.select_for_update().filter(pk=pk, applied_at=None).defer("wrong").first()
    if chunk is None:
        raise RosterTakenError
    return chunk


def _write_chunk(
    roster: RosterImport, chunk: RosterChunk, book: UnitBook, at: datetime, on_changed: OnChanged
) -> None:
    content = unpack_chunk(chunk.rows) if chunk.rows else RowChunk()
    decided = decide_rows(roster=roster, rows=content.rows, book=book)
    if connection.features.has_select_for_update and lock_people(person_ids=_touched(decided)):
        # Between reading and locking somebody may have written.
        decided = decide_rows(roster=roster, rows=content.rows, book=book)
    image = ChunkImage(units=write_units(book=book, institution_id=roster.institution_id))
    image.people = _write_people(roster, [item for item in decided if _changes(item)], at)
    verdicts = spell_verdicts(decided)
    RosterChunk.objects.filter(pk=chunk.pk).update(
        applied_at=at,
        verdicts=verdicts,
        differences=sum(now != then for now, then in zip(verdicts, chunk.verdicts, strict=True)),
        before=pack_image(image) if image.people or image.units else None,
    )
    RosterImport.objects.filter(pk=roster.pk).update(done=roster.done + len(verdicts))
    roster.done += len(verdicts)
    if changed := [person.person_id for person in image.people if person.has_jobs]:
        on_changed(changed)


def _changes(item: DecidedRow) -> bool:
    return item.decision.verdict is not Verdict.UNCHANGED


def _touched(decided: list[DecidedRow]) -> list[int]:
    return [item.person.id for item in decided if item.person is not None and _changes(item)]


def lock_people(*, person_ids: Sequence[int]) -> bool:
    """Hold these people, in the order in which everybody does; True where there are any.

    "No key": whoever only refers to a person (a new enrolment) does not wait.
    """
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=person_ids).order_by("pk")
    return bool(person_ids) and bool(list(people.values_list("pk", flat=True)))


def _write_people(roster: RosterImport, changing: list[DecidedRow], at: datetime) -> list[PersonImage]:
    """Write, and say what was written."""
    if not changing:
        return []
    institution_id = roster.institution_id
    before = find_records(person_ids=_touched(changing), institution_id=institution_id)
    ids = write_people(decided=changing, at=at)
    write_postings(decided=changing, person_ids=ids, institution_id=institution_id)
    write_leaves(decided=changing, person_ids=ids, institution_id=institution_id)
    after = find_records(person_ids=list(ids.values()), institution_id=institution_id)
    new = {ids[item.row.fingerprint] for item in changing if item.person is None}
    return images_of(person_ids=sorted(ids.values()), before=before, after=after, new=new)


def images_of(
    *,
    person_ids: Sequence[int],
    before: Records,
    after: Records,
    new: set[int] = frozenset(),  # type: ignore[assignment]
) -> list[PersonImage]:
    """What is different about these people afterwards; those about whom nothing is are left out."""
    images = []
    for person_id in person_ids:
        postings, new_postings = changed_rows(before.postings[person_id], after.postings[person_id])
        leaves, new_leaves = changed_rows(before.leaves[person_id], after.leaves[person_id])
        then, now = before.names.get(person_id, {}), after.names[person_id]
        image = PersonImage(
            person_id=person_id,
            is_new=person_id in new,
            names={key: value for key, value in then.items() if now[key] != value},
            names_mark=mark_of(now),
            postings=postings,
            leaves=leaves,
            new_postings=new_postings,
            new_leaves=new_leaves,
            jobs_mark=mark_of(*after.jobs(person_id)),
        )
        if image.is_new or image.names or image.has_jobs:
            images.append(image)
    return images


def _finish(roster: RosterImport) -> None:
    counts = RosterCounts.from_stored(roster.counts)
    changes: dict[str, Any] = {"status": RosterStatus.ENDING, "done": 0, "total": counts.ended}
    if not RosterImport.objects.filter(pk=roster.pk, status=RosterStatus.APPLYING).update(**changes):
        raise RosterTakenError
