"""Taking a completion back. It is never edited: it stays, with its void beside it."""

from datetime import datetime

from django.db import transaction

from lms.progress.authorship import Author
from lms.progress.models import Completion, CompletionVoid


class AlreadyVoidedError(Exception):
    """It was taken back before."""


@transaction.atomic(savepoint=False)
def void_completion(
    *, completion_id: int, reason: str, note: str, author: Author, at: datetime
) -> CompletionVoid:
    """The completion no longer counts. Three queries; the lock makes the second of two posts see the first.

    Raises:
        AlreadyVoidedError: see there.
    """
    completion = (
        Completion.objects.select_for_update(of=("self",))
        .select_related("person", "course")
        .get(pk=completion_id)
    )
    if CompletionVoid.objects.filter(completion=completion).exists():
        raise AlreadyVoidedError
    completion.counts = False
    completion.save(update_fields=["counts"])
    return CompletionVoid.objects.create(
        completion=completion,
        reason=reason,
        note=note,
        institution_id=author.institution_id,
        voided_by_id=author.user_id,
        role=author.role,
        voided_at=at,
    )
