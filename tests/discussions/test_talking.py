"""People of one cohort speak with each other; nobody else reads or writes there."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from lms.discussions.models import CourseDiscussion, Post, PostEdit, Thread
from lms.discussions.rules.cohorts import Scope
from tests.discussions.pages import DESK, MINE, TALK, post_url, read, text_of, thread_url
from tests.factories.discussions import answer, open_discussion, take_part, write_thread
from tests.factories.learning import make_learner
from tests.factories.people import PersonFactory, PostingFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.ui.markup import read_markup


def test_there_is_no_conversation_until_a_trainer_switches_it_on(
    ana: Client, diego: Client, people: Personas
) -> None:
    assert ana.get(TALK).status_code == 404
    assert "Conversación del curso" not in read(ana, "/aula/curso/l1/")
    diego.post(DESK, {"is_open": "on", "scope": "cohort"})
    assert "Todavía no hay temas" in read(ana, TALK)
    assert "Conversación del curso" in read(ana, "/aula/curso/l1/")


def test_switching_off_hides_everything_and_loses_nothing(
    ana: Client, diego: Client, first: Post, at: datetime
) -> None:
    diego.post(DESK, {"scope": "cohort"})
    for address in (TALK, f"{TALK}nuevo/", post_url("discussions:edit", first)):
        assert ana.get(address).status_code == 404
    assert "Un calendario" in read(diego, thread_url(first))
    open_discussion(at=at)
    assert "Un calendario" in read(ana, thread_url(first))


@pytest.mark.parametrize("is_message", [True, False])
def test_who_wrote_where_the_way_is_closed_is_led_to_its_own_words(
    ana: Client, bruno: Client, diego: Client, first: Post, is_message: bool
) -> None:
    diego.post(DESK, {"scope": "cohort"})
    address = post_url("discussions:post", first) if is_message else thread_url(first)
    response = ana.get(address, follow=True)
    assert response.redirect_chain == [(MINE, 302)]
    assert "Esa conversación ya no está abierta para ti." in text_of(response)
    assert "Un calendario" in text_of(response)
    assert bruno.get(address).status_code == 404


def test_a_person_accepts_the_rules_once_and_speaks(
    ana: Client, bruno: Client, discussion: CourseDiscussion
) -> None:
    assert ana.get(f"{TALK}nuevo/")["Location"] == f"{TALK}participar/"
    form = read(ana, f"{TALK}participar/")
    assert "Este no es un canal de denuncias" in form
    refused = ana.post(f"{TALK}participar/", {"display_name": "Anita"})
    assert refused.status_code == 400 and "acepta las reglas" in text_of(refused)
    ana.post(f"{TALK}participar/", {"display_name": "Anita", "accepts": "on"})
    response = ana.post(f"{TALK}nuevo/", {"title": "Regalos", "text": "¿Y si es un café?"}, follow=True)
    assert "Publicamos tu mensaje." in text_of(response)
    assert "Leí las reglas" not in read(ana, f"{TALK}participar/")
    page = read(bruno, TALK)
    assert "Regalos" in page and "Anita" in page and "Rojas" not in page


def test_the_first_name_is_proposed(ana: Client, discussion: CourseDiscussion) -> None:
    assert 'value="Ana"' in ana.get(f"{TALK}participar/").content.decode()


def test_an_answer_says_what_it_answers_and_leads_there(
    bruno: Client, people: Personas, first: Post, at: datetime
) -> None:
    take_part(first.thread.discussion, people.bruno.person, at=at)
    page = read(bruno, f"{thread_url(first)}?responde={first.public_id}")
    assert "En respuesta a Ana, mensaje 1." in page
    response = bruno.post(thread_url(first), {"text": "No lo es.", "answers": str(first.public_id)})
    assert response["Location"].endswith("#m-2")
    assert Post.objects.get(number=2).in_reply_to == first
    assert bruno.get(post_url("discussions:post", first))["Location"] == f"{thread_url(first)}#m-1"


# --- Cohorts -------------------------------------------------------------------------------------
def test_elena_reads_nothing_of_another_institution(
    elena: Client, people: Personas, first: Post, at: datetime
) -> None:
    take_part(first.thread.discussion, people.elena.person, at=at)
    page = read(elena, TALK)
    assert "¿Qué es un regalo?" not in page and "Ana" not in page
    for name in ("discussions:post", "discussions:edit", "discussions:report"):
        assert elena.get(post_url(name, first)).status_code == 404
    assert elena.post(thread_url(first), {"text": "Hola"}).status_code == 404
    assert Post.objects.count() == 1


def test_who_does_not_take_the_course_finds_nothing(people: Personas, first: Post) -> None:
    for user in (people.carla, people.iris, people.pedro):
        assert client_for(user).get(TALK).status_code == 404


def test_citizens_speak_among_themselves_and_no_place_of_work_is_told(
    people: Personas, discussion: CourseDiscussion, ana: Client, first: Post, at: datetime
) -> None:
    make_learner(person=people.carla.person, at=at, context="citizen")
    carla = client_for(people.carla)
    carla.post(f"{TALK}participar/", {"display_name": "C.", "accepts": "on"})
    carla.post(f"{TALK}nuevo/", {"title": "Aprendo sola", "text": "Hola."})
    assert Thread.objects.get(title="Aprendo sola").audience == "citizens"
    assert "Aprendo sola" not in read(ana, TALK)
    open_discussion(at=at, scope=Scope.EVERYBODY)
    carla.post(f"{TALK}nuevo/", {"title": "A todas", "text": "Hola a todas."})
    post = Post.objects.get(text="Hola a todas.")
    assert post.institution is None and "Registros Territoriales" not in read(ana, thread_url(post))


def test_a_course_that_speaks_to_all_shows_nothing_that_was_written_for_one_institution(
    elena: Client, people: Personas, first: Post, at: datetime
) -> None:
    discussion = open_discussion(at=at, scope=Scope.EVERYBODY)
    common = write_thread(discussion, people.bruno.person, title="Para el curso", at=at)
    page = read(elena, TALK)
    assert "Para el curso" in page and "¿Qué es un regalo?" not in page
    assert "Un calendario" in read(elena, thread_url(common))


def test_with_the_job_ends_the_look_into_its_conversation(
    people: Personas, ana: Client, first: Post, at: datetime
) -> None:
    people.ana.person.postings.update(valid_until=at.date() - timedelta(days=1))
    page = read(ana, TALK)
    assert "hoy no figuras en ninguna" in page
    assert ana.get(f"{TALK}nuevo/").status_code == 404


def test_a_trainer_reads_all_cohorts_and_answers_marked_as_such(
    diego: Client, ana: Client, people: Personas, first: Post
) -> None:
    assert "Servicio de Registros Territoriales" in read(diego, TALK)
    diego.post(f"{TALK}participar/", {"display_name": "Diego", "accepts": "on"})
    diego.post(thread_url(first), {"text": "Sí, si viene de un proveedor."})
    assert "Enseña este curso" in read(ana, thread_url(first))


# --- Own messages --------------------------------------------------------------------------------
def test_a_correction_keeps_the_words_before_for_those_who_moderate(
    ana: Client, bruno: Client, diego: Client, first: Post
) -> None:
    ana.post(post_url("discussions:edit", first), {"text": "Un lápiz, ¿lo es?"})
    page = read(bruno, thread_url(first))
    assert "Un lápiz" in page and "Corregido" in page and "Un calendario" not in page
    assert "Un calendario" in read(diego, post_url("discussions_desk:post", first))


def test_a_late_correction_is_refused_and_not_lost(ana: Client, first: Post, at: datetime) -> None:
    with time_machine.travel(at + timedelta(minutes=16)):
        response = ana.post(post_url("discussions:edit", first), {"text": "Otro texto"})
    assert response.status_code == 400
    assert "Ya pasaron los 15 minutos" in text_of(response) and "Otro texto" in response.content.decode()
    first.refresh_from_db()
    assert first.text == "Un calendario, ¿lo es?" and not PostEdit.objects.exists()


def test_a_message_taken_back_leaves_its_place(
    ana: Client, bruno: Client, people: Personas, first: Post, at: datetime
) -> None:
    answer(first, people.bruno.person, at=at)
    ana.post(post_url("discussions:edit", first), {"text": "Otro calendario"})
    ana.post(f"/aula/conversaciones/{first.public_id}/retirar/")
    page = read(bruno, thread_url(first))
    assert "Retirado por quien lo escribió." in page and "Pienso que sí." in page
    assert "Tema retirado por quien lo escribió" in page and "calendario" not in page
    assert not PostEdit.objects.exists() and not Thread.objects.get().title


def test_nobody_touches_the_messages_of_others(bruno: Client, first: Post) -> None:
    assert bruno.post(post_url("discussions:edit", first), {"text": "Ja"}).status_code == 404
    assert bruno.post(f"/aula/conversaciones/{first.public_id}/retirar/").status_code == 404
    first.refresh_from_db()
    assert first.text == "Un calendario, ¿lo es?"


# --- What is bad ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"title": "", "text": "Hola"}, "Escribe un título."),
        ({"title": "Regalos", "text": "\u200b \u0000"}, "Escribe tu mensaje."),
        ({"title": "R" * 121, "text": "Hola"}, "usa hasta 120 letras"),
        ({"title": "Regalos", "text": "a" * 5001}, "usa hasta 5.000 letras"),
    ],
)
def test_a_bad_subject_comes_back_with_what_to_do(
    ana: Client,
    people: Personas,
    discussion: CourseDiscussion,
    at: datetime,
    data: dict[str, str],
    words: str,
) -> None:
    take_part(discussion, people.ana.person, at=at)
    response = ana.post(f"{TALK}nuevo/", data)
    assert response.status_code == 400 and words in text_of(response)
    assert not Thread.objects.exists()
    assert data["title"] in response.content.decode()


@pytest.mark.parametrize("answers", ["x", "00000000-0000-0000-0000-000000000000", "' OR 1=1"])
def test_an_answer_to_what_is_not_there_is_no_error_of_ours(ana: Client, first: Post, answers: str) -> None:
    assert ana.get(thread_url(first), {"responde": answers, "pagina": answers}).status_code == 200
    response = ana.post(thread_url(first), {"text": "Hola", "answers": answers})
    assert response.status_code in (302, 400)
    assert not Post.objects.filter(in_reply_to__isnull=False).exists()


def test_an_unreadable_message_to_answer_is_left_out_of_the_form(ana: Client, first: Post) -> None:
    page = ana.get(thread_url(first), {"responde": "x"}).content.decode()
    answers = read_markup(page).with_id("id_answers").attrs.get("value", "")
    assert ana.post(thread_url(first), {"text": "Hola", "answers": answers}).status_code == 302


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>{{ 7|add:7 }}&amp;</b>"]
)
def test_what_people_write_stays_words(
    ana: Client, people: Personas, discussion: CourseDiscussion, at: datetime, words: str
) -> None:
    post = write_thread(
        discussion, people.ana.person, place=people.institution, title=words, text=words, at=at
    )
    ana.post(f"{TALK}participar/", {"display_name": words})
    for address in (TALK, thread_url(post), "/aula/conversaciones/"):
        html = ana.get(address).content.decode()
        assert words not in html and words in read(ana, address)


def test_an_address_becomes_a_link_that_gives_nothing_away(
    ana: Client, people: Personas, discussion: CourseDiscussion, at: datetime
) -> None:
    text = 'Ver https://www.bcn.cl/?a=1&b="x" y javascript:alert(1)'
    post = write_thread(discussion, people.ana.person, place=people.institution, text=text, at=at)
    html = ana.get(thread_url(post)).content.decode()
    rel = "nofollow noopener noreferrer ugc"
    assert f'<a href="https://www.bcn.cl/?a=1&amp;b=" rel="{rel}">https://www.bcn.cl/?a=1&amp;b=</a>' in html
    assert not re.search(r'href="javascript', html)


def test_the_eleventh_message_in_ten_minutes_waits(
    ana: Client, people: Personas, first: Post, at: datetime
) -> None:
    for number in range(9):
        answer(first, people.ana.person, text=f"Mensaje {number}", at=at)
    response = ana.post(thread_url(first), {"text": "Uno más"})
    assert response.status_code == 400 and "Espera un poco" in text_of(response)
    assert "Uno más" in response.content.decode()
    with time_machine.travel(at + timedelta(minutes=11)):
        assert ana.post(thread_url(first), {"text": "Uno más"}).status_code == 302


def test_a_form_sent_twice_writes_once(ana: Client, first: Post) -> None:
    for _time in range(2):
        assert ana.post(thread_url(first), {"text": "Gracias."})["Location"].endswith("#m-2")
    assert Post.objects.count() == 2


# --- Pages ---------------------------------------------------------------------------------------
def test_a_page_costs_the_same_with_few_and_many_messages(
    ana: Client, people: Personas, first: Post, at: datetime
) -> None:
    def add(count: int) -> None:
        for number in range(count):
            person = PersonFactory(given_names=f"P{number}")
            answer(first, person, at=at)
            write_thread(first.thread.discussion, person, place=people.institution, title=f"{number}", at=at)

    add(3)
    few = [count_page_queries(ana, address) for address in (TALK, thread_url(first))]
    add(30)
    assert few == [count_page_queries(ana, address) for address in (TALK, thread_url(first))]
    assert max(few) <= 15


def test_a_long_subject_has_pages_and_a_way_to_its_end(
    ana: Client, people: Personas, first: Post, at: datetime
) -> None:
    for number in range(20):
        answer(first, PersonFactory(), text=f"Respuesta {number}", at=at)
    html = ana.get(thread_url(first)).content.decode()
    assert f'href="{thread_url(first)}?pagina=2#m-21"' in html and "Respuesta 19" not in html
    assert "Respuesta 19" in read(ana, f"{thread_url(first)}?pagina=2")


def test_a_person_who_never_learned_is_made_known_when_it_moderates(
    people: Personas, first: Post, at: datetime
) -> None:
    """A superuser may have no person yet."""
    root = UserFactory(email="raiz@servicio.example", superuser=True)
    root.emailaddress_set.create(email=root.email, verified=True, primary=True)
    client = client_for(root)
    assert "¿Qué es un regalo?" in read(client, TALK)
    client.post(f"{TALK}participar/", {"display_name": "Raíz", "accepts": "on"})
    client.post(thread_url(first), {"text": "Buena pregunta."})
    assert Post.objects.filter(text="Buena pregunta.", is_trainer=True).exists()


def test_a_colleague_who_arrives_reads_what_was_written_before(
    people: Personas, first: Post, at: datetime
) -> None:
    user = UserFactory(email="nueva@servicio.example")
    posting = PostingFactory(institution=people.institution, person=PersonFactory(user=user))
    make_learner(person=posting.person, at=at, posting=posting)
    assert "Un calendario" in read(client_for(user), thread_url(first))
