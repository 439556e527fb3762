"""A person takes up a course."""

from datetime import datetime

from django.db import transaction

from courses.selectors import get_current_release
from lms.journeys.speaking import speaker_for
from lms.people.models import Person, Posting
from lms.progress.models import Enrolment
from lms.progress.services.enrolments import open_enrolment
from lms.progress.statements import enrolled
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


@transaction.atomic
def enrol(
    *,
    person: Person,
    course_code: str,
    context: str,
    posting: Posting | None,
    platform: Platform,
    at: datetime,
) -> tuple[Enrolment, bool]:
    """``(enrolment, is_new)`` in the current release of the course.

    Raises:
        courses.selectors.CourseNotFoundError: no such published course.
        lms.progress.services.enrolments.NoPostingError: as an employee without posting.
    """
    release = get_current_release(course_code=course_code)
    enrolment, is_new = open_enrolment(
        person=person, release=release, context=context, posting=posting, at=at
    )
    if is_new:
        speaker = speaker_for(enrolment=enrolment, person=person, outline=release.outline, platform=platform)
        statement = enrolled(
            speaker=speaker,
            posting_public_id=str(posting.public_id) if enrolment.posting_id and posting else "",
        )
        store_statements(statements=[statement], platform=platform)
    return enrolment, is_new
