"""The learner's screens: what they show, what they cost, what they refuse."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.models import CoursePage, LessonPage
from courses.services import publish_release
from lms.integrity.models import Acknowledgement
from lms.lib import clock
from lms.people.models import AccessLogEntry, User
from lms.people.services.accounts import erase_person
from lms.progress.models import AssessmentAttempt, Enrolment, UnitResult
from lms.progress.selectors.attempts import drawn_of
from lms.xapi.models import Statement
from tests.factories import integrity
from tests.factories.learning import Learner, make_course
from tests.personas import Personas, client_for
from tests.statements import list_verbs

BASE = "/aula/curso"
FINAL = f"{BASE}/evaluacion-final"


def write_code(people: Personas, at: datetime) -> None:
    integrity.write_code(people.institution, at, as_new_version=True, regalos="Aquí no recibimos nada.")
    integrity.write_contacts(people.institution, at)


def test_a_visitor_is_sent_to_log_in(course: CoursePage) -> None:
    response = Client().get(f"{BASE}/l1/")
    assert response.status_code == 302 and response["Location"].startswith("/cuentas/ingresar/")


def test_who_is_not_enrolled_is_led_to_the_course(client: Client) -> None:
    response = client.get(f"{BASE}/l1/", follow=True)
    assert response.request["PATH_INFO"] == "/cursos/curso/" or response.status_code == 200
    assert "Inscribirme" in response.content.decode()


def test_taking_up_a_course_opens_its_first_lesson(client: Client) -> None:
    response = client.post(f"{BASE}/inscribirme/", follow=True)
    assert "Lección l1" in response.content.decode()
    assert Enrolment.objects.get().context == "employee"


def test_one_may_choose_to_learn_on_ones_own(client: Client) -> None:
    client.post(f"{BASE}/inscribirme/", {"contexto": "citizen"})
    assert Enrolment.objects.get().context == "citizen"


def test_an_unknown_course_is_not_found(client: Client) -> None:
    assert client.post("/aula/no-existe/inscribirme/").status_code == 404
    assert client.get("/aula/no-existe/").status_code == 404


def test_a_lesson_costs_at_most_fifteen_queries(
    client: Client, learner: Learner, people: Personas, at: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    write_code(people, at)
    for lesson in ("l1", "l2", "l3"):
        with django_assert_max_num_queries(15):
            assert client.get(f"{BASE}/{lesson}/").status_code == 200


def test_finishing_a_unit_costs_few_queries_even_for_the_first_person(
    client: Client, learner: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(32):
        assert client.post(f"{BASE}/l2/terminar/").status_code == 302
    assert UnitResult.objects.get().unit_key == "l2"


def test_my_learning_costs_the_same_with_one_course_and_with_five(
    client: Client, learner: Learner, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        make_course(at=at, code=f"otro-{number}")
        client.post(f"/aula/otro-{number}/inscribirme/")
    client.get("/aula/")  # the addresses of the site are remembered
    with django_assert_max_num_queries(17):
        assert client.get("/aula/").status_code == 200


def test_a_lesson_shows_the_article_of_the_learners_own_institution(
    client: Client, learner: Learner, people: Personas, at: datetime
) -> None:
    write_code(people, at)
    text = client.get(f"{BASE}/l2/").content.decode()
    assert "Aquí no recibimos nada." in text and "Título III" in text and "Canal de denuncias" in text
    assert "Texto general." not in text


def test_a_lesson_shows_the_general_text_without_a_code(client: Client, learner: Learner) -> None:
    text = client.get(f"{BASE}/l2/").content.decode()
    assert "Texto general." in text and "aún no carga este tema" in text


def test_another_institution_does_not_see_that_article(
    people: Personas, learner: Learner, at: datetime
) -> None:
    write_code(people, at)
    elena = client_for(people.elena)
    elena.post(f"{BASE}/inscribirme/")
    assert "Aquí no recibimos nada." not in elena.get(f"{BASE}/l2/").content.decode()


def test_acknowledging_the_code_is_recorded_once(
    client: Client, learner: Learner, people: Personas, at: datetime
) -> None:
    write_code(people, at)
    page = client.get(f"{BASE}/l2/").content.decode()
    code = re.search(r'name="codigo" value="([^"]+)"', page)
    assert code
    for _click in range(2):
        client.post(f"{BASE}/l2/codigo/", {"codigo": code[1]})
    assert Acknowledgement.objects.count() == 1
    assert list_verbs().count("acknowledge") == 1
    assert "Declaraste que lo conoces" in client.get(f"{BASE}/l2/").content.decode()


def test_an_old_version_of_the_code_cannot_be_acknowledged(
    client: Client, learner: Learner, people: Personas, at: datetime
) -> None:
    write_code(people, at)
    response = client.post(
        f"{BASE}/l2/codigo/", {"codigo": "00000000-0000-0000-0000-000000000000"}, follow=True
    )
    assert "cambió" in response.content.decode()
    assert not Acknowledgement.objects.exists()


def test_opening_a_lesson_with_channels_leaves_no_trace(
    client: Client, learner: Learner, people: Personas, at: datetime
) -> None:
    write_code(people, at)
    before = (Statement.objects.count(), AccessLogEntry.objects.count())
    page = client.get(f"{BASE}/l2/").content.decode()
    assert (Statement.objects.count(), AccessLogEntry.objects.count()) == before
    assert 'href="https://denuncias.servicio.example/" rel="noreferrer noopener"' in page


def test_a_lesson_page_never_contains_the_key_of_its_question(client: Client, learner: Learner) -> None:
    page = client.get(f"{BASE}/l1/").content.decode()
    assert "es lo que pide la ley" not in page and "Mira de nuevo" not in page


def test_answering_shows_the_feedback_of_the_chosen_option_only(client: Client, learner: Learner) -> None:
    page = client.post(f"{BASE}/l1/pregunta/p1/", {"opcion": "1"}, follow=True).content.decode()
    assert "Mira de nuevo la tarjeta" in page and "es lo que pide la ley" not in page


def test_htmx_gets_only_the_question(client: Client, learner: Learner) -> None:
    response = client.post(f"{BASE}/l1/pregunta/p1/", {"opcion": "0"}, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page and "Bien pensado" in page


@pytest.mark.parametrize("option", ["", "9", "-1", "x", "٣", "1" * 400, "\x00"])
def test_an_impossible_option_is_explained(client: Client, learner: Learner, option: str) -> None:
    response = client.post(f"{BASE}/l1/pregunta/p1/", {"opcion": option}, follow=True)
    assert response.status_code == 200
    assert "Elige una alternativa" in response.content.decode()


def test_a_question_of_another_lesson_is_not_found(client: Client, learner: Learner) -> None:
    assert client.post(f"{BASE}/l2/pregunta/p1/", {"opcion": "0"}).status_code == 404


def test_a_unit_of_another_course_is_not_found(client: Client, learner: Learner) -> None:
    assert client.get(f"{BASE}/m1-l1/").status_code == 404
    assert client.post(f"{BASE}/m1-l1/terminar/").status_code == 404


def test_an_unfinished_lesson_says_what_is_missing(client: Client, learner: Learner) -> None:
    page = client.post(f"{BASE}/l1/terminar/", follow=True).content.decode()
    assert "Responde la pregunta de práctica" in page


def test_a_form_posted_twice_finishes_once(client: Client, learner: Learner) -> None:
    for _click in range(2):
        assert client.post(f"{BASE}/l2/terminar/").status_code == 302
    assert UnitResult.objects.count() == 1


def test_better_words_reach_who_is_in_the_middle(
    client: Client, learner: Learner, course: CoursePage, at: datetime
) -> None:
    lesson = LessonPage.objects.get(key="l2")
    lesson.summary = "Un resumen mejor."
    lesson.save()
    publish_release(page=course, at=at)
    assert "Un resumen mejor." in client.get(f"{BASE}/l2/").content.decode()


def test_a_removed_lesson_stays_for_who_began_with_it(
    client: Client, learner: Learner, course: CoursePage, at: datetime
) -> None:
    LessonPage.objects.get(key="l2").delete()
    publish_release(page=course, at=at)
    assert client.get(f"{BASE}/l2/").status_code == 200


def test_a_removed_person_finds_nothing_of_the_record(client: Client, learner: Learner, at: datetime) -> None:
    erase_person(person=learner.person, at=at)
    assert client.get("/aula/").status_code == 302


def test_a_locked_account_is_out(client: Client, learner: Learner, ana: User) -> None:
    ana.is_active = False
    ana.save()
    assert client.get(f"{BASE}/l1/").status_code == 302


def test_my_record_holds_my_statements_and_nobody_elses(
    client: Client, learner: Learner, people: Personas, at: datetime
) -> None:
    learner.finish("l2", at)
    other = client_for(people.bruno)
    other.post(f"{BASE}/inscribirme/")
    mine = client.get("/aula/mi-registro.json").json()["statements"]
    assert len(mine) == 3
    assert len({statement["actor"]["account"]["name"] for statement in mine}) == 1


def test_pages_of_a_person_are_not_kept_by_caches(client: Client, learner: Learner) -> None:
    assert client.get(f"{BASE}/l1/")["Cache-Control"] == "private, no-store"


class TestDilemma:
    URL = f"{BASE}/l3/dilema/"

    def test_shows_the_first_scene(self, client: Client, learner: Learner) -> None:
        assert "Escena uno" in client.get(self.URL).content.decode()

    def test_shows_the_consequence_of_a_choice(self, client: Client, learner: Learner) -> None:
        page = client.post(self.URL, {"camino": "", "decision": "a"}).content.decode()
        assert "Pasó lo de a." in page and "Seguir la historia" in page

    def test_goes_on_to_the_scene_that_follows(self, client: Client, learner: Learner) -> None:
        assert "Escena dos" in client.post(self.URL, {"camino": "uno:a"}).content.decode()

    @pytest.mark.parametrize(
        "path", ["dos:a", "uno:z", "uno", "uno:a:b", "x" * 5000, "uno:b,dos:a", "\x00:a"]
    )
    def test_a_path_that_cannot_be_starts_anew(self, client: Client, learner: Learner, path: str) -> None:
        response = client.post(self.URL, {"camino": path, "decision": "a"}, follow=True)
        assert response.status_code == 200 and "Empieza de nuevo" in response.content.decode()

    def test_deciding_nothing_is_explained(self, client: Client, learner: Learner) -> None:
        page = client.post(self.URL, {"camino": "", "decidir": "1"}).content.decode()
        assert "Elige una decisión" in page

    def test_cannot_be_finished_before_an_ending(self, client: Client, learner: Learner) -> None:
        page = client.post(f"{self.URL}terminar/", {"camino": "uno:a"}, follow=True).content.decode()
        assert "hasta un final" in page
        assert not learner.enrolment.dilemma_runs.exists()

    def test_finishing_leads_back_to_the_lesson(self, client: Client, learner: Learner) -> None:
        page = client.post(f"{self.URL}terminar/", {"camino": "uno:b"}, follow=True).content.decode()
        assert "Ya lo recorriste" in page

    def test_no_address_or_link_ever_holds_the_path(self, client: Client, learner: Learner) -> None:
        page = client.post(self.URL, {"camino": "uno:a", "decision": "b"}).content.decode()
        assert not re.search(r'(href|action|src)="[^"]*uno', page)

    def test_a_lesson_without_dilemma_has_none(self, client: Client, learner: Learner) -> None:
        assert client.get(f"{BASE}/l1/dilema/").status_code == 404


class TestAssessment:
    @pytest.fixture
    def reader(self, learner: Learner, at: datetime) -> Learner:
        learner.read_everything(at)
        return learner

    def test_says_what_is_missing_before_it_opens(self, client: Client, learner: Learner) -> None:
        assert "cuando completes todas las lecciones" in client.get(f"{FINAL}/").content.decode()
        client.post(f"{FINAL}/empezar/")
        assert not AssessmentAttempt.objects.exists()

    def test_no_page_of_an_open_attempt_contains_a_key(self, client: Client, reader: Learner) -> None:
        client.post(f"{FINAL}/empezar/")
        for position in (1, 2, 3):
            page = client.get(f"{FINAL}/intento/1/{position}/").content.decode()
            assert "correct" not in page and "es lo que pide la ley" not in page

    def test_saves_each_answer_and_goes_on(self, client: Client, reader: Learner) -> None:
        client.post(f"{FINAL}/empezar/")
        response = client.post(f"{FINAL}/intento/1/1/", {"q1": "0", "revisar1": "1"})
        assert response["Location"] == f"{FINAL}/intento/1/2/"
        attempt = AssessmentAttempt.objects.get()
        event = attempt.events.get()
        assert event.answer == [drawn_of(attempt)[0].order[0]] and event.is_flagged

    def test_the_last_question_leads_to_the_overview(self, client: Client, reader: Learner) -> None:
        client.post(f"{FINAL}/empezar/")
        response = client.post(f"{FINAL}/intento/1/3/", {"q3": "0"})
        assert response["Location"] == f"{FINAL}/intento/1/revisar/"
        assert "Te faltan 2 preguntas" in client.get(f"{FINAL}/intento/1/revisar/").content.decode()

    @pytest.mark.parametrize("answer", ["9", "99"])
    def test_an_option_that_does_not_exist_is_explained(
        self, client: Client, reader: Learner, answer: str
    ) -> None:
        client.post(f"{FINAL}/empezar/")
        page = client.post(f"{FINAL}/intento/1/1/", {"q1": answer}, follow=True).content.decode()
        assert "No pudimos guardar tu respuesta a la pregunta 1" in page

    @pytest.mark.parametrize(
        "path", ["intento/1/4/", "intento/1/0/", "intento/2/1/", "intento/99999999999999999999/1/"]
    )
    def test_what_is_not_in_the_attempt_is_not_found(
        self, client: Client, reader: Learner, path: str
    ) -> None:
        client.post(f"{FINAL}/empezar/")
        assert client.get(f"{FINAL}/{path}").status_code == 404

    def test_anothers_attempt_is_not_found(self, people: Personas, reader: Learner, client: Client) -> None:
        client.post(f"{FINAL}/empezar/")
        bruno = client_for(people.bruno)
        bruno.post(f"{BASE}/inscribirme/")
        assert bruno.get(f"{FINAL}/intento/1/1/").status_code == 404
        assert bruno.post(f"{FINAL}/intento/1/entregar/").status_code == 404

    def test_an_answer_after_handing_in_does_not_count_and_says_so(
        self, client: Client, reader: Learner
    ) -> None:
        client.post(f"{FINAL}/empezar/")
        client.post(f"{FINAL}/intento/1/entregar/")
        page = client.post(f"{FINAL}/intento/1/1/", {"q1": "0"}, follow=True).content.decode()
        assert "ya se entregó" in page
        assert AssessmentAttempt.objects.get().events.get().is_late

    def test_handing_in_twice_shows_the_first_result(self, client: Client, reader: Learner) -> None:
        client.post(f"{FINAL}/empezar/")
        for _click in range(2):
            response = client.post(f"{FINAL}/intento/1/entregar/", follow=True)
        assert "ya estaba entregado" in response.content.decode()

    def test_the_result_tells_what_to_reread_and_not_the_key(
        self, client: Client, reader: Learner, at: datetime
    ) -> None:
        reader.take_assessment(at, right=False)
        page = client.get(f"{FINAL}/intento/1/resultado/").content.decode()
        assert "Mira de nuevo la tarjeta" in page and "es lo que pide la ley" not in page
        assert "Por reforzar" in page

    def test_a_passed_attempt_leads_to_the_certificate(
        self, client: Client, reader: Learner, at: datetime
    ) -> None:
        reader.take_assessment(at)
        page = client.get(f"{FINAL}/intento/1/resultado/").content.decode()
        link = re.search(r'href="(/mis-certificados/[^"]+/pdf/)"', page)
        assert link and "Tu certificado está listo" in page
        assert client.get(link[1]).getvalue().startswith(b"%PDF")

    def test_the_wait_is_told_with_its_hour(self, client: Client, reader: Learner) -> None:
        reader.take_assessment(clock.now() - timedelta(hours=1), right=False)
        assert "Puedes desde el" in client.get(f"{FINAL}/").content.decode()


class TestMyCertificates:
    def test_only_the_holder_downloads(
        self, client: Client, learner: Learner, people: Personas, at: datetime
    ) -> None:
        learner.complete(at)
        page = client.get("/mis-certificados/").content.decode()
        link = re.search(r'href="(/mis-certificados/[^"]+/pdf/)"', page)
        assert link
        assert client.get(link[1]).status_code == 200
        assert client_for(people.bruno).get(link[1]).status_code == 404

    def test_the_holder_shows_and_hides_the_name(
        self, client: Client, learner: Learner, at: datetime
    ) -> None:
        learner.complete(at)
        page = client.get("/mis-certificados/").content.decode()
        form = re.search(r'action="(/mis-certificados/[^"]+/visibilidad/)"', page)
        verify = re.search(r'href="[^"]*(/verificar/[^"]+/)"', page)
        assert form and verify
        assert "Rojas" not in Client().get(verify[1]).content.decode()
        client.post(form[1], {"visible": "si"})
        assert "Rojas" in Client().get(verify[1]).content.decode()
        client.post(form[1], {"visible": "no"})
        assert "Rojas" not in Client().get(verify[1]).content.decode()

    def test_without_certificates_the_page_says_how_to_get_one(self, client: Client) -> None:
        assert "Aún no tienes certificados" in client.get("/mis-certificados/").content.decode()
