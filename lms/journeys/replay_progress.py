"""The promise: the statements alone suffice to rebuild progress.

``read_statements`` folds the record into facts; ``read_rows`` reads the same facts from the rows
that answer queries; ``compare`` tells them apart; ``rebuild`` restores the rows from the facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lms.integrity.models import Acknowledgement
from lms.integrity.services.acknowledgements import restore_acknowledgements
from lms.journeys.attend_workshop import attendance_book
from lms.journeys.replay_facts import (
    KINDS,
    AcknowledgementFact,
    Facts,
    read_statements,
    settle_attendances,
)
from lms.people.models import Person, Pseudonym
from lms.progress.models import (
    AssessmentAttempt,
    Completion,
    DeltaReading,
    DilemmaRun,
    Enrolment,
    UnitResult,
)
from lms.progress.services.assigned import draw_everybody
from lms.progress.services.restoring import (
    AttemptFact,
    CompletionFact,
    DeltaFact,
    DilemmaFact,
    EnrolmentFact,
    UnitFact,
    restore_progress,
)
from lms.xapi.platform import Platform


@dataclass(frozen=True)
class Difference:
    """One disagreement: ``kind`` of fact, its key, what the record says, what the rows say."""

    kind: str
    key: str
    stated: str
    stored: str

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: declarado {self.stated}; en las tablas {self.stored}"


def read_rows() -> Facts:
    """The same facts from the rows. A fixed number of queries, streamed."""
    facts = Facts()
    present = set(Pseudonym.objects.values_list("person_id", flat=True))
    registrations: dict[int, UUID] = {}
    for e in Enrolment.objects.iterator():
        registrations[e.pk] = e.public_id
        if e.person_id in present:
            facts.enrolments[e.public_id] = EnrolmentFact(
                e.public_id,
                e.person_id,
                e.course_id,
                e.release_id,
                e.context,
                e.posting_id,
                e.cycle,
                e.started_at,
            )
    for u in UnitResult.objects.iterator():
        key = registrations[u.enrolment_id]
        if key in facts.enrolments:
            facts.units[key, u.unit_key] = UnitFact(key, u.unit_key, u.finished_at, u.assurance, u.source)
    for d in DilemmaRun.objects.iterator():
        key = registrations[d.enrolment_id]
        if key in facts.enrolments:
            facts.dilemmas[key, d.unit_key] = DilemmaFact(key, d.unit_key, d.finished_at)
    for a in AssessmentAttempt.objects.filter(state=AssessmentAttempt.State.SUBMITTED).iterator():
        key = registrations[a.enrolment_id]
        if key in facts.enrolments and a.submitted_at is not None:
            facts.attempts[a.public_id] = AttemptFact(
                a.public_id, key, a.release_id, a.unit_key, a.number, a.drawn, a.started_at, a.submitted_at,
                a.correct or Decimal(0), a.total, bool(a.passed), a.competences,
            )  # fmt: skip
    for c in Completion.objects.iterator():
        key = registrations[c.enrolment_id]
        if key in facts.enrolments:
            facts.completions[c.public_id] = CompletionFact(
                c.public_id, key, c.release_id, c.completed_at, c.completed_on, c.valid_until, c.percent,
                c.minutes, c.assurance, c.counts,
            )  # fmt: skip
    for delta in DeltaReading.objects.select_related("completion").iterator():
        if delta.completion.person_id in present:
            facts.deltas[delta.public_id] = DeltaFact(
                delta.public_id, delta.completion.public_id, delta.release_id, delta.read_at
            )
    for k in Acknowledgement.objects.iterator():
        if k.person_id in present:
            facts.acknowledgements[k.person_id, k.code_id] = AcknowledgementFact(
                k.public_id, k.person_id, k.code_id, k.acknowledged_at
            )
    kept = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    for attendance in attendance_book().read():
        # One that stayed with a merged record is the kept person's all the same.
        person_id = kept.get(attendance.person_id) or attendance.person_id
        if person_id in present:
            facts.attendances[attendance.public_id] = replace(attendance, person_id=person_id)
    return settle_attendances(facts=facts)


def compare(stated: Facts, stored: Facts) -> Iterator[Difference]:
    """Every fact on which record and rows disagree."""
    for kind in KINDS:
        told, kept = getattr(stated, kind), getattr(stored, kind)
        for key in sorted(set(told) | set(kept), key=str):
            left, right = told.get(key), kept.get(key)
            if left != right:
                yield Difference(kind, str(key), _words(left), _words(right))


def _words(fact: object) -> str:
    return "nada" if fact is None else str(fact)


def check(*, platform: Platform) -> list[Difference]:
    """All differences between the record and the rows; empty when all is well."""
    return list(compare(read_statements(platform=platform), read_rows()))


@transaction.atomic
def rebuild(*, platform: Platform, at: datetime) -> dict[str, int]:
    """Make the rows what the record says, in one transaction; how many facts of each kind.

    Rows that are not facts (open attempts, practice answers, saved answers) stay where their
    enrolment stays. So do the rows of erased people: nothing names them any more, and counts stay
    true.
    """
    facts = read_statements(platform=platform)
    restore_progress(
        enrolments=list(facts.enrolments.values()),
        units=list(facts.units.values()),
        dilemmas=list(facts.dilemmas.values()),
        attempts=list(facts.attempts.values()),
        completions=list(facts.completions.values()),
        deltas=list(facts.deltas.values()),
    )
    restore_acknowledgements(
        rows=[(f.public_id, f.person_id, f.code_id, f.at) for f in facts.acknowledgements.values()]
    )
    attendance_book().restore(facts=list(facts.attendances.values()))
    draw_everybody(at=at)
    return {kind: len(getattr(facts, kind)) for kind in KINDS}
