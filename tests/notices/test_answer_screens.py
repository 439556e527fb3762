"""Where a notice of an answer is seen: in one's own list and by HR, and by nobody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lms.notices.links import unsubscribe_url
from lms.notices.models import MailPreference
from lms.people.models import Role
from lms.progress.models import RecordQuestion
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.notices.answering import ANSWERED, ASKED, ask_and_answer, plan
from tests.notices.stage import Stage
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

MINE, LIST = "classroom:notices", "reports:notices"


@pytest.fixture
def question(stage: Stage, personas: Personas) -> RecordQuestion:
    """Ana's, answered and put down."""
    found = ask_and_answer(personas.ana.person, at=stage.at)
    plan(stage.at)
    return found


def test_ana_reads_it_and_is_led_to_the_answer(question: RecordQuestion, personas: Personas) -> None:
    body = client_for(personas.ana).get(reverse(MINE)).content.decode()
    assert "Hay una respuesta a la consulta que hiciste el 20 de noviembre de 2026." in body
    assert f'href="{reverse("classroom:record_question", args=[question.public_id])}"' in body


def test_it_is_a_choice_of_its_own_among_ones_emails(question: RecordQuestion, personas: Personas) -> None:
    client = client_for(personas.ana)
    assert "Cuando responden una consulta mía" in client.get(reverse(MINE)).content.decode()
    others = ["assigned", "due", "late", "expiring", "manual", "recall", "later", "changed"]
    client.post(reverse(MINE), {"quiero": others})
    assert MailPreference.objects.get(person=personas.ana.person).turned_off == ["answer"]


def test_it_is_a_choice_on_the_page_of_the_link_in_emails(stage: Stage, personas: Personas) -> None:
    link = unsubscribe_url(site_url="", person_public_id=personas.ana.person.public_id)
    client = client_for(personas.bruno)
    assert "Cuando responden una consulta mía" in client.get(link).content.decode()


def test_hr_sees_that_it_was_sent_and_not_what_it_is_about(
    question: RecordQuestion, personas: Personas
) -> None:
    page = client_for(personas.carla).get(reverse(LIST), {"aviso": "answer"})
    [(notice, _tag)] = page.context["lines"]
    body = page.content.decode()
    assert notice.person == personas.ana.person
    assert "Respuesta a una consulta" in body
    assert not any(secret in body for secret in (ASKED, ANSWERED, question.title))


def test_elena_from_elsewhere_sees_nothing(question: RecordQuestion, personas: Personas) -> None:
    assert client_for(personas.elena).get(reverse(LIST), {"aviso": "answer"}).context["lines"] == []


def test_who_answers_for_a_unit_alone_is_not_told_who_asked(
    question: RecordQuestion, personas: Personas
) -> None:
    account = UserFactory()
    RoleAssignmentFactory(user=account, role=Role.HR, institution=personas.institution, unit=personas.unit)
    assert client_for(account).get(reverse(LIST), {"aviso": "answer"}).context["lines"] == []


def test_my_notices_cost_the_same_with_three_and_with_thirty(stage: Stage, personas: Personas) -> None:
    client = client_for(personas.ana)

    def fill(count: int) -> int:
        for number in range(count):
            ask_and_answer(personas.ana.person, at=stage.at, text=f"Falta {count}/{number}.")
        plan(stage.at)
        return count_page_queries(client, reverse(MINE))

    assert fill(3) == fill(30) <= 15


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (1, False)])
def test_what_is_still_to_come_is_not_shown(
    stage: Stage, personas: Personas, days: int, is_shown: bool
) -> None:
    """Saturday's waits for Monday."""
    ask_and_answer(personas.ana.person, at=stage.at + timedelta(days=days))
    plan(stage.at + timedelta(days=days))
    page = client_for(personas.ana).get(reverse(MINE))
    assert bool(page.context["lines"]) is is_shown
    assert not is_shown or page.context["lines"][0].day == date(2026, 11, 20)
