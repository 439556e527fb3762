"""Calculating coverage: when, and what is stored."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.jobs.schedule import list_jobs
from lms.people.models import Person, Posting
from lms.plan.models import CoverageSnapshot, TrainingGoal
from lms.plan.services import refresh_current_coverage
from tests.factories.plan import Group, complete, create_institution, create_release, populate

Covered = Callable[..., CoverageSnapshot]
NONCE = re.compile(rb'nonce="[^"]+"')


def finish(people: int) -> None:
    """So many of those who have not enrolled complete the course."""
    complete(persons=list(Person.objects.filter(enrolments=None)[:people]), release=create_release())


def test_coverage_is_people_who_completed_over_headcount(covered: Covered) -> None:
    snapshot = covered(institutions=3, people=40, completed=20)
    assert snapshot.total["headcount"] == 120
    assert snapshot.total["completed"]["value"] == 60
    assert snapshot.total["completed"]["percent"] == 50


def test_four_figures_are_counted_apart(goal: TrainingGoal, at: datetime) -> None:
    populate(Group(create_institution(code="S1", name="Servicio"), 40, completed=10, reached=30))
    refresh_current_coverage(at=at)
    total = CoverageSnapshot.objects.get(kind="current").total
    assert (total["reached"]["value"], total["completed"]["value"]) == (30, 10)


def test_unchanged_coverage_is_not_counted_again(covered: Covered, at: datetime) -> None:
    covered()
    assert refresh_current_coverage(at=at + timedelta(minutes=5)) == 0


@pytest.mark.parametrize(("every", "people"), [("change", 1), ("group", 10)])
def test_enough_completions_are_published(
    covered: Covered, at: datetime, settings: Any, every: str, people: int
) -> None:
    settings.COVERAGE_PUBLISH_EVERY = every
    covered()
    finish(people)
    assert refresh_current_coverage(at=at + timedelta(minutes=5)) == 1
    assert CoverageSnapshot.objects.get(kind="current").total["completed"]["value"] == 60 + people


def test_completions_of_fewer_than_a_group_wait(covered: Covered, at: datetime) -> None:
    before = covered()
    finish(9)
    assert refresh_current_coverage(at=at + timedelta(minutes=5)) == 0
    after = CoverageSnapshot.objects.get(kind="current")
    assert (after.published, after.computed_at) == (before.published, before.computed_at)


def test_waiting_people_add_up_to_a_group(covered: Covered, at: datetime) -> None:
    covered()
    for _turn in range(2):
        finish(6)
        refresh_current_coverage(at=at + timedelta(minutes=5))
    assert CoverageSnapshot.objects.get(kind="current").total["completed"]["value"] == 72


def test_next_day_is_published_without_telling_of_few_people(covered: Covered, at: datetime) -> None:
    covered()
    finish(1)
    refresh_current_coverage(at=at + timedelta(minutes=5))
    assert refresh_current_coverage(at=at + timedelta(days=1)) == 1
    total = CoverageSnapshot.objects.get(kind="current").total
    assert (total["completed"]["value"], total["as_of"]) == (60, "2026-11-20")


def test_few_people_a_day_are_told_once_they_are_a_group(covered: Covered, at: datetime) -> None:
    covered()
    for day in range(1, 4):
        finish(4)
        refresh_current_coverage(at=at + timedelta(days=day))
    total = CoverageSnapshot.objects.get(kind="current").total
    assert (total["completed"]["value"], total["as_of"]) == (72, "")


def test_row_that_keeps_its_figures_says_their_day(covered: Covered, at: datetime, client: Client) -> None:
    covered()
    finish(1)
    refresh_current_coverage(at=at + timedelta(days=1))
    text = client.get("/plan/plan/compromisos/1/").content.decode()
    assert "Fecha de corte: 20 de noviembre de 2026" in text.replace("\N{NO-BREAK SPACE}", " ")
    table = client.get("/plan/datos/cobertura.csv").content.decode()
    assert "1,integridad,2026-11-20,total" in table


def test_only_the_last_two_releases_are_remembered(covered: Covered, at: datetime) -> None:
    covered()
    for day in range(1, 5):
        refresh_current_coverage(at=at + timedelta(days=day))
    assert sorted(CoverageSnapshot.objects.values_list("kind", flat=True)) == ["current", "earlier"]


def test_what_a_goal_counted_before_is_remembered_for_two_days_with_releases(
    covered: Covered, at: datetime
) -> None:
    """However often somebody changes the goal on one day."""
    covered()
    for change in range(1, 5):
        TrainingGoal.objects.update(course_codes=["integridad-fundamentos", f"otro-{change}"])
        refresh_current_coverage(at=at + timedelta(minutes=change))
    first = {"integridad-fundamentos"}
    assert first in [set(one.definition["cursos"]) for one in CoverageSnapshot.objects.all()]
    refresh_current_coverage(at=at + timedelta(days=1))
    refresh_current_coverage(at=at + timedelta(days=2))
    assert first not in [set(one.definition["cursos"]) for one in CoverageSnapshot.objects.all()]


def test_waiting_count_is_not_counted_again_without_a_change(
    covered: Covered, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    covered()
    finish(1)
    refresh_current_coverage(at=at + timedelta(minutes=5))
    with django_assert_max_num_queries(10):
        refresh_current_coverage(at=at + timedelta(minutes=10))


def test_no_public_page_shows_a_count_that_waits(covered: Covered, at: datetime, client: Client) -> None:
    covered()
    paths = ("/plan/", "/plan/plan/compromisos/1/", "/plan/datos/cobertura.csv", "/plan/datos/cobertura.json")
    before = [client.get(path).content for path in paths]
    finish(9)
    refresh_current_coverage(at=at + timedelta(minutes=5))
    without_nonces = [NONCE.sub(b"", page) for page in before]
    assert [NONCE.sub(b"", client.get(path).content) for path in paths] == without_nonces


def test_switch_to_publishing_at_once_takes_what_waits(covered: Covered, at: datetime, settings: Any) -> None:
    covered()
    finish(1)
    refresh_current_coverage(at=at + timedelta(minutes=5))
    settings.COVERAGE_PUBLISH_EVERY = "change"
    assert refresh_current_coverage(at=at + timedelta(minutes=10)) == 1


def test_ended_posting_makes_it_count_again(covered: Covered, at: datetime, settings: Any) -> None:
    settings.COVERAGE_PUBLISH_EVERY = "change"
    covered()
    Posting.objects.filter(pk=Posting.objects.all()[0].pk).update(valid_until=date(2026, 11, 1))
    assert refresh_current_coverage(at=at) == 1
    assert CoverageSnapshot.objects.get(kind="current").total["headcount"] == 119


@pytest.mark.parametrize(
    "correction", [{"estamento": "tecnicos"}, {"legal_quality": "planta"}], ids=["estamento", "quality"]
)
def test_corrected_posting_makes_it_count_again(
    covered: Covered, at: datetime, settings: Any, correction: dict[str, str]
) -> None:
    settings.COVERAGE_PUBLISH_EVERY = "change"
    covered()
    Posting.objects.filter(pk=Posting.objects.all()[0].pk).update(**correction)
    assert refresh_current_coverage(at=at) == 1


def test_two_people_who_change_places_make_it_count_again(
    goal: TrainingGoal, at: datetime, settings: Any
) -> None:
    settings.COVERAGE_PUBLISH_EVERY = "change"
    place = create_institution(code="S1", name="Servicio")
    populate(Group(place, 20), Group(place, 20, 10, estamento="tecnicos"))
    refresh_current_coverage(at=at)
    one, other = (
        Posting.objects.filter(estamento=e).order_by("pk")[0].pk for e in ("profesionales", "tecnicos")
    )
    Posting.objects.filter(pk=one).update(estamento="tecnicos")
    Posting.objects.filter(pk=other).update(estamento="profesionales")
    assert refresh_current_coverage(at=at) == 1
    cells = CoverageSnapshot.objects.get(kind="current").true_cells.values_list("estamento", "completed")
    assert dict(cells) == {"profesionales": 1, "tecnicos": 9}


def test_next_day_makes_it_count_again(covered: Covered, at: datetime) -> None:
    covered()
    assert refresh_current_coverage(at=at + timedelta(days=1)) == 1
    assert CoverageSnapshot.objects.get(kind="current").cutoff_date == date(2026, 11, 21)


def test_changed_minimum_makes_it_count_again(covered: Covered, at: datetime, settings: Any) -> None:
    covered()
    settings.COVERAGE_MINIMUM_CELL = 50
    assert refresh_current_coverage(at=at) == 1
    assert CoverageSnapshot.objects.get(kind="current").minimum_cell == 50


def test_cutoff_is_the_local_date(goal: TrainingGoal, at: datetime) -> None:
    refresh_current_coverage(at=at.replace(hour=23))
    assert CoverageSnapshot.objects.get(kind="current").cutoff_date == date(2026, 11, 20)


def test_inactive_goal_is_left_alone(goal: TrainingGoal, at: datetime) -> None:
    TrainingGoal.objects.update(is_active=False)
    assert refresh_current_coverage(at=at) == 0


def test_people_without_honorarios_are_counted_only_where_the_goal_says_so(
    goal: TrainingGoal, at: datetime
) -> None:
    place = create_institution(code="S1", name="Servicio")
    populate(Group(place, 40, 20), Group(place, 30, 10, legal_quality="honorarios"))
    TrainingGoal.objects.update(includes_honorarios=False)
    refresh_current_coverage(at=at)
    assert CoverageSnapshot.objects.get(kind="current").total["headcount"] == 40


def test_refresh_is_on_the_schedule(settings: Any) -> None:
    periods = {job.name: job.period().total_seconds() for job in list_jobs()}
    assert periods["lms.plan.periodic.refresh_coverage"] == settings.COVERAGE_REFRESH_SECONDS


@pytest.mark.parametrize("institutions", [3, 12])
def test_count_costs_the_same_queries_however_many_institutions(
    goal: TrainingGoal, at: datetime, institutions: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    populate(*(Group(create_institution(code=f"S{n}", name=f"S {n}"), 12, 6) for n in range(institutions)))
    with django_assert_max_num_queries(36):
        refresh_current_coverage(at=at)
