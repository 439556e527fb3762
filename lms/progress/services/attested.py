"""Writing completions that HR attests: an enrolment, its completion and on what it rests."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max

from courses.models import CourseRelease
from lms.lib.clock import CHILE, local_date
from lms.people.models import Person, Posting
from lms.progress.authorship import Author
from lms.progress.models import (
    Assurance,
    Completion,
    CompletionBatch,
    CompletionEvidence,
    Enrolment,
    EvidenceFile,
    LearningContext,
)
from lms.progress.rules.dates import expiry_date
from lms.progress.services.cycles import number_cycles


class AttestError(Exception):
    """It cannot be attested."""


class FutureCompletionError(AttestError):
    """The day is still to come."""


class NotInPostingError(AttestError):
    """On that day the person did not work in the institution (or the person is no longer there)."""


class ExpiresBeforeError(AttestError):
    """It would end before it begins."""


class AlreadyAttestedError(AttestError):
    """The same course on the same day is attested already, and counts."""


class NoReleaseError(AttestError):
    """The course was never published: nobody knows what it asked."""


@dataclass(frozen=True)
class Claim:
    """What HR says that a person completed. ``percent`` 0–100; no ``valid_until``: as the release says."""

    person_id: int
    course_id: int
    completed_on: date
    minutes: int
    source: str
    file: EvidenceFile
    percent: int | None = None
    valid_until: date | None = None


@transaction.atomic(savepoint=False)
def record_attested(
    *,
    claim: Claim,
    author: Author,
    at: datetime,
    replaces: Completion | None = None,
    batch: CompletionBatch | None = None,
) -> Completion:
    """Append the completion with an enrolment of its own, in the job held that day. Eight queries,
    a few more where the person took the course before: cycles count as they began.

    Locks the person, so that the second of two equal posts finds the first.

    Raises:
        AttestError: one of those above.
    """
    if claim.completed_on > local_date(at):
        raise FutureCompletionError
    if claim.valid_until and claim.valid_until < claim.completed_on:
        raise ExpiresBeforeError
    if not Person.objects.present().select_for_update(no_key=True).filter(pk=claim.person_id).exists():
        raise NotInPostingError
    posting = find_posting_on(
        person_id=claim.person_id, institution_id=author.institution_id, day=claim.completed_on
    )
    if posting is None:
        raise NotInPostingError
    if is_attested(person_id=claim.person_id, course_id=claim.course_id, day=claim.completed_on):
        raise AlreadyAttestedError
    release = release_on(course_id=claim.course_id, day=claim.completed_on)
    enrolment = _enrol(claim, release, posting, at)
    completion = _complete(claim, enrolment, release)
    CompletionEvidence.objects.create(
        completion=completion,
        file=claim.file,
        source=claim.source,
        replaces=replaces,
        batch=batch,
        institution_id=author.institution_id,
        attested_by_id=author.user_id,
        role=author.role,
        attested_at=at,
    )
    return completion


def find_posting_on(*, person_id: int, institution_id: int, day: date) -> Posting | None:
    """The job in the institution on ``day``; of several, the one begun last. One query."""
    return (
        Posting.objects.valid_on(day)
        .filter(person_id=person_id, institution_id=institution_id)
        .select_related("institution")
        .order_by("-valid_from", "-pk")
        .first()
    )


def is_attested(*, person_id: int, course_id: int, day: date) -> bool:
    """Whether HR attested the course for that day already, and it counts. One query."""
    return Completion.objects.filter(
        person_id=person_id,
        course_id=course_id,
        completed_on=day,
        context=LearningContext.EMPLOYEE,
        assurance=Assurance.D,
        counts=True,
    ).exists()


def release_on(*, course_id: int, day: date) -> CourseRelease:
    """What was published on that day; for an earlier day the first there was. One query.

    Raises:
        NoReleaseError: see there.
    """
    releases = list(
        CourseRelease.objects.filter(course_id=course_id).select_related("course").order_by("number")
    )
    if not releases:
        raise NoReleaseError
    by_then = [release for release in releases if local_date(release.published_at) <= day]
    return by_then[-1] if by_then else releases[0]


def _noon(day: date, at: datetime) -> datetime:
    """Noon of the day, when the hour is not known; never later than now."""
    return min(datetime.combine(day, time(12), tzinfo=CHILE), at)


def _enrol(claim: Claim, release: CourseRelease, posting: Posting, at: datetime) -> Enrolment:
    mine = {
        "person_id": claim.person_id,
        "course_id": claim.course_id,
        "context": LearningContext.EMPLOYEE,
    }
    last = Enrolment.objects.filter(**mine).aggregate(last=Max("cycle"))["last"] or 0
    enrolment = Enrolment.objects.create(
        **mine, release=release, posting=posting, cycle=last + 1, started_at=_noon(claim.completed_on, at)
    )
    if last:  # it may be of a day before what was taken since
        number_cycles(person_ids=[claim.person_id])
        enrolment.refresh_from_db(fields=["cycle"])
    return enrolment


def _complete(claim: Claim, enrolment: Enrolment, release: CourseRelease) -> Completion:
    months = release.outline.certificate_months
    return Completion.objects.create(
        enrolment=enrolment,
        person_id=claim.person_id,
        course_id=claim.course_id,
        release=release,
        context=enrolment.context,
        completed_at=enrolment.started_at,
        completed_on=claim.completed_on,
        valid_until=claim.valid_until or expiry_date(completed_on=claim.completed_on, months=months),
        percent=claim.percent,
        minutes=claim.minutes,
        assurance=Assurance.D,
    )
