"""Following a commitment: asked for, confirmed, stopped and forgotten."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from lms.participation.models import ConfirmationCount, Follower, Following, Letter
from lms.participation.services.following import (
    follow_with_account,
    forget_unconfirmed,
    stop_following,
)
from lms.participation.services.letters import forget_old_letters
from lms.people.keys import secret_keys
from lms.people.services.accounts import erase_person
from lms.plan.models import ActionPlan, Commitment
from tests.notices.sink import Sink
from tests.participation.letters import FOLLOW, NEIGHBOUR, _hash, ask, change, follow, link_in, send
from tests.personas import Personas, client_for


# --- Asked for and confirmed ------------------------------------------------------------------------
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


# --- Let go -----------------------------------------------------------------------------------------
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
