"""HR adds a person, and opens, corrects, ends or moves a posting. The record follows the person."""

from datetime import date, datetime

from django.db import transaction

from lms.people.models import Person, Posting
from lms.people.services import jobs
from lms.people.services.jobs import JobTerms, NewPerson
from lms.progress.services.assigned import follow_people


@transaction.atomic
def add_person(*, new: NewPerson, terms: JobTerms, at: datetime) -> tuple[Person, bool]:
    """``(person, is_new)`` with a first posting. Whoever has that RUN already gets the posting too.

    Raises:
        lms.people.services.jobs.JobError: the posting cannot be written; nobody is added.
    """
    person, is_new = jobs.add_person(new=new, at=at)
    open_job(person=person, terms=terms, at=at)
    return person, is_new


@transaction.atomic
def open_job(*, person: Person, terms: JobTerms, at: datetime) -> Posting:
    """A new posting; in another institution at the same time is fine.

    Raises:
        lms.people.services.jobs.JobError: it cannot be written.
    """
    return _followed(jobs.open_posting(person=person, terms=terms), at)


@transaction.atomic
def correct_job(*, posting_id: int, terms: JobTerms, at: datetime) -> Posting:
    """What was written wrongly is as if it had always been right.

    Raises:
        lms.people.services.jobs.JobError: it cannot be written.
    """
    return _followed(jobs.correct_posting(posting_id=posting_id, terms=terms), at)


@transaction.atomic
def end_job(*, posting_id: int, last_day: date, at: datetime) -> Posting:
    """The person leaves: the posting's last day.

    Raises:
        lms.people.services.jobs.JobError: it cannot be written.
    """
    return _followed(jobs.end_posting(posting_id=posting_id, last_day=last_day), at)


@transaction.atomic
def move_job(*, posting_id: int, terms: JobTerms, at: datetime) -> Posting:
    """The posting ends on the eve of the new one. Each report counts the person where it was on its date.

    Raises:
        lms.people.services.jobs.JobError: it cannot be written; nothing ends.
    """
    return _followed(jobs.move_posting(posting_id=posting_id, terms=terms), at)


def _followed(posting: Posting, at: datetime) -> Posting:
    """What is asked of its person is drawn again."""
    follow_people(person_ids=[posting.person_id], at=at)
    return posting
