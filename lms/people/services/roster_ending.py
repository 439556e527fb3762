"""Ending the postings of those who no longer appear in a roster, a chunk at a time."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from lms.people.models import Posting, RosterChunk, RosterImport, RosterStatus
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.fingerprints import FingerprintTable
from lms.people.rosters.guards import last_day_of_absent
from lms.people.rosters.images import ChunkImage, pack_image
from lms.people.rosters.storage import CHUNK_ROWS
from lms.people.selectors.roster_images import find_records
from lms.people.selectors.rosters import iterate_row_chunks
from lms.people.services.roster_comparing import iterate_absent, meet
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.roster_rows import end_postings
from lms.people.services.roster_writing import OnChanged, images_of, lock_people
from lms.people.services.rosters import forget_earlier, forget_file


def end_absent(*, roster: RosterImport, at: datetime, on_changed: OnChanged) -> Iterator[None]:
    """End on from where the last step ended: whoever has an end already is not absent any more.

    Afterwards the roster is applied, its file and rows are erased, and the one before it can no
    longer be undone.

    Raises:
        RosterTakenError: another process is doing it.
    """
    seen = FingerprintTable()
    for _, content in iterate_row_chunks(roster_id=roster.pk):
        meet(seen, content)
    absent = iterate_absent(roster=roster, seen=seen)
    while some := list(islice(absent, CHUNK_ROWS)):
        with transaction.atomic():
            _end(roster, sorted({posting.person_id for posting in some}), at, on_changed)
        yield
    _finish(roster)


def _end(roster: RosterImport, person_ids: Sequence[int], at: datetime, on_changed: OnChanged) -> None:
    locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if locked.status != RosterStatus.ENDING:
        raise RosterTakenError
    lock_people(person_ids=person_ids)
    institution_id = roster.institution_id
    before = find_records(person_ids=person_ids, institution_id=institution_id)
    end_postings(ends=_ends(roster, person_ids))
    after = find_records(person_ids=person_ids, institution_id=institution_id)
    images = images_of(person_ids=person_ids, before=before, after=after)
    number = roster.chunks.filter(part=RosterChunk.Part.ABSENT).count()
    roster.chunks.create(
        part=RosterChunk.Part.ABSENT,
        number=number,
        row_count=len(images),
        applied_at=at,
        before=pack_image(ChunkImage(people=images)),
    )
    RosterImport.objects.filter(pk=roster.pk).update(done=locked.done + len(images))
    if images:
        on_changed([image.person_id for image in images])


def _ends(roster: RosterImport, person_ids: Sequence[int]) -> list[tuple[int, date | None]]:
    """The postings as they are now that nobody else can write them."""
    postings = Posting.objects.valid_on(roster.roster_date).filter(
        institution_id=roster.institution_id, person_id__in=person_ids
    )
    ends: list[tuple[int, date | None]] = []
    for pk, valid_from, valid_until in postings.values_list("pk", "valid_from", "valid_until"):
        last_day = last_day_of_absent(
            valid_from=valid_from, valid_until=valid_until, roster_date=roster.roster_date
        )
        if last_day is not None:
            ends.append((pk, last_day))
    return ends


def _finish(roster: RosterImport) -> None:
    """Count what was done, which is what was shown unless somebody wrote at the same time."""
    shown = RosterCounts.from_stored(roster.counts)
    counts = RosterCounts.from_stored(
        roster.counts
        | dict.fromkeys(("correct", "new", "joined", "moved", "changed", "unchanged", "ended"), 0)
    )
    chunks = roster.chunks.order_by("part", "number").values_list(
        "part", "verdicts", "differences", "row_count"
    )
    for part, verdicts, differences, row_count in chunks.iterator(chunk_size=100):
        counts.add(verdicts)
        counts.differences += differences
        counts.ended += row_count if part == RosterChunk.Part.ABSENT else 0
    counts.differences += abs(counts.ended - shown.ended)
    with transaction.atomic():
        mine = RosterImport.objects.filter(pk=roster.pk, status=RosterStatus.ENDING).update(
            status=RosterStatus.APPLIED, counts=counts.to_stored()
        )
        if not mine:
            raise RosterTakenError
        forget_file(roster=roster)
        forget_earlier(roster=roster)
