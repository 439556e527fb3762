"""Plans, goals and a population of any size, with the least that makes them valid."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory

from courses.models import Course, CourseRelease
from lms.people.models import Estamento, Institution, LegalQuality, Person, Posting, Unit
from lms.plan.models import ActionPlan, Commitment, TrainingGoal
from lms.progress.models import Completion, Enrolment, LearningContext
from tests.factories.people import InstitutionFactory, UnitFactory

BEGINNING = datetime(2024, 3, 1, 12, 0, tzinfo=ZoneInfo("America/Santiago"))
COURSE = "integridad-fundamentos"


class ActionPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionPlan

    code = factory.Sequence(lambda n: f"plan-{n}")
    title = "Plan de ejemplo"
    country = "Chile"
    period = "2018-2020"
    total_commitments = 12
    monitoring_text = "Sin información"
    is_current = True
    installed_at = BEGINNING


class CommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commitment

    class Params:
        undescribed = factory.Trait(is_described=False, description=None)

    plan = factory.SubFactory(ActionPlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Formar en integridad"
    description = "Realizar talleres."


class TrainingGoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingGoal

    commitment = factory.SubFactory(CommitmentFactory, number=1)
    code = "integridad"
    title = "Formación en integridad"
    course_codes = [COURSE]
    population = "Personas de las instituciones centrales."


@dataclass(frozen=True)
class Group:
    """So many people of one institution × estamento × legal quality, of whom some completed."""

    institution: Institution
    people: int
    completed: int = 0
    reached: int | None = None
    estamento: str = Estamento.PROFESIONALES
    legal_quality: str = LegalQuality.CONTRATA


def create_release(*, code: str = COURSE) -> CourseRelease:
    """The current release of a course, made once."""
    course, _is_new = Course.objects.get_or_create(
        code=code, defaults={"title": "Integridad", "created_at": BEGINNING}
    )
    release, _is_new = CourseRelease.objects.get_or_create(
        course=course,
        number=1,
        defaults={
            "outline_data": {}, "structure_hash": "a", "content_hash": "a", "published_at": BEGINNING,
        },
    )  # fmt: skip
    return release


def create_institution(*, code: str, name: str) -> Institution:
    """An institution with one unit."""
    institution: Institution = InstitutionFactory(code=code, name=name)
    UnitFactory(institution=institution, code="U1")
    return institution


def populate(*groups: Group, course: str = COURSE) -> None:
    """Persons with postings, enrolments and completions; four inserts in bulk for each group."""
    for group in groups:
        _populate_one(group=group, release=create_release(code=course))


def _populate_one(*, group: Group, release: CourseRelease) -> None:
    unit = Unit.objects.filter(institution=group.institution).first() or UnitFactory(
        institution=group.institution
    )
    persons = Person.objects.bulk_create(
        Person(given_names="Persona", created_at=BEGINNING) for _number in range(group.people)
    )
    Posting.objects.bulk_create(
        Posting(
            person=person, institution=group.institution, unit=unit, estamento=group.estamento,
            legal_quality=group.legal_quality, valid_from=date(2024, 1, 1),
        )
        for person in persons
    )  # fmt: skip
    reached = group.completed if group.reached is None else group.reached
    complete(persons=persons[: group.completed], enrol=persons[:reached], release=release)


def complete(*, persons: list[Person], release: CourseRelease, enrol: list[Person] | None = None) -> None:
    """Enrolments of ``enrol`` (by default the same people) and completions of ``persons``."""
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            person=person, course=release.course, release=release, context=LearningContext.EMPLOYEE,
            started_at=BEGINNING,
        )
        for person in (persons if enrol is None else enrol)
    )  # fmt: skip
    by_person = {enrolment.person_id: enrolment for enrolment in enrolments}
    Completion.objects.bulk_create(
        Completion(
            enrolment=by_person[person.pk], person=person, course=release.course, release=release,
            context=LearningContext.EMPLOYEE, completed_at=BEGINNING, completed_on=BEGINNING.date(),
            minutes=60,
        )
        for person in persons
    )  # fmt: skip
