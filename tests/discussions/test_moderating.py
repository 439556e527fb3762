"""Those who lead a course keep its conversation fit for all, say why, and leave a trace."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lms.discussions.models import CourseDiscussion, Member, ModerationAction, Post, Report
from lms.discussions.rules.posting import PostState
from lms.discussions.services.moderating import BadMuteError, mute_member
from tests.discussions.pages import DESK, TALK, post_url, read, text_of, thread_url
from tests.factories.discussions import MODERATOR, answer, open_discussion, take_part
from tests.personas import Personas, client_for
from tests.ui.markup import read_markup

PENDING = f"{DESK}pendientes/"


def decide(client: Client, post: Post, decision: str, reason: str = "", seen: str = "") -> str:
    """By somebody who read the message as it stands, else with ``seen`` corrections."""
    sent = {"decision": decision, "reason": reason, "seen": seen or post.edits.count()}
    return text_of(client.post(post_url("discussions_desk:post", post), sent, follow=True))


def report(client: Client, post: Post, reason: str = "personal_data", note: str = "") -> str:
    address = post_url("discussions:report", post)
    return text_of(client.post(address, {"reason": reason, "note": note}, follow=True))


def kinds() -> list[str]:
    return list(ModerationAction.objects.order_by("pk").values_list("kind", flat=True))[1:]


def test_a_reported_message_is_hidden_with_its_reason_in_place(
    ana: Client, bruno: Client, diego: Client, first: Post
) -> None:
    assert "Gracias." in report(bruno, first, note="Da un nombre")
    assert "Avisaste de este mensaje" in read(bruno, thread_url(first))
    assert "1 aviso" in read(diego, PENDING)
    assert "Da un nombre" in read(diego, post_url("discussions_desk:post", first))
    assert "Escribe por qué se retira" in decide(diego, first, "retirar")
    decide(diego, first, "retirar", "Nombra a una persona")
    page = read(bruno, thread_url(first))
    assert "Retirado por moderación: Nombra a una persona" in page and "Un calendario" not in page
    assert "Tema retirado por moderación" in page and "Un calendario" in read(ana, thread_url(first))
    assert "No hay nada por revisar" in read(diego, PENDING)
    decide(diego, first, "reponer")
    assert "Un calendario" in read(bruno, thread_url(first))
    assert kinds() == ["hidden", "restored"]
    log = read(diego, f"{DESK}acciones/")
    assert "Nombra a una persona" in log and "Diego Vera" in log


def test_whose_words_are_reviewed_can_read_that_they_were(ana: Client, diego: Client, first: Post) -> None:
    read(diego, thread_url(first))
    assert "Revisó lo que escribiste" not in read(ana, "/aula/quien-me-vio/")
    read(diego, post_url("discussions_desk:post", first))
    assert "Revisó lo que escribiste en la conversación de un curso" in read(ana, "/aula/quien-me-vio/")


def test_nobody_learns_who_reported(ana: Client, bruno: Client, diego: Client, first: Post) -> None:
    report(bruno, first)
    for address in (PENDING, post_url("discussions_desk:post", first), thread_url(first)):
        assert "Bruno" not in read(diego, address)


def test_a_report_keeps_the_words_that_were_reported(
    ana: Client, bruno: Client, diego: Client, first: Post
) -> None:
    report(bruno, first)
    ana.post(post_url("discussions:edit", first), {"text": "Nada."})
    assert "Un calendario" in Report.objects.get().quoted
    assert "Un calendario" in read(diego, post_url("discussions_desk:post", first))
    decide(diego, first, "descartar")
    assert not Report.objects.get().quoted and kinds() == ["dismissed"]


def test_a_report_loses_the_words_that_their_author_takes_back(
    ana: Client, bruno: Client, diego: Client, first: Post
) -> None:
    report(bruno, first)
    ana.post(f"/aula/conversaciones/{first.public_id}/retirar/")
    assert not Report.objects.get().quoted
    assert "Un calendario" not in read(diego, post_url("discussions_desk:post", first))


@pytest.mark.parametrize("reason", ["", "otra-cosa"])
def test_a_report_without_a_reason_says_so(bruno: Client, first: Post, reason: str) -> None:
    response = bruno.post(post_url("discussions:report", first), {"reason": reason, "note": "Hola"})
    assert response.status_code == 400 and "Elige un motivo" in text_of(response)
    assert "Hola" in response.content.decode() and not Report.objects.exists()


def test_a_message_is_reported_once_and_never_by_its_author(ana: Client, bruno: Client, first: Post) -> None:
    report(bruno, first)
    assert "Ya habías avisado" in report(bruno, first)
    assert ana.get(post_url("discussions:report", first)).status_code == 404


def test_a_first_message_waits_where_the_course_asks_for_it(
    ana: Client, bruno: Client, diego: Client, people: Personas, discussion: CourseDiscussion, at: datetime
) -> None:
    open_discussion(at=at, approves_first=True)
    take_part(discussion, people.ana.person, at=at)
    response = ana.post(f"{TALK}nuevo/", {"title": "Viáticos", "text": "¿Cuentan?"}, follow=True)
    assert "Se verá cuando alguien que enseña el curso lo apruebe." in text_of(response)
    post = Post.objects.get()
    assert "Viáticos" not in read(bruno, TALK) and bruno.get(thread_url(post)).status_code == 404
    assert "Por aprobar" in read(ana, TALK) and "¿Cuentan?" in read(diego, PENDING)
    decide(diego, post, "aprobar")
    assert "¿Cuentan?" in read(bruno, thread_url(post))
    ana.post(thread_url(post), {"text": "La segunda no espera."})
    assert "La segunda no espera." in read(bruno, thread_url(post))


def test_a_subject_taken_back_while_it_waited_waits_no_more(
    ana: Client, people: Personas, discussion: CourseDiscussion, at: datetime
) -> None:
    open_discussion(at=at, approves_first=True)
    take_part(discussion, people.ana.person, at=at)
    ana.post(f"{TALK}nuevo/", {"title": "Viáticos", "text": "¿Cuentan?"})
    assert "Por aprobar" in read(ana, TALK)
    ana.post(f"/aula/conversaciones/{Post.objects.get().public_id}/retirar/")
    page = read(ana, TALK)
    assert "Tema retirado por quien lo escribió" in page and "Por aprobar" not in page


def test_words_that_were_changed_after_they_were_read_are_not_approved(
    ana: Client, bruno: Client, diego: Client, people: Personas, first: Post, at: datetime
) -> None:
    open_discussion(at=at, approves_first=True)
    post = answer(first, people.bruno.person, text="Una idea", at=at)
    bruno.post(post_url("discussions:edit", post), {"text": "Compra aquí"})
    response = diego.post(post_url("discussions_desk:post", post), {"decision": "aprobar", "seen": "0"})
    page = text_of(response)
    assert "El mensaje cambió mientras lo leías" in page and "Compra aquí" in page
    assert "Compra aquí" not in read(ana, thread_url(first)) and kinds() == ["approval_on"]
    seen = read_markup(response.content.decode()).with_id("id_seen").attrs["value"]
    decide(diego, post, "aprobar", seen=seen)
    assert "Compra aquí" in read(ana, thread_url(first))


def test_an_answer_that_waits_leaves_no_trace_for_others(
    bruno: Client, diego: Client, ana: Client, people: Personas, first: Post, at: datetime
) -> None:
    open_discussion(at=at, approves_first=True)
    post = answer(first, people.bruno.person, text="Grosería", at=at)
    decide(diego, post, "retirar", "Ofende")
    assert "Ofende" not in read(ana, thread_url(first)) and "Ofende" in read(bruno, thread_url(first))


def test_an_answer_that_waits_is_counted_only_for_those_who_read_it(
    bruno: Client, diego: Client, ana: Client, people: Personas, first: Post, at: datetime
) -> None:
    open_discussion(at=at, approves_first=True)
    answer(first, people.bruno.person, text="Una idea", at=at)
    assert "Mensajes1 mensaje" in read(ana, thread_url(first))
    assert "Mensajes2 mensajes" in read(bruno, thread_url(first))
    assert "Mensajes2 mensajes" in read(diego, thread_url(first))


def test_a_decision_overtaken_by_another_changes_nothing(diego: Client, ana: Client, first: Post) -> None:
    ana.post(f"/aula/conversaciones/{first.public_id}/retirar/")
    page = decide(diego, first, "reponer")
    assert "Ya no hay nada que decidir sobre este mensaje." in page and kinds() == []
    assert "Revisar un mensaje" in page
    first.refresh_from_db()
    assert first.state == PostState.WITHDRAWN


def test_a_closed_subject_takes_no_answers_and_a_pinned_one_stands_first(
    ana: Client, diego: Client, people: Personas, first: Post
) -> None:
    address = reverse("discussions_desk:thread", args=["curso", first.thread.public_id])
    for act in ("cerrar", "cerrar", "fijar", "volar"):
        diego.post(address, {"accion": act})
    assert kinds() == ["closed", "pinned"]
    assert "ya no recibe respuestas" in read(ana, thread_url(first))
    refused = ana.post(thread_url(first), {"text": "Espera"})
    assert refused.status_code == 400 and "Espera" in refused.content.decode()
    assert "Fijo" in read(ana, TALK) and "Cerrado" in read(ana, TALK)
    diego.post(address, {"accion": "reabrir"})
    assert ana.post(thread_url(first), {"text": "Espera"}).status_code == 302


def test_a_muted_person_reads_why_until_the_day_has_passed(
    ana: Client, diego: Client, first: Post, at: datetime
) -> None:
    member = Member.objects.get()
    address = reverse("discussions_desk:member", args=["curso", member.public_id])
    diego.post(address, {"until": "2026-11-22", "reason": "Insiste en nombrar a colegas"})
    page = read(ana, thread_url(first))
    assert "hasta el 22 de noviembre de 2026" in page and "Insiste en nombrar" in page
    assert ana.post(thread_url(first), {"text": "Igual"}).status_code == 400
    with time_machine.travel(at + timedelta(days=3)):
        assert ana.post(thread_url(first), {"text": "Perdón"}).status_code == 302
    diego.post(address, {"permitir": "si"})
    assert kinds() == ["muted", "unmuted"]


def test_a_muted_person_corrects_nothing(ana: Client, first: Post, at: datetime) -> None:
    until = at + timedelta(days=1)
    mute_member(member_id=Member.objects.get().pk, until=until, reason="Ofende", moderator=MODERATOR, at=at)
    assert "Corregir" not in read(ana, thread_url(first))
    assert "Motivo: Ofende" in read(ana, post_url("discussions:edit", first))
    response = ana.post(post_url("discussions:edit", first), {"text": "Otra ofensa"})
    assert response.status_code == 400 and "Motivo: Ofende" in text_of(response)
    first.refresh_from_db()
    assert first.text == "Un calendario, ¿lo es?"


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-11-19", "Ese día ya pasó"),
        ("2028-01-01", "Es más de un año"),
        ("mañana", "Escribe la fecha así"),
        ("", "Elige hasta qué día"),
    ],
)
def test_a_bad_day_is_told_beside_it(diego: Client, first: Post, until: str, words: str) -> None:
    address = reverse("discussions_desk:member", args=["curso", Member.objects.get().public_id])
    response = diego.post(address, {"until": until, "reason": "Motivo escrito"})
    assert response.status_code == 400 and words in text_of(response)
    assert "Motivo escrito" in response.content.decode() and kinds() == []


def test_a_mute_into_the_past_is_refused_by_the_service(first: Post, at: datetime) -> None:
    with pytest.raises(BadMuteError):
        mute_member(member_id=Member.objects.get().pk, until=at, reason="Motivo", moderator=MODERATOR, at=at)


def test_settings_that_make_no_sense_change_nothing(diego: Client, discussion: CourseDiscussion) -> None:
    response = diego.post(DESK, {"is_open": "on", "scope": "mundo"})
    assert response.status_code == 400 and "Elige quiénes conversan" in text_of(response)
    discussion.refresh_from_db()
    assert discussion.scope == "cohort"


def test_only_those_who_teach_come_to_the_desk(people: Personas, ana: Client, first: Post) -> None:
    member = reverse("discussions_desk:member", args=["curso", Member.objects.get().public_id])
    for client in (ana, client_for(people.carla), client_for(people.elena)):
        for address in (DESK, PENDING, f"{DESK}acciones/", post_url("discussions_desk:post", first), member):
            assert client.get(address).status_code == 404
    assert client_for(people.diego).get("/docencia/no-existe/conversacion/").status_code == 404
