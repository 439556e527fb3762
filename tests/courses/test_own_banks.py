"""Authors meet the banks of their own courses, and no others: a question carries its key."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage
from courses.quizzes.models import Question, QuestionBank
from lms.pages.services import set_up_site
from lms.people.models import Role
from lms.people.services.roles import RolePlace, assign_role
from tests.courses.authoring import add_page, course_form, question_form
from tests.factories.courses import CompetenceFactory
from tests.factories.learning import make_course
from tests.personas import Personas, client_for, create_personas


@pytest.fixture
def people(db: None, at: datetime) -> Personas:
    """Diego began the course; Bruno writes courses too, and is not of its team."""
    people = create_personas()
    set_up_site(site_url="http://testserver")
    for user in (people.diego, people.bruno):
        assign_role(user=user, role=Role.TRAINER, place=RolePlace(people.institution), at=at)
    make_course(at=at, owner=people.diego)
    return people


@pytest.fixture
def bruno(people: Personas) -> Client:
    return client_for(people.bruno)


def address(row: Question | QuestionBank, view: str) -> str:
    kind = "question" if isinstance(row, Question) else "questionbank"
    return reverse(f"wagtailsnippets_quizzes_{kind}:{view}", args=[row.pk])


def listed(client: Client, kind: str) -> str:
    return client.get(reverse(f"wagtailsnippets_quizzes_{kind}:list")).content.decode()


def test_the_team_finds_its_bank_and_questions(people: Personas) -> None:
    diego = client_for(people.diego)
    assert "Banco" in listed(diego, "questionbank") and "q0" in listed(diego, "question")
    assert diego.get(address(Question.objects.get(key="q0"), "edit")).status_code == 200


def test_nobody_else_finds_them_in_the_lists(bruno: Client) -> None:
    assert "q0" not in listed(bruno, "question")
    assert address(QuestionBank.objects.get(), "edit") not in listed(bruno, "questionbank")


@pytest.mark.parametrize("view", ["edit", "inspect", "history", "usage"])
def test_nobody_else_opens_a_question(bruno: Client, view: str) -> None:
    question = Question.objects.get(key="q0")
    answer = bruno.get(address(question, view))
    assert (
        answer.status_code == 302
        and question.stem not in bruno.get(address(question, view), follow=True).content.decode()
    )


def test_nobody_else_takes_a_bank_out_as_a_file(bruno: Client) -> None:
    bank = QuestionBank.objects.get()
    assert bruno.get(reverse("question_files:export", args=[bank.pk])).status_code == 404


def test_a_bank_of_no_course_yet_is_everybodys(bruno: Client) -> None:
    QuestionBank.objects.create(code="nuevo", title="Banco nuevo")
    assert "Banco nuevo" in listed(bruno, "questionbank")


ADD = "/gestion/snippets/quizzes/question/add/"


def test_the_next_question_begins_with_the_bank_and_competence_of_the_one_before(people: Personas) -> None:
    question = Question.objects.get(key="q0")
    diego = client_for(people.diego)
    form = question_form(bank=question.bank_id, competence=question.competence_id)
    page = diego.post(ADD, form, follow=True).content.decode()
    again = f"{ADD}?locale=es&amp;banco={question.bank_id}&amp;competencia={question.competence_id}"
    assert f'href="{again}"' in page
    begun = diego.get(again.replace("&amp;", "&")).context["form"]
    assert (begun.instance.bank, begun.instance.competence) == (question.bank, question.competence)


@pytest.mark.parametrize("bank", ["own", "x", "99999999999", "²", ""])
def test_a_new_question_never_begins_with_a_bank_of_another_team(bruno: Client, bank: str) -> None:
    number = str(QuestionBank.objects.get().pk) if bank == "own" else bank
    answer = bruno.get(ADD, {"banco": number, "competencia": bank})
    assert answer.status_code == 200 and answer.context["form"].instance.bank_id is None


CHOOSER = "wagtailsnippetchoosers_quizzes_questionbank"


def offered(client: Client, view: str) -> str:
    answer = client.get(reverse(f"{CHOOSER}:{view}"))
    return answer.json()["html"] if view == "choose" else answer.content.decode()


@pytest.mark.parametrize("view", ["choose", "choose_results"])
def test_the_chooser_offers_ones_own_banks_only(people: Personas, bruno: Client, view: str) -> None:
    link = reverse(f"{CHOOSER}:chosen", args=[QuestionBank.objects.get().pk])
    assert link in offered(client_for(people.diego), view)
    assert link not in offered(bruno, view)


def test_the_chooser_names_no_bank_of_another_team(bruno: Client) -> None:
    bank = QuestionBank.objects.get()
    assert bruno.get(reverse(f"{CHOOSER}:chosen", args=[bank.pk])).status_code == 404
    assert not bruno.get(reverse(f"{CHOOSER}:chosen_multiple"), {"id": bank.pk}).json()["result"]


def test_a_new_course_cannot_draw_from_the_bank_of_another_team(bruno: Client) -> None:
    data = course_form(competence=CompetenceFactory().pk, bank=QuestionBank.objects.get().pk)
    del data["action-publish"]
    add_page(bruno, CoursePage.objects.get().get_parent(), "coursepage", data)
    assert not CoursePage.objects.filter(code="nuevo").exists()


def test_a_new_question_cannot_go_to_the_bank_of_another_team(bruno: Client) -> None:
    data = question_form(bank=QuestionBank.objects.get().pk, competence=CompetenceFactory().pk)
    bruno.post(reverse("wagtailsnippets_quizzes_question:add"), data)
    assert not Question.objects.filter(key="nueva").exists()


def test_a_course_keeps_the_bank_that_it_names(people: Personas) -> None:
    """Another course draws from it since, and nobody of this one's team may change that."""
    page = CoursePage(bank=QuestionBank.objects.get())
    form = CoursePage.get_edit_handler().get_form_class()(instance=page, for_user=people.bruno)
    assert page.bank in form.fields["bank"].queryset
