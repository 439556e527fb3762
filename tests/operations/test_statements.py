"""The record read by people: who may, what a row says, what is told of one statement."""

import json
import uuid
from datetime import datetime

import pytest
from django.test import Client
from django.utils.timezone import localtime

from lms.people.models import AccessLogEntry
from lms.xapi.models import Attachment, StatementKey
from lms.xapi.services.credentials import revoke_credential
from tests.operations.asking import PAGE, PASSED, REGISTRATION, one, shown
from tests.operations.outsiders import assert_hidden
from tests.operations.saying import (
    ACCOUNT,
    COURSE,
    agent,
    ours,
    program,
    pseudonym,
    say,
    say_raw,
    speaker,
    stored_of,
    void,
)
from tests.personas import Personas, client_for
from tests.xapi.samples import ATTACHMENTS, RICH


# --- Who gets in ---------------------------------------------------------------------------------
def test_whoever_does_not_administer_finds_no_page(personas: Personas) -> None:
    assert_hidden(personas, PAGE, one(say(ours())), f"{PAGE}?persona=mal")


def test_a_look_that_was_refused_is_not_written_down(personas: Personas) -> None:
    say(ours(), actor=agent(personas.ana.person))

    client_for(personas.elena).get(PAGE)

    assert not AccessLogEntry.objects.exists()


# --- The list ------------------------------------------------------------------------------------
def test_a_row_says_when_who_what_and_who_vouches(personas: Personas, admin: Client, at: datetime) -> None:
    intranet = program(at=at)
    result = {"success": True, "score": {"scaled": 0.85, "raw": 17, "max": 20}}
    said = say(speaker(intranet.credential), verb=PASSED, result=result)
    say(ours(), actor=agent(personas.ana.person))

    text = admin.get(PAGE).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    for words in (
        f"Persona {pseudonym(personas.ana.person)}",
        "completó Trato digno",
        "esta plataforma",
        "Cuenta u-8841 en https://otro.example",
        "aprobó Trato digno",
        "85 % (17 de 20)",
        "Intranet",
        localtime(stored_of(said)).strftime("%d-%m-%Y"),
        localtime(stored_of(said)).strftime("%H:%M:%S"),
    ):
        assert words in text


def test_nobody_is_named(personas: Personas, admin: Client) -> None:
    mailbox = {"mbox": "mailto:ana.rojas@otro.example", "name": "Ana Rojas"}
    ids = [say(ours(), actor=actor) for actor in (agent(personas.ana.person), ACCOUNT, mailbox)]

    for path in (PAGE, *map(one, ids)):
        text = admin.get(path).content.decode()
        for name in ("Rojas", "ana.rojas", "ana@servicio.example"):
            assert name not in text, path


def test_an_activity_told_without_name_is_called_by_the_one_that_is_known(db: None, admin: Client) -> None:
    say(ours())
    say(ours(), object={"id": COURSE["id"]})

    words = {line.words.thing for line in admin.get(PAGE).context["page"].lines}

    assert words == {"Trato digno"}


def test_an_empty_record_says_so(admin: Client) -> None:
    assert "El registro está vacío" in admin.get(PAGE).content.decode()


def test_everything_xapi_has_can_be_listed_and_opened(admin: Client, at: datetime) -> None:
    by = speaker(program(at=at).credential)
    ids = [
        say(by, **{k: v for k, v in raw.items() if k not in ("authority", "stored")}) for raw in plain_rich()
    ]

    assert set(shown(admin)) == set(ids)
    for statement_id in ids:
        assert admin.get(one(statement_id)).status_code == 200


def plain_rich() -> list[dict[str, object]]:
    """The rich samples with their numbers as any writer of JSON spells them."""
    found: list[dict[str, object]] = [
        json.loads(json.dumps(raw, default=lambda x: 1)) for raw in RICH.values()
    ]
    return found


@pytest.mark.parametrize("extension", ["[" * 190 + "]" * 190, "1" * 5000, "1e400"])
def test_what_is_hard_to_read_breaks_no_page(admin: Client, at: datetime, extension: str) -> None:
    whole = json.dumps({"actor": ACCOUNT, "verb": PASSED, "object": COURSE})
    text = f'{whole[:-1]},"context":{{"extensions":{{"urn:x":{extension}}}}}}}'
    said = say_raw(speaker(program(at=at).credential), text.encode())

    assert shown(admin) == [said]
    assert admin.get(one(said)).status_code == 200


@pytest.mark.parametrize("name", ["<b>x</b>", "Robert'); DROP TABLE", "\u202eabc"])
def test_what_others_write_is_text(admin: Client, name: str) -> None:
    said = say(ours(), object={"id": "http://x.cl/a", "definition": {"name": {"es": name}}})

    for path in (PAGE, one(said)):
        assert "<b>x" not in admin.get(path).content.decode()


# --- One statement -------------------------------------------------------------------------------
def test_a_statement_is_told_in_words_and_as_json(personas: Personas, admin: Client) -> None:
    said = say(
        ours(),
        actor=agent(personas.ana.person),
        result={"response": "sí", "duration": "PT48M"},
        context={"registration": REGISTRATION},
    )

    text = admin.get(one(said)).content.decode()

    assert f"Persona {pseudonym(personas.ana.person)} completó Trato digno: en 48 min" in text
    assert f"?inscripcion={REGISTRATION}" in text
    assert "https://otro.example/curso" in text
    assert "&quot;registration&quot;: &quot;ec531277" in text
    assert 'tabindex="0"' in text


def test_a_voided_statement_says_so_and_both_lead_to_each_other(admin: Client, at: datetime) -> None:
    by = speaker(program(at=at).credential)
    said = say(by)
    voiding = void(by, said)

    taken_back, taking = admin.get(one(said)), admin.get(one(voiding))

    assert "Anulada" in taken_back.content.decode()
    assert one(voiding) in taken_back.content.decode()
    assert one(said) in taking.content.decode()
    assert "Anulada" not in taking.content.decode()
    assert shown(admin) == [voiding]
    assert admin.get(PAGE, {"declaracion": str(said)}).status_code == 302


def test_attachments_are_listed(admin: Client, at: datetime) -> None:
    by = speaker(program(at=at).credential)
    sha2 = ATTACHMENTS[0]["sha2"]
    said = say(by, attachments=ATTACHMENTS)

    assert "Está en https://otro.example/informe.txt" in admin.get(one(said)).content.decode()
    Attachment.objects.create(sha2=sha2, file="49/x", length=27)
    text = admin.get(one(said)).content.decode()
    assert "Informe" in text
    assert "Guardado en el registro." in text


def test_a_statement_of_a_month_set_apart_is_known_but_not_shown(admin: Client) -> None:
    said = say(ours())
    key = StatementKey.objects.get(pk=said)
    apart = StatementKey.objects.create(id=uuid.uuid4(), position=(key.position or 0) + 1)

    text = admin.get(one(apart.id)).content.decode()

    assert "En un mes separado" in text
    assert "/registro/meses/" in text


def test_what_was_never_stored_is_not_found(admin: Client, at: datetime) -> None:
    target = uuid.uuid4()
    said = say(ours(), object={"objectType": "StatementRef", "id": str(target)})

    assert admin.get(one(uuid.uuid4())).status_code == 404
    assert admin.get(one(target)).status_code == 404
    assert admin.get(one(said)).status_code == 200


def test_a_credential_that_is_revoked_still_has_its_name(admin: Client, at: datetime) -> None:
    intranet = program(at=at)
    said = say(speaker(intranet.credential))
    revoke_credential(credential_id=intranet.credential.pk, at=at)

    assert "Intranet" in admin.get(one(said)).content.decode()
