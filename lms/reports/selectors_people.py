"""One person's file for those who answer for its training: nothing outside the dates of its postings.

What HR may know of a person began and happened while the person worked in an institution of that
HR. Citizen enrolments, answers, practice and dilemmas are not read here at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from certificates.models import Certificate
from certificates.presentation import Notice, notice_of
from certificates.selectors import card_of, list_for_holder
from lms.lib.clock import local_date
from lms.people.models import Person, Posting
from lms.people.policy import (
    Action,
    Grant,
    NotAllowedError,
    Viewer,
    grants_for,
    institution_ids_for,
    may_see_person_record,
)
from lms.progress.models import Enrolment, LearningContext


class Span(NamedTuple):
    """First and last day of a posting, both included; without last day it goes on."""

    first: date
    last: date | None


@dataclass(frozen=True)
class CertificateLine:
    """The certificate of a completion as it stands today; of several, the latest replacement."""

    certificate_id: UUID
    code: str
    notice: Notice


@dataclass(frozen=True)
class CourseLine:
    """One course taken up at work. ``percent`` 0–100; empty fields were not reached or not measured."""

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
    return any(span.first <= day and (span.last is None or day <= span.last) for span in spans)


def list_postings(*, person_id: int, institution_ids: frozenset[int] | None) -> list[Posting]:
    """The person's postings in these institutions (``None``: all), latest first. One query."""
    postings = Posting.objects.filter(person_id=person_id).select_related("institution", "unit")
    if institution_ids is not None:
        postings = postings.filter(institution_id__in=institution_ids)
    return list(postings.order_by("-valid_from", "-pk"))


def spans_of(*, postings: Iterable[Posting]) -> list[Span]:
    """The dates of postings. No query."""
    return [Span(posting.valid_from, posting.valid_until) for posting in postings]


def get_person_file(*, viewer: Viewer, public_id: UUID, on: date) -> PersonFile:
    """The file of a person with a posting, present or past, where the viewer may see people. Five queries.

    Raises:
        NotAllowedError: no such person, erased, or without a posting there.
    """
    person = Person.objects.present().filter(public_id=public_id).first()
    if person is None:
        raise NotAllowedError(Action.SEE_PEOPLE)
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_PEOPLE)
    postings = list_postings(person_id=person.pk, institution_ids=allowed)
    found = frozenset(posting.institution_id for posting in postings)
    if not postings or not may_see_person_record(viewer=viewer, person_id=person.pk, institution_ids=found):
        raise NotAllowedError(Action.SEE_PEOPLE)
    institution_id = postings[0].institution_id
    return PersonFile(
        person=person,
        grant=_grant_of(viewer, institution_id),
        institution_id=institution_id,
        postings=postings,
        courses=_list_courses(person, spans_of(postings=postings), on),
    )


def _grant_of(viewer: Viewer, institution_id: int) -> Grant:
    for grant in grants_for(viewer=viewer, action=Action.SEE_PEOPLE):
        if grant.covers(institution_id):
            return grant
    raise NotAllowedError(Action.SEE_PEOPLE)


def _list_courses(person: Person, spans: list[Span], on: date) -> list[CourseLine]:
    rows: QuerySet[Enrolment] = (
        Enrolment.objects.filter(person=person, context=LearningContext.EMPLOYEE)
        .select_related("release__course", "completion")
        .prefetch_related("unit_results")
        .order_by("-started_at", "-pk")
    )
    seen = [row for row in rows if is_within(day=local_date(row.started_at), spans=spans)]
    certificates = list(list_for_holder(holder_key=str(person.public_id))) if seen else []
    return [_course_line(row, spans, certificates, on) for row in seen]


def _course_line(
    enrolment: Enrolment, spans: list[Span], certificates: list[Certificate], on: date
) -> CourseLine:
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
    )


def _certificate_line(fact_key: UUID, certificates: list[Certificate], on: date) -> CertificateLine | None:
    found = next((row for row in certificates if row.fact_key == fact_key), None)
    replacements = {row.supersedes_id: row for row in certificates if row.supersedes_id}
    while found is not None and found.pk in replacements:
        found = replacements[found.pk]
    if found is None:
        return None
    card = card_of(certificate=found, on=on)
    return CertificateLine(found.pk, found.formatted_code, notice_of(card=card))
