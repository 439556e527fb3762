"""The public pages of the plan."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, CoverageSnapshot, TrainingGoal
from lms.plan.selectors import goals_for_course, home_arcade, latest_snapshot_at
from lms.plan.services import refresh_current_coverage, seal_now
from tests.factories.plan import Group, create_institution, populate
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
pytestmark = pytest.mark.django_db
MOST_QUERIES = 15

PAGES = [
    "/plan/",
    "/plan/plan/compromisos/1/",
    "/plan/plan/compromisos/6/",
    "/plan/metodo/",
    "/plan/datos/",
    "/plan/datos/cobertura.csv",
    "/plan/datos/cobertura.json",
    "/plan/datos/compromisos.csv",
    "/plan/datos/compromisos.json",
]


@pytest.mark.parametrize("path", PAGES)
def test_anybody_may_read_without_an_account(client: Client, covered: Covered, path: str) -> None:
    covered()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_page_without_any_plan_is_not_an_error(client: Client, path: str) -> None:
    assert client.get(path).status_code == (404 if "/compromisos/" in path else 200)


@pytest.mark.parametrize("path", PAGES)
def test_page_costs_the_same_with_few_and_many(
    client: Client, covered: Covered, at: datetime, path: str
) -> None:
    covered(institutions=3, people=12, completed=6)
    few = count_page_queries(client, path)
    more = [Group(create_institution(code=f"T{n:02d}", name=f"Tesorería {n}"), 30, 15) for n in range(27)]
    populate(*more)
    refresh_current_coverage(at=at)
    assert few == count_page_queries(client, path) <= MOST_QUERIES


@pytest.mark.parametrize("number", ["3", "0", "99999999999999999999"])
def test_unknown_commitment_is_not_found(client: Client, goal: TrainingGoal, number: str) -> None:
    assert client.get(f"/plan/plan/compromisos/{number}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["?formacion=%00&orden=x", "?formacion[]=con", "?orden=" + "x" * 5000, "?formacion=con&formacion=sin"],
)
def test_filter_value_nobody_offered_is_ignored(client: Client, goal: TrainingGoal, query: str) -> None:
    assert client.get(f"/plan/{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["?pagina=x", "?pagina=-1", "?pagina=99999999999", "?institucion=%00%ff", "?institucion=" + "ñ" * 3000],
)
def test_commitment_page_survives_bad_values(client: Client, covered: Covered, query: str) -> None:
    covered()
    assert client.get(f"/plan/plan/compromisos/1/{query}").status_code == 200


def test_page_refuses_what_it_cannot_do(client: Client, goal: TrainingGoal) -> None:
    assert client.post("/plan/").status_code == 405


def test_list_can_be_narrowed_to_commitments_with_courses(client: Client, goal: TrainingGoal) -> None:
    rows = client.get("/plan/?formacion=con").context["rows"]
    assert [row.commitment.number for row in rows] == [1]


def test_institution_is_found_without_its_accents(client: Client, covered: Covered) -> None:
    covered(institutions=3)
    found = client.get("/plan/plan/compromisos/1/?institucion=numero 2").context["institutions"]
    assert [line.name for line in found] == ["Servicio Número 2"]


def test_institutions_come_in_pages(client: Client, covered: Covered) -> None:
    covered(institutions=27, people=12, completed=6)
    second = client.get("/plan/plan/compromisos/1/?pagina=2")
    assert len(second.context["institutions"]) == 2
    assert "Página 2 de 2" in second.content.decode()


def test_arithmetic_is_written_with_its_numbers(client: Client, covered: Covered) -> None:
    covered(institutions=3, people=40, completed=20)
    text = client.get("/plan/plan/compromisos/1/").content.decode()
    assert "= 60 ÷ 120 = <b>50\N{NO-BREAK SPACE}%</b>" in text


def test_goal_without_target_says_so(client: Client, covered: Covered) -> None:
    covered()
    assert "Sin meta publicada" in client.get("/plan/plan/compromisos/1/").content.decode()


def test_undescribed_commitment_says_so_and_shows_no_figure(client: Client, goal: TrainingGoal) -> None:
    text = client.get("/plan/plan/compromisos/6/").content.decode()
    assert "No descrito en el texto fuente" in text
    assert "Este compromiso no tiene cursos vinculados" in text


def test_history_appears_with_the_second_seal(
    client: Client, goal: TrainingGoal, covered: Covered, at: datetime
) -> None:
    covered()
    plan_id = goal.commitment.plan_id
    seal_now(plan_id=plan_id, reason="Prueba", sealed_by_id=None, at=at)
    assert client.get("/plan/plan/compromisos/1/").context["chart"] is None
    tomorrow = at + timedelta(days=1)
    refresh_current_coverage(at=tomorrow)
    seal_now(plan_id=plan_id, reason="Prueba", sealed_by_id=None, at=tomorrow)
    assert client.get("/plan/plan/compromisos/1/").context["chart"].points == (50, 50)


def test_arcade_draws_what_is_published_and_no_more(covered: Covered) -> None:
    covered(institutions=1, people=12, completed=4)
    doors = {door.number: (door.share_percent, door.state) for door in home_arcade().doors}
    assert doors == {1: (None, "not_published"), 2: (None, "no_goal"), 6: (None, "no_information")}


@pytest.mark.parametrize(
    ("completed", "span", "words"), [(1, (0, 5), "5 % o menos"), (39, (95, 100), "95 % o más")]
)
def test_published_range_is_a_value_with_its_words(
    client: Client, covered: Covered, completed: int, span: tuple[int, int], words: str
) -> None:
    covered(institutions=1, people=40, completed=completed)
    door = home_arcade().doors[0]
    assert (door.state, door.share_percent, door.up_to_percent) == ("value", *span)
    assert door.words.replace("\N{NO-BREAK SPACE}", " ") == words
    (goal,) = goals_for_course("integridad-fundamentos")
    assert goal.span == span
    main = client.get("/plan/plan/compromisos/1/").content.decode()
    assert main.count(f'<rect class="c-mid" y="{100 - span[1]}%"') == 1


def test_range_is_sorted_between_the_figures(client: Client, covered: Covered, goal: TrainingGoal) -> None:
    covered(institutions=1, people=40, completed=39)
    rows = client.get("/plan/?orden=cobertura").context["rows"]
    assert rows[0].commitment.number == 1


def test_certain_end_of_a_range_meets_a_target(covered: Covered) -> None:
    TrainingGoal.objects.update(target_percent=90)
    covered(institutions=1, people=40, completed=39)
    assert home_arcade().met_count == 1


def test_row_added_to_others_says_where_and_the_others_have_a_bar(
    client: Client, goal: TrainingGoal, at: datetime
) -> None:
    small = [Group(create_institution(code=f"P{n}", name=f"Pequeño {n}"), 6, 3) for n in range(3)]
    populate(Group(create_institution(code="G1", name="Grande"), 60, 30), *small)
    refresh_current_coverage(at=at)
    lines = {line.name: line for line in client.get("/plan/plan/compromisos/1/").context["institutions"]}
    assert lines["Otras instituciones, juntas"].span == (50, 50)
    assert lines["Pequeño 1"].words.endswith("Se suma en «Otras instituciones, juntas».")


@pytest.mark.parametrize(
    ("every", "words"),
    [
        ("group", "Si es de menos, espera hasta el día siguiente"),
        ("change", "publica cada cambio de inmediato"),
    ],
)
def test_method_says_when_changes_are_published(
    client: Client, settings: Any, every: str, words: str, db: None
) -> None:
    settings.COVERAGE_PUBLISH_EVERY = every
    assert words in client.get("/plan/metodo/").content.decode()


def test_arcade_gives_totals_for_the_home_page(covered: Covered) -> None:
    covered(institutions=3, people=40, completed=20)
    arcade = home_arcade()
    assert (arcade.trained, arcade.goal_count, arcade.institution_count) == (60, 1, 3)


def test_arcade_without_a_plan_has_no_doors() -> None:
    assert home_arcade().doors == ()


def test_plan_that_is_not_current_keeps_its_address(client: Client, goal: TrainingGoal) -> None:
    ActionPlan.objects.update(is_current=False)
    assert client.get("/plan/plan/compromisos/1/").status_code == 200


@pytest.mark.parametrize("path", ["/plan/plan/", "/plan/plan/compromisos/1/"])
def test_draft_does_not_exist_for_the_public(client: Client, goal: TrainingGoal, path: str) -> None:
    ActionPlan.objects.update(status=ActionPlan.Status.DRAFT)
    assert client.get(path).status_code == 404


def test_draft_is_not_what_the_plan_page_shows(client: Client, goal: TrainingGoal) -> None:
    ActionPlan.objects.update(status=ActionPlan.Status.DRAFT)
    assert client.get("/plan/").context["plan"] is None


def test_old_address_of_a_commitment_leads_to_the_current_plan(client: Client, goal: TrainingGoal) -> None:
    assert client.get("/plan/compromisos/1/").headers["Location"] == "/plan/plan/compromisos/1/"


def test_course_knows_its_commitment(covered: Covered) -> None:
    covered()
    (found,) = goals_for_course("integridad-fundamentos")
    assert (found.number, found.percent, found.words) == (1, 50, "50\N{NO-BREAK SPACE}%")


def test_course_without_goal_contributes_to_none(goal: TrainingGoal) -> None:
    assert goals_for_course("otro-curso") == []


def test_latest_count_is_known(covered: Covered, at: datetime) -> None:
    assert latest_snapshot_at() is None
    covered()
    assert latest_snapshot_at() == at
