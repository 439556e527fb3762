"""Finding who came to a workshop without having signed up: most have no account, many no e-mail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lms.lib.clock import local_date
from lms.lib.run import InvalidRunError, fingerprint_run
from lms.people.models import Person, Posting
from lms.people.policy import Reach
from lms.people.selectors.finding import named
from lms.people.selectors.reach import within
from lms.workshops.models import Registration

FEWEST_LETTERS = 3
MOST_FOUND = 8


@dataclass(frozen=True)
class Found:
    """Somebody who may be put on the sheet, and where the person works that day."""

    person: Person
    institution: str
    unit: str


def find_attendees(*, session_id: int, text: str, reach: Reach, run_key: str, at: datetime) -> list[Found]:
    """People by RUN, wherever they work, or by words of the name within the reach. At most two queries.

    Who is on the sheet already is left out, and so is a name of fewer than three letters.
    """
    people = _people_by(text, reach, run_key, at)
    if people is None:
        return []
    listed = Registration.objects.active().filter(session_id=session_id, person=OuterRef("pk"))
    found = list(people.filter(~Exists(listed)).order_by("family_names", "given_names", "pk")[:MOST_FOUND])
    jobs = Posting.objects.valid_on(local_date(at)).filter(person__in=found).order_by("valid_from", "pk")
    places = {job.person_id: job for job in jobs.select_related("institution", "unit")}
    return [_found(person, places.get(person.pk)) for person in found]


def find_attendee(*, public_id: UUID) -> Person | None:
    """A present person. One query."""
    return Person.objects.present().filter(public_id=public_id).first()


def _people_by(text: str, reach: Reach, run_key: str, at: datetime) -> QuerySet[Person] | None:
    try:
        return Person.objects.present().filter(run_fingerprint=fingerprint_run(text, run_key))
    except InvalidRunError:
        pass
    if len("".join(text.split())) < FEWEST_LETTERS:
        return None
    jobs = Posting.objects.valid_on(local_date(at)).filter(within(reach), person=OuterRef("pk"))
    people = Person.objects.present().filter(Exists(jobs))
    return people.filter(named(text=text))


def _found(person: Person, job: Posting | None) -> Found:
    return Found(person, job.institution.name if job else "", job.unit.name if job else "")
