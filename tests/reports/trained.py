"""An institution that asks for a course, with people in every state of it: what the reports tell of."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.conf import settings

from courses.models import Course
from lms.people.models import Person, Role, Unit, User
from lms.progress.models import Assurance, Completion, TrainingRequirement
from lms.progress.services.assigned import follow_people
from lms.reports.frozen.frozen_words import definition_words
from lms.reports.models import PeriodReport, ReportSchedule, SavedView
from lms.reports.services.frozen import ReportText, freeze_report
from lms.reports.services.saved import save_view
from lms.reports.services.schedules import create_schedule
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import (
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas

START, DUE = date(2026, 10, 1), date(2026, 11, 10)
"""Before the instant of the tests: who has not completed is late."""


@dataclass(frozen=True)
class Trained:
    """Ana has completed at noon of a Friday, the others of institution A are late."""

    personas: Personas
    requirement: TrainingRequirement
    course: Course
    ana: Learner

    @property
    def anas_completion(self) -> Completion:
        return Completion.objects.get(person=self.personas.ana.person)


@pytest.fixture
def trained(personas: Personas, at: datetime) -> Trained:
    make_course(at=at)
    course = Course.objects.get()
    spec = make_spec(course.pk, starts_on=START, due_on=DUE)
    requirement = make_requirement(owner=personas.institution, spec=spec, at=at)
    person = personas.ana.person
    ana = make_learner(person=person, at=at, posting=person.postings.get())
    ana.complete(at)
    return Trained(personas, requirement, course, ana)


def add_people(count: int, *, trained: Trained, at: datetime, unit: Unit | None = None) -> list[Person]:
    """More people of institution A, in Ana's unit or another, of whom the course is asked."""
    unit = unit or trained.personas.unit
    people = [
        PostingFactory(institution=unit.institution, unit=unit, person=PersonFactory()).person
        for _number in range(count)
    ]
    follow_people(person_ids=[person.pk for person in people], at=at)
    return people


def add_learners(count: int, *, trained: Trained, at: datetime) -> None:
    """More people of institution A who have completed the course."""
    for person in add_people(count, trained=trained, at=at):
        make_learner(person=person, at=at, posting=person.postings.get()).complete(at)


def other_unit(trained: Trained) -> Unit:
    unit: Unit = UnitFactory(institution=trained.personas.institution, name="Departamento Jurídico")
    return unit


def lead_of(unit: Unit) -> User:
    """Somebody who leads the unit and works in it."""
    user: User = UserFactory(first_name="Lucía", last_name="Carrasco")
    PostingFactory(person=PersonFactory(user=user), institution=unit.institution, unit=unit)
    RoleAssignmentFactory(user=user, role=Role.TEAM_LEAD, institution=unit.institution, unit=unit)
    return user


def auditor() -> User:
    user: User = UserFactory(first_name="Aurelia", last_name="Saavedra", email="auditoria@servicio.example")
    RoleAssignmentFactory(user=user, role=Role.AUDITOR, everywhere=True)
    return user


def freeze(trained: Trained, *, at: datetime, day: date | None = None) -> PeriodReport:
    """A frozen report of institution A."""
    day = day or date(2026, 11, 20)
    return freeze_report(
        institution=trained.personas.institution,
        requirement=trained.requirement,
        day=day,
        text=ReportText(
            "Informe de prueba",
            "Noviembre de 2026",
            definition_words(requirement=trained.requirement, day=day),
        ),
        account=trained.personas.carla,
        key=settings.PSEUDONYM_KEY,
        today=date(2026, 11, 20),
        at=at,
    )


def keep(
    trained: Trained, *, at: datetime, page: str = "people", name: str = "Atrasadas", **more: object
) -> SavedView:
    """A view that Carla saved."""
    fields = {"owner": trained.personas.carla, "query": "institucion=AA900", "is_shared": False, **more}
    return save_view(institution=trained.personas.institution, page=page, name=name, at=at, **fields)  # type: ignore[arg-type]


def schedule(
    view: SavedView,
    *recipients: User,
    at: datetime,
    every: str = "week",
    day: int = 5,
    file_format: str = "csv",
) -> ReportSchedule:
    """Sent on Fridays, which is the day of the tests."""
    return create_schedule(
        view=view, every=every, day=day, file_format=file_format, recipients=recipients or [view.owner], at=at
    )


__all__ = [
    "Assurance",
    "Trained",
    "add_learners",
    "add_people",
    "auditor",
    "freeze",
    "keep",
    "lead_of",
    "schedule",
    "trained",
]
