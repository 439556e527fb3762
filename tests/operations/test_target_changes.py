"""A target is changed, tried, stopped, sent to again, deleted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from lms.xapi.models import ForwardTarget
from lms.xapi.rules.positions import position_at
from tests.operations.stub_lrs import SECRET, StubLrs
from tests.operations.targets import PRIVATE, secret_of, target, to, words_of


# --- Changing it ---------------------------------------------------------------------------------
def change(client: Client, found: ForwardTarget, **data: str) -> HttpResponse:
    given = {"endpoint": found.endpoint, "key": found.key, "secret": ""}
    return client.post(to("target_edit", found), given | data, follow=True)


def test_an_empty_secret_stays_as_it_is(admin: Client, at: datetime, stub: StubLrs) -> None:
    found = target(at, endpoint=stub.endpoint)
    ForwardTarget.objects.filter(pk=found.pk).update(failures=5, next_attempt_at=at + timedelta(hours=1))

    page = change(admin, found, endpoint=f"{stub.endpoint}/otro")

    found.refresh_from_db()
    assert "quedó guardada" in words_of(page)
    assert found.endpoint == f"{stub.endpoint}/otro"
    assert (secret_of(found), stub.secrets) == (SECRET, [SECRET])
    assert (found.failures, found.next_attempt_at) == (0, None)


def test_a_new_secret_is_tried_and_kept(admin: Client, at: datetime, stub: StubLrs) -> None:
    found = target(at, endpoint=stub.endpoint)

    page = change(admin, found, secret="equivocado")

    found.refresh_from_db()
    assert secret_of(found) == "equivocado"
    assert "no acepta la clave" in words_of(page)
    assert "equivocado" not in words_of(page)


def test_a_kept_secret_is_not_shown_to_another_server(admin: Client, at: datetime, stub: StubLrs) -> None:
    found = target(at, endpoint="https://lrs.example/xapi")

    page = change(admin, found, endpoint=stub.endpoint)

    assert page.status_code == 400
    assert "Cambió el servidor" in " ".join(page.context["form"].errors["secret"])
    assert stub.secrets == []
    found.refresh_from_db()
    assert found.endpoint == "https://lrs.example/xapi"


def test_a_change_to_an_inner_address_is_refused(admin: Client, at: datetime) -> None:
    found = target(at, endpoint="https://lrs.example/xapi")

    page = change(admin, found, endpoint="http://10.0.0.7/xapi", secret="otro")

    assert page.status_code == 400
    assert "XAPI_FORWARD_PRIVATE" in words_of(page)
    found.refresh_from_db()
    assert found.endpoint == "https://lrs.example/xapi"


def test_a_bad_change_is_said(admin: Client, at: datetime) -> None:
    found = target(at)

    assert admin.post(to("target_edit", found), {}).status_code == 400
    assert SECRET not in words_of(admin.get(to("target_edit", found)))


# --- Trying, stopping, going on ------------------------------------------------------------------
@pytest.mark.parametrize(("status", "words"), [(200, "La conexión funciona"), (500, "no funciona todavía")])
def test_the_connection_can_be_tried(
    admin: Client, at: datetime, stub: StubLrs, status: int, words: str
) -> None:
    stub.asking = status

    assert words in words_of(admin.post(to("target_check", target(at, endpoint=stub.endpoint)), follow=True))


def test_trying_says_what_stands_in_the_way(admin: Client, at: datetime) -> None:
    found = target(at)
    unreadable = target(at, name="Otra", endpoint="https://lrs.example/xapi", sealing_key="otra clave")

    assert "XAPI_FORWARD_PRIVATE" in words_of(admin.post(to("target_check", found), follow=True))
    page = admin.post(to("target_check", unreadable), follow=True)
    assert "El secreto guardado ya no se puede leer" in words_of(page)


def test_it_is_paused_and_goes_on(admin: Client, at: datetime) -> None:
    found = target(at)

    paused = admin.post(to("target_pause", found), follow=True)
    again = admin.post(to("target_pause", found), follow=True)
    assert "está en pausa" in words_of(paused)
    assert "No cambió nada" in words_of(again)
    assert "En pausa" in words_of(again)
    resumed = admin.post(to("target_resume", found), follow=True)
    assert "sigue recibiendo desde donde quedó" in words_of(resumed)
    found.refresh_from_db()
    assert (found.is_active, secret_of(found), found.endpoint) == (True, SECRET, PRIVATE)


# --- Sending again -------------------------------------------------------------------------------
def test_sending_again_asks_for_a_day_and_then_once_more(admin: Client, at: datetime) -> None:
    found = target(at, from_start=False)
    cursor = found.cursor
    address = to("target_replay", found)

    asked = admin.post(address, {"day": "2026-03-01"})
    found.refresh_from_db()
    assert "Repetir no hace daño" in words_of(asked)
    assert "1 de marzo de 2026" in words_of(asked)
    assert found.cursor == cursor
    done = admin.post(address, {"day": "2026-03-01", "confirmar": "si"}, follow=True)
    found.refresh_from_db()
    assert "recibe de nuevo todo desde el 1 de marzo de 2026" in words_of(done)
    assert found.cursor == position_at(datetime(2026, 3, 1, 3, tzinfo=UTC)) - 1


def test_sending_again_wakes_a_paused_one_and_says_so(admin: Client, at: datetime) -> None:
    found = target(at)
    admin.post(to("target_pause", found))

    asked = admin.post(to("target_replay", found), {"day": "2026-03-01"})

    assert "al confirmar, se reanuda" in words_of(asked)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Elige un día"),
        ("ayer", "Escribe la fecha así"),
        ("2026-11-21", "todavía no llega"),
        ("0001-01-01", "entre 2000"),
    ],
)
def test_a_bad_day_is_said_and_nothing_moves(admin: Client, at: datetime, day: str, words: str) -> None:
    found = target(at)

    page = admin.post(to("target_replay", found), {"day": day, "confirmar": "si"})

    assert page.status_code == 400
    assert words in " ".join(page.context["form"].errors["day"])
    cursor = found.cursor
    found.refresh_from_db()
    assert found.cursor == cursor


# --- Deleting ------------------------------------------------------------------------------------
def test_deleting_asks_first(admin: Client, at: datetime) -> None:
    found = target(at)

    assert "por dónde iba" in words_of(admin.get(to("target_delete", found)))
    assert ForwardTarget.objects.exists()
    done = admin.post(to("target_delete", found), follow=True)
    assert "ya no recibe nada" in words_of(done)
    assert not ForwardTarget.objects.exists()
    assert admin.post(to("target_delete", found)).status_code == 404
