"""Restoring rows from facts: the counterpart of the statements, used by ``rebuild_progress`` only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction

from lms.people.models import Pseudonym
from lms.progress.models import AssessmentAttempt, Completion, DeltaReading, DilemmaRun, Enrolment, UnitResult

BATCH = 1000
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class EnrolmentFact:
    public_id: UUID
    person_id: int
    course_id: int
    release_id: int
    context: str
    posting_id: int | None
    cycle: int
    started_at: datetime


@dataclass(frozen=True)
class UnitFact:
    registration: UUID
    unit_key: str
    finished_at: datetime
    assurance: str
    source: str


@dataclass(frozen=True)
class DilemmaFact:
    registration: UUID
    unit_key: str
    finished_at: datetime


@dataclass(frozen=True)
class AttemptFact:
    public_id: UUID
    registration: UUID
    release_id: int
    unit_key: str
    number: int
    drawn: list[dict[str, Any]]
    started_at: datetime
    submitted_at: datetime
    correct: Decimal
    total: int
    passed: bool
    competences: list[dict[str, Any]]


@dataclass(frozen=True)
class DeltaFact:
    public_id: UUID
    completion: UUID
    release_id: int
    read_at: datetime


@dataclass(frozen=True)
class CompletionFact:
    public_id: UUID
    registration: UUID
    release_id: int
    completed_at: datetime
    completed_on: date
    valid_until: date | None
    percent: int | None
    minutes: int
    assurance: str
    counts: bool = True


@transaction.atomic
def restore_progress(
    *,
    enrolments: Sequence[EnrolmentFact],
    units: Sequence[UnitFact],
    dilemmas: Sequence[DilemmaFact],
    attempts: Sequence[AttemptFact],
    completions: Sequence[CompletionFact],
    deltas: Sequence[DeltaFact],
) -> None:
    """Make the rows of people who can be named equal to the facts.

    Enrolments are kept where they stand, so that drafts survive. Rows of erased people, whom no
    pseudonym names any more, are not touched.
    """
    known = {row.public_id: row for row in Enrolment.objects.all()}
    stated = {fact.public_id for fact in enrolments}
    named = Pseudonym.objects.values("person_id")
    Completion.objects.filter(person_id__in=named).delete()
    UnitResult.objects.filter(enrolment__person_id__in=named).delete()
    DilemmaRun.objects.filter(enrolment__person_id__in=named).delete()
    stated_attempts = {fact.public_id for fact in attempts}
    submitted = AssessmentAttempt.objects.filter(
        state=AssessmentAttempt.State.SUBMITTED, enrolment__person_id__in=named
    )
    _delete_others(submitted, stated_attempts)
    _delete_others(Enrolment.objects.filter(person_id__in=named), stated)
    _write(Enrolment, [_enrolment(fact, known.get(fact.public_id)) for fact in enrolments], _ENROLMENT_FIELDS)
    ids = dict(Enrolment.objects.values_list("public_id", "pk"))
    owners = {row.public_id: row for row in Enrolment.objects.all()}
    UnitResult.objects.bulk_create(
        (
            UnitResult(
                enrolment_id=ids[f.registration], unit_key=f.unit_key, finished_at=f.finished_at,
                assurance=f.assurance, source=f.source,
            )
            for f in units
            if f.registration in ids
        ),
        batch_size=BATCH,
    )  # fmt: skip
    DilemmaRun.objects.bulk_create(
        (
            DilemmaRun(enrolment_id=ids[f.registration], unit_key=f.unit_key, finished_at=f.finished_at)
            for f in dilemmas
            if f.registration in ids
        ),
        batch_size=BATCH,
    )
    drafts = {row.public_id: row for row in AssessmentAttempt.objects.all()}
    _write(
        AssessmentAttempt,
        [
            _attempt(f, ids[f.registration], drafts.get(f.public_id))
            for f in attempts
            if f.registration in ids
        ],
        _ATTEMPT_FIELDS,
    )
    Completion.objects.bulk_create(
        (_completion(f, owners[f.registration]) for f in completions if f.registration in owners),
        batch_size=BATCH,
    )
    completed = dict(Completion.objects.values_list("public_id", "pk"))
    DeltaReading.objects.bulk_create(
        (
            DeltaReading(
                public_id=f.public_id, completion_id=completed[f.completion], release_id=f.release_id,
                read_at=f.read_at,
            )
            for f in deltas
            if f.completion in completed
        ),
        batch_size=BATCH,
    )  # fmt: skip


_ENROLMENT_FIELDS = ["person", "course", "release", "context", "posting", "cycle", "started_at"]
_ATTEMPT_FIELDS = ["enrolment", "release", "unit_key", "number", "state", "drawn", "started_at",
                   "submitted_at", "correct", "total", "passed", "competences"]  # fmt: skip


def _delete_others(rows: models.QuerySet[Row], kept: set[UUID]) -> None:
    """Delete the rows whose public id is not kept, in batches that any database takes."""
    gone = [pk for pk, public_id in rows.values_list("pk", "public_id") if public_id not in kept]
    for start in range(0, len(gone), BATCH):
        rows.model._default_manager.filter(pk__in=gone[start : start + BATCH]).delete()


def _write(model: type[Row], rows: Iterable[Row], fields: list[str]) -> None:
    rows = list(rows)
    manager: Any = model._default_manager
    manager.bulk_create((row for row in rows if row.pk is None), batch_size=BATCH)
    manager.bulk_update([row for row in rows if row.pk is not None], fields, batch_size=BATCH)


def _enrolment(fact: EnrolmentFact, row: Enrolment | None) -> Enrolment:
    row = row or Enrolment(public_id=fact.public_id)
    row.person_id, row.course_id, row.release_id = fact.person_id, fact.course_id, fact.release_id
    row.context, row.posting_id, row.cycle = fact.context, fact.posting_id, fact.cycle
    row.started_at = fact.started_at
    return row


def _attempt(fact: AttemptFact, enrolment_id: int, row: AssessmentAttempt | None) -> AssessmentAttempt:
    row = row or AssessmentAttempt(public_id=fact.public_id)
    row.enrolment_id, row.release_id, row.unit_key, row.number = (
        enrolment_id, fact.release_id, fact.unit_key, fact.number,
    )  # fmt: skip
    row.state, row.drawn = AssessmentAttempt.State.SUBMITTED, fact.drawn
    row.started_at, row.submitted_at = fact.started_at, fact.submitted_at
    row.correct, row.total, row.passed = fact.correct, fact.total, fact.passed
    row.competences = fact.competences
    return row


def _completion(fact: CompletionFact, enrolment: Enrolment) -> Completion:
    return Completion(
        public_id=fact.public_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        course_id=enrolment.course_id,
        release_id=fact.release_id,
        context=enrolment.context,
        completed_at=fact.completed_at,
        completed_on=fact.completed_on,
        valid_until=fact.valid_until,
        percent=fact.percent,
        minutes=fact.minutes,
        assurance=fact.assurance,
        counts=fact.counts,
    )
