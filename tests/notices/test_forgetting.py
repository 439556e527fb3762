"""What nobody needs any more is deleted, a few rows at a time."""

from datetime import date, timedelta

import pytest

from lms.notices.models import AddressProblem, Mail, MailPreference, Notice, Reminder
from lms.notices.services.forgetting import KEEP, forget_old_notices
from lms.notices.services.preferences import turn_everything_off
from lms.people.services.accounts import erase_person
from tests.notices.sink import Sink
from tests.notices.stage import Stage
from tests.notices.test_reminders import remind


def test_two_years_later_nothing_is_left(stage: Stage, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.notices.services.forgetting.ROWS", 2)
    people = [stage.hire(f"Ana{number}") for number in range(5)]
    requirement = stage.ask(due_on=date(2027, 1, 20))
    stage.run(stage.at)
    remind(stage, requirement, *people)
    assert forget_old_notices(at=stage.at + KEEP - timedelta(days=1)) == 0
    assert forget_old_notices(at=stage.at + KEEP + timedelta(days=1)) > 0
    assert not (Notice.objects.exists() or Mail.objects.exists() or Reminder.objects.exists())


def test_an_erased_person_leaves_nothing(stage: Stage, sink: Sink) -> None:
    ana, beto = stage.hire(), stage.hire("Beto")
    stage.ask(due_on=date(2027, 1, 20))
    sink.on_recipient = lambda address: "550 5.1.1 no" if address.startswith("ana") else None
    stage.run(stage.at)
    turn_everything_off(person_id=ana.pk, at=stage.at)
    erase_person(person=ana, at=stage.at)
    forget_old_notices(at=stage.at)
    for table in (Notice, Mail, AddressProblem, MailPreference):
        assert not table.objects.filter(person=ana).exists()
    assert Notice.objects.filter(person=beto).exists()
