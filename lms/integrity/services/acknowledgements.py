"""Writing who declared to know a code of ethics."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lms.integrity.models import Acknowledgement, EthicsCode
from lms.people.models import Person, Pseudonym


@transaction.atomic
def record_acknowledgement(*, person: Person, code: EthicsCode, at: datetime) -> tuple[Acknowledgement, bool]:
    """``(acknowledgement, is_new)``; declaring twice keeps the first date."""
    return Acknowledgement.objects.get_or_create(person=person, code=code, defaults={"acknowledged_at": at})


@transaction.atomic
def restore_acknowledgements(*, rows: Sequence[tuple[UUID, int, int, datetime]]) -> None:
    """Make the rows of people who can be named what the record says.

    ``(public id, person id, code id, at)`` each.
    """
    Acknowledgement.objects.filter(person_id__in=Pseudonym.objects.values("person_id")).delete()
    Acknowledgement.objects.bulk_create(
        (
            Acknowledgement(public_id=public_id, person_id=person_id, code_id=code_id, acknowledged_at=at)
            for public_id, person_id, code_id, at in rows
        ),
        batch_size=1000,
    )
