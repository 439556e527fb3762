"""«¿Por qué no está completo?» reads the same on the person's pages and on the file that HR opens."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.people.models import Person
from tests.factories.learning import make_course, make_learner
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, client_for

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def ana(personas: Personas, at: datetime) -> Person:
    make_course(at=at)
    person: Person = personas.ana.person
    return person


def page_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def hr_page(personas: Personas) -> str:
    return page_of(
        client_for(personas.carla), reverse("reports:person", args=[personas.ana.person.public_id])
    )


def test_a_course_under_way_and_its_requirement(personas: Personas, ana: Person, at: datetime) -> None:
    spec = make_spec(
        Course.objects.get(code="curso").pk, starts_on=date(2026, 1, 1), due_on=date(2026, 12, 2)
    )
    make_requirement(owner=personas.institution, spec=spec, at=at, title="Integridad 2026")
    learner = make_learner(person=ana, at=at, posting=ana.postings.get())
    learner.read_everything(at)
    learner.take_assessment(at, right=False)
    sentences = [
        "El plazo es el 2 de diciembre de 2026: quedan 12 días.",
        "Quedan 2 intentos. Se puede intentar",
    ]
    for page in (page_of(client_for(personas.ana), "/aula/"), hr_page(personas)):
        assert all(sentence in page for sentence in sentences)


def test_hr_is_told_nothing_of_a_course_that_reaches_outside_the_posting(
    personas: Personas, ana: Person, at: datetime
) -> None:
    posting = ana.postings.get()
    learner = make_learner(person=ana, at=at, posting=posting)
    learner.answer("l1", "p1", at)
    learner.finish("l1", at)
    assert "Faltan 2 lecciones" in hr_page(personas)
    learner.enrolment.unit_results.update(finished_at=at - timedelta(days=9000))
    assert "Curso de prueba" in hr_page(personas) and "lecciones" not in hr_page(personas)


def test_what_is_learned_on_ones_own_is_told_to_nobody_else(
    personas: Personas, ana: Person, at: datetime
) -> None:
    make_learner(person=ana, at=at, context="citizen")
    assert "Aún no hay ninguna lección completa." in page_of(client_for(personas.ana), "/aula/")
    assert "Aún no hay ninguna lección completa." not in hr_page(personas)
