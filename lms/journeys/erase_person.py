"""A person is erased: nothing names the person any more, and nothing is asked of it."""

from datetime import datetime

from django.db import transaction

from lms.discussions.services.removing import erase_messages
from lms.feedback.services.asking import erase_feedback
from lms.people.models import Person
from lms.people.services import accounts
from lms.progress.services.assigned import follow_people
from lms.progress.services.erasing import erase_record_words


@transaction.atomic
def erase_person(*, person: Person, at: datetime) -> None:
    """Erase the person and the records that were merged into it. What was learned stays, without a name."""
    records = [person, *Person.objects.filter(merged_into=person).order_by("pk")]
    for record in records:
        erase_record_words(person_id=record.pk)
        erase_feedback(person_id=record.pk)
        erase_messages(person_id=record.pk)
        accounts.erase_person(person=record, at=at)
    follow_people(person_ids=[record.pk for record in records], at=at)
