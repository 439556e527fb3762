"""Where statements go on to: the list, and a new target."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from lms.xapi.models import DeadLetter, ForwardTarget, Statement
from lms.xapi.rules.positions import position_at
from tests.operations.outsiders import assert_hidden
from tests.operations.saying import ours, say, stored_of
from tests.operations.stub_lrs import KEY, SECRET, StubLrs
from tests.operations.targets import NEW, PAGE, PASSED, PRIVATE, add, letter, secret_of, target, to, words_of
from tests.personas import Personas, client_for
from tests.queries import count_page_queries


# --- Who gets in ---------------------------------------------------------------------------------
def test_whoever_does_not_administer_finds_no_page(personas: Personas, at: datetime) -> None:
    found, said = target(at), say(ours())
    refused = letter(found, said, at)

    assert_hidden(
        personas,
        PAGE,
        NEW,
        to("target", found),
        to("target_edit", found),
        to("target_check", found),
        to("target_pause", found),
        to("target_resume", found),
        to("target_replay", found),
        to("target_delete", found),
        to("letter_retry", found, refused.pk),
        to("letter_discard", found, refused.pk),
    )
    assert add(client_for(personas.elena)).status_code == 404
    assert (ForwardTarget.objects.count(), DeadLetter.objects.count()) == (1, 1)


# --- The list ------------------------------------------------------------------------------------
def test_an_empty_list_says_so(admin: Client) -> None:
    assert "No se reenvía a ninguna parte" in words_of(admin.get(PAGE))


def test_it_lists_targets_with_state_and_figures(admin: Client, at: datetime) -> None:
    said = say(ours())
    well, failing = target(at), target(at, name="Universidad")
    last = Statement.objects.get(id=said).position
    ForwardTarget.objects.filter(pk=well.pk).update(sent_count=18234, cursor=last)
    ForwardTarget.objects.filter(pk=failing.pk).update(failures=2, last_error="Respondió 503: cerrado")
    letter(failing, said, at)

    page = admin.get(PAGE)
    text = words_of(page)

    assert [line.target.name for line in page.context["lines"]] == ["Central", "Universidad"]
    for words in (
        "Al día",
        "Nada por enviar.",
        "18.234",
        "Fallando",
        "Respondió 503: cerrado",
        "1 por enviar",
    ):
        assert words in text
    assert SECRET not in text


def test_what_waits_for_hours_is_late(admin: Client, at: datetime) -> None:
    said = say(ours())
    found = target(at)

    # On PostgreSQL the record has its own clock.
    with time_machine.travel(stored_of(said) + timedelta(hours=3, minutes=5)):
        page = admin.get(to("target", found))

    assert "La más antigua espera hace 3 horas. 1 por enviar." in words_of(page)


def test_the_list_asks_the_same_queries_for_few_and_many(admin: Client, at: datetime) -> None:
    said = say(ours())
    for number in range(3):
        letter(target(at, name=f"A{number}"), said, at)
    few = count_page_queries(admin, PAGE)
    for number in range(30):
        letter(target(at, name=f"B{number}"), said, at)
        say(ours())

    assert count_page_queries(admin, PAGE) == few


# --- A new one -----------------------------------------------------------------------------------
def test_a_target_is_made_as_asked_and_its_connection_tried(admin: Client, stub: StubLrs) -> None:
    say(ours())

    page = add(
        admin,
        stub,
        endpoint=f"{stub.endpoint}/",
        what="all",
        since="start",
        verbs=[PASSED],
        other_verbs="http://x.cl/leyo\n\nhttp://x.cl/leyo",
    )

    found = ForwardTarget.objects.get()
    assert page.redirect_chain == [(to("target", found), 302)]
    assert "«Central» recibe declaraciones desde ahora." in words_of(page)
    assert "no funciona" not in words_of(page)
    assert (found.name, found.endpoint, found.key) == ("Central", stub.endpoint, KEY)
    assert (found.only_ours, found.own_pseudonyms) == (False, True)
    assert found.verbs == [PASSED, "http://x.cl/leyo"]
    assert found.cursor < 0
    assert (secret_of(found), stub.secrets) == (SECRET, [SECRET])
    assert SECRET not in found.secret + words_of(page)


def test_from_now_on_and_without_own_pseudonyms(admin: Client, stub: StubLrs) -> None:
    say(ours())
    add(admin, stub, own_pseudonyms="")

    found = ForwardTarget.objects.get()
    assert (found.only_ours, found.own_pseudonyms, found.verbs) == (True, False, [])
    assert found.cursor > position_at(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("status", "words"), [(401, "no acepta la clave"), (403, "no la deja leer"), (404, "Revisa la dirección")]
)
def test_one_that_does_not_work_yet_is_kept_with_a_warning(
    admin: Client, stub: StubLrs, status: int, words: str
) -> None:
    stub.asking = status

    text = words_of(add(admin, stub))

    assert ForwardTarget.objects.exists()
    assert "La conexión no funciona todavía." in text
    assert words in text


def test_one_that_does_not_answer_is_kept_with_a_warning(admin: Client, settings: Settings) -> None:
    settings.XAPI_FORWARD_PRIVATE = True

    text = words_of(add(admin, endpoint=PRIVATE))

    assert ForwardTarget.objects.exists()
    assert "No responde:" in text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.7", "169.254.169.254"])
def test_an_inner_address_is_refused_and_the_setting_named(admin: Client, host: str) -> None:
    page = add(admin, endpoint=f"http://{host}:9/xapi")

    assert page.status_code == 400
    assert "XAPI_FORWARD_PRIVATE" in " ".join(page.context["form"].errors["endpoint"])
    assert not ForwardTarget.objects.exists()


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"name": ""}, "name", "Escribe un nombre"),
        ({"name": "x" * 101}, "name", ""),
        ({"name": "VIEJO"}, "name", "Ya hay un destino con ese nombre"),
        ({"endpoint": ""}, "endpoint", "Escribe la dirección"),
        ({"endpoint": "lrs.cl/xapi"}, "endpoint", "con https://"),
        ({"endpoint": "ftp://lrs.cl/xapi"}, "endpoint", "con https://"),
        ({"endpoint": "https://"}, "endpoint", "con https://"),
        ({"endpoint": "https://lrs.cl:99999/xapi"}, "endpoint", "con https://"),
        ({"endpoint": "https://[::1/xapi"}, "endpoint", "con https://"),
        ({"endpoint": "https://lrs.cl/mi xapi"}, "endpoint", "sin espacios"),
        ({"endpoint": "https://ana:clave@lrs.cl/xapi"}, "endpoint", "sus propios campos"),
        ({"endpoint": "https://lrs.cl/xapi?a=1"}, "endpoint", "«?»"),
        ({"endpoint": "https://lrs.cl/xapi/statements/"}, "endpoint", "sin «/statements»"),
        ({"endpoint": "https://lrs.cl/" + "x" * 500}, "endpoint", ""),
        ({"key": ""}, "key", "Escribe la clave"),
        ({"key": "a:b"}, "key", "dos puntos"),
        ({"key": "clavé"}, "key", "sin tilde"),
        ({"secret": ""}, "secret", "Escribe el secreto"),
        ({"secret": "ñandú"}, "secret", "sin tilde"),
        ({"what": ""}, "what", "Elige"),
        ({"since": "ayer"}, "since", ""),
        ({"verbs": ["http://x.cl/leyo"]}, "verbs", "de la lista"),
        ({"other_verbs": "leyo"}, "other_verbs", "no es un IRI"),
        ({"other_verbs": "\n".join(f"http://x.cl/{n}" for n in range(51))}, "other_verbs", "50 verbos"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    admin: Client, at: datetime, data: dict[str, Any], field: str, words: str
) -> None:
    target(at, name="Viejo")

    page = add(admin, **data)

    assert page.status_code == 400
    assert words in " ".join(page.context["form"].errors[field])
    assert ForwardTarget.objects.count() == 1
    assert SECRET not in words_of(page)


# --- All of them ---------------------------------------------------------------------------------
@pytest.mark.parametrize("number", ["999999", "99999999999999999999999"])
def test_an_unknown_target_is_not_found(admin: Client, number: str) -> None:
    for step in ("", "cambiar/", "reenviar/", "eliminar/"):
        assert admin.get(f"{PAGE}{number}/{step}").status_code == 404
    for step in ("cambiar/", "probar/", "pausar/", "reanudar/", "reenviar/", "eliminar/"):
        assert admin.post(f"{PAGE}{number}/{step}", {}).status_code == 404


@pytest.mark.parametrize("step", ["target_check", "target_pause", "target_resume"])
def test_nothing_changes_by_a_look(admin: Client, at: datetime, step: str) -> None:
    assert admin.get(to(step, target(at))).status_code == 405


def test_pages_have_one_heading_and_no_inline_style(admin: Client, at: datetime) -> None:
    found = target(at)
    letter(found, say(ours()), at)
    steps = ("target", "target_edit", "target_replay", "target_delete")
    for path in (PAGE, NEW, *(to(step, found) for step in steps)):
        text = words_of(admin.get(path))
        assert text.count("<h1") == 1
        assert "style=" not in text
