"""The page of a commitment of which everything is known: what it costs, and that nothing is missing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from wagtail.models import Site

from lms.plan.models import Commitment, CoverageSnapshot
from lms.plan.services import MilestoneValues, add_coding, edit_milestone, refresh_current_coverage, seal_now
from lms.plan.services.updates import LineValues
from tests.factories.courses import create_released_course
from tests.factories.diagnostics import install
from tests.factories.indicators import IndicatorFactory, release
from tests.factories.participation import comment, reply
from tests.factories.people import UserFactory
from tests.factories.plan import COURSE, TrainingGoalFactory
from tests.factories.plan_progress import approve, attach, create_milestone, write_update
from tests.queries import count_page_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
PAGE = "/plan/plan/compromisos/1/"


@pytest.fixture
def full(covered: Callable[..., CoverageSnapshot], at: datetime) -> Commitment:
    """Commitment 1 with two of everything that a commitment can have."""
    commitment: Commitment = covered().goal.commitment
    plan = commitment.plan
    create_released_course(code="integridad-avanzada")
    commitment.goals.update(course_codes=[COURSE, "integridad-avanzada"])
    refresh_current_coverage(at=at)
    commitment.related.add(plan.commitments.get(number=2))
    milestone = create_milestone(commitment=commitment, at=at)
    create_milestone(commitment=commitment, at=at, label="Capacitar a los equipos")
    later = MilestoneValues(label=milestone.label, starts_on=date(2024, 1, 1), due_on=date(2027, 1, 1))
    edit_milestone(
        milestone_id=milestone.pk, values=later, changed_by_id=None, at=at, reason="Faltó presupuesto."
    )
    update = write_update(commitment=commitment, at=at, h1=LineValues(status="limited", text="Va bien."))
    attach(update=update, at=at)
    approve(update=update, at=at)
    add_coding(
        commitment_id=commitment.pk, by="IRM", values={"completion": "Limited"},
        source_url="https://ejemplo.org/cl1", retrieved_on=date(2026, 1, 2), at=at,
    )  # fmt: skip
    seal_now(plan_id=plan.pk, reason="Cuenta pública", sealed_by_id=None, at=at)
    for code in ("uno", "dos"):
        release(IndicatorFactory(commitment=commitment, code=code), "2024,,,30,64,,", "2025,,,40,64,,")
    install(at=at, plan=plan.code, commitments=[1])
    for number in range(2):
        row = comment(commitment, UserFactory(), at=at + timedelta(minutes=number))
        reply(row, at=at + timedelta(hours=1))
    return commitment


def test_it_costs_few_queries_however_much_there_is(client: Client, full: Commitment) -> None:
    Site.get_site_root_paths()  # kept for an hour
    assert count_page_queries(client, PAGE) <= 15


def test_each_of_several_goals_can_be_looked_at(client: Client, full: Commitment, at: datetime) -> None:
    TrainingGoalFactory(commitment=full, code="compras", title="Formación en compras", course_codes=["otro"])
    refresh_current_coverage(at=at)
    first, other = (client.get(PAGE + query).content.decode() for query in ("", "?meta=compras"))
    assert "Formación en compras" in first
    assert "Abajo se ve: Formación en integridad" in first
    assert "Abajo se ve: Formación en compras" in other


def test_a_goal_that_is_not_there_shows_the_first(client: Client, full: Commitment) -> None:
    response = client.get(PAGE, {"meta": "no-hay\x00"})
    assert response.status_code == 200
    assert "60 de 120" in response.content.decode()
