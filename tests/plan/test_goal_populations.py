"""Whom a goal means: employees of some places and ranks, or citizens."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Institution, Person
from lms.plan.models import CoverageSnapshot, PlanChange, TrainingGoal
from lms.plan.services import refresh_current_coverage
from lms.progress.models import Completion, Enrolment, LearningContext
from lms.workshops.models import Attendance
from tests.factories.plan import COURSE, Group, complete, create_institution, create_release, populate
from tests.factories.workshops import WorkshopSessionFactory
from tests.personas import Personas, client_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


@pytest.fixture
def people(goal: TrainingGoal) -> tuple[Institution, Institution]:
    """Two institutions with professionals, technicians and people paid by fees."""
    one, other = (create_institution(code=f"S{n}", name=f"Servicio {n}") for n in (1, 2))
    populate(
        Group(one, 40, 20), Group(one, 30, 12, estamento="tecnicos"), Group(one, 20, 8, legal_quality="honorarios"),
        Group(other, 50, 30), Group(other, 25, 10, estamento="tecnicos"),
    )  # fmt: skip
    return one, other


def total(at: datetime) -> Any:
    refresh_current_coverage(at=at)
    cell = CoverageSnapshot.objects.get(kind="current").total
    return cell["headcount"], cell["completed"]["value"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, (165, 80)),
        ({"institutions": ["S1"]}, (90, 40)),
        ({"estamentos": ["tecnicos"]}, (55, 22)),
        ({"legal_qualities": ["honorarios"]}, (20, 8)),
        ({"legal_qualities": ["contrata"], "includes_honorarios": False}, (145, 72)),
        ({"institutions": ["S1"], "estamentos": ["profesionales"]}, (60, 28)),
    ],
    ids=["all", "institution", "estamento", "quality", "quality_without_fees", "both"],
)
def test_only_the_population_is_counted_above_and_below(
    goal: TrainingGoal, people: Any, at: datetime, values: dict[str, Any], expected: tuple[int, int]
) -> None:
    TrainingGoal.objects.update(**values)
    assert total(at) == expected


def learn_alone(people: int) -> None:
    """So many citizens complete the course."""
    release = create_release()
    start = datetime.fromisoformat("2026-01-05T12:00:00-03:00")
    for number in range(people):
        person = Person.objects.create(given_names=f"Persona {number}", created_at=start)
        enrolment = Enrolment.objects.create(
            person=person, course=release.course, release=release, context=LearningContext.CITIZEN,
            started_at=start,
        )  # fmt: skip
        Completion.objects.create(
            enrolment=enrolment, person=person, course=release.course, release=release,
            context=LearningContext.CITIZEN, completed_at=start, completed_on=start.date(), minutes=60,
        )  # fmt: skip


@pytest.fixture
def citizens(goal: TrainingGoal, people: Any) -> None:
    TrainingGoal.objects.update(audience="citizens")


def test_citizens_are_people_without_a_percentage(client: Client, citizens: None, at: datetime) -> None:
    learn_alone(12)
    assert total(at) == (None, 12)
    text = client.get("/plan/plan/compromisos/1/").content.decode()
    assert "12 personas, sin porcentaje" in text
    row = next(csv.DictReader(io.StringIO(client.get("/plan/datos/cobertura.csv").content.decode())))
    assert (row["personas"], row["completaron"], row["cobertura_porcentaje"]) == ("", "12", "")


def test_few_citizens_are_not_told(client: Client, citizens: None, at: datetime) -> None:
    learn_alone(9)
    assert total(at) == (None, None)
    assert "No se publica: menos de 10 personas" in client.get("/plan/plan/compromisos/1/").content.decode()


def test_what_employees_do_is_not_of_citizens(citizens: None, at: datetime) -> None:
    learn_alone(15)
    assert total(at) == (None, 15)


def test_workshop_counts_through_its_course_and_attendance_alone_does_not(
    goal: TrainingGoal, people: Any, at: datetime
) -> None:
    release = create_release()
    absent = list(Person.objects.filter(enrolments=None)[:15])
    session = WorkshopSessionFactory(course=release.course, held=True)
    Attendance.objects.bulk_create(
        Attendance(session=session, person=person, context="employee", minutes=240, marked_at=at)
        for person in absent
    )
    assert total(at) == (165, 80)
    complete(persons=absent, release=release)
    assert total(at) == (165, 95)


# --- The form ----------------------------------------------------------------------------------------
def written(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Formación en integridad", "course_codes": [COURSE], "target_percent": "", "due_on": "",
        "includes_honorarios": "on", "population": "Personas.", "audience": "employees",
    } | changes  # fmt: skip


@pytest.fixture
def page(goal: TrainingGoal) -> str:
    create_release()
    create_institution(code="S1", name="Servicio 1")
    return f"/plan/gestion/metas/{goal.pk}/"


def test_team_writes_population_and_baseline(client: Client, personas: Personas, page: str) -> None:
    values = written(
        institutions="s1", estamentos=["tecnicos"], legal_qualities=["planta"], baseline_percent="0",
        baseline_on="2026-01-31", baseline_source="Informe 2025",
    )  # fmt: skip
    assert client_for(personas.pedro).post(page, values).status_code == 302
    goal = TrainingGoal.objects.get()
    assert (goal.institutions, goal.estamentos, goal.legal_qualities) == (["S1"], ["tecnicos"], ["planta"])
    assert (goal.baseline_percent, goal.baseline_on, goal.includes_honorarios) == (
        0,
        date(2026, 1, 31),
        False,
    )
    assert PlanChange.objects.get().after["baseline_on"] == "2026-01-31"
    text = client_for(personas.pedro).get(page).content.decode()
    assert "Informe 2025" in text
    public = client.get("/plan/plan/compromisos/1/").content.decode()
    assert "Solo estas instituciones: Servicio 1." in public
    assert "Línea base: 0" in public


def test_files_have_population_and_baseline(client: Client, goal: TrainingGoal) -> None:
    TrainingGoal.objects.update(baseline_percent=12, baseline_on=date(2026, 1, 31), baseline_source="Informe")
    document = json.loads(client.get("/plan/datos/compromisos.json").content)
    goal_part = document["compromisos"][0]["metas"][0]
    assert (goal_part["linea_base_porcentaje"], goal_part["publico"]) == (12, "personal")
    row = next(csv.DictReader(io.StringIO(client.get("/plan/datos/compromisos.csv").content.decode())))
    assert (row["linea_base_fecha"], row["linea_base_fuente"]) == ("2026-01-31", "Informe")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"institutions": "ZZ999"}, "ZZ999"),
        ({"institutions": "a\x00b"}, "nulo"),
        ({"institutions": "9" * 10_001}, "10.000 caracteres"),
        ({"estamentos": ["reyes"]}, "estamentos de la lista"),
        ({"legal_qualities": ["honorarios"], "includes_honorarios": ""}, "Elegiste honorarios"),
        ({"baseline_percent": "30"}, "completa las tres o ninguna"),
        ({"baseline_source": "Informe"}, "completa las tres o ninguna"),
        ({"baseline_percent": "101"}, "0 a 100"),
        ({"baseline_percent": "9" * 5000}, "0 a 100"),
        ({"baseline_percent": "1", "baseline_on": "1026-01-01", "baseline_source": "x"}, "2000 y 2100"),
        ({"audience": "citizens", "target_percent": "80"}, "sin porcentaje"),
        ({"audience": "citizens", "estamentos": ["tecnicos"]}, "Solo vale para quienes trabajan"),
        ({"audience": "otros"}, "Elige una de las dos"),
    ],
)
def test_what_contradicts_itself_is_said_and_nothing_is_written(
    personas: Personas, page: str, changes: dict[str, Any], words: str
) -> None:
    answer = client_for(personas.pedro).post(page, written(title="Otra") | changes)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert TrainingGoal.objects.get().title == "Formación en integridad"
