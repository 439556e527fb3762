"""A person takes up a course."""

from datetime import datetime

from django.db import transaction

from courses.selectors import get_current_release
from lms.journeys.speaking import speaker_for
from lms.lib.clock import local_date
from lms.people.models import Person, Posting
from lms.progress.models import Enrolment, LearningContext
from lms.progress.selectors.renewal import may_take_again
from lms.progress.services.assigned import follow_people
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

    Who completed it before takes it again, as a new cycle, once it has to be renewed; otherwise
    the enrolment there is comes back.

    Raises:
        courses.selectors.CourseNotFoundError: no such published course.
        lms.progress.services.enrolments.NoPostingError: as an employee without posting.
    """
    release = get_current_release(course_code=course_code)
    enrolment, is_new = open_enrolment(
        person=person,
        release=release,
        context=context,
        posting=posting,
        renews=may_take_again(
            person_id=person.pk, course_id=release.course_id, context=context, day=local_date(at)
        ),
        at=at,
    )
    if is_new:
        if context == LearningContext.EMPLOYEE:
            follow_people(person_ids=[person.pk], at=at)
        speaker = speaker_for(enrolment=enrolment, person=person, outline=release.outline, platform=platform)
        statement = enrolled(
            speaker=speaker,
            posting_public_id=str(posting.public_id) if enrolment.posting_id and posting else "",
        )
        store_statements(statements=[statement], platform=platform)
    return enrolment, is_new
