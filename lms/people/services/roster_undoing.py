"""Taking back what a roster changed, the last part first; what somebody changed since is left alone."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lms.people.models import Leave, Person, Posting, RosterChunk, RosterImport, RosterStatus, Unit
from lms.people.rosters.images import ChunkImage, PersonImage, UnitImage, Values, mark_of, unpack_image
from lms.people.selectors.roster_images import (
    NAMES,
    Records,
    find_accounts,
    find_records,
    find_referred_to,
    find_units,
    plain,
)
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.roster_writing import OnChanged, lock_people
from lms.people.services.rosters import forget_file

_DATES = ("valid_from", "valid_until", "first_day", "last_day")


def undo_rows(*, roster: RosterImport, at: datetime, on_changed: OnChanged) -> Iterator[None]:
    """Take back on from where the last step ended, one chunk a step. Some 30 queries each.

    Raises:
        RosterTakenError: another process is doing it.
    """
    waiting = RosterChunk.objects.filter(roster_id=roster.pk, applied_at__isnull=False, undone_at=None)
    # "absent" sorts before "rows": they were written last.
    for pk in list(waiting.order_by("part", "-number").values_list("pk", flat=True)):
        with transaction.atomic():
            _undo_chunk(roster, pk, at, on_changed)
        yield
    with transaction.atomic():
        mine = RosterImport.objects.filter(pk=roster.pk, status=RosterStatus.UNDOING)
        if not mine.update(status=RosterStatus.UNDONE):
            raise RosterTakenError
        forget_file(roster=roster)


def _undo_chunk(roster: RosterImport, pk: int, at: datetime, on_changed: OnChanged) -> None:
    chunk = (
        RosterChunk.objects.select_for_update().filter(pk=pk, undone_at=None).defer("rows", "wrong").first()
    )
    if chunk is None:
        raise RosterTakenError
    image = unpack_image(chunk.before) if chunk.before else ChunkImage()
    kept = _undo_people(roster, image.people, on_changed)
    _undo_units(image.units)
    RosterChunk.objects.filter(pk=pk).update(undone_at=at, kept=sorted(kept), before=None)
    roster.done += 1
    RosterImport.objects.filter(pk=roster.pk).update(done=roster.done)


def _undo_people(roster: RosterImport, images: list[PersonImage], on_changed: OnChanged) -> set[int]:
    """Put back what is still as the roster left it; the ids of the people of whom something is not."""
    ids = sorted(image.person_id for image in images)
    lock_people(person_ids=ids)
    now = find_records(person_ids=ids, institution_id=roster.institution_id)
    there = [image for image in images if image.person_id in now.names]
    jobs = [image for image in there if image.has_jobs and _has_same_jobs(image, now)]
    names = [image for image in there if image.names and _has_same_names(image, now)]
    _put_back_jobs(jobs)
    _put_back_names(names)
    if jobs:
        on_changed([image.person_id for image in jobs])
    _delete_people([image for image in there if image.is_new and _has_same_names(image, now)])
    whole, renamed = {image.person_id for image in jobs}, {image.person_id for image in names}
    return {
        image.person_id
        for image in images
        if (image.has_jobs and image.person_id not in whole)
        or (image.names and image.person_id not in renamed)
        or (image.is_new and image.person_id in now.names and not _has_same_names(image, now))
    }


def _has_same_jobs(image: PersonImage, now: Records) -> bool:
    return mark_of(*now.jobs(image.person_id)) == image.jobs_mark


def _has_same_names(image: PersonImage, now: Records) -> bool:
    return mark_of(now.names[image.person_id]) == image.names_mark


def _put_back_jobs(images: list[PersonImage]) -> None:
    """Whole or not at all for one person: her postings must never overlap."""
    _put_back(
        Posting,
        [pk for image in images for pk in image.new_postings],
        [r for i in images for r in i.postings],
    )
    _put_back(
        Leave, [pk for image in images for pk in image.new_leaves], [r for i in images for r in i.leaves]
    )


def _put_back(model: Any, created: list[int], rows: list[Values]) -> None:
    if created:
        model.objects.filter(pk__in=created).delete()
    if not rows:
        return
    there = {row["id"]: plain(row) for row in model.objects.filter(pk__in=[r["id"] for r in rows]).values()}
    _give_back_values(model, [row for row in rows if row["id"] in there], there)
    model.objects.bulk_create(model(**_from_plain(row)) for row in rows if row["id"] not in there)


def _give_back_values(model: Any, rows: list[Values], there: dict[int, Values]) -> None:
    """One query for each different change: most are one and the same, a last day that is none again."""
    groups: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for row in rows:
        now = there[row["id"]]
        different = tuple((key, value) for key, value in row.items() if now[key] != value)
        groups[different].append(row["id"])
    for different, ids in groups.items():
        if different:
            model.objects.filter(pk__in=ids).update(**_from_plain(dict(different)))


def _from_plain(row: Values) -> Values:
    return {
        key: date.fromisoformat(value) if key in _DATES and value is not None else value
        for key, value in row.items()
    }


def _put_back_names(images: list[PersonImage]) -> None:
    people = Person.objects.in_bulk([image.person_id for image in images])
    for image in images:
        for name, value in image.names.items():
            setattr(people[image.person_id], name, value)
    if people:
        Person.objects.bulk_update(people.values(), NAMES)


def _delete_people(images: list[PersonImage]) -> None:
    """Those whom the roster created, unless they have got an account or any record since."""
    ids = {image.person_id for image in images}
    if not ids:
        return
    ids -= find_accounts(person_ids=ids)
    ids -= find_referred_to(model=Person, ids=ids)
    Person.objects.filter(pk__in=ids).delete()


def _undo_units(images: list[UnitImage]) -> None:
    now = find_units(unit_ids=[image.unit_id for image in images])
    same = [image for image in images if image.unit_id in now and mark_of(now[image.unit_id]) == image.mark]
    changed = [Unit(**image.before) for image in same if image.before]
    if changed:
        Unit.objects.bulk_update(changed, ["name", "parent"])
    _delete_units({image.unit_id for image in same if not image.before})


def _delete_units(ids: set[int]) -> None:
    """Created units that nothing points at; from the leaves of the tree upwards."""
    while ids:
        free = ids - find_referred_to(model=Unit, ids=ids)
        if not free:
            return
        Unit.objects.filter(pk__in=free).delete()
        ids -= free
