"""A plan with one goal, and coverage calculated on demand."""

from collections.abc import Callable
from datetime import datetime

import pytest

from lms.plan.models import CoverageSnapshot, SealedSnapshot, TrainingGoal
from lms.plan.services import refresh_current_coverage, seal_now
from tests.factories.plan import CommitmentFactory, Group, TrainingGoalFactory, create_institution, populate
from tests.personas import personas

__all__ = ["personas"]


@pytest.fixture
def goal(db: None) -> TrainingGoal:
    """The goal of commitment 1; commitments 2 (described) and 6 (not described) have none."""
    goal: TrainingGoal = TrainingGoalFactory(commitment__plan__code="plan")
    CommitmentFactory(plan=goal.commitment.plan, number=2, title="Formar ciudadanía")
    CommitmentFactory(plan=goal.commitment.plan, number=6, title="Plan estratégico", undescribed=True)
    return goal


@pytest.fixture
def covered(goal: TrainingGoal, at: datetime) -> Callable[..., CoverageSnapshot]:
    """Populates institutions (as many as asked for) and calculates: 20 of 40 people in each."""

    def calculate(*, institutions: int = 3, people: int = 40, completed: int = 20) -> CoverageSnapshot:
        populate(
            *(
                Group(create_institution(code=f"S{n:02d}", name=f"Servicio Número {n}"), people, completed)
                for n in range(institutions)
            )
        )
        refresh_current_coverage(at=at)
        return CoverageSnapshot.objects.get(goal=goal, kind="current")

    return calculate


@pytest.fixture
def sealed(goal: TrainingGoal, covered: Callable[..., CoverageSnapshot], at: datetime) -> SealedSnapshot:
    """What is published on the day of the tests."""
    covered()
    return seal_now(plan_id=goal.commitment.plan_id, reason="Informe", sealed_by_id=None, at=at)
