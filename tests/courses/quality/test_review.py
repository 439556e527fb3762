"""Author, reviewer, published; and what the quality report does on the way."""

from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from courses.models import (
    CourseCompetence,
    CoursePage,
    CourseRelease,
    Law,
    LessonPage,
    ModulePage,
    QualityOverride,
)
from courses.quality.gate import find_blocks
from courses.quality.selectors import read_course
from courses.services import publish_release
from lms.journeys.erase_person import erase_person
from lms.pages.services import set_up_site
from lms.people.models import Role
from lms.people.services.roles import assign_role
from tests.courses.authoring import add_page, check_form, edit_page, lesson_form, module_form, rich
from tests.factories.courses import CompetenceFactory, LawFactory, create_course, create_lesson, lesson_body
from tests.factories.translations import translate_questions
from tests.personas import Personas, client_for
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

OUTDATED = "se escribió con la versión del 01-01-2023; la vigente es del 15-01-2024"
REASON = "El cambio de 2024 no toca el artículo que se cita."


@pytest.fixture
def trainer(personas: Personas, at: datetime) -> Client:
    """Diego writes and may not publish."""
    set_up_site(site_url="http://testserver")
    assign_role(user=personas.diego, role=Role.TRAINER, at=at)
    return client_for(personas.diego)


@pytest.fixture
def reviewer(trainer: Client, personas: Personas, at: datetime) -> Client:
    """Iris reads what he wrote."""
    assign_role(user=personas.iris, role=Role.REVIEWER, at=at)
    return client_for(personas.iris)


@pytest.fixture
def module(trainer: Client, at: datetime) -> ModulePage:
    page = create_course()
    publish_release(page=page, at=at)
    return ModulePage.objects.get()


def law_block(version: str) -> tuple[str, dict]:
    law = LawFactory()
    return "law", {"law": law.pk, "article": "", "version": version, "summary": rich(), "quote": ""}


def send(client: Client, module: ModulePage, *blocks: tuple[str, dict], action: str = "action-submit") -> str:
    answer = add_page(
        client, module, "lessonpage", lesson_form(*blocks, ("check", check_form()), action=action)
    )
    return answer.content.decode()


def lesson() -> LessonPage:
    return LessonPage.objects.get(key="n1")


def blocked_url() -> str:
    return reverse("quality:blocked", args=[lesson().pk])


def give_reason(client: Client, reason: str = REASON) -> str:
    (finding,) = find_blocks(page=lesson().get_latest_revision_as_object())
    page = client.get(blocked_url())
    (name,) = page.context["form"].fields
    assert finding.is_blocking
    return client.post(blocked_url(), {name: reason}, follow=True).content.decode()


def approve(client: Client, action: str = "approve") -> str:
    state = TaskState.objects.get(status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=(lesson().pk, action, state.pk))
    return client.post(address, {"comment": "Falta una fuente."}, follow=True).content.decode()


def test_an_author_sends_and_a_reviewer_publishes(
    trainer: Client, reviewer: Client, module: ModulePage, personas: Personas
) -> None:
    assert "Antes de publicar" not in send(trainer, module)
    assert not lesson().live
    assert [message.to for message in mail.outbox] == [[personas.iris.email]]
    approve(reviewer)
    assert lesson().live
    assert CourseRelease.objects.get(is_current=True).number == 2


def test_an_author_does_not_publish(trainer: Client, module: ModulePage) -> None:
    send(trainer, module, action="action-publish")
    assert not lesson().live


def test_a_reviewer_sends_back_with_words(trainer: Client, reviewer: Client, module: ModulePage) -> None:
    send(trainer, module)
    approve(reviewer, "reject")
    assert WorkflowState.objects.get().status == "needs_changes"
    assert not lesson().live
    history = trainer.get(reverse("wagtailadmin_pages:workflow_history", args=[lesson().pk]))
    assert history.status_code == 200
    assert TaskState.objects.get().comment == "Falta una fuente."


def test_what_is_blocked_comes_back_before_anybody_reads_it(
    trainer: Client, reviewer: Client, module: ModulePage
) -> None:
    page = send(trainer, module, law_block("01-01-2023"))
    assert OUTDATED in page
    assert "no avanza" in page
    assert "enviada" not in page
    assert OUTDATED in TaskState.objects.get().comment
    assert WorkflowState.objects.get().status == "needs_changes"
    assert mail.outbox == []
    assert lesson().body[0].block_type == "law"  # the draft is kept


def test_a_reason_lets_it_pass_and_stays_in_the_history(
    trainer: Client, reviewer: Client, module: ModulePage, personas: Personas
) -> None:
    send(trainer, module, law_block("01-01-2023"))
    assert "Ahora puedes publicar la página o enviarla a revisión." in give_reason(trainer)
    override = QualityOverride.objects.get()
    assert (override.reason, override.user, override.page_id) == (REASON, personas.diego, lesson().pk)
    entry = PageLogEntry.objects.get(action="courses.quality.override")
    assert (entry.user, entry.data["reason"]) == (personas.diego, REASON)
    history = trainer.get(reverse("wagtailadmin_pages:history", args=[lesson().pk]))
    assert REASON in history.content.decode()
    edit_page(
        trainer,
        lesson(),
        lesson_form(law_block("01-01-2023"), ("check", check_form()), action="action-submit"),
    )
    assert find_blocks(page=lesson().get_latest_revision_as_object())  # the form made new blocks
    report = reviewer.get(reverse("quality:report", args=[lesson().pk])).content.decode()
    assert OUTDATED in report


def test_a_reason_holds_for_that_fault_alone_and_outlives_who_gave_it(
    author: Client, personas: Personas, at: datetime
) -> None:
    publish_release(page=create_course(), at=at)
    page = create_lesson(ModulePage.objects.get(), key="n1", body=[
        {"type": "law", "id": "la-ley", "value": {"law": LawFactory().pk, "version": "2023-01-01", "summary": "<p>x</p>"}},
        *lesson_body("n1"),
    ])  # fmt: skip
    page.save_revision()
    give_reason(author)
    assert find_blocks(page=page) == []
    report = author.get(reverse("quality:report", args=[page.pk])).content.decode()
    assert REASON in report
    assert "Nada impide publicar este curso." in report
    Law.objects.update(version="2025-01-01")
    assert len(find_blocks(page=page)) == 1  # a newer text of the law is another fault
    erase_person(person=personas.diego.person, at=at)
    assert QualityOverride.objects.values_list("reason", "user").get() == (REASON, None)


@pytest.mark.parametrize("reason", ["", "  ", "porque sí", "x" * 501])
def test_a_reason_that_is_none_is_refused_with_words(author: Client, at: datetime, reason: str) -> None:
    publish_release(page=create_course(), at=at)
    send(author, ModulePage.objects.get(), law_block("01-01-2023"), action="action-publish")
    page = give_reason(author, reason)
    assert OUTDATED in page
    assert any(
        words in page for words in ("Escribe al menos un motivo", "con unas palabras más", "500 caracteres")
    )
    assert not QualityOverride.objects.exists()


def test_publishing_what_is_blocked_keeps_the_draft_and_says_why(author: Client, at: datetime) -> None:
    publish_release(page=create_course(), at=at)
    page = send(author, ModulePage.objects.get(), law_block("01-01-2023"), action="action-publish")
    assert OUTDATED in page
    assert "no se publicó" in page
    assert not lesson().live
    assert CourseRelease.objects.get().number == 1


def test_a_course_that_certifies_what_nobody_asks_is_blocked(author: Client, at: datetime) -> None:
    course = create_course()
    assert find_blocks(page=course) == []
    flying = CompetenceFactory(code="INT-9", name="Volar")
    CourseCompetence.objects.create(page=course, competence=flying, level=1)
    assert [finding.subject for finding in find_blocks(page=CoursePage.objects.get())] == ["INT-9"]


def test_questions_are_read_in_the_language_in_which_they_are_written() -> None:
    course = create_course()
    written = {question.pk for question in course.bank.questions.all()}
    translate_questions(course.bank)
    assert set(read_course(page=course).question_ids.values()) == written


def test_a_module_has_nothing_of_its_own_to_block(author: Client, at: datetime) -> None:
    course = create_course()
    add_page(author, course, "modulepage", module_form())
    assert ModulePage.objects.get(key="m9").live


def test_nothing_is_approved_that_became_blocked(
    trainer: Client, reviewer: Client, module: ModulePage
) -> None:
    send(trainer, module, law_block("15-01-2024"))
    Law.objects.update(version="2025-01-01")
    assert "la vigente es del 01-01-2025" in approve(reviewer)
    assert not lesson().live
    assert WorkflowState.objects.get().status == "in_progress"


def test_many_pages_are_not_published_while_one_is_blocked(author: Client, at: datetime) -> None:
    publish_release(page=create_course(), at=at)
    module = ModulePage.objects.get()
    send(author, module, law_block("01-01-2023"), action="draft")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for ids, extra in (([lesson().pk], {}), ([module.pk], {"include_descendants": "on"})):
        query = "&".join(f"id={pk}" for pk in ids)
        page = author.post(f"{address}?{query}&next=/gestion/", extra, follow=True).content.decode()
        assert "No se publicó ninguna" in page
    assert not lesson().live


def test_the_report_gathers_everything_and_leads_to_its_place(
    author: Client, module_of_two: ModulePage
) -> None:
    course = CoursePage.objects.get()
    page = author.get(reverse("quality:report", args=[course.pk])).content.decode()
    l1 = LessonPage.objects.get(key="l1")
    assert f"{reverse('wagtailadmin_pages:edit', args=[l1.pk])}#block-la-imagen-section" in page
    assert "Hay una imagen sin texto alternativo." in page
    assert "1 cosa impide publicar." in page
    assert "borrador" in page
    assert "0 enlaces" in page
    for address in (
        reverse("wagtailadmin_pages:edit", args=[l1.pk]),
        reverse("wagtailadmin_explore", args=[course.pk]),
    ):
        assert "Informe de calidad" in author.get(address).content.decode()


@pytest.fixture
def module_of_two(author: Client) -> ModulePage:
    """A lesson whose newest draft has a fault, and one that was never published."""
    create_course(lessons=(("l1",),))
    module = ModulePage.objects.get()
    page = LessonPage.objects.get(key="l1")
    page.body = page.body.stream_block.to_python(
        [{"type": "image", "id": "la-imagen", "value": {"image": None, "alt": ""}}, *lesson_body("l1")]
    )
    page.save_revision()
    draft = create_lesson(module, key="l2", live=False)
    draft.save_revision()
    return module


def test_a_report_costs_the_same_for_two_lessons_and_for_eight(
    author: Client, module_of_two: ModulePage
) -> None:
    address = reverse("quality:report", args=[module_of_two.pk])
    few = count_queries(lambda: author.get(address))
    for number in range(6):
        law = {
            "type": "law",
            "value": {"law": LawFactory().pk, "version": "2024-01-15", "summary": "<p>x</p>"},
        }
        create_lesson(module_of_two, key=f"n{number}", body=[law, *lesson_body(f"n{number}")]).save_revision()
    assert count_queries(lambda: author.get(address)) <= few + 2  # laws and links are now asked for


def test_only_editors_of_the_page_see_its_report(author: Client, personas: Personas) -> None:
    course = create_course()
    for user in (personas.ana, personas.elena):
        assert client_for(user).get(reverse("quality:report", args=[course.pk])).status_code == 404
    home = course.get_parent().get_parent()
    assert author.get(reverse("quality:report", args=[home.pk])).status_code in (302, 404)
    assert author.get(reverse("quality:report", args=[course.get_parent().pk])).status_code == 404
    assert author.get(reverse("quality:report", args=[999_999])).status_code == 404


def test_the_links_of_a_course_are_asked_again(author: Client, at: datetime) -> None:
    course = create_course()
    address = reverse("quality:ask_links", args=[course.pk])
    assert "próximos minutos" in author.post(address, follow=True).content.decode()
    assert author.get(address).status_code == 405


def test_two_versions_of_a_lesson_are_compared_block_by_block(author: Client) -> None:
    create_course(lessons=(("l1",),))
    page = LessonPage.objects.get()
    first = page.save_revision()
    page.body[0].value["text"].source = "<p>Palabras distintas.</p>"
    page.body = page.body.stream_block.to_python(page.body.get_prep_value())
    second = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, first.pk, second.pk))
    text = author.get(address).content.decode()
    assert '<span class="addition">Palabras distintas.</span>' in text or "Palabras distintas" in text
    assert "Pones el interés general primero." in text
