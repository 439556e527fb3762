"""HR attests a whole list of courses completed elsewhere: all of it, or nothing."""

from datetime import datetime

from django.db import transaction

from lms.journeys.attest_completion import attested_statements
from lms.people.models import Person
from lms.progress.authorship import Author
from lms.progress.models import Completion, CompletionBatch
from lms.progress.services.assigned import follow_people
from lms.progress.services.attested import AttestError, Claim, record_attested
from lms.progress.services.batches import decide_batch, lock_batch, rows_of
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements

PEOPLE = 900


class BatchOutdatedError(Exception):
    """Records changed since the preview: it no longer says what would happen."""


class BatchHasFaultsError(Exception):
    """Rows are wrong, or there is nothing new."""


@transaction.atomic
def attest_batch(*, batch_id: int, author: Author, platform: Platform, at: datetime) -> CompletionBatch:
    """Record, state and draw all that the preview showed. Some twelve queries per row.

    Raises:
        lms.progress.services.batches.BatchDecidedError: it was decided before; twice changes nothing.
        BatchHasFaultsError, BatchOutdatedError: see there.
    """
    batch = lock_batch(batch_id=batch_id)
    if not batch.can_be_applied:
        raise BatchHasFaultsError
    people = sorted({row.person_id for row in rows_of(batch=batch)})
    # In the order of their ids, as whoever draws them does: two lists never wait for each other.
    for start in range(0, len(people), PEOPLE):
        locked = Person.objects.select_for_update(no_key=True).filter(pk__in=people[start : start + PEOPLE])
        list(locked.order_by("pk").values_list("pk", flat=True))
    try:
        completions = _record(batch, author, at)
    except AttestError as error:
        raise BatchOutdatedError from error
    store_statements(
        statements=[
            statement
            for completion in completions
            for statement in attested_statements(completion=completion, platform=platform)
        ],
        platform=platform,
    )
    for start in range(0, len(people), PEOPLE):
        follow_people(person_ids=people[start : start + PEOPLE], at=at)
    decide_batch(batch=batch, status=CompletionBatch.Status.APPLIED, at=at)
    return batch


def _record(batch: CompletionBatch, author: Author, at: datetime) -> list[Completion]:
    assert batch.file is not None
    return [
        record_attested(
            claim=Claim(
                person_id=row.person_id,
                course_id=row.course_id,
                completed_on=row.day,
                minutes=row.minutes,
                percent=row.percent,
                source=batch.source,
                file=batch.file,
            ),
            author=author,
            at=at,
            batch=batch,
        )
        for row in sorted(rows_of(batch=batch), key=lambda row: row.person_id)
    ]
