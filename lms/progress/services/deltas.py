"""Keeping that somebody read what changed."""

from datetime import datetime

from django.db import transaction

from courses.models import CourseRelease
from lms.progress.models import Completion, DeltaReading


@transaction.atomic(savepoint=False)
def record_delta_reading(
    *, completion: Completion, release: CourseRelease, at: datetime
) -> tuple[DeltaReading, bool]:
    """``(reading, is_new)``; reading it again keeps the first date."""
    return DeltaReading.objects.get_or_create(
        completion=completion, release=release, defaults={"read_at": at}
    )
