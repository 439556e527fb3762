"""Two who keep the same plan lose nothing of what either wrote."""

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, Milestone
from tests.plan.keeping import (
    DESK,
    NUL,
    commitment,
    commitment_form,
    milestone,
    milestone_form,
    pedro,
    plan,
    plan_form,
)

__all__ = ["commitment", "milestone", "pedro", "plan"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def seen_on(client: Client, address: str) -> dict[str, str]:
    """What the form of a page carries along."""
    return {"seen": str(client.get(address).context["seen"])}


def test_two_keepers_of_a_commitment_lose_nothing(pedro: Client, commitment: Commitment) -> None:
    address = DESK + "compromisos/1/editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, commitment_form(lead="Alcaldía") | seen)
    answer = pedro.post(address, commitment_form(problem="Nadie las ve.") | seen)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Otra persona cambió esto mientras escribías (Responsable)" in text
    assert "Nadie las ve." in text
    commitment.refresh_from_db()
    assert (commitment.lead, commitment.problem) == ("Alcaldía", None)


def test_another_error_does_not_make_one_forget_what_was_seen(pedro: Client, commitment: Commitment) -> None:
    address = DESK + "compromisos/1/editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, commitment_form(lead="Alcaldía") | seen)
    wrong = pedro.post(address, commitment_form(budget_amount="5", budget_currency="") | seen)
    again = {"seen": str(wrong.context["seen"])}
    assert pedro.post(address, commitment_form(problem="Nadie las ve.") | again).status_code == 400


def test_number_of_a_version_is_written_whole(pedro: Client, commitment: Commitment) -> None:
    Commitment.objects.update(version=1234)
    page = pedro.get(DESK + "compromisos/1/editar/").content.decode()
    assert '<input type="hidden" name="seen" value="1234">' in page


def test_who_was_told_may_save_again(pedro: Client, commitment: Commitment) -> None:
    address = DESK + "compromisos/1/editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, commitment_form(lead="Alcaldía") | seen)
    again = {"seen": str(pedro.post(address, commitment_form() | seen).context["seen"])}
    assert pedro.post(address, commitment_form(problem="Nadie las ve.") | again).status_code == 302


def test_milestone_that_changed_meanwhile_disturbs_no_commitment(pedro: Client, milestone: Milestone) -> None:
    seen = seen_on(pedro, DESK + "compromisos/1/editar/")
    pedro.post(DESK + "compromisos/1/hitos/h1/", milestone_form(unit="Alcaldía"))
    answer = pedro.post(DESK + "compromisos/1/editar/", commitment_form(problem="Nadie las ve.") | seen)
    assert answer.status_code == 302


def test_two_keepers_of_a_milestone_lose_nothing(pedro: Client, milestone: Milestone) -> None:
    address = DESK + "compromisos/1/hitos/h1/"
    seen = seen_on(pedro, address)
    pedro.post(address, milestone_form(unit="Alcaldía") | seen)
    answer = pedro.post(address, milestone_form(label="Comprar micrófonos") | seen)
    assert (answer.status_code, "(Unidad responsable)" in answer.content.decode()) == (400, True)
    milestone.refresh_from_db()
    assert (milestone.label, milestone.unit) == ("Comprar cámaras", "Alcaldía")


def test_two_keepers_of_a_plan_lose_nothing(pedro: Client, plan: ActionPlan) -> None:
    address = DESK + "editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, plan_form(period="2024-2027") | seen)
    assert pedro.post(address, plan_form(country="Perú") | seen).status_code == 400
    plan.refresh_from_db()
    assert (plan.period, plan.country) == ("2024-2027", "Chile")


@pytest.mark.parametrize("seen", ["", "x", NUL, "-1", "9" * 5000])
def test_form_that_does_not_say_what_it_saw_is_saved(
    pedro: Client, commitment: Commitment, seen: str
) -> None:
    answer = pedro.post(DESK + "compromisos/1/editar/", commitment_form(lead="Alcaldía", seen=seen))
    assert answer.status_code == 302
