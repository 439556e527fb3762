"""Enrolments of one person in one course count 1 to n in the order in which they began.

They are numbered when they begin; a person to whom another's enrolments come, or go, is numbered anew.
The replay counts in the same way, so that the number needs no statement.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from lms.progress.models import Completion, Enrolment

ASIDE = 10_000
"""No person takes a course so often: numbers from here on are free, for a moment."""


@transaction.atomic(savepoint=False)
def set_cycles_aside(*, person_id: int) -> None:
    """Give the person's enrolments numbers that nobody else's have, before they go over. One query."""
    Enrolment.objects.filter(person_id=person_id).update(cycle=F("cycle") + ASIDE)


@transaction.atomic(savepoint=False)
def number_cycles(*, person_ids: Sequence[int]) -> None:
    """Number these people's enrolments; their completions belong to whom the enrolment belongs.

    Four queries, and one per completion that had another person.
    """
    groups: dict[tuple[int, int, str], list[Enrolment]] = defaultdict(list)
    rows = Enrolment.objects.filter(person_id__in=person_ids).order_by("started_at", "public_id")
    for row in rows:
        groups[row.person_id, row.course_id, row.context].append(row)
    changed = []
    for group in groups.values():
        for number, row in enumerate(sorted(group, key=lambda row: (row.started_at, row.public_id)), 1):
            if row.cycle != number:
                row.cycle = number + 2 * ASIDE
                changed.append(row)
    Enrolment.objects.bulk_update(changed, ["cycle"])
    Enrolment.objects.filter(pk__in=[row.pk for row in changed]).update(cycle=F("cycle") - 2 * ASIDE)
    strayed = Completion.objects.filter(enrolment__person_id__in=person_ids).exclude(
        person_id=F("enrolment__person_id")
    )
    for completion in strayed.select_related("enrolment"):
        Completion.objects.filter(pk=completion.pk).update(person_id=completion.enrolment.person_id)
