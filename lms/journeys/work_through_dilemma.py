"""A person goes one way of a dilemma to its end.

The choices travel in the request and end in a sealed ballot, then in anonymous counts; no row,
statement or log keeps who chose what.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lms.journeys.speaking import speaker_for
from lms.progress.services.dilemmas import cast_ballot, record_dilemma_run
from lms.progress.services.enrolments import lock_enrolment
from lms.progress.statements import dilemma_worked_through
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


@transaction.atomic
def work_through_dilemma(
    *,
    enrolment_id: int,
    unit_key: str,
    dilemma: str,
    path: Sequence[tuple[str, str]],
    group: int,
    keys: Sequence[str],
    platform: Platform,
    at: datetime,
) -> bool:
    """Record and state that the dilemma was worked through; True the first time, which alone is counted.

    ``path`` is checked by the caller against the story. ``group`` is the number of people below
    which no ballot is opened and no figure shown; ``keys`` seal and open them.

    Raises:
        courses.outline.UnknownUnitError: the release has no such unit.
    """
    enrolment = lock_enrolment(enrolment_id=enrolment_id)
    outline = enrolment.release.outline
    unit = outline.get_unit(unit_key)
    run, is_new = record_dilemma_run(enrolment=enrolment, unit_key=unit.key, at=at)
    if is_new:
        cast_ballot(course_id=enrolment.course_id, dilemma=dilemma, path=path, group=group, keys=keys)
        speaker = speaker_for(
            enrolment=enrolment, person=enrolment.person, outline=outline, platform=platform
        )
        told = dilemma_worked_through(speaker=speaker, unit=unit, run=run)
        store_statements(statements=[told], platform=platform)
    return is_new
