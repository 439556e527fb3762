"""Courses taken and certificates earned, for the screens that show them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from certificates.models import Certificate
from certificates.rules import CertificateFacts
from certificates.services import issue_certificate
from courses.models import Course, CourseRelease
from courses.outline import CompletionRule, CourseOutline, ModuleSpec, UnitKind, UnitSpec, outline_to_json
from lms.people.models import Person
from lms.progress.models import Assurance, Completion, Enrolment, LearningContext, UnitResult

CHILE = ZoneInfo("America/Santiago")
UNITS = ("m1-l1", "m1-l2", "m1-l3")


def noon(day: date) -> datetime:
    """Noon in Chile."""
    return datetime.combine(day, time(12), tzinfo=CHILE)


def create_course(
    *, code: str = "integridad-fundamentos", title: str = "Integridad pública"
) -> CourseRelease:
    """A course of three lessons with one release."""
    outline = CourseOutline(
        code=code,
        title=title,
        short_title=title,
        summary="",
        language="es-CL",
        modules=(
            ModuleSpec("m1", "Módulo", tuple(UnitSpec(key, UnitKind.LESSON, key, 10) for key in UNITS)),
        ),
        completion=CompletionRule(require_assessment=False),
        certificate_months=24,
    )
    course = Course.objects.create(code=code, title=title, created_at=noon(date(2020, 1, 2)))
    return CourseRelease.objects.create(
        course=course,
        number=1,
        outline_data=outline_to_json(outline),
        structure_hash="a",
        content_hash="a",
        published_at=noon(date(2020, 1, 2)),
    )


def take_course(
    person: Person,
    release: CourseRelease,
    *,
    started: date,
    completed: date | None = None,
    context: str = LearningContext.EMPLOYEE,
    valid_until: date | None = None,
    percent: int | None = 87,
    units: int = 3,
) -> Enrolment:
    """An enrolment with ``units`` finished on its first day, and completed on ``completed``."""
    enrolment = Enrolment.objects.create(
        person=person, course=release.course, release=release, context=context, started_at=noon(started)
    )
    for key in UNITS[:units]:
        UnitResult.objects.create(enrolment=enrolment, unit_key=key, finished_at=noon(started), source="web")
    if completed:
        Completion.objects.create(
            enrolment=enrolment,
            person=person,
            course=release.course,
            release=release,
            context=context,
            completed_at=noon(completed),
            completed_on=completed,
            valid_until=valid_until,
            percent=percent,
            minutes=30,
            assurance=Assurance.A,
        )
    return enrolment


def certify(enrolment: Enrolment, *, name: str = "") -> Certificate:
    """The certificate of a completed enrolment, to ``name`` or to the person as on record."""
    completion, person = enrolment.completion, enrolment.person
    return issue_certificate(
        fact_key=completion.public_id,
        holder_key=str(person.public_id),
        recipient_name=name or person.full_name,
        run_masked=person.run_masked,
        facts=CertificateFacts(
            course_title=enrolment.release.outline.title,
            course_code=enrolment.release.outline.code,
            release_label="1",
            minutes=completion.minutes,
            issuer="Aula Abierta",
            result_percent=completion.percent,
        ),
        issued_at=completion.completed_at,
        issued_on=completion.completed_on,
        valid_until=completion.valid_until,
    )
