"""What HR sees of a requirement: at a glance, person by person, on any day; and what a team lead sees of it."""

import csv
import io
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.people.models import AccessLogEntry, Role
from lms.progress.models import TrainingRequirement
from lms.progress.services.assigned import follow_people
from tests.factories.learning import make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory, UnitFactory
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")

START, DUE = date(2026, 10, 1), date(2026, 11, 10)
"""Before the instant of the tests: who has not completed is late."""


@pytest.fixture
def requirement(personas: Personas, at: datetime) -> TrainingRequirement:
    """Ana has completed, the others of the institution are late."""
    make_course(at=at)
    spec = make_spec(Course.objects.get().pk, starts_on=START, due_on=DUE)
    row = make_requirement(owner=personas.institution, spec=spec, at=at)
    ana = personas.ana.person
    make_learner(person=ana, at=at, posting=ana.postings.get()).complete(at)
    return row


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


def read(client: Client, name: str, **query: str) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_requirement_the_page_says_how_to_begin(personas: Personas, carla: Client) -> None:
    page = read(carla, "reports:compliance")
    assert "Todavía no se exige ningún curso" in page
    assert reverse("reports:requirement_create") in page


def test_the_page_tells_rate_late_and_units(requirement: TrainingRequirement, carla: Client) -> None:
    page = read(carla, "reports:compliance")
    assert "16,7" in page  # one of six
    assert "Departamento de Personas" in page
    assert "Rojas, Ana" not in page
    assert "Soto, Bruno" in page


def test_people_can_be_listed_by_standing(requirement: TrainingRequirement, carla: Client) -> None:
    assert "Rojas, Ana" in read(carla, "reports:people", estado="completada")
    late = read(carla, "reports:people", estado="atrasada")
    assert "Rojas, Ana" not in late
    assert "Soto, Bruno" in late


def test_a_past_day_is_told_with_its_own_standing(requirement: TrainingRequirement, carla: Client) -> None:
    page = read(carla, "reports:compliance", al="2026-11-01")
    assert "Situación al 1 de noviembre de 2026" in page
    assert "Nadie está atrasado" in page


def test_a_day_to_come_is_not_asked_for(requirement: TrainingRequirement, carla: Client) -> None:
    assert "Situación al" not in read(carla, "reports:compliance", al="2027-01-01")


@pytest.mark.parametrize(
    "query",
    [
        {"estado": "feliz"}, {"unidad": "x"}, {"unidad": "99999999999999999999"}, {"estamento": "rey"},
        {"al": "ayer"}, {"orden": "azar"}, {"q": "\x00"}, {"pagina": "mil"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["reports:compliance", "reports:people"])
def test_unknown_filters_are_dropped(
    requirement: TrainingRequirement, carla: Client, name: str, query: dict[str, str]
) -> None:
    assert read(carla, name, **query)


@pytest.mark.parametrize("query", [{"institucion": "AA901"}, {"exigencia": "0" * 32}])
def test_what_is_not_there_is_not_found(
    requirement: TrainingRequirement, carla: Client, query: dict[str, str]
) -> None:
    assert carla.get(reverse("reports:compliance"), query).status_code == 404


def test_elena_sees_nobody_of_the_institution(requirement: TrainingRequirement, personas: Personas) -> None:
    elena = client_for(personas.elena)
    for name in ("reports:compliance", "reports:people"):
        page = read(elena, name)
        assert "Soto" not in page
        assert requirement.title not in page
    url = reverse("reports:compliance")
    assert elena.get(url, {"exigencia": str(requirement.public_id)}).status_code == 404


def test_a_team_lead_sees_the_own_unit_and_those_below_it_only(
    requirement: TrainingRequirement, personas: Personas, at: datetime
) -> None:
    below = UnitFactory(institution=personas.institution, name="Sección Bienestar", parent=personas.unit)
    beside = UnitFactory(institution=personas.institution, name="Departamento Jurídico")
    for unit, name in ((below, "Abajo"), (beside, "Aparte")):
        person = PersonFactory(family_names=name)
        PostingFactory(person=person, institution=personas.institution, unit=unit)
        follow_people(person_ids=[person.pk], at=at)
    RoleAssignmentFactory(
        user=personas.bruno, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    bruno = client_for(personas.bruno)
    page = read(bruno, "reports:people")
    assert "Abajo" in page
    assert "Aparte" not in page
    assert "Departamento Jurídico" not in read(bruno, "reports:compliance")


def test_a_team_lead_exports_nothing(requirement: TrainingRequirement, personas: Personas) -> None:
    RoleAssignmentFactory(
        user=personas.bruno, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    assert client_for(personas.bruno).get(reverse("reports:people_csv")).status_code == 404


def test_hr_of_a_ministry_chooses_among_its_services(
    requirement: TrainingRequirement, personas: Personas
) -> None:
    personas.institution.parent = personas.other_institution
    personas.institution.save()
    personas.elena.roles.update(with_dependents=True)
    page = read(client_for(personas.elena), "reports:compliance", institucion="AA900")
    assert "Soto, Bruno" in page


def test_the_csv_has_one_line_for_each_person(requirement: TrainingRequirement, carla: Client) -> None:
    response = carla.get(reverse("reports:people_csv"), {"estado": "atrasada"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Situación"] for row in rows} == {"Atrasada"}
    assert len(rows) == 5


def test_the_workbook_opens(requirement: TrainingRequirement, carla: Client) -> None:
    response = carla.get(reverse("reports:people_xlsx"))
    assert b"".join(response.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("reports:compliance", AccessLogEntry.Action.VIEW_LIST),
        ("reports:people", AccessLogEntry.Action.VIEW_LIST),
        ("reports:people_csv", AccessLogEntry.Action.EXPORT),
    ],
)
def test_each_look_is_written_down(
    requirement: TrainingRequirement, carla: Client, name: str, action: str
) -> None:
    response = carla.get(reverse(name))
    assert response.status_code == 200
    entry = AccessLogEntry.objects.latest("at")
    assert (entry.action, entry.people_count > 0) == (action, True)


@pytest.mark.parametrize(("name", "budget"), [("reports:compliance", 20), ("reports:people", 20)])
def test_the_cost_does_not_grow_with_people(
    requirement: TrainingRequirement, personas: Personas, carla: Client, at: datetime, name: str, budget: int
) -> None:
    few = count_page_queries(carla, reverse(name))
    postings = [PostingFactory(institution=personas.institution, unit=personas.unit) for _ in range(30)]
    follow_people(person_ids=[posting.person_id for posting in postings], at=at)
    assert count_page_queries(carla, reverse(name)) == few <= budget
