"""Changes in courses of which those who completed them are told, and whether they still wait to be read."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from courses.models import ReleaseChange
from lms.notices.models import Notice
from lms.progress.selectors.deltas import list_waiting_for

Unread = frozenset[tuple[int, int]]
"""People and changes, by id, that they have not read yet."""


def list_untold(*, change: ReleaseChange, day: date) -> list[int]:
    """Ids of people who wait to read it and of whom there is no notice of it. One query."""
    told = Notice.objects.filter(change=change, person=OuterRef("person"))
    rows = list_waiting_for(change=change, day=day).filter(~Exists(told))
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


def read_unread(*, notices: Collection[Notice], day: date) -> Unread:
    """Of the people and changes of these notices. One query for each change."""
    people: dict[ReleaseChange, set[int]] = {}
    for notice in notices:
        if notice.change:
            people.setdefault(notice.change, set()).add(notice.person_id)
    return frozenset(
        (person_id, change.pk)
        for change, ids in people.items()
        for person_id in list_waiting_for(change=change, day=day)
        .filter(person_id__in=ids)
        .values_list("person_id", flat=True)
    )
