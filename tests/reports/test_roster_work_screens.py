"""What HR sees while a roster is worked on in the background, and while one is undone."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from lms.people.models import AccessLogEntry, Posting, RosterImport, RosterStatus
from lms.reports.periodic import resume_stopped_rosters
from tests.people.rosters import csv_file, go_on, line, load_roster, receive_only
from tests.personas import Personas, client_for
from tests.reports.rosters import AT, path, preview, staff, upload

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


# --- In the background ---------------------------------------------------------------------------
@pytest.fixture
def reading(personas: Personas) -> RosterImport:
    roster = receive_only(personas.institution, [line(1)], at=AT)
    RosterImport.objects.filter(pk=roster.pk).update(done=40_000, total=100_000)
    return roster


def test_a_roster_in_work_shows_a_bar_and_refreshes_itself_without_scripts(
    carla: Client, reading: RosterImport
) -> None:
    text = carla.get(path("roster", reading)).content.decode()

    assert "Leyendo el archivo: 40.000 de unas 100.000 filas." in text
    assert '<progress max="100000" value="40000">' in text
    assert 'aria-live="polite"' in text and '<noscript><meta http-equiv="refresh"' in text
    assert "Continuar" not in text


def test_the_bar_alone_is_asked_for_until_there_is_something_to_decide(
    carla: Client, reading: RosterImport
) -> None:
    part = carla.get(path("roster", reading), headers={"HX-Request": "true"})
    go_on(reading, at=reading.created_at)
    done = carla.get(path("roster", reading), headers={"HX-Request": "true"})

    assert "<progress" in part.content.decode() and "<html" not in part.content.decode()
    assert done.headers["HX-Refresh"] == "true"


def test_a_roster_that_stopped_can_be_taken_up_again(carla: Client, reading: RosterImport) -> None:
    RosterImport.objects.update(worked_at=datetime.fromisoformat("2026-11-20T11:00:00-03:00"))
    assert "Se detuvo" in carla.get(path("roster", reading)).content.decode()

    page = carla.post(path("roster_go_on", reading), follow=True)

    assert page.context["counts"].new == 1


def test_a_roster_that_nobody_goes_on_with_is_queued_again(reading: RosterImport) -> None:
    at = reading.created_at

    resume_stopped_rosters(at=at + timedelta(minutes=19))
    reading.refresh_from_db()
    assert reading.status == RosterStatus.READING

    resume_stopped_rosters(at=at + timedelta(minutes=21))
    reading.refresh_from_db()
    assert reading.status == RosterStatus.PREVIEW


def test_the_share_that_waits_for_the_box_is_a_setting(
    personas: Personas, carla: Client, settings: Settings
) -> None:
    everybody = staff(personas)
    load_roster(personas.institution, [*everybody, *(line(n) for n in range(14))], at=AT)

    upload(carla, personas.institution, csv_file([*everybody, *(line(n) for n in range(2))]))
    assert (
        "Entiendo que 12 personas" in carla.get(path("roster", RosterImport.objects.first())).content.decode()
    )

    settings.ROSTER_ENDED_PERCENT = 70
    upload(carla, personas.institution, csv_file([*everybody, *(line(n) for n in range(2)), []]))
    assert "Entiendo que" not in carla.get(path("roster", RosterImport.objects.first())).content.decode()


def test_a_large_file_is_left_to_the_background(
    personas: Personas, carla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.journeys.import_roster.SMALL_FILE", 10)

    page = upload(carla, personas.institution, csv_file([line(n) for n in range(5)]))

    assert page.context["counts"].new == 5  # tests run the queue at once


def test_a_file_refused_in_the_background_says_why(
    personas: Personas, carla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = receive_only(personas.institution, [], at=AT)
    go_on(roster, at=AT)

    page = carla.get(path("roster", roster))

    assert "Revisa que sea el correcto" in page.content.decode()


# --- Undoing -------------------------------------------------------------------------------------
def test_undoing_is_explained_then_done_and_logged(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), line(1)])
    carla.post(path("roster_apply", roster))
    assert path("roster_undo", roster) in carla.get(path("roster", roster)).content.decode()
    assert "Deshacer la nómina del 1 de noviembre" in carla.get(path("roster_undo", roster)).content.decode()

    page = carla.post(path("roster_undo", roster), follow=True)

    assert "Se deshizo el 20 de noviembre de 2026" in page.content.decode()
    assert not Posting.objects.filter(person__family_names="Peña 1").exists()
    details = AccessLogEntry.objects.filter(action=AccessLogEntry.Action.IMPORT).values_list(
        "detail", flat=True
    )
    assert list(details) == ["nomina.csv", "Deshizo nomina.csv"]


def test_who_was_left_alone_is_listed(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), line(1)])
    carla.post(path("roster_apply", roster))
    Posting.objects.filter(person__family_names="Peña 1").update(estamento="tecnicos")

    page = carla.post(path("roster_undo", roster), follow=True)

    assert "Quedaron como estaban" in page.content.decode()
    assert "Peña 1, María José" in page.content.decode()


def test_a_roster_that_cannot_be_undone_has_no_such_page(personas: Personas, carla: Client) -> None:
    assert carla.get(path("roster_undo", preview(personas, [line(1)]))).status_code == 404
