"""What the record says of progress: folding statements into facts, one fold per verb."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from courses.models import Course, CourseRelease
from lms.integrity.models import EthicsCode
from lms.journeys.attend_workshop import AttendanceFact
from lms.people.models import Posting, Pseudonym
from lms.progress.services.restoring import (
    AttemptFact,
    CompletionFact,
    DeltaFact,
    DilemmaFact,
    EnrolmentFact,
    UnitFact,
)
from lms.xapi import vocabulary as words
from lms.xapi.platform import Platform
from lms.xapi.selectors.reading import Said, iterate_statements


@dataclass(frozen=True)
class AcknowledgementFact:
    """``person_id`` declared to know the code ``code_id``."""

    public_id: UUID
    person_id: int
    code_id: int
    at: datetime


@dataclass
class Facts:
    """Everything that can be known of progress, by natural key."""

    enrolments: dict[UUID, EnrolmentFact] = field(default_factory=dict)
    units: dict[tuple[UUID, str], UnitFact] = field(default_factory=dict)
    dilemmas: dict[tuple[UUID, str], DilemmaFact] = field(default_factory=dict)
    attempts: dict[UUID, AttemptFact] = field(default_factory=dict)
    completions: dict[UUID, CompletionFact] = field(default_factory=dict)
    deltas: dict[UUID, DeltaFact] = field(default_factory=dict)
    acknowledgements: dict[tuple[int, int], AcknowledgementFact] = field(default_factory=dict)
    attendances: dict[UUID, AttendanceFact] = field(default_factory=dict)
    unknown_actors: int = 0


KINDS = (
    "enrolments", "units", "dilemmas", "attempts", "completions", "deltas", "acknowledgements", "attendances",
)  # fmt: skip


class _Lookups:
    """Codes and numbers to row ids, read once."""

    def __init__(self) -> None:
        self.people = dict(Pseudonym.objects.values_list("name", "person_id"))
        self.courses = dict(Course.objects.values_list("code", "pk"))
        self.releases: dict[tuple[int, int], int] = {
            (course_id, number): pk
            for pk, course_id, number in CourseRelease.objects.values_list("pk", "course_id", "number")
        }
        self.postings = dict(Posting.objects.values_list("public_id", "pk"))
        self.codes = dict(EthicsCode.objects.values_list("public_id", "pk"))


def read_statements(*, platform: Platform) -> Facts:
    """Fold the whole record, streamed. Statements of erased people have no person and are counted apart."""
    facts, lookups = Facts(), _Lookups()
    extension = f"{platform.base_iri}/xapi/extensiones/"
    for statement in iterate_statements(platform=platform):
        if statement.verb == words.VOIDED.iri:
            _fold_voided(facts, statement, extension)
            continue
        fold = _FOLDS.get(statement.verb)
        if fold is None:
            continue
        person_id = lookups.people.get(statement.actor_name)
        if person_id is None:
            facts.unknown_actors += 1
            continue
        parts = _Parts(statement, person_id, lookups, platform.base_iri, extension)
        fold(facts, parts)
    _settle_cycles(facts)
    return settle_attendances(facts=facts)


def _settle_cycles(facts: Facts) -> None:
    """The enrolments of one person in one course count 1 to n as they began."""
    groups: dict[tuple[int, int, str], list[EnrolmentFact]] = defaultdict(list)
    for enrolment in facts.enrolments.values():
        groups[enrolment.person_id, enrolment.course_id, enrolment.context].append(enrolment)
    for group in groups.values():
        for number, enrolment in enumerate(sorted(group, key=lambda e: (e.started_at, e.public_id)), 1):
            facts.enrolments[enrolment.public_id] = replace(enrolment, cycle=number)


def settle_attendances(*, facts: Facts) -> Facts:
    """Of two in force of one person in one session, whose records were merged, the earlier counts."""
    first: dict[tuple[UUID, int], UUID] = {}
    for fact in sorted(facts.attendances.values(), key=lambda fact: (fact.marked_at, fact.public_id)):
        if fact.voided_at is not None:
            continue
        if first.setdefault((fact.session_id, fact.person_id), fact.public_id) != fact.public_id:
            del facts.attendances[fact.public_id]
    return facts


@dataclass(frozen=True)
class _Parts:
    statement: Said
    person_id: int
    lookups: _Lookups
    base_iri: str
    extension: str

    def ext(self, name: str, default: Any = None) -> Any:
        return self.statement.raw.get("context", {}).get("extensions", {}).get(self.extension + name, default)

    @property
    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = self.statement.raw.get("result", {})
        return found

    @property
    def path(self) -> list[str]:
        """``["curso", code, "unidad", key, …]`` of the activity's address."""
        return self.statement.activity.removeprefix(f"{self.base_iri}/id/").split("/")

    @property
    def registration(self) -> UUID:
        assert self.statement.registration is not None
        return self.statement.registration


def _fold_initialized(facts: Facts, parts: _Parts) -> None:
    course_id = parts.lookups.courses.get(parts.path[1])
    if course_id is None:
        return
    posting = parts.ext("destinacion")
    facts.enrolments[parts.registration] = EnrolmentFact(
        public_id=parts.registration,
        person_id=parts.person_id,
        course_id=course_id,
        release_id=parts.lookups.releases[course_id, parts.ext("version")],
        context=parts.ext("contexto"),
        posting_id=parts.lookups.postings.get(UUID(posting)) if posting else None,
        cycle=1,
        started_at=parts.statement.timestamp,
    )


def _fold_completed(facts: Facts, parts: _Parts) -> None:
    path, at = parts.path, parts.statement.timestamp
    if path[0] != "curso":
        return
    if len(path) == 2:
        _fold_course_completed(facts, parts)
    elif path[-1] == "dilema":
        facts.dilemmas[parts.registration, path[3]] = DilemmaFact(parts.registration, path[3], at)
    elif len(path) == 4:
        facts.units[parts.registration, path[3]] = UnitFact(
            parts.registration, path[3], at, parts.ext("garantia"), parts.ext("fuente")
        )


def _fold_course_completed(facts: Facts, parts: _Parts) -> None:
    course_id = parts.lookups.courses.get(parts.path[1])
    if course_id is None:
        return
    public_id = UUID(parts.ext("completado-id"))
    expires, score = parts.ext("vence"), parts.result.get("score")
    facts.completions[public_id] = CompletionFact(
        public_id=public_id,
        registration=parts.registration,
        release_id=parts.lookups.releases[course_id, parts.ext("version")],
        completed_at=parts.statement.timestamp,
        completed_on=date.fromisoformat(parts.ext("fecha")),
        valid_until=date.fromisoformat(expires) if expires else None,
        percent=int(score["raw"]) if score else None,
        minutes=parts.ext("minutos"),
        assurance=parts.ext("garantia"),
    )


def _fold_graded(facts: Facts, parts: _Parts) -> None:
    course_id = parts.lookups.courses.get(parts.path[1])
    if course_id is None:
        return
    public_id = UUID(parts.ext("intento-id"))
    score = parts.result["score"]
    facts.attempts[public_id] = AttemptFact(
        public_id=public_id,
        registration=parts.registration,
        release_id=parts.lookups.releases[course_id, parts.ext("intento-version")],
        unit_key=parts.path[3],
        number=parts.ext("intento"),
        drawn=parts.ext("sorteo"),
        started_at=datetime.fromisoformat(parts.ext("intento-inicio")),
        submitted_at=parts.statement.timestamp,
        correct=Decimal(str(score["raw"])),
        total=int(score["max"]),
        passed=parts.result["success"],
        competences=parts.ext("competencias"),
    )


def _fold_acknowledged(facts: Facts, parts: _Parts) -> None:
    if parts.path[0] == "curso":
        _fold_delta(facts, parts)
        return
    code_id = parts.lookups.codes.get(UUID(parts.path[1])) if parts.path[0] == "codigo-de-etica" else None
    if code_id is None:
        return
    told = AcknowledgementFact(
        UUID(parts.ext("declaracion-id")), parts.person_id, code_id, parts.statement.timestamp
    )
    known = facts.acknowledgements.get((told.person_id, told.code_id))
    # A person declares once to know a code: of two records made one, the earlier declaration counts.
    if known is None or (told.at, told.public_id) < (known.at, known.public_id):
        facts.acknowledgements[told.person_id, told.code_id] = told


def _fold_delta(facts: Facts, parts: _Parts) -> None:
    course_id = parts.lookups.courses.get(parts.path[1])
    if course_id is None:
        return
    public_id = UUID(parts.ext("lectura-id"))
    facts.deltas[public_id] = DeltaFact(
        public_id=public_id,
        completion=UUID(parts.ext("completado-id")),
        release_id=parts.lookups.releases[course_id, int(parts.path[3])],
        read_at=parts.statement.timestamp,
    )


def _fold_attended(facts: Facts, parts: _Parts) -> None:
    if parts.path[0] != "taller":
        return
    public_id, posting = UUID(parts.ext("asistencia-id")), parts.ext("destinacion")
    facts.attendances[public_id] = AttendanceFact(
        public_id=public_id,
        session_id=UUID(parts.path[1]),
        person_id=parts.person_id,
        context=parts.ext("contexto"),
        posting_id=parts.lookups.postings.get(UUID(posting)) if posting else None,
        minutes=parts.ext("minutos"),
        marked_at=parts.statement.timestamp,
    )


def _fold_voided(facts: Facts, statement: Said, extension: str) -> None:
    """Said by the platform, not by a person; after the statement that it takes back."""
    said = statement.raw.get("context", {}).get("extensions", {})
    completion_id = UUID(said.get(f"{extension}completado-id", str(UUID(int=0))))
    if completion_id in facts.completions:
        facts.completions[completion_id] = replace(facts.completions[completion_id], counts=False)
    public_id = UUID(said.get(f"{extension}asistencia-id", str(UUID(int=0))))
    if public_id in facts.attendances:
        facts.attendances[public_id] = replace(
            facts.attendances[public_id],
            voided_at=statement.timestamp,
            void_reason=said[f"{extension}motivo"],
        )


_FOLDS: dict[str, Callable[[Facts, _Parts], None]] = {
    words.INITIALIZED.iri: _fold_initialized,
    words.COMPLETED.iri: _fold_completed,
    words.PASSED.iri: _fold_graded,
    words.FAILED.iri: _fold_graded,
    words.ACKNOWLEDGED.iri: _fold_acknowledged,
    words.ATTENDED.iri: _fold_attended,
}
