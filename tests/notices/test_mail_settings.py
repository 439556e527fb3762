"""Settings of outgoing notices."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from lms.notices.mail_settings import read_mail_settings
from lms.settings import env


def test_who_reads_the_answers_by_institution(settings: Settings) -> None:
    settings.MAIL_REPLY_TO = ["ayuda@gob.example", " AA900 = rrhh@servicio.example"]
    mail = read_mail_settings()
    assert mail.reply_address("AA900") == "rrhh@servicio.example"
    assert mail.reply_address("AA901") == "ayuda@gob.example"
    settings.MAIL_REPLY_TO = []
    assert read_mail_settings().reply_address("AA900") == ""


def test_each_email_has_a_bounce_address_of_its_own(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "rebotes@aula.example"
    mail, one = read_mail_settings(), uuid.uuid4()
    assert mail.envelope_sender(one) == f"rebotes+{one.hex}@aula.example"
    local = mail.unsubscribe_address(one).partition("@")[0]
    assert len(local) <= 64  # RFC 5321, section 4.5.3.1.1


def test_holidays_are_read_as_dates(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("DIAS", "2026-12-25, 2027-01-01")
    settings.MAIL_HOLIDAYS = env.days("DIAS")
    assert not read_mail_settings().calendar.is_working_day(date(2026, 12, 25))
    monkeypatch.setenv("DIAS", "25-12-2026")
    with pytest.raises(ImproperlyConfigured, match="DIAS"):
        env.days("DIAS")
