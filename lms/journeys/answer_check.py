"""A person answers a practice question in a lesson."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.journeys.speaking import speaker_for
from lms.progress.models import CheckAnswer
from lms.progress.services.enrolments import lock_enrolment
from lms.progress.services.results import record_check_answer
from lms.progress.statements import check_answered
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


class NoSuchOptionError(LookupError):
    """The question has no such option."""


@transaction.atomic
def answer_check(
    *,
    enrolment_id: int,
    unit_key: str,
    check_key: str,
    options: Sequence[Any],
    option: int,
    platform: Platform,
    at: datetime,
) -> CheckAnswer:
    """Keep the answer and state it. ``options`` are the question's, in order, with ``correct``.

    Raises:
        courses.outline.UnknownUnitError: the release has no such unit.
        NoSuchOptionError: the question has no such option.
    """
    if not 0 <= option < len(options):
        raise NoSuchOptionError(check_key)
    enrolment = lock_enrolment(enrolment_id=enrolment_id)
    outline = enrolment.release.outline
    unit = outline.get_unit(unit_key)
    answer = record_check_answer(
        enrolment=enrolment,
        check_key=check_key,
        option=option,
        is_right=bool(options[option]["correct"]),
        at=at,
    )
    speaker = speaker_for(enrolment=enrolment, person=enrolment.person, outline=outline, platform=platform)
    store_statements(
        statements=[check_answered(speaker=speaker, unit=unit, answer=answer)], platform=platform
    )
    return answer
