"""How forwarding is going, in words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lms.operations.words_forwarding import Standing, describe_state, spell_lag, spell_waiting

WELL = Standing(
    is_active=True,
    failures=0,
    last_error="",
    last_sent_at=None,
    next_attempt_at=None,
    waiting=0,
    oldest=None,
)


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (timedelta(seconds=-5), "menos de un minuto"),
        (timedelta(seconds=59), "menos de un minuto"),
        (timedelta(minutes=1), "1 minuto"),
        (timedelta(minutes=59, seconds=59), "59 minutos"),
        (timedelta(hours=1), "1 hora"),
        (timedelta(hours=47), "47 horas"),
        (timedelta(days=2), "2 días"),
        (timedelta(days=4000), "4.000 días"),
    ],
)
def test_a_lag_is_rounded_down(lag: timedelta, words: str) -> None:
    assert spell_lag(lag) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Nada por enviar"),
        (1, "1 por enviar"),
        (10_000, "10.000 por enviar"),
        (10_001, "Más de 10.000 por enviar"),
    ],
)
def test_what_waits_is_counted_up_to_ten_thousand(count: int, words: str) -> None:
    assert spell_waiting(count) == words


def test_nothing_waiting_is_up_to_date(at: datetime) -> None:
    state = describe_state(WELL, at=at)

    assert (state.notice.kind, state.notice.text, state.text) == ("ok", "Al día", "Nada por enviar.")


def test_what_has_just_come_is_not_late(at: datetime) -> None:
    state = describe_state(replace(WELL, waiting=3, oldest=at - timedelta(minutes=2)), at=at)

    assert (state.notice.text, state.text) == ("Al día", "3 por enviar.")


def test_what_waits_longer_is_late(at: datetime) -> None:
    state = describe_state(replace(WELL, waiting=3, oldest=at - timedelta(hours=3)), at=at)

    assert (state.notice.kind, state.notice.text) == ("warn", "Atrasado")
    assert state.text == "La más antigua espera hace 3 horas. 3 por enviar."


def test_a_paused_one_says_what_waits(at: datetime) -> None:
    state = describe_state(replace(WELL, is_active=False, failures=3, waiting=3), at=at)

    assert (state.notice.text, state.error) == ("En pausa", "")
    assert state.text == "No recibe nada hasta que lo reanudes. 3 por enviar."


def test_a_failing_one_says_since_when_and_when_again(at: datetime) -> None:
    failing = replace(
        WELL,
        failures=7,
        last_error="Respondió 503",
        last_sent_at=at - timedelta(hours=5),
        next_attempt_at=at + timedelta(minutes=16),
        waiting=200,
    )

    state = describe_state(failing, at=at)

    assert (state.notice.kind, state.notice.text, state.error) == ("bad", "Fallando", "Respondió 503")
    assert state.text == (
        "La última entrega fue el 20 de noviembre de 2026, 07:00; desde entonces, 7 intentos fallidos. "
        "Próximo intento en 16 minutos. 200 por enviar."
    )


def test_one_that_never_worked_says_so(at: datetime) -> None:
    state = describe_state(replace(WELL, failures=1, next_attempt_at=at), at=at)

    assert state.text == (
        "Todavía no ha recibido nada: 1 intento fallido. "
        "Próximo intento en menos de un minuto. Nada por enviar."
    )
