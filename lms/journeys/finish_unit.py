"""A person finishes a unit: the one path by which progress changes.

Five doors lead here: the web page, the package player, workshop attendance, HR's import, the API.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from tincan import Statement

from certificates.rules import CertificateFacts
from certificates.services.issuing import issue_certificate
from courses.outline import CourseOutline, UnitSpec
from lms.feedback.services.asking import ask_after_completion
from lms.journeys.speaking import speaker_for
from lms.lib.clock import local_date
from lms.people.regions import zone_of
from lms.progress import statements as say
from lms.progress.models import Assurance, Completion, Enrolment, LearningContext
from lms.progress.rules import UnitRefusal, decide_unit, progress_percent
from lms.progress.selectors.steps import read_steps
from lms.progress.services.assigned import follow_people
from lms.progress.services.enrolments import lock_enrolment
from lms.progress.services.results import complete_if_due, record_unit_result
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


class UnitNotReadyError(Exception):
    """The unit asks for something first; ``refusal`` says what."""

    def __init__(self, refusal: UnitRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True)
class Finished:
    """What finishing brought: ``is_new`` is false for a second click."""

    unit: UnitSpec
    is_new: bool
    completion: Completion | None


@transaction.atomic
def finish_unit(
    *,
    enrolment_id: int,
    unit_key: str,
    source: str,
    platform: Platform,
    at: datetime,
    assurance: str = Assurance.A,
) -> Finished:
    """Record that a lesson or dilemma is finished, state it, and complete the course when due.

    Raises:
        courses.outline.UnknownUnitError: the release has no such unit.
        UnitNotReadyError: practice questions or the dilemma are still open.
    """
    enrolment = lock_enrolment(enrolment_id=enrolment_id)
    outline = enrolment.release.outline
    unit = outline.get_unit(unit_key)
    steps = read_steps(enrolment=enrolment)
    if unit_key not in steps.finished:
        refusal = decide_unit(
            unit=unit, answered_checks=steps.answers, dilemma_done=unit_key in steps.dilemmas
        )
        if refusal:
            raise UnitNotReadyError(refusal)
    return record_finished(
        enrolment=enrolment, outline=outline, unit=unit, source=source, assurance=assurance,
        platform=platform, at=at,
    )  # fmt: skip


def record_finished(
    *,
    enrolment: Enrolment,
    outline: CourseOutline,
    unit: UnitSpec,
    source: str,
    assurance: str,
    platform: Platform,
    at: datetime,
    also: tuple[Statement, ...] = (),
    done_at: datetime | None = None,
) -> Finished:
    """The common end of all doors, inside the caller's transaction with the enrolment locked.

    ``also`` are statements of the caller that belong before ours. ``done_at``: when the person did
    it, where others only said later that it was enough; no slow marker makes anybody late.
    """
    done_at = done_at or at
    result, is_new = record_unit_result(
        enrolment=enrolment, unit_key=unit.key, at=done_at, assurance=assurance, source=source
    )
    if not is_new and not also:
        return Finished(unit, False, None)
    person = enrolment.person
    speaker = speaker_for(enrolment=enrolment, person=person, outline=outline, platform=platform)
    told = list(also)
    if is_new:
        finished = set(enrolment.unit_results.values_list("unit_key", flat=True))
        percent = progress_percent(outline=outline, finished=finished)
        told.append(say.unit_finished(speaker=speaker, unit=unit, result=result))
        told.append(say.course_progressed(speaker=speaker, percent=percent, result=result))
    completion = complete_if_due(
        enrolment=enrolment,
        outline=outline,
        at=done_at,
        day=_day_of(enrolment, done_at),
        assurance=assurance,
    )
    if completion:
        if enrolment.context == LearningContext.EMPLOYEE:
            follow_people(person_ids=[enrolment.person_id], at=at)
        told.append(say.course_completed(speaker=speaker, completion=completion))
        certificate_id = _certify(enrolment=enrolment, outline=outline, completion=completion, at=at)
        told.append(
            say.certificate_earned(speaker=speaker, certificate_id=certificate_id, completion=completion)
        )
        ask_after_completion(enrolment=enrolment, outline=outline, told_on=_day_of(enrolment, at))
    store_statements(statements=told, platform=platform)
    return Finished(unit, is_new, completion)


def _day_of(enrolment: Enrolment, at: datetime) -> date:
    """The date of ``at`` by the clock of the person's region; of the capital for citizens."""
    posting = enrolment.posting
    return local_date(at, zone_of(region=posting.region)) if posting else local_date(at)


def _certify(*, enrolment: Enrolment, outline: CourseOutline, completion: Completion, at: datetime) -> str:
    """Issue the certificate of a completion; the same one however often it is asked. Its id."""
    person, posting = enrolment.person, enrolment.posting
    certificate = issue_certificate(
        fact_key=completion.public_id,
        holder_key=str(person.public_id),
        recipient_name=person.full_name,
        run_masked=person.run_masked,
        facts=CertificateFacts(
            course_title=outline.title,
            course_code=outline.code,
            release_label=str(enrolment.release.number),
            minutes=completion.minutes,
            result_percent=completion.percent,
            competences=tuple(competence.name for competence in outline.competences),
            institution_name=posting.institution.name if posting else "",
            commitment_number=outline.commitments[0] if outline.commitments else None,
            assurance=completion.assurance,
            issuer=settings.CERTIFICATE_ISSUER,
            signatory_name=settings.CERTIFICATE_SIGNATORY_NAME,
            signatory_role=settings.CERTIFICATE_SIGNATORY_ROLE,
            language="es-CL",
        ),
        issued_at=at,
        issued_on=completion.completed_on,
        valid_until=completion.valid_until,
    )
    return str(certificate.pk)
