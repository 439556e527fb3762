"""HR makes two records of one person one, and within thirty days two again. Nothing is lost."""

from datetime import datetime

from django.db import transaction

from lms.people.models import AccessLogEntry, PersonMerge, User
from lms.people.policy import Grant, Viewer
from lms.people.selectors.looks import PeopleLook
from lms.people.services import merging
from lms.people.services.access_log import log_access
from lms.people.services.merging import Left
from lms.progress.services.assigned import follow_people
from lms.progress.services.cycles import number_cycles, set_cycles_aside


@transaction.atomic
def merge_people(
    *,
    kept_id: int,
    merged_id: int,
    account_of: int | None,
    institution_id: int | None,
    author: User | None,
    viewer: Viewer,
    grant: Grant,
    at: datetime,
) -> PersonMerge:
    """Everything of one goes over to the other, who reads in the access log that it happened.

    ``account_of``: the id of the one whose account stays, where both have one.

    Raises:
        lms.people.services.merging.MergeError: they cannot be one; nothing was written.
    """
    set_cycles_aside(person_id=merged_id)
    merge = merging.merge_people(
        kept_id=kept_id,
        merged_id=merged_id,
        account_of=account_of,
        institution_id=institution_id,
        author=author,
        at=at,
    )
    number_cycles(person_ids=[kept_id, merged_id])
    follow_people(person_ids=[kept_id, merged_id], at=at)
    _tell(merge, [kept_id], PeopleLook.MERGED, viewer, grant, at)
    return merge


@transaction.atomic
def undo_merge(
    *, merge_id: int, viewer: Viewer, grant: Grant, at: datetime
) -> tuple[PersonMerge, list[Left]]:
    """What went over goes back; both read that it happened. The rows that could not are told.

    Raises:
        lms.people.services.merging.MergeError: it cannot be undone.
    """
    merge = PersonMerge.objects.get(pk=merge_id)
    set_cycles_aside(person_id=merge.kept_id)
    merge, left = merging.undo_merge(merge_id=merge_id, at=at)
    both = [merge.kept_id, merge.merged_id]
    number_cycles(person_ids=both)
    follow_people(person_ids=both, at=at)
    _tell(merge, both, PeopleLook.MERGE_UNDONE, viewer, grant, at)
    return merge, left


def _tell(
    merge: PersonMerge, people: list[int], what: PeopleLook, viewer: Viewer, grant: Grant, at: datetime
) -> None:
    for person_id in people:
        log_access(
            viewer=viewer,
            grant=grant,
            action=AccessLogEntry.Action.VIEW_PERSON,
            at=at,
            institution_id=merge.institution_id,
            people_count=1,
            subject_id=person_id,
            detail=what,
        )
