"""What becomes of an e-mail by what the server says, or does not say."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from lms.notices.models import AddressProblem, Mail, Notice
from lms.notices.post import MailServerDownError
from tests.notices.sink import Sink, free_port
from tests.notices.stage import DUE, Stage, days_later, notices_of, ready


def test_a_server_that_says_later_is_asked_later(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    sink.on_recipient = lambda address: "450 4.2.1 Try again later"
    for minutes in (0, 1, 5, 6, 25, 40):
        stage.send(stage.at + timedelta(minutes=minutes))
    assert (Notice.objects.get().attempts, sink.received) == (3, [])
    sink.on_recipient = lambda address: None
    stage.send(stage.at + timedelta(hours=2))
    assert notices_of(ana) == [("assigned", "sent", "")]
    assert not AddressProblem.objects.exists()


def test_later_is_given_up_in_the_end(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    sink.on_text = lambda address: "451 4.3.0 Busy"
    for days in range(8):
        for hour in (9, 10, 11, 12, 13, 14, 15, 16):
            stage.send(days_later(stage.at, days).replace(hour=hour, minute=59))
    assert notices_of(ana) == [("assigned", "failed", "gave_up")]
    assert Notice.objects.get().attempts == 5


def test_a_mailbox_that_does_not_exist_is_not_tried_again(stage: Stage, sink: Sink) -> None:
    ana, beto = ready(stage, "Ana", "Beto", due_on=date(2026, 12, 31))
    sink.on_recipient = lambda address: "550 5.1.1 User unknown" if address.startswith("ana") else None
    stage.send()
    stage.send(stage.at + timedelta(hours=1))
    assert notices_of(ana) == [("assigned", "failed", "refused")]
    assert notices_of(beto) == [("assigned", "sent", "")]
    problem = AddressProblem.objects.get()
    assert (problem.person, problem.kind, problem.status) == (ana, "hard", "5.1.1")
    stage.run(days_later(stage.at, 11))
    assert notices_of(ana)[1] == ("due_30", "suppressed", "bounced")


def test_a_refused_text_says_nothing_about_the_address(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    sink.on_text = lambda address: "554 5.7.1 Looks like spam"
    stage.send()
    assert notices_of(ana) == [("assigned", "failed", "refused")]
    assert not AddressProblem.objects.exists()


def test_a_server_that_does_not_want_the_sender_stops_all(stage: Stage, sink: Sink) -> None:
    ana, _beto = ready(stage, "Ana", "Beto")
    sink.on_mail = lambda address: "550 5.7.1 You may not send here"
    with pytest.raises(MailServerDownError):
        stage.send()
    assert notices_of(ana) == [("assigned", "waiting", "")]
    assert not Mail.objects.exists()
    sink.on_mail = lambda address: None
    stage.send(stage.at + timedelta(minutes=1))
    assert len(sink.received) == 2


def test_a_server_that_says_goodbye_is_not_talked_to_on(stage: Stage, sink: Sink) -> None:
    ana, beto = ready(stage, "Ana", "Beto")
    sink.on_recipient = lambda address: "421 4.7.0 Too many, closing"
    stage.send()
    assert sink.connections == 1
    assert [row.attempts for row in Notice.objects.order_by("person_id")] == [1, 0]
    sink.on_recipient = lambda address: None
    stage.send(stage.at + timedelta(minutes=30))
    assert notices_of(ana) == notices_of(beto) == [("assigned", "sent", "")]


def test_no_server_leaves_everything_waiting(stage: Stage, sink: Sink, settings: Settings) -> None:
    [ana] = ready(stage, "Ana")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    with pytest.raises(MailServerDownError):
        stage.send()
    assert notices_of(ana) == [("assigned", "waiting", "")]
    settings.EMAIL_PORT = port
    stage.send(stage.at + timedelta(minutes=1))
    assert len(sink.received) == 1


def test_a_server_that_does_not_answer_leaves_everything_waiting(
    stage: Stage, sink: Sink, settings: Settings
) -> None:
    [ana] = ready(stage, "Ana")
    settings.EMAIL_TIMEOUT, sink.silent = 0.2, True
    with pytest.raises(MailServerDownError):
        stage.send()
    assert notices_of(ana) == [("assigned", "waiting", "")]


def test_a_connection_that_breaks_after_the_text_is_not_tried_again(stage: Stage, sink: Sink) -> None:
    ana, beto = ready(stage, "Ana", "Beto")
    sink.hang_up = True
    stage.send()
    assert (len(sink.received), notices_of(ana)) == (1, [("assigned", "unknown", "uncertain")])
    assert notices_of(beto) == [("assigned", "waiting", "")]
    sink.hang_up = False
    stage.send(stage.at + timedelta(minutes=1))
    assert notices_of(beto) == [("assigned", "sent", "")]
    assert len(sink.to("ana@servicio.example")) == 1


def test_an_address_that_no_header_holds_does_not_stop_the_others(stage: Stage, sink: Sink) -> None:
    bad = stage.hire("Ana", email="ana\n@servicio.example")
    worse = stage.hire("Ñandú", email="ñandú@servicio.example")
    good = stage.hire("Beto")
    stage.ask(due_on=DUE)
    stage.plan()
    stage.send()
    assert [notices_of(person)[0][1] for person in (bad, worse, good)] == ["failed", "failed", "sent"]
