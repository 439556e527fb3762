"""Somebody who completed a course reads what changed in it, and says so."""

from datetime import datetime

from django.db import transaction

from courses.models import CourseRelease
from lms.journeys.speaking import speaker_for
from lms.progress import statements as say
from lms.progress.models import Completion, DeltaReading
from lms.progress.services.deltas import record_delta_reading
from lms.progress.services.enrolments import lock_enrolment
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


@transaction.atomic
def read_delta(
    *, completion: Completion, release: CourseRelease, platform: Platform, at: datetime
) -> DeltaReading:
    """Record and state it, once."""
    enrolment = lock_enrolment(enrolment_id=completion.enrolment_id)
    reading, is_new = record_delta_reading(completion=completion, release=release, at=at)
    if is_new:
        speaker = speaker_for(
            enrolment=enrolment, person=enrolment.person, outline=release.outline, platform=platform
        )
        told = say.delta_read(speaker=speaker, completion=completion, reading=reading)
        store_statements(statements=[told], platform=platform)
    return reading
