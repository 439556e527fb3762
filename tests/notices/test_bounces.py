"""What comes back from the mail servers, read by the command and acted upon."""

import io
import mailbox
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lms.notices.models import AddressProblem, Mail, MailPreference, Notice
from lms.notices.services.addresses import clear_problems
from lms.people.models import Person
from tests.notices.sink import Sink
from tests.notices.stage import Stage, days_later, notices_of
from tests.notices.test_reports import TOKEN, sample

DUE = date(2026, 12, 31)


@pytest.fixture
def ana(stage: Stage, sink: Sink) -> Person:
    """She was written to today; 30 days before the due day she would be again."""
    person = stage.hire()
    stage.ask(due_on=DUE)
    stage.run(stage.at)
    assert len(sink.received) == 1
    return person


def returned(name: str) -> bytes:
    """A sample about the last e-mail that was sent."""
    token = Mail.objects.latest("pk").public_id.hex
    return (
        sample(name).replace(TOKEN.encode(), token.encode()).replace(TOKEN.upper().encode(), token.encode())
    )


def read(tmp_path: Path, *raws: bytes) -> str:
    files = []
    for number, raw in enumerate(raws):
        file = tmp_path / f"{number}.eml"
        file.write_bytes(raw)
        files.append(str(file))
    out = io.StringIO()
    call_command("read_bounces", *files, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "postfix_unknown_user",
        "exchange_unknown_user",
        "old_exim_unknown_user",
        "sendmail_host_unknown",
        "qmail_unknown_user",
    ],
)
def test_a_hard_bounce_ends_the_emails_to_that_address(
    stage: Stage, sink: Sink, ana: Person, tmp_path: Path, name: str
) -> None:
    assert "Leídos: 1. Aplicados: 1." in read(tmp_path, returned(name))
    assert notices_of(ana) == [("assigned", "failed", "bounced")]
    stage.run(days_later(stage.at, 11))
    assert notices_of(ana)[1] == ("due_30", "suppressed", "bounced")
    assert len(sink.received) == 1


def test_reading_twice_counts_once(ana: Person, tmp_path: Path) -> None:
    raw = returned("exim_mailbox_full")
    assert "Aplicados: 1." in read(tmp_path, raw, raw, raw)
    assert "Aplicados: 0." in read(tmp_path, raw)
    assert AddressProblem.objects.count() == 1


def test_one_soft_bounce_ends_nothing(stage: Stage, sink: Sink, ana: Person, tmp_path: Path) -> None:
    read(tmp_path, returned("exim_mailbox_full"))
    assert notices_of(ana) == [("assigned", "failed", "bounced")]
    stage.run(days_later(stage.at, 11))
    assert len(sink.received) == 2


def test_a_complaint_ends_the_emails_though_they_arrived(
    stage: Stage, sink: Sink, ana: Person, tmp_path: Path
) -> None:
    read(tmp_path, returned("complaint"))
    assert notices_of(ana) == [("assigned", "sent", "")]
    stage.run(days_later(stage.at, 11))
    assert notices_of(ana)[1] == ("due_30", "suppressed", "complained")


def test_an_email_asks_to_stop(ana: Person, tmp_path: Path) -> None:
    read(tmp_path, returned("unsubscribe"))
    assert "assigned" in MailPreference.objects.get(person=ana).turned_off
    assert not AddressProblem.objects.exists()


@pytest.mark.parametrize("name", ["postfix_delayed", "holiday_answer", "not_spam"])
def test_what_is_no_failure_changes_nothing(ana: Person, tmp_path: Path, name: str) -> None:
    assert "Aplicados: 0." in read(tmp_path, returned(name))
    assert notices_of(ana) == [("assigned", "sent", "")]


def test_a_token_that_was_never_sent_changes_nothing(ana: Person, tmp_path: Path) -> None:
    assert "Aplicados: 0." in read(tmp_path, sample("postfix_unknown_user"))
    assert not AddressProblem.objects.exists()


def test_hr_can_have_the_address_tried_again(stage: Stage, sink: Sink, ana: Person, tmp_path: Path) -> None:
    read(tmp_path, returned("postfix_unknown_user"))
    assert clear_problems(person_id=ana.pk, cleared_by_id=None, at=stage.at) == 1
    stage.run(days_later(stage.at, 11))
    assert len(sink.received) == 2


def test_a_bounce_of_the_old_address_does_not_touch_the_new_one(
    stage: Stage, sink: Sink, ana: Person, tmp_path: Path
) -> None:
    Person.objects.filter(pk=ana.pk).update(email="nueva@servicio.example")
    read(tmp_path, returned("postfix_unknown_user"))
    stage.run(days_later(stage.at, 11))
    assert sink.received[1].recipients == ["nueva@servicio.example"]


# --- Where they are read from ---------------------------------------------------------------------
def test_a_mailbox_file_and_a_maildir_are_read(ana: Person, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "buzon")
    folder = mailbox.Maildir(tmp_path / "maildir")
    for name in ("holiday_answer", "exim_mailbox_full", "complaint"):
        box.add(returned(name))
        folder.add(returned(name))
    box.close()
    out = io.StringIO()
    call_command("read_bounces", str(tmp_path / "buzon"), stdout=out)
    call_command("read_bounces", str(tmp_path / "maildir"), stdout=out)
    assert out.getvalue().splitlines() == ["Leídos: 3. Aplicados: 2.", "Leídos: 3. Aplicados: 0."]


def test_a_mail_server_hands_one_over_by_the_standard_input(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO(returned("postfix_unknown_user"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    out = io.StringIO()
    call_command("read_bounces", "-", stdout=out)
    assert out.getvalue() == ""
    assert Notice.objects.get().state == "failed"


def test_a_file_that_is_not_there_is_said(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("read_bounces", "/no/existe")
