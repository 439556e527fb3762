"""Who speaks in a statement: shared by the journeys."""

from courses.outline import CourseOutline
from lms.people.models import Person
from lms.people.services.pseudonyms import ensure_pseudonym
from lms.progress.models import Enrolment
from lms.progress.statements import Speaker
from lms.xapi.platform import Platform
from lms.xapi.statements import account


def speaker_for(
    *, enrolment: Enrolment, person: Person, outline: CourseOutline, platform: Platform
) -> Speaker:
    """The pseudonymous actor of an enrolment, in its context."""
    name = ensure_pseudonym(person=person, context=enrolment.context, key=platform.pseudonym_key)
    return Speaker(
        actor=account(platform=platform, context=enrolment.context, name=name),
        platform=platform,
        enrolment=enrolment,
        outline=outline,
    )
