"""Learning in another language, and changing it in the middle: one record, one place."""

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from courses.models import CoursePage, LessonPage, ReleaseUnit
from courses.quizzes.models import Question
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.services import hold_releases, publish_release
from lms.feedback.links import answer_path
from lms.feedback.rules.askings import AskingKind
from lms.progress.models import AssessmentAttempt, Completion, UnitResult
from lms.progress.selectors.attempts import drawn_of
from tests.factories.feedback import TWO_WEEKS, asking_of
from tests.factories.integrity import write_contacts, write_example
from tests.factories.learning import Learner, block
from tests.factories.translations import english, translate_course, translate_lesson
from tests.personas import Personas

BASE, FINAL = "/aula/curso", "/aula/curso/evaluacion-final"


@pytest.fixture(autouse=True)
def translated(course: CoursePage, learner: Learner, at: datetime) -> None:
    """The course in English but for its second lesson; the learner began before."""
    translate_course(course, lessons=["l1", "l3"])
    publish_release(page=course, at=at)


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def choose(client: Client, language: str, back: str = "/") -> None:
    client.post("/idioma/", {"idioma": language, "volver": back})


def test_the_lesson_is_read_in_the_language_chosen(client: Client) -> None:
    choose(client, "en")
    text = read(client, f"{BASE}/l1/")
    assert "<h1>Lesson l1</h1>" in text and "Complete and go on" in text
    assert "Esta parte" not in text and '<html lang="en">' in text


def test_what_is_not_translated_says_so_and_in_which_language_it_is(client: Client) -> None:
    choose(client, "en")
    text = read(client, f"{BASE}/l2/")
    assert '<h1 lang="es">' in text
    assert "This part is not in your language yet. You read it in Spanish." in text


def test_what_was_done_counts_in_every_language(client: Client, learner: Learner) -> None:
    choose(client, "en")
    client.post(f"{BASE}/l1/pregunta/p1/", {"opcion": "1"})
    client.post(f"{BASE}/l1/terminar/")
    choose(client, "es")
    assert UnitResult.objects.get(enrolment=learner.enrolment).unit_key == "l1"
    assert "1 de 3 lecciones" in read(client, "/cursos/curso/")


def test_a_story_goes_on_where_it_was_in_the_other_language(client: Client) -> None:
    form = {"idioma": "en", "volver": f"{BASE}/l3/dilema/", "repetir": "1", "camino": ""}
    response = client.post("/idioma/", form, follow=True)
    assert response.redirect_chain == [(f"{BASE}/l3/dilema/", 307)]
    assert response.request["REQUEST_METHOD"] == "POST"
    assert "Decide and see what happens" in response.content.decode()


def test_a_consequence_is_read_in_the_other_language_before_the_story_goes_on(client: Client) -> None:
    page = client.post(f"{BASE}/l3/dilema/", {"camino": "uno:a", "decision": "b"}).content.decode()
    switch = page.split("data-language")[1].split("</form>")[0]
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', switch))
    assert (hidden["camino"], hidden["decision"]) == ("uno:a", "b")
    told = client.post("/idioma/", hidden | {"idioma": "en"}, follow=True).content.decode()
    assert '<html lang="en">' in told and "Pasó lo de b." in told


def test_paper_says_of_each_lesson_in_which_language_it_is(client: Client) -> None:
    choose(client, "en")
    text = read(client, f"{BASE}/imprimir/")
    assert "<h1>Lesson l1</h1>" in text and '<h1 lang="es">Lección l2</h1>' in text
    assert text.count("This part is not in your language yet.") == 1


def test_the_light_view_is_in_the_language_chosen_and_changes_it_too(client: Client) -> None:
    choose(client, "en")
    text = read(client, f"{BASE}/l1/?vista=ligera")
    assert '<html lang="en">' in text and "<h1>Lesson l1</h1>" in text
    assert 'action="/idioma/"' in text


def test_a_debrief_that_is_not_translated_says_in_which_language_it_is(
    client: Client, learner: Learner
) -> None:
    ReleaseUnit.objects.filter(key="l3", language="en").delete()
    choose(client, "en")
    page = client.post(f"{BASE}/l3/dilema/", {"camino": "uno:b", "antes": "uno:b"}).content.decode()
    assert "Your way, decision by decision" in page
    assert "This part is not in your language yet." in page and '<h3 class="h4" lang="es">' in page
    assert 'name="antes" value="uno:b"' in page


def test_what_the_own_institution_wrote_says_its_language(
    client: Client, course: CoursePage, people: Personas, at: datetime
) -> None:
    write_contacts(people.institution, at)
    write_example(people.institution, at, regalos="Pasó en la oficina de partes.")
    lesson = LessonPage.objects.get(key="l2")
    example = block("local_example", {"topic": "regalos", "fallback": "<p>En general.</p>"})
    lesson.body = lesson.body.stream_block.to_python([*lesson.body.get_prep_value(), example])
    with hold_releases():
        lesson.save_revision().publish()
    translate_lesson("l2")
    publish_release(page=course, at=at)
    choose(client, "en")
    page = read(client, f"{BASE}/l2/")
    assert '<dd><span lang="es">' in page
    assert '<div lang="es"><p>Pasó en la oficina de partes.' in page


class TestWithoutTheQuestions:
    """The course is read in English, its assessment is not translated."""

    @pytest.fixture(autouse=True)
    def untranslated(self, translated: None, learner: Learner, at: datetime) -> None:
        ReleaseUnit.objects.filter(key="evaluacion-final", language="en").delete()
        learner.read_everything(at)

    def test_a_result_says_in_which_language_its_questions_are(
        self, client: Client, learner: Learner, at: datetime
    ) -> None:
        learner.take_assessment(at, right=False)
        choose(client, "en")
        page = read(client, f"{FINAL}/intento/1/resultado/")
        assert '<span lang="es">¿Qué haces en' in page and '<p lang="es">Mira de nuevo' in page

    def test_a_recall_says_in_which_language_its_questions_are(
        self, client: Client, learner: Learner, at: datetime
    ) -> None:
        learner.take_assessment(at)
        asking = asking_of(learner, AskingKind.RECALL)
        url = answer_path(kind=asking.kind, public_id=asking.public_id, course_code="curso")
        choose(client, "en")
        with time_machine.travel(at + TWO_WEEKS):
            page = read(client, url)
            told = client.post(url, {"q1": "0"}).content.decode()
        assert '<fieldset class="picks" lang="es">' in page
        assert '<span lang="es">¿Qué haces en' in told
        assert all("This part is not in your language yet." in text for text in (page, told))


def test_competences_are_named_once_in_the_language_chosen(client: Client) -> None:
    choose(client, "en")
    text = read(client, "/aula/competencias/")
    assert text.count("Act with probity</h2>") == 2 and "Actuar con probidad" not in text


class TestAssessment:
    @pytest.fixture
    def attempt(self, client: Client, learner: Learner, at: datetime) -> AssessmentAttempt:
        learner.read_everything(at)
        client.post(f"{FINAL}/empezar/")
        return AssessmentAttempt.objects.get()

    def test_changing_the_language_shows_other_words_of_the_same_question(
        self, client: Client, attempt: AssessmentAttempt
    ) -> None:
        first = drawn_of(attempt)[0].key
        before = read(client, f"{FINAL}/intento/1/1/")
        choose(client, "en")
        after = read(client, f"{FINAL}/intento/1/1/")
        assert f"What do you do in {first}?" in after and f"What do you do in {first}?" not in before
        assert AssessmentAttempt.objects.get().drawn == attempt.drawn

    def test_an_answer_in_words_counts_in_the_language_in_which_it_was_given(
        self, client: Client, learner: Learner, course: CoursePage, at: datetime
    ) -> None:
        for question in Question.objects.all():
            word = "gift" if question.locale == english() else "regalo"
            question.set_body(QuestionKind.SHORT_TEXT, ShortText((Variant(word),)))
            question.save()
        publish_release(page=course, at=at)
        learner.read_everything(at)
        choose(client, "en")
        client.post(f"{FINAL}/empezar/")
        for place, word in enumerate(("gift", "regalo", "gift"), start=1):
            client.post(f"{FINAL}/intento/1/{place}/", {f"q{place}": word})
        choose(client, "es")
        client.post(f"{FINAL}/intento/1/entregar/")
        assert AssessmentAttempt.objects.get().correct == 3
        assert Completion.objects.get().enrolment == learner.enrolment
        assert "Preguntas para repasar" not in read(client, f"{FINAL}/intento/1/resultado/")
