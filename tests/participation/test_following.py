"""Following a commitment: asked for, confirmed, told once a day, stopped, forgotten."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client

from lms.lib.tokens import keyed_hash
from lms.notices.mail_settings import read_mail_settings
from lms.notices.post import MailServerDownError
from lms.participation.models import ConfirmationCount, Follower, Following, Letter
from lms.participation.sending import SendingReport, send_letters
from lms.participation.services.changing import withdraw_contribution
from lms.participation.services.following import (
    ask_to_follow,
    confirm_following,
    follow_with_account,
    forget_unconfirmed,
    stop_following,
)
from lms.participation.services.letters import forget_old_letters, mark_handed
from lms.people.keys import secret_keys
from lms.people.services.accounts import erase_person
from lms.plan.models import ActionPlan, Commitment, PlanChange
from tests.factories.participation import comment, reply
from tests.factories.people import UserFactory
from tests.notices.sink import Sink
from tests.personas import Personas, client_for
from tests.queries import count_queries

FOLLOW = "/plan/plan/compromisos/11/seguir/"
NEIGHBOUR = "vecina@correo.example"


def send(at: datetime, **more: object) -> SendingReport:
    return send_letters(at=at, mail=replace(read_mail_settings(), **more))  # type: ignore[arg-type]


def change(commitment: Commitment, at: datetime, *, kind: str = "reported", label: str = "Hito 1") -> None:
    PlanChange.objects.create(
        plan=commitment.plan, commitment=commitment, subject="milestone", object_id=1, label=label,
        kind=kind, changed_at=at, version=1,
    )  # fmt: skip


def ask(commitment: Commitment, at: datetime, address: str = NEIGHBOUR) -> None:
    ask_to_follow(commitment_id=commitment.pk, address=address, language="es", keys=secret_keys(), at=at)


def follow(commitment: Commitment, at: datetime, address: str = NEIGHBOUR) -> Following:
    """Asked for and confirmed; the letter that asks is not sent."""
    ask(commitment, at, address)
    following = Following.objects.get(commitment=commitment, follower__address_hash=_hash(address))
    Letter.objects.filter(following=following).delete()
    confirm_following(public_id=following.public_id, at=at)
    return following


def _hash(address: str) -> str:
    return keyed_hash(address, purpose="seguir un compromiso", key=secret_keys()[0])


def link_in(message: EmailMessage, part: str) -> str:
    """The path of the first link with ``part`` in the plain text."""
    body = message.get_body(preferencelist=("plain",))
    assert body is not None
    found = re.search(rf"https://aula\.gob\.example(\S*{part}\S*)", body.get_content())
    assert found is not None
    return found[1]


def stop_path(message: EmailMessage) -> str:
    """Where one click stops it."""
    found = re.search(r"<https://aula\.gob\.example(/[^>]+)>", str(message["List-Unsubscribe"]))
    assert found is not None
    return found[1]


# --- Asked for and confirmed ---------------------------------------------------------------------
def test_whoever_types_an_address_gets_one_letter_and_nothing_before_it_is_confirmed(
    client: Client, commitment: Commitment, at: datetime, sink: Sink
) -> None:
    answer = client.post(FOLLOW, {"email": " Vecina@Correo.example "}, follow=True)
    assert "te llegará un mensaje" in answer.content.decode()
    change(commitment, at)
    send(at + timedelta(minutes=5))
    send(at + timedelta(minutes=9))
    [mail] = sink.received
    assert mail.recipients == [NEIGHBOUR]
    path = link_in(mail.message, "confirmar")
    assert "Confirmar y seguir" in client.get(path).content.decode()
    assert Following.objects.get().confirmed_at is None
    assert "Sigues el compromiso 11" in client.post(path).content.decode()
    assert "Sigues el compromiso 11" in client.post(path).content.decode()
    assert Following.objects.get().confirmed_at is not None


def test_addresses_are_not_kept_in_clear(commitment: Commitment, at: datetime) -> None:
    ask(commitment, at)
    row = Follower.objects.get()
    assert NEIGHBOUR not in row.sealed_address and row.address_hash == _hash(NEIGHBOUR)


def test_the_answer_is_the_same_whatever_is_known(
    client: Client, commitment: Commitment, at: datetime, personas: Personas
) -> None:
    follow(commitment, at)
    pages = []
    for address in (NEIGHBOUR, "nueva@correo.example", personas.ana.email):
        answer = client.post(FOLLOW, {"email": address}, follow=True)
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()))
    assert pages[0] == pages[1] == pages[2]
    assert Letter.objects.filter(follower__address_hash=_hash(NEIGHBOUR)).count() == 0


def test_asking_again_the_same_day_sends_nothing_again(
    commitment: Commitment, at: datetime, sink: Sink
) -> None:
    for minutes in range(3):
        ask(commitment, at + timedelta(minutes=minutes))
        send(at + timedelta(minutes=minutes))
    assert len(sink.received) == 1
    ask(commitment, at + timedelta(days=1))
    send(at + timedelta(days=1))
    assert len(sink.received) == 2


def test_one_address_is_asked_five_times_a_day_at_most(plan: ActionPlan, at: datetime) -> None:
    for number in range(20, 27):
        ask(Commitment.objects.create(plan=plan, number=number, title=f"C{number}"), at)
    assert Letter.objects.count() == 5


def test_stopping_and_asking_again_does_not_count_anew(commitment: Commitment, at: datetime) -> None:
    for _time in range(7):
        ask(commitment, at)
        Follower.objects.all().delete()
    assert ConfirmationCount.objects.get().asked == 5
    ask(commitment, at)
    assert not Letter.objects.exists()
    ask(commitment, at + timedelta(days=1))
    assert Letter.objects.count() == 1
    forget_unconfirmed(at=at + timedelta(days=1))
    assert ConfirmationCount.objects.get().day == at.date() + timedelta(days=1)


def test_an_address_and_its_account_are_one_follower(
    commitment: Commitment, personas: Personas, at: datetime
) -> None:
    address = personas.ana.email
    personas.ana.emailaddress_set.update(verified=False)
    following = follow(commitment, at, address)
    personas.ana.emailaddress_set.update(verified=True)
    client_for(personas.ana).post(FOLLOW, {"seguir": "si"})
    ask(commitment, at, address.upper())
    assert Following.objects.get().pk == following.pk
    assert Follower.objects.get().user == personas.ana
    assert not Letter.objects.exists()


def test_somebody_who_types_my_address_does_not_make_me_follow(
    commitment: Commitment, personas: Personas, at: datetime, sink: Sink
) -> None:
    ask(commitment, at, personas.ana.email)
    change(commitment, at)
    send(at + timedelta(minutes=5))
    assert "Seguir con mi cuenta" in client_for(personas.ana).get(FOLLOW).content.decode()
    assert ["Confirma" in mail.message["Subject"] for mail in sink.received] == [True]


def test_too_many_requests_from_one_place_are_refused(client: Client, commitment: Commitment) -> None:
    answers = [client.post(FOLLOW, {"email": f"a{number}@correo.example"}) for number in range(31)]
    assert [answer.status_code for answer in answers] == [302] * 30 + [429]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Escribe tu correo."),
        ("vecina", "Revisa el correo"),
        ("a\x00@correo.example", ""),
        ("a" * 250 + "@correo.example", ""),
        ("vecína@correo.example", ""),
        ("a@b.cl\r\nBcc: otra@c.cl", "Revisa el correo"),
    ],
)
def test_an_address_that_is_none_is_told(
    client: Client, commitment: Commitment, address: str, words: str
) -> None:
    answer = client.post(FOLLOW, {"email": address})
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not Follower.objects.exists()


def test_a_link_of_eight_days_ago_confirms_nothing(
    client: Client, commitment: Commitment, at: datetime, sink: Sink
) -> None:
    ask(commitment, at)
    send(at)
    path = link_in(sink.received[0].message, "confirmar")
    assert forget_unconfirmed(at=at + timedelta(days=6)) == 0
    assert forget_unconfirmed(at=at + timedelta(days=8)) == 1
    assert not Follower.objects.exists() and not Letter.objects.exists()
    assert client.post(path).status_code == 410
    assert client.get("/plan/participacion/confirmar/x/").status_code == 410


def test_with_an_account_one_click_suffices_and_another_stops_it(
    commitment: Commitment, personas: Personas, at: datetime
) -> None:
    ana = client_for(personas.ana)
    assert "Seguir con mi cuenta" in ana.get(FOLLOW).content.decode()
    ana.post(FOLLOW, {"seguir": "si"})
    assert Following.objects.get().confirmed_at is not None
    assert not Letter.objects.exists()
    ana.post(FOLLOW, {"dejar": "si"})
    assert not Follower.objects.exists()


# --- Told ----------------------------------------------------------------------------------------
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


# --- Answers to one's own ------------------------------------------------------------------------
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


# --- Let go --------------------------------------------------------------------------------------
def test_an_account_that_is_erased_follows_nothing(
    commitment: Commitment, personas: Personas, at: datetime
) -> None:
    follow_with_account(
        user_id=personas.ana.pk, commitment_id=commitment.pk, language="es", keys=secret_keys(), at=at
    )
    erase_person(person=personas.ana.person, at=at)
    assert not Follower.objects.exists()


def test_stopping_one_of_two_keeps_the_other(plan: ActionPlan, at: datetime) -> None:
    first, second = (plan.commitments.get(number=number) for number in (1, 2))
    following = follow(first, at)
    follow(second, at)
    stop_following(follower_id=following.follower_id, commitment_ids=[first.pk])
    assert Following.objects.get().commitment == second
    stop_following(follower_id=following.follower_id)
    assert not Follower.objects.exists()


def test_old_letters_are_forgotten(commitment: Commitment, at: datetime, sink: Sink) -> None:
    ask(commitment, at)
    send(at)
    assert forget_old_letters(at=at + timedelta(days=89)) == 0
    assert forget_old_letters(at=at + timedelta(days=91)) == 1
