"""More time in assessments. Only how much is kept, never why."""

from datetime import datetime

from django.db import transaction

from lms.people.models import Person, User
from lms.progress.models import TimeAllowance


@transaction.atomic
def set_time_allowance(
    *, person: Person, percent: int | None, author: User | None, at: datetime
) -> TimeAllowance | None:
    """From now on the person has so much time, 100 being what everybody has; ``None``: that.

    Attempts under way keep the deadline with which they began. The same again changes nothing.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    current = TimeAllowance.objects.filter(person=person, ended_at=None).first()
    if current and current.percent == percent:
        return current
    if current:
        current.ended_at = at
        current.save(update_fields=["ended_at"])
    if percent is None:
        return None
    return TimeAllowance.objects.create(person=person, percent=percent, given_by=author, given_at=at)
