"""What trainers see of dilemmas: the group, never a person, and nothing of few."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from courses.models import Course
from lms.people.services.course_teams import join_team
from lms.progress.services.dilemmas import cast_ballot
from tests.factories.learning import make_course
from tests.personas import client_for, create_personas
from tests.queries import count_page_queries

PAGE = "/docencia/curso/dilemas/"


@pytest.fixture
def trainer(db: None, at: datetime) -> Client:
    make_course(at=at)
    people = create_personas()
    join_team(user=people.diego, course_code="curso", at=at - timedelta(days=1))
    return client_for(people.diego)


def decide(count: int, choice: str) -> None:
    course_id = Course.objects.get(code="curso").pk
    for _number in range(count):
        cast_ballot(course_id=course_id, dilemma="el-caso", path=(("uno", choice),), group=10, keys=["llave"])


def text_of(client: Client) -> str:
    return client.get(PAGE).content.decode().replace("\xa0", " ")


def test_a_trainer_finds_the_dilemmas(trainer: Client) -> None:
    assert PAGE in trainer.get("/docencia/curso/equipo/").content.decode()


def test_below_ten_people_nothing_is_told(trainer: Client) -> None:
    decide(9, "b")
    page = text_of(trainer)
    assert page.count("Todavía son pocas personas") == 2 and "bars" not in page


def test_from_ten_people_on_the_scene_they_decided_is_told(trainer: Client) -> None:
    decide(4, "a")
    before = count_page_queries(trainer, PAGE)
    decide(6, "b")
    page = text_of(trainer)
    assert "10 personas" in page and "<b>60 %</b>" in page and "<b>40 %</b>" in page
    assert page.count("Todavía son pocas personas") == 1
    assert count_page_queries(trainer, PAGE) == before


def test_a_course_that_is_not_there_has_no_such_page(trainer: Client) -> None:
    assert trainer.get("/docencia/otro/dilemas/").status_code == 404
