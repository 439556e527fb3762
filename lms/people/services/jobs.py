"""Writing postings one at a time. Two of one person in one institution never overlap; in two they may."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lms.people.days import Days, eve_of, overlaps_any
from lms.people.models import Person, Posting, Unit
from lms.people.services.identities import RunMark


class JobError(Exception):
    """The posting cannot be written like this."""


class JobDatesError(JobError):
    """It would end before it begins."""


class JobOverlapError(JobError):
    """The person has another posting in the institution on some of these days."""


class UnitClosedError(JobError):
    """The unit is closed on the last of these days."""


class OtherInstitutionError(JobError):
    """A posting is corrected within its institution; elsewhere a new one is opened."""


class NotInForceError(JobError):
    """The person does not hold the posting on the eve of the move."""


@dataclass(frozen=True)
class JobTerms:
    """What a posting says. ``region`` is a code of ``regions``; empty texts are not known."""

    unit: Unit
    estamento: str
    legal_quality: str
    valid_from: date
    valid_until: date | None = None
    grade: str = ""
    position: str = ""
    region: str = ""

    @property
    def days(self) -> Days:
        return Days(self.valid_from, self.valid_until)


@dataclass(frozen=True)
class NewPerson:
    """Who is added. Without RUN or e-mail the person is counted all the same."""

    given_names: str
    family_names: str
    email: str = ""
    run: RunMark | None = None


@transaction.atomic
def add_person(*, new: NewPerson, at: datetime) -> tuple[Person, bool]:
    """``(person, is_new)``; whoever has that RUN already comes back as on record."""
    fields = {
        "given_names": new.given_names,
        "family_names": new.family_names,
        "email": new.email,
        "created_at": at,
    }
    if new.run is None:
        return Person.objects.create(**fields), True
    return Person.objects.get_or_create(
        run_fingerprint=new.run.fingerprint, defaults={**fields, "run_masked": new.run.masked}
    )


@transaction.atomic
def open_posting(*, person: Person, terms: JobTerms) -> Posting:
    """A new posting.

    Raises:
        JobDatesError, JobOverlapError, UnitClosedError: see there.
    """
    posting = Posting(person=person, institution_id=terms.unit.institution_id)
    return _write(posting, terms)


@transaction.atomic
def correct_posting(*, posting_id: int, terms: JobTerms) -> Posting:
    """Say what the posting always was; for a change from some day on there is :func:`move_posting`.

    Raises:
        JobDatesError, JobOverlapError, UnitClosedError, OtherInstitutionError: see there.
    """
    posting = Posting.objects.get(pk=posting_id)
    if terms.unit.institution_id != posting.institution_id:
        raise OtherInstitutionError
    return _write(posting, terms)


@transaction.atomic
def end_posting(*, posting_id: int, last_day: date) -> Posting:
    """Set the last day of a posting, in the past or to come.

    Raises:
        JobDatesError, JobOverlapError: see there.
    """
    posting = Posting.objects.get(pk=posting_id)
    _check(posting, Days(posting.valid_from, last_day))
    posting.valid_until = last_day
    posting.save(update_fields=["valid_until"])
    return posting


@transaction.atomic
def move_posting(*, posting_id: int, terms: JobTerms) -> Posting:
    """End it on the eve of the new posting's first day, and open that one.

    Raises:
        NotInForceError, JobDatesError, JobOverlapError, UnitClosedError: see there.
    """
    posting = Posting.objects.select_related("person").get(pk=posting_id)
    eve = eve_of(terms.valid_from)
    if not Days(posting.valid_from, posting.valid_until).has(eve):
        raise NotInForceError
    end_posting(posting_id=posting_id, last_day=eve)
    return open_posting(person=posting.person, terms=terms)


def _write(posting: Posting, terms: JobTerms) -> Posting:
    _check(posting, terms.days)
    closed_from = terms.unit.valid_until
    if closed_from is not None and (terms.valid_until is None or terms.valid_until > closed_from):
        raise UnitClosedError
    posting.unit = terms.unit
    posting.estamento, posting.legal_quality = terms.estamento, terms.legal_quality
    posting.grade, posting.position, posting.region = terms.grade, terms.position, terms.region
    posting.valid_from, posting.valid_until = terms.valid_from, terms.valid_until
    posting.save()
    return posting


def _check(posting: Posting, days: Days) -> None:
    """Locks the person, so that two who write the same job at once see each other."""
    if not days.is_in_order:
        raise JobDatesError
    Person.objects.select_for_update(no_key=True).get(pk=posting.person_id)
    others = Posting.objects.filter(person_id=posting.person_id, institution_id=posting.institution_id)
    if overlaps_any(
        days=days,
        others=[Days(*row) for row in others.exclude(pk=posting.pk).values_list("valid_from", "valid_until")],
    ):
        raise JobOverlapError
