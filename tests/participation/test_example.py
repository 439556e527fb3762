"""The example of the demonstration: labelled, answered, made once."""

from datetime import datetime

import pytest

from lms.demo.participation import make_participation
from lms.jobs.schedule import list_jobs
from lms.participation.models import Consultation, Contribution, DialogueMeeting
from lms.participation.selectors.register import read_totals
from lms.plan.models import ActionPlan
from tests.personas import Personas


@pytest.mark.parametrize("times", [1, 2])
def test_the_example_says_that_it_is_one_and_is_made_once(
    plan: ActionPlan, personas: Personas, at: datetime, times: int
) -> None:
    for _time in range(times):
        make_participation(emails=[personas.ana.email, personas.bruno.email], at=at)
    assert Consultation.objects.get().title.startswith("Ejemplo:")
    assert DialogueMeeting.objects.get().title.startswith("Ejemplo:")
    totals = read_totals(plan_id=plan.pk, at=at)
    assert (totals.received, totals.answered, totals.late) == (5, 4, 1)
    assert not Contribution.objects.filter(shows_name=True).exists()


def test_without_a_plan_there_is_no_example(db: None, at: datetime) -> None:
    make_participation(emails=["nadie@servicio.example"], at=at)
    assert not Consultation.objects.exists()


def test_the_worker_sends_and_forgets() -> None:
    names = {job.name.rpartition(".")[2] for job in list_jobs()}
    assert {"send_participation_letters", "forget_what_is_over"} <= names
