"""What a person writes for itself beside a lesson."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lms.progress.models import UnitNote
from lms.progress.models.notes import LONGEST_NOTE


class NoteTooLongError(ValueError):
    """More than ``LONGEST_NOTE`` characters; the note that was there stays."""


@transaction.atomic
def save_note(*, person_id: int, course_id: int, unit_key: str, text: str, at: datetime) -> UnitNote | None:
    """Keep the note; an empty one deletes it.

    Raises:
        NoteTooLongError: see there.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > LONGEST_NOTE:
        raise NoteTooLongError
    which: dict[str, Any] = {"person_id": person_id, "course_id": course_id, "unit_key": unit_key}
    if not text:
        UnitNote.objects.filter(**which).delete()
        return None
    note, _is_new = UnitNote.objects.update_or_create(**which, defaults={"text": text, "written_at": at})
    return note
