"""The people who look at the pages that are measured: a learner, others like her, HR, an auditor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.test import Client
from django.urls import reverse

from courses.models import CourseRelease
from courses.outline import UnitSpec
from courses.selectors import get_current_release, get_unit_payload
from lms.classroom.lessons import find_check
from lms.demo.services import COURSE
from lms.journeys.answer_check import answer_check
from lms.journeys.enrol import enrol
from lms.people.models import Institution, Posting, Role, User
from lms.people.services.roles import RolePlace, assign_role
from lms.progress.models import Enrolment, LearningContext
from lms.xapi.platform import current_platform
from tests.factories.integrity import write_code, write_contacts
from tests.personas import client_for


@dataclass(frozen=True)
class Stage:
    """``lesson`` is the first lesson with the code of ethics; ``next_finish`` prepares a new learner
    and returns what finishes the first lesson for her."""

    institution: Institution
    largest: int
    learner: Client
    hr: Client
    auditor: Client
    lesson: str
    next_finish: Callable[[], object]


FINISHES = 7
"""One warm-up, five timed runs, one for the queries: each finishes a unit for the first time."""


def set_stage(*, at: datetime) -> Stage:
    """Accounts in the largest institution, which gets a code of ethics."""
    institution = Institution.objects.annotate(people=Count("postings")).order_by("-people", "code")[0]
    _write_code(institution, at)
    release = get_current_release(course_code=COURSE)
    waiting = list(
        Posting.objects.filter(institution=institution, person__enrolments__isnull=True)
        .select_related("person")
        .order_by("pk")[: FINISHES + 1]
    )
    first = next(unit for unit in release.outline.lessons if not unit.dilemma)
    clients = [_learner(posting, release, first, at) for posting in waiting]
    finishes = (client for client in clients[1:])
    address = reverse("classroom:finish", args=[COURSE, first.key])
    return Stage(
        institution=institution,
        largest=institution.people,
        learner=clients[0],
        hr=_staff("rrhh@medicion.example", Role.HR, institution, at),
        auditor=_staff("auditoria@medicion.example", Role.AUDITOR, None, at),
        lesson=reverse("classroom:unit", args=[COURSE, _lesson_with_code(release).key]),
        next_finish=lambda: _finish(finishes, address),
    )


def _write_code(institution: Institution, at: datetime) -> None:
    write_code(institution, at, probidad="El interés general primero.")
    write_contacts(institution, at)


def _lesson_with_code(release: CourseRelease) -> UnitSpec:
    for unit in release.outline.lessons:
        body = get_unit_payload(release=release, key=unit.key)["body"]
        if any(block["type"] == "code_of_ethics" for block in body):
            return unit
    return release.outline.lessons[0]


def _learner(posting: Posting, release: CourseRelease, unit: UnitSpec, at: datetime) -> Client:
    """An enrolled person with an account, who has answered the practice questions of ``unit``."""
    user = User.objects.create_user(f"persona{posting.pk}@medicion.example", first_name="Ana")
    posting.person.user = user
    posting.person.save(update_fields=["user"])
    enrolment, _new = enrol(
        person=posting.person, course_code=COURSE, context=LearningContext.EMPLOYEE, posting=posting,
        platform=current_platform(), at=at,
    )  # fmt: skip
    _answer_checks(enrolment, release, unit, at)
    return client_for(user)


def _answer_checks(enrolment: Enrolment, release: CourseRelease, unit: UnitSpec, at: datetime) -> None:
    body = get_unit_payload(release=release, key=unit.key)["body"]
    for key in unit.checks:
        answer_check(
            enrolment_id=enrolment.pk, unit_key=unit.key, check_key=key, options=find_check(body, key) or [],
            option=0, platform=current_platform(), at=at,
        )  # fmt: skip


def _staff(email: str, role: Role, institution: Institution | None, at: datetime) -> Client:
    user = User.objects.create_user(email)
    assign_role(user=user, role=role, place=RolePlace(institution), at=at)
    return client_for(user)


def _finish(clients: Iterator[Client], address: str) -> None:
    response = next(clients).post(address)
    assert response.status_code == 302, response.status_code
