"""The list of statements in pages, and narrowed."""

import json
import uuid
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from lms.operations import selectors_statements
from lms.people.models import AccessLogEntry
from lms.people.services.accounts import erase_person
from tests.operations.asking import PAGE, PASSED, REGISTRATION, one, shown
from tests.operations.saying import (
    agent,
    ours,
    pseudonym,
    say,
    stored_of,
)
from tests.personas import Personas


# --- Pages ---------------------------------------------------------------------------------------
def test_pages_follow_one_another_both_ways(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors_statements, "PER_PAGE", 2)
    ids = [say(ours()) for _number in range(5)][::-1]

    def ids_of(address: str) -> list[uuid.UUID]:
        page = admin.get(address)
        links.update(newer=page.context["newer"], older=page.context["older"])
        return [line.id for line in page.context["page"].lines]

    links: dict[str, str] = {}
    assert (ids_of(PAGE), links["newer"]) == (ids[:2], "")
    assert ids_of(links["older"]) == ids[2:4]
    assert (ids_of(links["older"]), links["older"]) == (ids[4:], "")
    assert ids_of(links["newer"]) == ids[2:4]
    assert (ids_of(links["newer"]), links["newer"]) == (ids[:2], "")
    newest = say(ours())
    assert ids_of(links["older"]) == ids[2:4]
    assert ids_of(links["newer"]) == ids[:2]
    assert (ids_of(links["newer"]), links["newer"]) == ([newest, ids[0]], "")


def test_pages_keep_the_filters_and_the_order(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors_statements, "PER_PAGE", 2)
    ids = [say(ours(), verb=PASSED) for _number in range(3)]
    say(ours())

    first = admin.get(PAGE, {"verbo": PASSED["id"], "antiguas_primero": "on"})
    second = admin.get(first.context["newer"])

    assert [line.id for line in first.context["page"].lines] == ids[:2]
    assert [line.id for line in second.context["page"].lines] == ids[2:]
    assert (first.context["older"], second.context["newer"]) == ("", "")
    assert [line.id for line in admin.get(second.context["older"]).context["page"].lines] == ids[:2]


@pytest.mark.parametrize("position", ["x", "", "9" * 30, "-", "--1", "²", str(2**63)])
def test_a_position_that_is_none_is_the_start(admin: Client, position: str) -> None:
    said = say(ours())

    assert shown(admin, sigue=position) == shown(admin, antes=position) == [said]


# --- Filters -------------------------------------------------------------------------------------
def test_people_are_found_by_their_pseudonym_in_either_context(personas: Personas, admin: Client) -> None:
    ana = personas.ana.person
    employee, citizen = say(ours(), actor=agent(ana)), say(ours(), actor=agent(ana, "citizen"))
    say(ours(), actor=agent(personas.bruno.person))

    assert shown(admin, persona=pseudonym(ana)) == [employee]
    assert shown(admin, persona=pseudonym(ana).upper()) == [employee]
    assert shown(admin, persona=agent(ana, "citizen")["account"]["name"]) == [citizen]
    assert shown(admin, persona=json.dumps(agent(ana))) == [employee]
    assert shown(admin, persona="a" * 26) == []


def test_an_erased_person_is_still_found_by_the_pseudonym(
    personas: Personas, admin: Client, at: datetime
) -> None:
    ana = personas.ana.person
    said, name = say(ours(), actor=agent(ana)), pseudonym(ana)
    erase_person(person=ana, at=at)

    assert shown(admin, persona=name) == [said]
    assert not AccessLogEntry.objects.exists()


def test_verb_activity_and_registration_narrow_the_list(admin: Client) -> None:
    context = {"registration": REGISTRATION, "contextActivities": {"parent": [{"id": "http://x.cl/p"}]}}
    said = say(ours(), verb=PASSED, context=context, object={"id": "http://x.cl/a"})
    other = say(ours(), verb={"id": "http://x.cl/leyo"})

    assert shown(admin, verbo=PASSED["id"]) == [said]
    assert shown(admin, otro_verbo="http://x.cl/leyo") == [other]
    assert shown(admin, actividad="http://x.cl/a") == [said]
    assert shown(admin, inscripcion=REGISTRATION.upper()) == [said]
    assert shown(admin, actividad="http://x.cl/p") == []
    assert shown(admin, actividad="http://x.cl/p", actividades_relacionadas="on") == [said]


def test_related_people_are_found_when_asked_for(personas: Personas, admin: Client) -> None:
    ana = personas.ana.person
    said = say(ours(), context={"instructor": agent(ana)})

    assert shown(admin, persona=pseudonym(ana)) == []
    assert shown(admin, persona=pseudonym(ana), personas_relacionadas="on") == [said]


def test_days_are_whole_days_in_chile(admin: Client) -> None:
    said = say(ours())
    day = localtime(stored_of(said)).date()
    before, after = day - timedelta(days=1), day + timedelta(days=1)

    assert shown(admin, desde=str(day), hasta=str(day)) == [said]
    assert shown(admin, desde=day.strftime("%d-%m-%Y")) == [said]
    assert shown(admin, desde=str(after)) == []
    assert shown(admin, hasta=str(before)) == []


def test_a_filter_without_result_says_so_and_can_be_taken_off(admin: Client) -> None:
    say(ours())

    page = admin.get(PAGE, {"verbo": PASSED["id"], "desde": "2026-01-01", "otro": "x"})

    assert "Ninguna declaración coincide" in page.content.decode()
    assert [(chip.text, chip.url) for chip in page.context["chips"]] == [
        ("Verbo: aprobó", "/registro/?desde=2026-01-01&otro=x"),
        (
            "Guardadas desde: 01-01-2026",
            f"/registro/?verbo={PASSED['id'].replace(':', '%3A').replace('/', '%2F')}&otro=x",
        ),
    ]


@pytest.mark.parametrize(
    ("filters", "field", "words"),
    [
        ({"persona": "Ana Rojas"}, "persona", "No se busca por nombre"),
        ({"persona": "ana@servicio.example"}, "persona", "No se busca por nombre"),
        ({"persona": "12.345.678-5"}, "persona", "No se busca por nombre"),
        ({"persona": "{"}, "persona", "No es un Agent"),
        ({"persona": '{"mbox": "ana"}'}, "persona", "No es un Agent"),
        (
            {"persona": '{"objectType": "Group", "member": [{"mbox": "mailto:a@x.cl"}]}'},
            "persona",
            "no dice quién es",
        ),
        ({"persona": '{"a":' * 600}, "persona", ""),
        ({"persona": "a\x00" * 13}, "persona", ""),
        ({"verbo": "http://x.cl/leyo"}, "verbo", "de la lista"),
        ({"otro_verbo": "leyo"}, "otro_verbo", "IRI completo"),
        ({"verbo": PASSED["id"], "otro_verbo": "http://x.cl/v"}, "otro_verbo", "no las dos cosas"),
        ({"actividad": "mi curso"}, "actividad", "IRI completo"),
        ({"inscripcion": "123"}, "inscripcion", "con sus guiones"),
        ({"declaracion": "123"}, "declaracion", "con sus guiones"),
        ({"declaracion": REGISTRATION}, "declaracion", "No hay ninguna declaración"),
        ({"desde": "ayer"}, "desde", "Escribe la fecha así"),
        ({"desde": "0001-01-01"}, "desde", "entre 2000 y 2070"),
        ({"hasta": "9999-12-31"}, "hasta", "entre 2000 y 2070"),
        ({"desde": "2026-02-01", "hasta": "2026-01-31"}, "hasta", "anterior a la primera"),
    ],
)
def test_a_bad_filter_is_said_beside_its_field_and_kept(
    personas: Personas, admin: Client, filters: dict[str, str], field: str, words: str
) -> None:
    say(ours(), actor=agent(personas.ana.person))

    page = admin.get(PAGE, filters)
    form = page.context["form"]

    assert page.status_code == 400
    assert words in " ".join(form.errors[field])
    assert form[field].value() == filters[field]
    assert not AccessLogEntry.objects.exists()


def test_an_identifier_leads_to_its_statement(admin: Client) -> None:
    said = say(ours())

    assert admin.get(PAGE, {"declaracion": str(said)}).headers["Location"] == one(said)
