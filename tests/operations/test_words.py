"""Statements in Spanish sentences."""

import json
from typing import Any
from uuid import UUID

import pytest

from lms.operations.words import (
    Party,
    credential_of,
    describe_actor,
    describe_authority,
    describe_object,
    describe_statement,
    describe_verb,
    mask,
    shorten,
)
from lms.operations.words_details import describe_details
from lms.operations.words_results import describe_result, spell_duration, spell_figure
from tests.xapi.samples import ANA, BRUNO, CARLA, DIEGO, RICH, TEAM, UNIT

BASE = "https://aula.example"
OURS: dict[str, Any] = {"account": {"homePage": f"{BASE}/personas/funcionarias", "name": "k3jq"}}
ANSWERED, PASSED = "http://adlnet.gov/expapi/verbs/answered", "http://adlnet.gov/expapi/verbs/passed"
COMPLETED, ATTENDED = "http://adlnet.gov/expapi/verbs/completed", "http://adlnet.gov/expapi/verbs/attended"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
CREDENTIAL = UUID("0b0e6a6e-5f0c-4f0e-9a55-5b8f0f6f2f11")


# --- Who -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("actor", "words", "query"),
    [
        (OURS | {"name": "Ana Rojas"}, "Persona k3jq", "k3jq"),
        (BRUNO, "Cuenta bruno 1 en https://otro.example/", json.dumps(BRUNO)),
        (
            {"account": {"homePage": "https://x.cl", "name": "ana.soto@x.cl"}},
            "Cuenta a…@x.cl en https://x.cl",
            "",
        ),
        (ANA, "Correo a…@otro.example", ""),
        (CARLA, f"Correo resumido {CARLA['mbox_sha1sum']}", json.dumps(CARLA)),
        (DIEGO, "OpenID https://diego.otro.example/", json.dumps(DIEGO)),
        (TEAM, "Grupo de 3 miembros", ""),
        ({"objectType": "Group", "member": [ANA]}, "Grupo de 1 miembro", ""),
        ({"objectType": "Group"}, "Grupo sin nombre", ""),
        (UNIT, "Grupo u…@otro.example", ""),
    ],
)
def test_an_actor_is_what_identifies_it(actor: dict[str, Any], words: str, query: str) -> None:
    party = describe_actor(actor, base_iri=BASE)

    assert (str(party), party.query) == (words, query)


def test_an_account_of_another_site_is_none_of_ours() -> None:
    other = {"account": {"homePage": "https://aula.example.otro.cl/personas/x", "name": "k3jq"}}

    assert describe_actor(other, base_iri=BASE).kind == "Cuenta"


@pytest.mark.parametrize(
    ("text", "masked"),
    [("ana.soto@x.cl", "a…@x.cl"), ("@x.cl", "…@x.cl"), ("a@b@x.cl", "a…@x.cl"), ("u-8841", "u-8841")],
)
def test_an_address_shows_its_first_letter_and_its_domain(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_party_without_name_is_its_kind() -> None:
    assert str(Party("Grupo de 2 miembros")) == "Grupo de 2 miembros"


# --- Did what ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ({"id": PASSED, "display": {"en": "passed"}}, "aprobó"),
        ({"id": "https://w3id.org/xapi/adl/verbs/waived"}, "quedó eximida de"),
        ({"id": "http://x.cl/v/leyo", "display": {"en": "read", "es-CL": "leyó"}}, "leyó"),
        ({"id": "http://x.cl/v/leyo", "display": {"en": "read"}}, "read"),
        ({"id": "http://x.cl/v/leyo", "display": {"en": " "}}, "leyo"),
        ({"id": "http://x.cl/v#leyo"}, "leyo"),
        ({"id": "http://x.cl/v/"}, "v"),
        ({"id": "urn:leyo"}, "urn:leyo"),
    ],
)
def test_a_verb_is_said_in_spanish_where_it_can(verb: dict[str, Any], words: str) -> None:
    assert describe_verb(verb) == words


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ({"id": "http://x.cl/a", "definition": {"name": {"en": "Gifts", "es": "Regalos"}}}, "Regalos"),
        ({"id": "http://x.cl/a", "definition": {"name": {"en": "Gifts"}}}, "Gifts"),
        ({"id": "http://x.cl/a", "definition": {"type": "http://x.cl/t"}}, "http://x.cl/a"),
        ({"id": f"{BASE}/id/curso/etica"}, "curso/etica"),
        ({"objectType": "Activity", "id": "http://x.cl/a"}, "http://x.cl/a"),
        (CARLA | {"objectType": "Agent"}, f"Correo resumido {CARLA['mbox_sha1sum']}"),
        (TEAM, "Grupo de 3 miembros"),
        ({"objectType": "StatementRef", "id": "6690"}, "la declaración 6690"),
        (
            {
                "objectType": "SubStatement",
                "actor": OURS,
                "verb": {"id": PASSED},
                "object": {"id": "http://x.cl/a"},
            },
            "«Persona k3jq aprobó http://x.cl/a»",
        ),
    ],
)
def test_a_thing_has_its_name_or_its_address(thing: dict[str, Any], words: str) -> None:
    assert describe_object(thing, base_iri=BASE) == words


def test_long_names_are_cut() -> None:
    assert shorten("a" * 200, 10) == "aaaaaaaaa…"
    assert shorten("a" * 10, 10) == "a" * 10


def test_a_statement_is_a_sentence() -> None:
    raw = {
        "actor": OURS,
        "verb": {"id": ATTENDED},
        "object": {"id": "http://x.cl/a", "definition": {"name": {"es": "Taller"}}},
        "result": {"success": True, "duration": "PT2H"},
    }

    assert str(describe_statement(raw, base_iri=BASE)) == "Persona k3jq asistió a Taller: aprobado, en 2 h"
    assert str(describe_statement(raw | {"result": {}}, base_iri=BASE)) == "Persona k3jq asistió a Taller"


# --- With what result ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("verb", "result", "words"),
    [
        (PASSED, None, ""),
        (PASSED, {"success": True, "score": {"scaled": 0.85}}, "85 %"),
        (PASSED, {"score": {"scaled": 0.85, "raw": 17, "max": 20}}, "85 % (17 de 20)"),
        (PASSED, {"score": {"scaled": -0.5}}, "-50 %"),
        (PASSED, {"score": {"raw": 4.5, "max": 7}}, "4,5 de 7 puntos"),
        (PASSED, {"score": {"raw": 20}}, "20 puntos"),
        (PASSED, {"score": {}}, ""),
        (ANSWERED, {"success": True, "response": "a[,]b"}, "correcta"),
        (ANSWERED, {"success": False}, "incorrecta"),
        (ATTENDED, {"success": True, "completion": True}, "aprobado, completo"),
        (ATTENDED, {"success": False, "completion": False}, "no aprobado, sin completar"),
        (COMPLETED, {"completion": True, "duration": "PT12M"}, "en 12 min"),
        (ATTENDED, {"extensions": {PROGRESS: 40}}, "avance de 40 %"),
        (ATTENDED, {"extensions": {PROGRESS: "mucho"}}, ""),
        (ATTENDED, {"extensions": {PROGRESS: True}}, ""),
        (ATTENDED, {"extensions": {PROGRESS: 1e300}}, ""),
        (ATTENDED, {"extensions": None}, ""),
    ],
)
def test_a_result_says_what_the_verb_does_not(verb: str, result: Any, words: str) -> None:
    raw = {"verb": {"id": verb}} | ({} if result is None else {"result": result})

    assert describe_result(raw).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (20, "20"), (100.0, "100"), (4.5, "4,5"), (4.256, "4,26"), (1446, "1.446"), (-3, "-3"),
        (1e300, "1e+300"), (float("inf"), "inf"), (10**30, "1e+30"),
    ],
)  # fmt: skip
def test_a_figure_is_written_as_here(value: float, words: str) -> None:
    assert spell_figure(value) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PT1H30M", "1 h 30 min"), ("PT48M12S", "48 min 12 s"), ("P1DT2H3M4.567S", "1 día 2 h 3 min 4,57 s"),
        ("P2W", "2 semanas"), ("P1W", "1 semana"), ("P1Y2M3D", "1 año 2 meses 3 días"), ("PT0S", "0 s"),
        ("PT0.5S", "0,5 s"), ("P1M", "1 mes"), ("P2Y", "2 años"), ("ayer", "ayer"), ("PT1.2.3S", "PT1.2.3S"),
        ("PT" + "9" * 400 + "S", "inf s"),
    ],
)  # fmt: skip
def test_a_duration_is_said_in_words(text: str, words: str) -> None:
    assert spell_duration(text) == words


# --- Who vouches ---------------------------------------------------------------------------------
def authority(name: str, home: str = BASE) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": home, "name": name}}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (authority("aula-abierta"), "esta plataforma"),
        (authority(f"credencial-{CREDENTIAL}"), "Intranet"),
        (authority("credencial-5b8f0f6f-5f0c-4f0e-9a55-5b8f0f6f2f11"), "una credencial que ya no existe"),
        (
            authority("credencial-rara"),
            "otro registro: Cuenta credencial-rara en https://aula.example",
        ),
        (
            authority("aula-abierta", "https://otra.cl"),
            "otro registro: Cuenta aula-abierta en https://otra.cl",
        ),
        (ANA, "otro registro: Correo a…@otro.example"),
    ],
)
def test_who_vouches_is_named(said: dict[str, Any], words: str) -> None:
    assert describe_authority(said, base_iri=BASE, names={CREDENTIAL: "Intranet"}) == words


def test_only_our_own_accounts_are_credentials() -> None:
    assert credential_of(authority(f"credencial-{CREDENTIAL}"), base_iri=BASE) == CREDENTIAL
    elsewhere = authority(f"credencial-{CREDENTIAL}", "https://otra.cl")
    assert credential_of(elsewhere, base_iri=BASE) is None


# --- One by one ----------------------------------------------------------------------------------
def test_everything_a_rich_statement_says_is_taken_apart() -> None:
    raw = RICH["choice"]
    sha2 = raw["attachments"][0]["sha2"]

    details = describe_details(json.loads(json.dumps(raw, default=str)), base_iri=BASE, kept={sha2})

    assert details.registration == raw["context"]["registration"]
    assert details.activity_iri == "https://otro.example/pregunta/choice"
    assert details.response == "a[,]b"
    assert details.activities == [
        "Curso",
        "https://otro.example/programa",
        "https://w3id.org/xapi/cmi5/context/categories/cmi5",
        "¿Qué?",
    ]
    assert (str(details.instructor), str(details.team)) == (
        "OpenID https://diego.otro.example/",
        "Grupo de 3 miembros",
    )
    assert details.references == [UUID("6690e6c9-3ef0-4ed3-8b37-7f3964730bee")]
    (file,) = details.attachments
    assert (file.name, file.length, file.url, file.is_kept) == (
        "Informe",
        27,
        "https://otro.example/informe.txt",
        True,
    )


@pytest.mark.parametrize("kind", RICH)
def test_no_kind_of_statement_is_beyond_words(kind: str) -> None:
    raw = json.loads(json.dumps({"timestamp": "2026-11-20T12:00:00Z"} | RICH[kind], default=str))

    details = describe_details(raw, base_iri=BASE, kept=())

    assert str(details.words)
    assert "Ñuñez" not in repr(details)
    assert "ana@otro.example" not in repr(details)
