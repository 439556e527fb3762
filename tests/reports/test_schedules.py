"""Scheduled reports: once a period, to whom may still see them, with no name in the e-mail."""

import csv
import io
import smtplib
from datetime import date, datetime, timedelta
from email.message import Message
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from lms.jobs.schedule import list_jobs
from lms.people.models import AccessLogEntry, Role, RoleAssignment
from lms.progress.models import TrainingRequirement
from lms.reports.models import ReportDelivery, ReportLetter, ReportSchedule
from lms.reports.saved import delivering
from lms.reports.saved.delivering import MailServerError, deliver_due
from lms.reports.services.deliveries import claim_letter, forget_files
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.personas import client_for
from tests.reports.trained import Trained, add_people, auditor, keep, lead_of, other_unit, schedule

pytestmark = pytest.mark.usefixtures("fixed_clock")
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def carla(trained: Trained) -> Client:
    return client_for(trained.personas.carla)


def at_schedule(name: str, row: ReportSchedule) -> str:
    return reverse(f"reports:{name}", kwargs={"public_id": row.public_id})


def file_url(delivery: ReportDelivery) -> str:
    return reverse("reports:delivery", kwargs={"public_id": delivery.public_id})


def states(row: ReportSchedule) -> list[str]:
    letters = ReportLetter.objects.filter(delivery__schedule=row).order_by("pk")
    return list(letters.values_list("state", flat=True))


# --- What is sent -----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("page", ["compliance", "people", "matrix", "hours"])
def test_names_travel_by_link_never_by_e_mail(
    trained: Trained, carla: Client, at: datetime, page: str, kind: str
) -> None:
    schedule(keep(trained, at=at, page=page), at=at, file_format=kind)
    deliver_due(at=at)
    (letter,) = mail.outbox
    delivery = ReportDelivery.objects.get()
    assert letter.to == ["carla@servicio.example"]
    assert not letter.attachments
    whole = letter.message().as_string()
    assert file_url(delivery) in letter.body
    for name in ("Rojas", "Soto", "bruno@"):
        assert name not in whole
    response = carla.get(file_url(delivery))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content[:2] == b"PK" if kind == "xlsx" else "Rojas, Ana" in content.decode("utf-8-sig")


@pytest.mark.parametrize("page", ["compliance", "people", "matrix", "hours"])
def test_figures_of_groups_are_attached_and_name_nobody(trained: Trained, at: datetime, page: str) -> None:
    add_people(2, trained=trained, at=at, unit=other_unit(trained))
    schedule(keep(trained, at=at, page=page, name="Resumen"), at=at, file_format="pdf")
    deliver_due(at=at)
    (letter,) = mail.outbox
    attachment = letter.attachments[0]
    content = attachment[1]
    assert isinstance(content, bytes)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo.Title) == "Resumen"


def test_the_file_is_of_the_day_it_was_sent(trained: Trained, carla: Client, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at)
    deliver_due(at=at)
    add_people(3, trained=trained, at=at)
    response = carla.get(file_url(ReportDelivery.objects.get()))
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(list(csv.DictReader(io.StringIO(text)))) == 6


def test_the_headers_are_those_of_an_automatic_letter(trained: Trained, at: datetime) -> None:
    schedule(keep(trained, at=at, name="Uno\r\nBcc: otra@mal.example"), at=at)
    deliver_due(at=at)
    message: Message = mail.outbox[0].message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].startswith("<informe-")
    assert message["Bcc"] is None


# --- When -------------------------------------------------------------------------------------------
def test_it_is_sent_once_a_period(trained: Trained, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at)
    for hours in (0, 1, 24, 48):  # Friday to Sunday
        deliver_due(at=at + timedelta(hours=hours))
    assert len(mail.outbox) == 1
    deliver_due(at=at + 6 * A_DAY)  # Thursday
    assert len(mail.outbox) == 1
    deliver_due(at=at + A_WEEK)
    assert len(mail.outbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_it_waits_for_the_morning(trained: Trained, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at - A_DAY)
    deliver_due(at=at.replace(hour=6, minute=59))
    assert not mail.outbox
    deliver_due(at=at.replace(hour=7))
    assert len(mail.outbox) == 1


def test_a_month_has_its_day(trained: Trained, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at, every="month", day=25)
    deliver_due(at=at)
    assert not mail.outbox
    deliver_due(at=at + 6 * A_DAY)
    deliver_due(at=at + 8 * A_DAY)
    assert len(mail.outbox) == 1


def test_a_run_that_was_cut_off_goes_on(
    trained: Trained, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = auditor()
    row = schedule(keep(trained, at=at), trained.personas.carla, other, at=at)
    send = delivering.EmailMultiAlternatives.send

    def fails_once(self: Any, *args: Any) -> int:
        if self.to == ["carla@servicio.example"]:
            raise smtplib.SMTPServerDisconnected
        return int(send(self, *args))

    monkeypatch.setattr(delivering.EmailMultiAlternatives, "send", fails_once)
    with pytest.raises(MailServerError):
        deliver_due(at=at)
    assert sorted(states(row)) == ["sent", "waiting"]
    monkeypatch.undo()
    deliver_due(at=at + timedelta(minutes=15))
    assert states(row) == ["sent", "sent"]
    assert sorted(message.to[0] for message in mail.outbox) == [
        "auditoria@servicio.example",
        "carla@servicio.example",
    ]


def test_a_letter_in_another_process_is_left_alone_for_an_hour(trained: Trained, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at)
    deliver_due(at=at)
    letter = ReportLetter.objects.get()
    assert not claim_letter(letter=letter, at=at)
    ReportLetter.objects.update(state="sending", changed_at=at)
    assert not claim_letter(letter=letter, at=at + timedelta(minutes=59))
    assert claim_letter(letter=letter, at=at + timedelta(minutes=60))


def test_one_that_fails_does_not_hold_up_the_others(
    trained: Trained, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule(keep(trained, at=at, name="Falla"), at=at)
    schedule(keep(trained, at=at, name="Llega"), at=at)
    send = delivering.EmailMultiAlternatives.send

    def fails(self: Any, *args: Any) -> int:
        if "Falla" in self.subject:
            raise OSError
        return int(send(self, *args))

    monkeypatch.setattr(delivering.EmailMultiAlternatives, "send", fails)
    with pytest.raises(MailServerError):
        deliver_due(at=at)
    assert ["Llega" in message.subject for message in mail.outbox] == [True]


# --- To whom ----------------------------------------------------------------------------------------
def test_who_lost_the_role_gets_nothing(trained: Trained, at: datetime) -> None:
    other = auditor()
    row = schedule(keep(trained, at=at), trained.personas.carla, other, at=at)
    RoleAssignment.objects.filter(user=other).update(valid_until=at)
    deliver_due(at=at)
    assert [message.to for message in mail.outbox] == [["carla@servicio.example"]]
    assert states(row) == ["sent", "no_grant"]


@pytest.mark.parametrize("reason", ["other_institution", "only_a_unit", "inactive"])
def test_whoever_the_role_does_not_reach_gets_nothing(trained: Trained, at: datetime, reason: str) -> None:
    user = UserFactory(is_active=reason != "inactive")
    if reason == "other_institution":
        RoleAssignmentFactory(user=user, role=Role.HR, institution=trained.personas.other_institution)
    elif reason == "only_a_unit":
        user = lead_of(trained.personas.unit)
    else:
        RoleAssignmentFactory(user=user, role=Role.HR, institution=trained.personas.institution)
    row = schedule(keep(trained, at=at), user, at=at)
    deliver_due(at=at)
    assert not mail.outbox
    assert states(row) == ["no_grant"]


def test_when_the_owner_loses_the_role_it_stops_and_says_so(trained: Trained, at: datetime) -> None:
    other = auditor()
    row = schedule(keep(trained, at=at), other, at=at)
    RoleAssignment.objects.filter(user=trained.personas.carla).update(valid_until=at)
    deliver_due(at=at)
    row.refresh_from_db()
    assert (row.stopped_because, row.stopped_at) == ("role_lost", at)
    assert not mail.outbox
    page = client_for(other).get(at_schedule("schedule", row)).content.decode()
    assert "Quien la programó ya no tiene el rol" in page
    assert (
        "Quien la programó ya no tiene el rol"
        in client_for(other).get(reverse("reports:reports")).content.decode()
    )
    RoleAssignment.objects.filter(user=trained.personas.carla).update(valid_until=None)
    deliver_due(at=at + A_WEEK)
    assert not mail.outbox  # what stopped stays so until somebody asks again


def test_when_the_requirement_is_gone_it_stops(trained: Trained, at: datetime) -> None:
    query = f"institucion=AA900&exigencia={trained.requirement.public_id}"
    row = schedule(keep(trained, at=at, query=query), at=at)
    TrainingRequirement.objects.update(status="withdrawn")
    deliver_due(at=at)
    row.refresh_from_db()
    assert row.stopped_because == "view_lost"


def test_a_view_narrowed_to_another_institution_is_not_sent(trained: Trained, at: datetime) -> None:
    RoleAssignmentFactory(user=trained.personas.carla, institution=trained.personas.other_institution)
    row = schedule(keep(trained, at=at, query="institucion=AA901"), at=at)
    deliver_due(at=at)
    row.refresh_from_db()
    assert row.stopped_because == "view_lost"


# --- The file ---------------------------------------------------------------------------------------
def test_the_link_asks_who_comes_and_writes_it_down(trained: Trained, carla: Client, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at)
    deliver_due(at=at)
    url = file_url(ReportDelivery.objects.get())
    assert Client().get(url).status_code == 302
    assert client_for(trained.personas.elena).get(url).status_code == 404
    assert client_for(lead_of(trained.personas.unit)).get(url).status_code == 404
    assert client_for(trained.personas.bruno).get(url).status_code == 404
    response = carla.get(url)
    assert b"".join(response.streaming_content)  # type: ignore[attr-defined]
    entry = AccessLogEntry.objects.latest("at")
    assert (entry.action, entry.people_count, entry.viewer) == ("export", 6, trained.personas.carla)


def test_a_role_that_ended_since_opens_nothing(trained: Trained, carla: Client, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at)
    deliver_due(at=at)
    RoleAssignment.objects.filter(user=trained.personas.carla).update(valid_until=at)
    assert carla.get(file_url(ReportDelivery.objects.get())).status_code == 404


def test_files_are_deleted_after_a_month(trained: Trained, carla: Client, at: datetime) -> None:
    schedule(keep(trained, at=at), at=at)
    deliver_due(at=at)
    delivery = ReportDelivery.objects.get()
    assert forget_files(at=at + 29 * A_DAY) == 0
    assert forget_files(at=at + 31 * A_DAY) == 1
    assert not storages["reports"].exists(delivery.storage_key)
    page = carla.get(file_url(delivery))
    assert page.status_code == 410
    assert "se borran a los 30 días" in page.content.decode()


def test_deleting_a_view_deletes_its_files(trained: Trained, carla: Client, at: datetime) -> None:
    view = keep(trained, at=at)
    row = schedule(view, at=at)
    deliver_due(at=at)
    key = ReportDelivery.objects.get().storage_key
    carla.post(at_schedule("schedule_stop", row))
    carla.post(reverse("reports:view_delete", kwargs={"public_id": view.public_id}))
    assert not storages["reports"].exists(key)
    assert not ReportSchedule.objects.exists()


# --- Screens ----------------------------------------------------------------------------------------
def test_hr_schedules_a_view(trained: Trained, carla: Client, at: datetime) -> None:
    view = keep(trained, at=at)
    url = reverse("reports:schedule_create", kwargs={"public_id": view.public_id})
    page = carla.get(url).content.decode()
    assert "carla@servicio.example" in page
    assert "elena@servicio.example" not in page
    data = {
        "every": "month",
        "month_day": "15",
        "format": "pdf",
        "recipients": [str(trained.personas.carla.pk)],
    }
    assert carla.post(url, data).status_code == 302
    row = ReportSchedule.objects.get()
    assert (row.every, row.day, row.format) == ("month", 15, "pdf")
    shown = carla.get(at_schedule("schedule", row)).content.decode()
    assert "Cada mes, el día 15" in shown
    assert "Próximo: 15 de diciembre de 2026" in shown


@pytest.mark.parametrize(
    "change",
    [
        {"recipients": []}, {"recipients": ["999999"]}, {"recipients": ["x"]}, {"every": "siempre"},
        {"format": "exe"}, {"every": "month", "month_day": "31"}, {"weekday": "9"},
    ],
)  # fmt: skip
def test_a_bad_form_schedules_nothing(
    trained: Trained, carla: Client, at: datetime, change: dict[str, object]
) -> None:
    url = reverse("reports:schedule_create", kwargs={"public_id": keep(trained, at=at).public_id})
    data = {
        "every": "week",
        "weekday": "1",
        "format": "csv",
        "recipients": [str(trained.personas.carla.pk)],
        **change,
    }
    assert carla.post(url, data).status_code == 400
    assert not ReportSchedule.objects.exists()


def test_free_addresses_cannot_be_chosen(trained: Trained, carla: Client, at: datetime) -> None:
    url = reverse("reports:schedule_create", kwargs={"public_id": keep(trained, at=at).public_id})
    data = {"every": "week", "weekday": "1", "format": "csv", "recipients": ["alguien@otra.example"]}
    assert carla.post(url, data).status_code == 400


def test_a_view_of_a_fixed_day_is_not_scheduled(trained: Trained, carla: Client, at: datetime) -> None:
    view = keep(trained, at=at, query="institucion=AA900&al=2026-10-01")
    url = reverse("reports:schedule_create", kwargs={"public_id": view.public_id})
    assert "fecha fija" in carla.get(url).content.decode()
    data = {"every": "week", "weekday": "1", "format": "csv", "recipients": [str(trained.personas.carla.pk)]}
    assert carla.post(url, data).status_code == 400


def test_it_is_stopped_by_hand(trained: Trained, carla: Client, at: datetime) -> None:
    row = schedule(keep(trained, at=at), at=at)
    assert carla.post(at_schedule("schedule_stop", row)).status_code == 302
    deliver_due(at=at)
    assert not mail.outbox
    assert "La detuvo una persona" in carla.get(at_schedule("schedule", row)).content.decode()


def test_an_auditor_sees_it_and_does_not_stop_it(trained: Trained, at: datetime) -> None:
    row = schedule(keep(trained, at=at), at=at)
    client = client_for(auditor())
    assert "Detener el envío" not in client.get(at_schedule("schedule", row)).content.decode()
    assert client.post(at_schedule("schedule_stop", row)).status_code == 404


@pytest.mark.parametrize("who", ["elena", "lead"])
def test_others_find_no_schedule(trained: Trained, at: datetime, who: str) -> None:
    row = schedule(keep(trained, at=at), at=at)
    user = trained.personas.elena if who == "elena" else lead_of(trained.personas.unit)
    client = client_for(user)
    assert client.get(at_schedule("schedule", row)).status_code == 404
    assert client.post(at_schedule("schedule_stop", row)).status_code == 404


def test_the_jobs_are_registered() -> None:
    names = {job.name for job in list_jobs()}
    assert "lms.reports.saved.periodic_reports.send_scheduled_reports" in names
    assert "lms.reports.saved.periodic_reports.forget_report_files" in names
    assert date(2026, 11, 20).isoweekday() == 5  # the Friday of these tests
