"""Two records beside each other, with what tells whether they are of one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.lib.clock import local_date
from lms.people.models import Person, Posting
from lms.people.policy import Reach
from lms.people.selectors.units import unit_paths
from lms.progress.models import Enrolment, LearningContext
from lms.reports.people.selectors_people import is_within, list_postings, spans_of


@dataclass(frozen=True)
class SideJob:
    """A posting within the viewer's reach."""

    posting: Posting
    unit_path: str


@dataclass(frozen=True)
class Side:
    """One record. ``courses``: taken at work, on days of the postings that are shown."""

    person: Person
    jobs: list[SideJob]
    courses: int


def to_sides(*, people: Sequence[Person], reach: Reach) -> list[Side]:
    """Each of the records. Three queries each."""
    return [_to_side(person, reach) for person in people]


def _to_side(person: Person, reach: Reach) -> Side:
    postings = list_postings(person_id=person.pk, reach=reach)
    paths = unit_paths(institution_ids={posting.institution_id for posting in postings})
    spans = spans_of(postings=postings)
    begun = Enrolment.objects.filter(person=person, context=LearningContext.EMPLOYEE)
    return Side(
        person=person,
        jobs=[SideJob(posting, paths[posting.unit_id]) for posting in postings],
        courses=sum(
            is_within(day=local_date(at), spans=spans) for at in begun.values_list("started_at", flat=True)
        ),
    )
