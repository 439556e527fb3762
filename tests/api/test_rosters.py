"""A system sends the roster of its institution."""

import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from django.http import HttpResponse

from lms.api.models import RememberedCall
from lms.people.models import AccessLogEntry, Institution, Person, Posting, RosterImport
from tests.api.asking import Program, program
from tests.factories.people import make_run
from tests.people.rosters import csv_file, line
from tests.personas import Personas

QUERY = "?institution=AA900&roster_date=2026-11-20"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def row(number: int = 1, **values: str) -> dict[str, str]:
    return {
        "run": make_run(11_000_000 + number),
        "given_names": "María José",
        "family_names": f"Peña {number}",
        "email": f"p{number}@servicio.example",
        "unit": "PER",
        "estamento": "Profesionales",
        "legal_quality": "Contrata",
    } | values


def send(hr: Program, *rows: dict[str, str], key: str = "", query: str = QUERY) -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return hr.post(f"/rosters/{query}", {"rows": list(rows)}, headers=headers)


def decide(hr: Program, roster: dict[str, Any], verb: str, **choices: bool) -> HttpResponse:
    return hr.post(f"/rosters/{roster['id']}/{verb}/", choices)


@pytest.fixture
def alone(personas: Personas) -> None:
    """Nobody who could end: the personas have no job here."""
    Posting.objects.all().delete()


@pytest.mark.usefixtures("alone")
def test_rows_become_a_preview_and_then_people(hr: Program) -> None:
    answer = send(hr, row(1), row(2))
    assert answer.status_code == 201, answer.content.decode()
    preview = answer.json()
    assert (preview["state"], preview["numbers"]["new"], preview["problems"]) == ("preview", 2, [])
    assert not Person.objects.filter(family_names="Peña 1").exists()
    applied = decide(hr, preview, "apply").json()
    assert (applied["state"], applied["can_be_undone"]) == ("applied", True)
    job = Posting.objects.get(person__family_names="Peña 1")
    assert (job.institution.code, job.unit.code, job.valid_from) == ("AA900", "PER", date(2026, 11, 20))
    assert hr.get(f"/rosters/{preview['id']}/")["state"] == "applied"


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("kind", ["text/csv", "text/csv; charset=utf-8"])
def test_the_file_of_the_screens_can_be_sent_as_it_is(hr: Program, kind: str) -> None:
    body = csv_file([line(1), line(2, estamento="Rey")]).getvalue()
    answer = hr.post(f"/rosters/{QUERY}", body, content_type=kind)
    assert answer.status_code == 201, answer.content.decode()
    assert (answer.json()["numbers"]["correct"], answer.json()["numbers"]["wrong"]) == (1, 1)
    (problem,) = answer.json()["problems"]
    assert (problem["row"], problem["column"], problem["problem"]) == (3, "estamento", "unknown_estamento")


@pytest.mark.usefixtures("alone")
def test_fields_that_no_row_has_leave_what_is_recorded_alone(hr: Program) -> None:
    decide(hr, send(hr, row(1, grade="12", position="Analista")).json(), "apply")
    decide(hr, send(hr, row(1), query=QUERY).json(), "apply")
    assert Posting.objects.get().grade == "12"
    decide(hr, send(hr, row(1, grade="")).json(), "apply")
    assert (Posting.objects.get().grade, Posting.objects.get().position) == ("", "Analista")


@pytest.mark.usefixtures("alone")
def test_an_applied_roster_can_be_undone_once(hr: Program) -> None:
    preview = send(hr, row(1)).json()
    decide(hr, preview, "apply")
    assert decide(hr, preview, "undo").json()["state"] == "undone"
    assert not Posting.objects.exists()
    assert decide(hr, preview, "undo").status_code == 409


@pytest.mark.usefixtures("alone")
def test_a_discarded_preview_is_not_applied(hr: Program) -> None:
    preview = send(hr, row(1)).json()
    assert decide(hr, preview, "discard").json()["state"] == "discarded"
    answer = decide(hr, preview, "apply")
    assert (answer.status_code, answer.json()["type"]) == (409, "http://testserver/api/v1/#conflict")
    assert not Posting.objects.exists()


@pytest.mark.usefixtures("alone")
def test_wrong_rows_are_left_out_only_when_that_is_said(hr: Program) -> None:
    preview = send(hr, *[row(n) for n in range(1, 30)], row(30, run="1-1")).json()
    assert decide(hr, preview, "apply").status_code == 409
    assert decide(hr, preview, "apply", include_errors=True).json()["state"] == "applied"


def test_that_many_people_end_has_to_be_confirmed(hr: Program, personas: Personas) -> None:
    preview = send(hr, row(1)).json()
    assert preview["needs_confirmation"] is True
    assert decide(hr, preview, "apply").status_code == 409
    assert decide(hr, preview, "apply", confirm_ended=True).json()["state"] == "applied"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?institution=AA900", 400),
        ("?institution=AA900&roster_date=ayer", 400),
        ("?institution=AA900&roster_date=2027-11-20", 422),
        ("?institution=AA901&roster_date=2026-11-20", 404),
        ("?institution=NADA&roster_date=2026-11-20", 404),
    ],
)
def test_what_is_missing_or_wrong_is_said(hr: Program, personas: Personas, query: str, status: int) -> None:
    answer = send(hr, row(1), query=query)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not RosterImport.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 415),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"rows": [{"run": 1}]}', "application/json", 400),
        (b'{"rows": [{"nada": "x"}]}', "application/json", 400),
        (b'{"rows": [], "otro": 1}', "application/json", 400),
        (b'{"rows": []}', "application/json", 422),
        (b"\xff\xfe\x00", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b" ", "text/csv", 422),
        (b"hola", "text/csv", 422),
        (b"PK\x03\x04basura", XLSX, 422),
        (b"\x00\xff" * 50, XLSX, 422),
        (b"x", "text/plain", 415),
        (b"x", "multipart/form-data", 415),
        (b"x", "", 415),
    ],
)
def test_a_body_that_is_no_roster_is_refused(
    hr: Program, personas: Personas, body: bytes, kind: str, status: int
) -> None:
    answer = hr.client.generic("POST", f"/api/v1/rosters/{QUERY}", body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not RosterImport.objects.exists()


def test_a_body_that_is_too_large_is_refused(hr: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.api.roster_bodies.LARGEST_JSON", 10)
    assert send(hr, row(1)).status_code == 413


@pytest.mark.usefixtures("alone")
def test_names_that_look_like_formulas_are_refused_as_on_screen(hr: Program) -> None:
    (problem,) = send(hr, row(1, given_names="=1+1")).json()["problems"]
    assert problem["problem"] == "formula"


# --- The same call twice --------------------------------------------------------------------------
@pytest.mark.usefixtures("alone")
def test_a_repeated_call_acts_once_and_is_answered_alike(hr: Program) -> None:
    first, second = send(hr, row(1), key="hoy"), send(hr, row(1), key="hoy")
    assert first.json() == second.json()
    assert (first.status_code, second.status_code) == (201, 201)
    assert second["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert RosterImport.objects.count() == 1


@pytest.mark.usefixtures("alone")
def test_a_key_is_not_used_for_something_else(hr: Program) -> None:
    send(hr, row(1), key="hoy")
    assert send(hr, row(2), key="hoy").status_code == 409
    assert RosterImport.objects.count() == 1


@pytest.mark.usefixtures("alone")
def test_what_failed_can_be_tried_again_under_the_same_key(hr: Program) -> None:
    assert send(hr, key="hoy").status_code == 422
    assert send(hr, row(1), key="hoy").status_code == 201


def test_a_call_that_is_being_worked_on_is_not_begun_again(hr: Program, at: datetime) -> None:
    send(hr, row(1), key="hoy")
    RememberedCall.objects.update(status=None, body=None)
    assert send(hr, row(1), key="hoy").status_code == 409


@pytest.mark.parametrize("key", ["a" * 81, "ñandú", "\x01"])
def test_a_key_that_is_none_is_refused(hr: Program, key: str) -> None:
    assert send(hr, row(1), key=key).status_code == 400


def test_the_keys_of_one_system_are_not_those_of_another(
    hr: Program, personas: Personas, place: Institution, at: datetime
) -> None:
    other = program(personas.carla, at=at, institution=place, name="Otro")
    assert send(hr, row(1), key="hoy").json()["id"] != send(other, row(1), key="hoy").json()["id"]


# --- Who may --------------------------------------------------------------------------------------
def test_a_roster_of_another_institution_does_not_exist(hr: Program, other_hr: Program) -> None:
    preview = send(hr, row(1)).json()
    assert other_hr.ask(f"/rosters/{preview['id']}/").status_code == 404
    for verb in ("apply", "discard", "undo"):
        assert decide(other_hr, preview, verb).status_code == 404
    assert hr.get(f"/rosters/{preview['id']}/")["state"] == "preview"


@pytest.mark.usefixtures("alone")
def test_applying_and_undoing_are_written_down(hr: Program, personas: Personas) -> None:
    preview = send(hr, row(1)).json()
    decide(hr, preview, "apply")
    decide(hr, preview, "undo")
    entries = AccessLogEntry.objects.filter(action=AccessLogEntry.Action.IMPORT, viewer=personas.carla)
    assert entries.count() == 2
    assert all("Sistema de personas" in entry.detail for entry in entries)


@pytest.mark.usefixtures("alone")
def test_no_answer_repeats_a_run_or_an_address(hr: Program) -> None:
    body = json.dumps(send(hr, row(1), row(2, email="no es un correo"), row(1)).json())
    assert "11000001" not in body and "servicio.example" not in body


def test_the_file_is_closed(hr: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[io.BytesIO] = []

    def make(**kwargs: object) -> io.BytesIO:
        files.append(io.BytesIO())
        return files[-1]

    monkeypatch.setattr("lms.api.roster_bodies.TemporaryFile", make)
    send(hr, row(1))
    send(hr)
    assert len(files) == 2 and all(file.closed for file in files)
