"""HR says how much time a person has in assessments with a limit."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry
from lms.progress.selectors.attempts import time_percent
from tests.personas import Personas, client_for

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def address(personas: Personas) -> str:
    return reverse("reports:allow_time", args=[personas.ana.person.public_id])


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_hr_gives_more_time_and_sees_it_on_the_file(carla: Client, personas: Personas, address: str) -> None:
    response = carla.post(address, {"percent": "150"}, follow=True)
    assert "El tiempo quedó guardado." in text(response) and "La mitad más" in text(response)
    assert time_percent(person_id=personas.ana.person.pk) == 150


def test_hr_takes_it_back(carla: Client, personas: Personas, address: str) -> None:
    carla.post(address, {"percent": "200"})
    carla.post(address, {"percent": "100"})
    assert time_percent(person_id=personas.ana.person.pk) == 100


@pytest.mark.parametrize(
    ("percent", "words"), [("", "Elige cuánto tiempo tiene."), ("900", "Elige una de las opciones.")]
)
def test_another_time_is_refused_in_words(
    carla: Client, personas: Personas, address: str, percent: str, words: str
) -> None:
    response = carla.post(address, {"percent": percent})
    assert response.status_code == 400 and words in text(response)
    assert time_percent(person_id=personas.ana.person.pk) == 100


def test_the_form_asks_for_no_reason_and_says_so(carla: Client, address: str) -> None:
    page = text(carla.get(address))
    assert "nunca por qué" in page and "<textarea" not in page


def test_a_look_at_how_much_time_somebody_has_is_written_down(
    carla: Client, personas: Personas, address: str
) -> None:
    carla.get(address)
    assert AccessLogEntry.objects.get().subject_id == personas.ana.person.pk


def test_hr_of_another_institution_finds_nobody(personas: Personas, address: str) -> None:
    elena = client_for(personas.elena)
    assert elena.get(address).status_code == 404
    assert elena.post(address, {"percent": "150"}).status_code == 404
    assert time_percent(person_id=personas.ana.person.pk) == 100
