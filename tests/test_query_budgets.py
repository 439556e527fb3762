"""What a page may cost: as many queries with sixty people as with three, and within its budget."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from courses.models import Course
from lms.plan.services import refresh_current_coverage
from lms.progress.services.assigned import draw_everybody
from tests.factories.integrity import write_code, write_contacts
from tests.factories.learning import make_course, make_learner
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.factories.plan import Group, TrainingGoalFactory, populate
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, client_for, create_personas
from tests.queries import count_page_queries, count_queries, read_page

FEW, MANY = 3, 60
COURSE = "curso"


@dataclass(frozen=True)
class World:
    """Ana and Bruno learn, Carla is HR of their institution, an auditor sees all, a visitor none.

    ``crowd`` adds people to the institution, a third of them trained, and counts coverage anew.
    """

    clients: dict[str, Client]
    crowd: Callable[[int], None]


@pytest.fixture
def world(db: None, at: datetime) -> Iterator[World]:
    with time_machine.travel(at, tick=True):
        make_course(at=at, code=COURSE)
        people = create_personas()
        write_code(people.institution, at, regalos="No se aceptan.")
        write_contacts(people.institution, at)
        TrainingGoalFactory(course_codes=[COURSE], commitment__plan__code="plan-chile-4")
        for user in (people.ana, people.bruno, people.diego):
            make_learner(person=user.person, at=at, course=COURSE, posting=user.person.postings.get())

        day = at.date()
        spec = make_spec(Course.objects.get(code=COURSE).pk, starts_on=day - timedelta(60), due_on=day)
        make_requirement(owner=people.institution, spec=spec, at=at)

        def crowd(count: int) -> None:
            populate(Group(people.institution, count, count // 3, reached=count // 2), course=COURSE)
            draw_everybody(at=at)
            refresh_current_coverage(at=at)

        yield World(clients=_clients(people), crowd=crowd)


def _clients(people: Personas) -> dict[str, Client]:
    auditor = UserFactory(email="auditoria@servicio.example")
    RoleAssignmentFactory(user=auditor, role="auditor", everywhere=True)
    return {
        "ana": client_for(people.ana),
        "bruno": client_for(people.bruno),
        "carla": client_for(people.carla),
        "diego": client_for(people.diego),
        "auditor": client_for(auditor),
        "visitor": Client(),
    }


PAGES = [
    pytest.param("ana", "/aula/curso/l1/", 10, id="lesson-with-a-question"),
    pytest.param("ana", "/aula/curso/l2/", 11, id="lesson-with-the-code-of-ethics"),
    pytest.param("ana", "/aula/curso/l3/", 9, id="lesson-with-a-dilemma"),
    pytest.param("ana", "/aula/", 17, id="my-learning"),
    pytest.param("ana", "/cursos/curso/", 19, id="course"),
    pytest.param("carla", "/cumplimiento/", 20, id="compliance"),
    pytest.param("carla", "/cumplimiento/personas/?estado=atrasada", 20, id="people-by-standing"),
    pytest.param("carla", "/cumplimiento/personas/?q=persona", 20, id="people-by-name"),
    pytest.param("auditor", "/cumplimiento/", 20, id="compliance-of-everywhere"),
    pytest.param("carla", "/cumplimiento/personas.csv", 20, id="people-csv"),
    pytest.param("carla", "/cumplimiento/cursos/", 20, id="by-course"),
    pytest.param("carla", "/cumplimiento/cursos/?estado=not_started", 20, id="by-course-and-state"),
    pytest.param("carla", "/cumplimiento/cursos/personas.csv", 20, id="course-csv"),
    pytest.param("visitor", "/plan/", 15, id="plan"),
    pytest.param("visitor", "/plan/plan-chile-4/compromisos/1/", 15, id="commitment"),
    pytest.param("visitor", "/plan/datos/cobertura.csv", 15, id="coverage-csv"),
]


@pytest.mark.parametrize(("who", "address", "most"), PAGES)
def test_a_page_costs_the_same_with_few_and_many_people(
    world: World, who: str, address: str, most: int
) -> None:
    client = world.clients[who]
    world.crowd(FEW)
    read_page(client, address)
    few = count_page_queries(client, address)
    world.crowd(MANY)
    assert few == count_page_queries(client, address) <= most


def test_finishing_a_unit_costs_the_same_with_few_and_many_people(world: World) -> None:
    address = "/aula/curso/l2/"
    finish(world.clients["diego"], address)  # the record learns the unit's name once
    costs = []
    for who, people in (("ana", FEW), ("bruno", MANY)):
        world.crowd(people)
        client = world.clients[who]
        read_page(client, address)
        costs.append(count_queries(lambda client=client: finish(client, address)))
    assert costs[0] == costs[1] <= 27


def finish(client: Client, address: str) -> None:
    response = client.post(f"{address}terminar/")
    assert response.status_code == 302 and address not in response["Location"]
