"""One person's file for those who answer for its training: nothing outside the dates of its postings.

What HR may know of a person began and happened while the person worked in an institution of that
HR. Citizen enrolments, answers, practice and dilemmas are not read here at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from certificates.models import Certificate
from certificates.presentation import Notice, notice_of
from certificates.selectors import card_of, list_for_holder
from lms.lib.clock import local_date
from lms.people.days import Days
from lms.people.models import Person, Posting
from lms.people.policy import (
    Action,
    Grant,
    NotAllowedError,
    Reach,
    Viewer,
    may_see_person_record,
    reach_of,
    require,
)
from lms.people.selectors.merges import list_holder_keys
from lms.people.selectors.reach import within
from lms.progress.models import AssessmentAttempt, Enrolment, LearningContext
from lms.progress.selectors.progress import attempt_facts, build_standing
from lms.progress.why_words import Told, tell_course

ATTEMPT_FIELDS = ("enrolment_id", "number", "started_at", "submitted_at", "passed")
"""All that is read of attempts: whether one may go on, never what was asked, answered or scored."""

Span = Days
"""First and last day of a posting, both included; without last day it goes on."""


@dataclass(frozen=True)
class CertificateLine:
    """The certificate of a completion as it stands today; of several, the latest replacement."""

    certificate_id: UUID
    code: str
    notice: Notice


@dataclass(frozen=True)
class CourseLine:
    """One course taken up at work. ``percent`` 0–100; empty fields were not reached or not measured.

    ``told``: why it is not complete, in the words that the person reads; ``None`` where they would
    tell something of days outside the postings, or of somebody who is not there any more.
    """

    title: str
    started_on: date
    units_done: int
    units_total: int
    completed_on: date | None
    valid_until: date | None
    is_expired: bool
    percent: int | None
    assurance: str
    certificate: CertificateLine | None
    counts: bool = True
    told: Told | None = None


@dataclass(frozen=True)
class PersonFile:
    """All that the viewer may know of the person, and the grant that allows it."""

    person: Person
    grant: Grant
    institution_id: int
    postings: list[Posting]
    courses: list[CourseLine]


def is_within(*, day: date, spans: Iterable[Span]) -> bool:
    """True on a day of one of the spans."""
    return any(span.has(day) for span in spans)


def list_postings(*, person_id: int, reach: Reach) -> list[Posting]:
    """The person's postings within the reach, latest first. One query."""
    postings = Posting.objects.filter(within(reach), person_id=person_id)
    return list(postings.select_related("institution", "unit").order_by("-valid_from", "-pk"))


def spans_of(*, postings: Iterable[Posting]) -> list[Span]:
    """The dates of postings. No query."""
    return [Span(posting.valid_from, posting.valid_until) for posting in postings]


def get_person_file(*, viewer: Viewer, public_id: UUID, at: datetime) -> PersonFile:
    """The file of a person with a posting, present or past, where the viewer may see people. Six queries.

    Raises:
        NotAllowedError: no such person, erased, or without a posting there.
    """
    person = Person.objects.present().filter(public_id=public_id).first()
    if person is None:
        raise NotAllowedError(Action.SEE_PEOPLE)
    postings = list_postings(person_id=person.pk, reach=reach_of(viewer=viewer, action=Action.SEE_PEOPLE))
    places = frozenset((posting.institution_id, posting.unit_id) for posting in postings)
    if not postings or not may_see_person_record(viewer=viewer, person_id=person.pk, places=places):
        raise NotAllowedError(Action.SEE_PEOPLE)
    institution_id = postings[0].institution_id
    return PersonFile(
        person=person,
        grant=require(
            viewer=viewer,
            action=Action.SEE_PEOPLE,
            institution_id=institution_id,
            unit_id=postings[0].unit_id,
        ),
        institution_id=institution_id,
        postings=postings,
        courses=_list_courses(person, spans_of(postings=postings), at),
    )


def _list_courses(person: Person, spans: list[Span], at: datetime) -> list[CourseLine]:
    attempts = AssessmentAttempt.objects.only(*ATTEMPT_FIELDS)
    rows: QuerySet[Enrolment] = (
        Enrolment.objects.filter(person=person, context=LearningContext.EMPLOYEE)
        .learned_here()
        .select_related("release__course", "completion")
        .prefetch_related("unit_results", Prefetch("attempts", attempts))
        .order_by("-started_at", "-pk")
    )
    seen = [row for row in rows if is_within(day=local_date(row.started_at), spans=spans)]
    certificates = list(list_for_holder(holder_keys=list_holder_keys(person_id=person.pk))) if seen else []
    return [_course_line(row, spans, certificates, at) for row in seen]


def _course_line(
    enrolment: Enrolment, spans: list[Span], certificates: list[Certificate], at: datetime
) -> CourseLine:
    on = local_date(at)
    outline = enrolment.release.outline
    keys = {unit.key for unit in outline.units}
    done = {
        result.unit_key
        for result in enrolment.unit_results.all()
        if is_within(day=local_date(result.finished_at), spans=spans)
    }
    completion = getattr(enrolment, "completion", None)
    if completion is not None and not is_within(day=completion.completed_on, spans=spans):
        completion = None
    return CourseLine(
        title=outline.title,
        started_on=local_date(enrolment.started_at),
        units_done=len(done & keys),
        units_total=len(keys),
        completed_on=completion.completed_on if completion else None,
        valid_until=completion.valid_until if completion else None,
        is_expired=bool(completion and completion.valid_until and completion.valid_until < on),
        percent=completion.percent if completion else None,
        assurance=completion.get_assurance_display() if completion else "",
        certificate=_certificate_line(completion.public_id, certificates, on) if completion else None,
        counts=completion.counts if completion else True,
        told=_tell_why(enrolment, spans, at),
    )


def _tell_why(enrolment: Enrolment, spans: list[Span], at: datetime) -> Told | None:
    """Nothing that happened outside the postings may show in the words. No query."""
    results, attempts = list(enrolment.unit_results.all()), list(enrolment.attempts.all())
    completion = getattr(enrolment, "completion", None)
    days = [local_date(at), *(local_date(result.finished_at) for result in results)]
    days += [local_date(attempt.submitted_at or attempt.started_at) for attempt in attempts]
    days += [completion.completed_on] if completion else []
    if not all(is_within(day=day, spans=spans) for day in days):
        return None
    standing = build_standing(
        enrolment=enrolment,
        outline=enrolment.release.outline,
        finished=frozenset(result.unit_key for result in results),
        attempts=attempt_facts(attempts),
    )
    told = tell_course(standing=standing, at=at)
    return None if told.is_complete else told


def _certificate_line(fact_key: UUID, certificates: list[Certificate], on: date) -> CertificateLine | None:
    found = next((row for row in certificates if row.fact_key == fact_key), None)
    replacements = {row.supersedes_id: row for row in certificates if row.supersedes_id}
    while found is not None and found.pk in replacements:
        found = replacements[found.pk]
    if found is None:
        return None
    card = card_of(certificate=found, on=on)
    return CertificateLine(found.pk, found.formatted_code, notice_of(card=card))
