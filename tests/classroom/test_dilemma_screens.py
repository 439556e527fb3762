"""A dilemma on its pages: the role, what comes back, the debrief, a second chance, the promise."""

import json
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from courses.models import ReleaseUnit
from lms.journeys.tasks import sealing_keys
from lms.lib.sealing import unseal
from lms.progress.models import DilemmaBallot
from lms.progress.services.dilemmas import PURPOSE
from tests.factories.learning import Learner, item

URL = "/aula/curso/l3/dilema/"
Post = Callable[..., str]


@pytest.fixture
def post(client: Client, learner: Learner) -> Post:
    """The dilemma of l3 with roles and consequences; posts to it and reads the page."""
    row = ReleaseUnit.objects.get(release=learner.release, key="l3")
    story = next(block["value"] for block in row.payload["body"] if block["type"] == "dilemma")
    story["roles"] = [
        item({"key": "tu", "name": "Quien atiende", "text": "Tu puesto.", "start": ""}),
        item({"key": "jefa", "name": "La jefatura", "text": "Tu cargo.", "start": "dos"}),
    ]
    first, second = (scene["value"] for scene in story["scenes"])
    first["choices"][0]["value"]["lesson"] = "Avisar a tiempo era posible."
    second["echoes"] = [item({"after": "uno:a", "text": "La fila se acuerda de ti."})]
    story["epilogue"] = [item({"after": "dos:b", "text": "En abril preguntan."})]
    ReleaseUnit.objects.filter(pk=row.pk).update(payload=row.payload)

    def send(**fields: str) -> str:
        return unescape(client.post(URL, fields).content.decode())

    return send


def test_one_chooses_whose_place_to_take(client: Client, post: Post) -> None:
    page = client.get(URL).content.decode()
    assert "La jefatura" in page and "Escena" not in page
    assert "Escena dos" in post(decision="jefa") and "Tu papel: <span>La jefatura" in post(decision="jefa")


def test_deciding_no_role_is_explained(post: Post) -> None:
    assert "Elige una decisión" in post(decidir="1")


def test_an_earlier_decision_comes_back_in_the_scene_it_led_to(post: Post) -> None:
    assert "La fila se acuerda de ti." in post(camino="papel:tu,uno:a")
    assert "La fila se acuerda de ti." not in post(camino="papel:jefa")


def test_the_debrief_tells_what_came_later_and_what_there_was_to_see(post: Post) -> None:
    page = post(camino="papel:tu,uno:a", decision="b")
    assert "Meses después" in page and "En abril preguntan." in page
    assert "Avisar a tiempo era posible." in page


def test_a_second_chance_keeps_the_first_way_beside_it(post: Post) -> None:
    assert "La primera vez" not in post(camino="papel:tu,uno:b")
    page = post(camino="papel:tu,uno:a", decision="b", antes="papel:tu,uno:b")
    assert "La primera vez, <span>Quien atiende" in page


@pytest.mark.parametrize("before", ["papel:tu,uno:a", "x:y", "\x00", "uno"])
def test_a_first_way_that_cannot_be_is_left_away(post: Post, before: str) -> None:
    page = post(camino="papel:tu,uno:a", decision="b", antes=before)
    assert "En abril preguntan." in page and "La primera vez" not in page


def test_of_two_ways_the_first_is_counted(client: Client, post: Post) -> None:
    client.post(f"{URL}terminar/", {"camino": "papel:jefa,dos:b", "antes": "papel:tu,uno:b"})
    sealed = DilemmaBallot.objects.get().sealed
    assert json.loads(unseal(sealed, purpose=PURPOSE, keys=sealing_keys())) == [["uno", "b"]]


PROMISE = [
    "No guardamos qué decidiste ni qué papel tomaste.",
    "en un sobre sellado que se abre junto con otros cuando hay 10.",
    "Quien da el curso ve solo lo que eligió el grupo, desde 10 personas.",
    "La declaración de tu avance dice que lo recorriste, no por dónde.",
    "descarga todo lo que guardamos de tu avance",
]


@pytest.mark.parametrize("fields", [{}, {"camino": "papel:tu"}, {"camino": "papel:tu,uno:b"}])
def test_every_page_states_the_promise(post: Post, fields: dict[str, str]) -> None:
    page = post(**fields)
    assert all(sentence in page for sentence in PROMISE)


def test_what_one_may_check_in_the_own_record_is_true(client: Client, post: Post) -> None:
    client.post(f"{URL}terminar/", {"camino": "papel:jefa,dos:b"})
    record = client.get("/aula/mi-registro.json").content.decode()
    assert "/dilema" in record and "jefa" not in record and "dos:b" not in record
