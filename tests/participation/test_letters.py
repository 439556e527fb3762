"""What followers and authors are told, when, and what happens when mail fails."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from lms.notices.post import MailServerDownError
from lms.participation.models import Follower, Following, Letter
from lms.participation.services.changing import withdraw_contribution
from lms.participation.services.letters import mark_handed
from lms.people.services.accounts import erase_person
from lms.plan.models import ActionPlan, Commitment, PlanChange
from tests.factories.participation import comment, reply
from tests.factories.people import UserFactory
from tests.notices.sink import Sink
from tests.participation.letters import FOLLOW, NEIGHBOUR, ask, change, follow, send, stop_path
from tests.personas import Personas, client_for
from tests.queries import count_queries


# --- Told -------------------------------------------------------------------------------------------
def test_a_digest_tells_what_happened_since_once(
    commitment: Commitment, at: datetime, sink: Sink, client: Client
) -> None:
    change(commitment, at - timedelta(days=1), label="Antes de seguir")
    following = follow(commitment, at)
    change(commitment, at, label="Publicar el registro")
    change(commitment, at, kind="replanned", label="Capacitar")
    change(commitment, at, kind="edited", label="Corregir una coma")
    reply(comment(commitment, UserFactory(), at=at), at=at)
    for minutes in (5, 6, 60):
        send(at + timedelta(minutes=minutes))
    [mail] = sink.received
    text = mail.part("text/plain")
    assert "se aprobó un avance de «Publicar el registro»" in text
    assert "se reprogramó «Capacitar»" in text and "respondió el aporte 1 (Acogido)" in text
    assert "coma" not in text and "Antes de seguir" not in text
    assert "Capacitar" in mail.part("text/html")
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    send(at + timedelta(days=1))
    assert len(sink.received) == 1
    path = stop_path(mail.message)
    assert client.get(path).status_code == 200
    assert Following.objects.filter(pk=following.pk).exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_one_mail_a_day_whatever_happens_and_however_many_are_followed(
    plan: ActionPlan, at: datetime, sink: Sink
) -> None:
    for number in (1, 2, 11):
        follow(plan.commitments.get(number=number), at)
    for hour in range(4):
        for number in (1, 2):
            change(plan.commitments.get(number=number), at + timedelta(hours=hour), label=f"Hito {hour}")
        send(at + timedelta(hours=hour, minutes=5))
    assert len(sink.received) == 1
    assert "Novedades de 2 compromisos" in sink.received[0].message["Subject"]
    send(at + timedelta(days=1))
    assert "Hito 3" in sink.received[1].part("text/plain")
    assert "Hito 0" not in sink.received[1].part("text/plain")


def test_a_letter_of_last_night_is_the_one_of_this_morning(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    follow(commitment, at)
    change(commitment, at, label="De anoche")
    night, morning = at.replace(hour=22), at.replace(hour=9) + timedelta(days=1)
    send(night)
    send(morning)
    change(commitment, morning, label="De hoy")
    send(morning + timedelta(hours=3))
    assert len(sink.received) == 1
    send(morning + timedelta(days=1))
    assert "De hoy" in sink.received[1].part("text/plain")


def test_an_account_without_a_confirmed_address_gets_nothing_and_leaves_no_failure(
    commitment: Commitment, personas: Personas, at: datetime, sink: Sink
) -> None:
    client_for(personas.ana).post(FOLLOW, {"seguir": "si"})
    change(commitment, at)
    personas.ana.emailaddress_set.update(verified=False)
    send(at + timedelta(minutes=5))
    assert not Letter.objects.exists()
    personas.ana.emailaddress_set.update(verified=True)
    send(at.replace(hour=22))
    personas.ana.emailaddress_set.update(verified=False)
    send(at.replace(hour=9) + timedelta(days=1))
    assert (Letter.objects.get().state, sink.received) == ("skipped", [])


def test_digests_wait_for_whoever_asks_to_follow(commitment: Commitment, at: datetime, sink: Sink) -> None:
    for number in range(3):
        follow(commitment, at, f"a{number}@correo.example")
    change(commitment, at)
    send(at.replace(hour=22))
    morning = at.replace(hour=9) + timedelta(days=1)
    ask(commitment, morning)
    send(morning, per_minute=4)
    assert sink.received[0].recipients == [NEIGHBOUR]
    assert len(sink.received) == 3


def test_nobody_is_written_to_at_night_nor_about_a_plan_taken_back(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    follow(commitment, at)
    change(commitment, at)
    send(at.replace(hour=23))
    assert sink.received == []
    ActionPlan.objects.update(status="draft")
    send(at + timedelta(days=1))
    assert sink.received == []


def test_what_is_still_being_written_is_told_later_and_not_lost(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    follow(commitment, at)
    change(commitment, at)
    send(at + timedelta(minutes=1))
    assert sink.received == []
    send(at + timedelta(minutes=3))
    assert len(sink.received) == 1


def test_a_server_that_is_down_loses_nothing(commitment: Commitment, at: datetime, sink: Sink) -> None:
    follow(commitment, at)
    change(commitment, at)
    sink.on_mail = lambda sender: "421 Ahora no"
    with pytest.raises(MailServerDownError):
        send(at + timedelta(minutes=5))
    sink.on_mail = lambda sender: None
    send(at + timedelta(minutes=11))
    assert len(sink.received) == 1


def test_a_clear_later_is_tried_again_with_one_letter(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    follow(commitment, at)
    change(commitment, at)
    sink.on_recipient = lambda recipient: "451 4.7.1 Espera"
    send(at + timedelta(minutes=5))
    sink.on_recipient = lambda recipient: None
    send(at + timedelta(minutes=6))
    assert sink.received == []
    send(at + timedelta(minutes=11))
    assert (len(sink.received), Letter.objects.count()) == (1, 1)


def test_an_address_that_does_not_exist_is_forgotten(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    ask(commitment, at)
    sink.on_recipient = lambda recipient: "550 5.1.1 No existe"
    send(at)
    assert not Follower.objects.exists()


def test_after_a_crash_in_the_middle_nothing_is_sent_again(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    following = follow(commitment, at)
    change(commitment, at)
    sink.hang_up = True
    send(at + timedelta(minutes=5))
    sink.hang_up = False
    send(at + timedelta(days=1))
    assert len(sink.received) == 1
    change(commitment, at + timedelta(days=1))
    letter = Letter.objects.create(
        kind="digest", follower=following.follower, day=(at + timedelta(days=2)).date(),
        change_upto=PlanChange.objects.latest("pk").pk, not_before=at + timedelta(days=2),
    )  # fmt: skip
    assert mark_handed(letter_id=letter.pk, at=at + timedelta(days=2))
    assert not mark_handed(letter_id=letter.pk, at=at + timedelta(days=2))
    send(at + timedelta(days=3))
    assert len(sink.received) == 1
    assert Letter.objects.get(pk=letter.pk).state == "unknown"


def test_no_more_than_so_many_a_minute(commitment: Commitment, at: datetime, sink: Sink) -> None:
    for number in range(4):
        ask(commitment, at, f"a{number}@correo.example")
    send(at, per_minute=3)
    send(at, per_minute=3)
    assert len(sink.received) == 3


def test_putting_down_costs_the_same_for_three_and_for_thirty(commitment: Commitment, at: datetime) -> None:
    for number in range(3):
        follow(commitment, at, f"a{number}@correo.example")
    change(commitment, at)
    night = at.replace(hour=22)
    few = count_queries(lambda: send(night))
    for number in range(3, 30):
        follow(commitment, at, f"a{number}@correo.example")
    change(commitment, at)
    assert count_queries(lambda: send(night)) == few
    assert Letter.objects.count() == 30


# --- Answers to one's own ---------------------------------------------------------------------------
def test_who_wrote_is_told_of_each_answer_once(
    commitment: Commitment, personas: Personas, at: datetime, sink: Sink, client: Client
) -> None:
    row = comment(commitment, personas.ana, at=at, wants_mail=True)
    reply(comment(commitment, personas.bruno, at=at), at=at)
    reply(row, at=at)
    send(at)
    send(at)
    reply(row, at=at, reason="Nos equivocamos: se acoge solo en parte.")
    send(at)
    first, second = sink.received
    assert first.recipients == ["ana@servicio.example"]
    assert "Unidad de Análisis Financiero respondió tu aporte 1" in first.part("text/plain")
    assert "corrigió la respuesta" in second.part("text/plain")
    path = stop_path(first.message)
    assert "No recibir más" in client.get(path).content.decode()
    client.post(path, {"List-Unsubscribe": "One-Click"})
    reply(row, at=at, reason="Y otra corrección, que nadie lee por correo.")
    send(at)
    assert len(sink.received) == 2


def test_nobody_is_told_about_what_it_took_back_or_after_it_left(
    commitment: Commitment, personas: Personas, at: datetime, sink: Sink
) -> None:
    for person, leave in ((personas.ana, False), (personas.bruno, True)):
        row = comment(commitment, person, at=at, wants_mail=True)
        reply(row, at=at)
        if leave:
            erase_person(person=person.person, at=at)
        else:
            withdraw_contribution(contribution_id=row.pk)
    send(at)
    assert sink.received == []
