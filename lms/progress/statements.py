"""The statements that tell progress: every fact that a row answers, so that rows can be rebuilt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tincan import Activity, Agent, AgentAccount, Extensions, Result, Statement, StatementRef

from courses.outline import CourseOutline, UnitKind, UnitSpec
from lms.progress.models import (
    AssessmentAttempt,
    CheckAnswer,
    Completion,
    DeltaReading,
    DilemmaRun,
    Enrolment,
    UnitResult,
)
from lms.xapi import vocabulary as words
from lms.xapi.platform import Platform
from lms.xapi.statements import activity, build_statement, score, statement_id, verb
from lms.xapi.vocabulary import own_extension

UNIT_TYPES = {
    UnitKind.LESSON: words.LESSON,
    UnitKind.DILEMMA: words.LESSON,
    UnitKind.ASSESSMENT: words.ASSESSMENT,
}


@dataclass(frozen=True)
class Speaker:
    """Who speaks and where: what every statement of an enrolment shares."""

    actor: Agent
    platform: Platform
    enrolment: Enrolment
    outline: CourseOutline

    def course(self) -> Activity:
        return activity(
            iri=course_iri(platform=self.platform, code=self.outline.code),
            kind=words.COURSE,
            name=self.outline.title,
        )

    def unit(self, unit: UnitSpec) -> Activity:
        return activity(
            iri=unit_iri(platform=self.platform, code=self.outline.code, key=unit.key),
            kind=UNIT_TYPES[unit.kind],
            name=unit.title,
        )

    def extension(self, name: str) -> str:
        return own_extension(self.platform.base_iri, name)

    def say(self, **parts: Any) -> Statement:
        return build_statement(actor=self.actor, registration=self.enrolment.public_id, **parts)


def course_iri(*, platform: Platform, code: str) -> str:
    """Activity addresses are made of codes, never of page addresses or row numbers."""
    return f"{platform.base_iri}/id/curso/{code}"


def unit_iri(*, platform: Platform, code: str, key: str) -> str:
    return f"{course_iri(platform=platform, code=code)}/unidad/{key}"


def enrolled(*, speaker: Speaker, posting_public_id: str, source: str = "") -> Statement:
    """«inició» the course: under which release, in which context, in which posting, from which source."""
    enrolment = speaker.enrolment
    extensions = {
        speaker.extension("version"): enrolment.release.number,
        speaker.extension("contexto"): enrolment.context,
        speaker.extension("ciclo"): enrolment.cycle,
    }
    if posting_public_id:
        extensions[speaker.extension("destinacion")] = posting_public_id
    if source:
        extensions[speaker.extension("fuente")] = source
    return speaker.say(
        id=statement_id("enrolled", enrolment.public_id, platform=speaker.platform),
        verb=verb(words.INITIALIZED),
        object=speaker.course(),
        at=enrolment.started_at,
        extensions=extensions,
    )


def unit_finished(*, speaker: Speaker, unit: UnitSpec, result: UnitResult) -> Statement:
    """«completó» the unit."""
    return speaker.say(
        id=statement_id("unit", speaker.enrolment.public_id, unit.key, platform=speaker.platform),
        verb=verb(words.COMPLETED),
        object=speaker.unit(unit),
        parent=speaker.course(),
        at=result.finished_at,
        result=Result(completion=True),
        extensions={
            speaker.extension("garantia"): result.assurance,
            speaker.extension("fuente"): result.source,
        },
    )


def dilemma_worked_through(*, speaker: Speaker, unit: UnitSpec, run: DilemmaRun) -> Statement:
    """«completó» the dilemma of a lesson: that it was worked through, nothing of what was chosen."""
    return speaker.say(
        id=statement_id("dilemma", speaker.enrolment.public_id, unit.key, platform=speaker.platform),
        verb=verb(words.COMPLETED),
        object=activity(
            iri=f"{unit_iri(platform=speaker.platform, code=speaker.outline.code, key=unit.key)}/dilema",
            kind=words.SCENARIO,
            name=unit.title,
        ),
        parent=speaker.unit(unit),
        at=run.finished_at,
        result=Result(completion=True),
    )


def course_progressed(*, speaker: Speaker, percent: int, result: UnitResult) -> Statement:
    """«avanzó en» the course, with the whole per cent of units finished."""
    return speaker.say(
        id=statement_id(
            "progressed", speaker.enrolment.public_id, result.unit_key, platform=speaker.platform
        ),
        verb=verb(words.PROGRESSED),
        object=speaker.course(),
        at=result.finished_at,
        result=Result(extensions=Extensions({words.PROGRESS_PERCENT: percent})),
    )


def check_answered(*, speaker: Speaker, unit: UnitSpec, answer: CheckAnswer) -> Statement:
    """«respondió» a practice question: whether rightly; not which option."""
    return speaker.say(
        id=statement_id("check", answer.public_id, answer.tries, platform=speaker.platform),
        verb=verb(words.ANSWERED),
        object=activity(
            iri=f"{unit_iri(platform=speaker.platform, code=speaker.outline.code, key=unit.key)}"
            f"/pregunta/{answer.check_key}",
            kind=words.INTERACTION,
            interaction_type="choice",
        ),
        parent=speaker.unit(unit),
        at=answer.answered_at,
        result=Result(success=answer.is_right),
        extensions={speaker.extension("practica"): True},
    )


def attempt_graded(
    *, speaker: Speaker, unit: UnitSpec, attempt: AssessmentAttempt, scores: Mapping[str, float]
) -> list[Statement]:
    """«respondió» each question and «aprobó» or «no aprobó» the assessment, with its competences.

    ``scores``: points of each question, from 0 to 1. What was answered is not said. A result that was
    told before (``attempt.told``) is told anew beside the earlier one, which stays; the last one counts.
    """
    again = [str(attempt.told + 1)] if attempt.told else []
    base = unit_iri(platform=speaker.platform, code=speaker.outline.code, key=unit.key)
    answered = [
        speaker.say(
            id=statement_id("answered", attempt.public_id, key, *again, platform=speaker.platform),
            verb=verb(words.ANSWERED),
            object=activity(iri=f"{base}/pregunta/{key}", kind=words.INTERACTION, interaction_type="other"),
            parent=speaker.unit(unit),
            at=attempt.submitted_at,
            result=Result(success=points == 1, score=score(raw=points, maximum=1)),
            extensions={speaker.extension("intento"): attempt.number},
        )
        for key, points in scores.items()
    ]
    graded = speaker.say(
        id=statement_id("graded", attempt.public_id, *again, platform=speaker.platform),
        verb=verb(words.PASSED if attempt.passed else words.FAILED),
        object=speaker.unit(unit),
        parent=speaker.course(),
        at=attempt.submitted_at,
        result=Result(
            success=attempt.passed,
            completion=True,
            score=score(raw=number_of(attempt.correct), maximum=attempt.total),
        ),
        extensions={
            speaker.extension("intento"): attempt.number,
            speaker.extension("intento-id"): str(attempt.public_id),
            speaker.extension("intento-inicio"): attempt.started_at.isoformat(),
            speaker.extension("intento-version"): attempt.release.number,
            speaker.extension("sorteo"): attempt.drawn,
            speaker.extension("competencias"): attempt.competences,
        },
    )
    return [*answered, graded]


def number_of(points: Decimal | None) -> int | float:
    """For JSON: whole where it is."""
    value = points or Decimal(0)
    return int(value) if value == value.to_integral_value() else float(value)


def course_completed(
    *, speaker: Speaker, completion: Completion, also: Mapping[str, str] | None = None
) -> Statement:
    """«completó» the course under its release, with result, hours and expiry.

    ``also``: of one that was attested, on what it rests, by the names of our extensions.
    """
    extensions: dict[str, Any] = {
        speaker.extension("completado-id"): str(completion.public_id),
        speaker.extension("version"): completion.release.number,
        speaker.extension("fecha"): completion.completed_on.isoformat(),
        speaker.extension("minutos"): completion.minutes,
        speaker.extension("garantia"): completion.assurance,
    }
    if completion.valid_until:
        extensions[speaker.extension("vence")] = completion.valid_until.isoformat()
    for name, value in (also or {}).items():
        extensions[speaker.extension(name)] = value
    return speaker.say(
        id=statement_id("completed", completion.public_id, platform=speaker.platform),
        verb=verb(words.COMPLETED),
        object=speaker.course(),
        at=completion.completed_at,
        result=Result(
            completion=True,
            success=True,
            score=score(raw=completion.percent, maximum=100) if completion.percent is not None else None,
        ),
        extensions=extensions,
    )


def delta_read(*, speaker: Speaker, completion: Completion, reading: DeltaReading) -> Statement:
    """«declaró conocer» what a release changed, by who had completed an earlier one."""
    return speaker.say(
        id=statement_id("delta", completion.public_id, reading.release.number, platform=speaker.platform),
        verb=verb(words.ACKNOWLEDGED),
        object=activity(
            iri=f"{course_iri(platform=speaker.platform, code=speaker.outline.code)}"
            f"/version/{reading.release.number}",
            kind=words.DOCUMENT,
            name=speaker.outline.title,
        ),
        parent=speaker.course(),
        at=reading.read_at,
        extensions={
            speaker.extension("lectura-id"): str(reading.public_id),
            speaker.extension("completado-id"): str(completion.public_id),
        },
    )


def completion_voided(*, completion: Completion, reason: str, at: datetime, platform: Platform) -> Statement:
    """«anuló» the statement of a completion, said by the platform: why in one word, nobody's text."""
    said = {"completado-id": str(completion.public_id), "motivo": reason}
    return build_statement(
        id=statement_id("completion-voided", completion.public_id, platform=platform),
        actor=Agent(account=AgentAccount(home_page=platform.base_iri, name="aula-abierta")),
        verb=verb(words.VOIDED),
        object=StatementRef(id=statement_id("completed", completion.public_id, platform=platform)),
        at=at,
        extensions={own_extension(platform.base_iri, name): value for name, value in said.items()},
    )


def certificate_earned(*, speaker: Speaker, certificate_id: str, completion: Completion) -> Statement:
    """«obtuvo» the certificate of a completion. Its code is a secret of the holder and is not said."""
    return speaker.say(
        id=statement_id("earned", completion.public_id, platform=speaker.platform),
        verb=verb(words.EARNED),
        object=activity(
            iri=f"{speaker.platform.base_iri}/id/certificado/{certificate_id}",
            kind=words.CERTIFICATE,
            name=speaker.outline.title,
        ),
        parent=speaker.course(),
        at=completion.completed_at,
    )
