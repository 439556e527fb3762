"""How forwarding is going, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.ui.components import Notice
from lms.ui.spelling import spell_number

COUNTED = 10_000
"""Beyond so many, what waits is not counted."""
USUAL_LAG = timedelta(minutes=2)
"""The sender comes every half minute: what waits a moment is not late."""


@dataclass(frozen=True)
class Standing:
    """Where a target is. ``waiting``: statements after its cursor, of which ``oldest`` was stored first."""

    is_active: bool
    failures: int
    last_error: str
    last_sent_at: datetime | None
    next_attempt_at: datetime | None
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True)
class StateWords:
    """A tag and a sentence; ``error`` is what the other side said last, where it fails."""

    notice: Notice
    text: str
    error: str = ""


def describe_state(standing: Standing, *, at: datetime) -> StateWords:
    """Up to date, late since when, failing since when, or paused."""
    if not standing.is_active:
        text = _("No recibe nada hasta que lo reanudes. %(waiting)s.")
        return StateWords(
            Notice("mute", "ban", _("En pausa")), text % {"waiting": spell_waiting(standing.waiting)}
        )
    if standing.failures:
        return _failing(standing, at)
    lag = at - standing.oldest if standing.oldest else timedelta(0)
    if lag <= USUAL_LAG:
        return StateWords(Notice("ok", "circle-check", _("Al día")), f"{spell_waiting(standing.waiting)}.")
    words = {"lag": spell_lag(lag), "waiting": spell_waiting(standing.waiting)}
    text = _("La más antigua espera hace %(lag)s. %(waiting)s.")
    return StateWords(Notice("warn", "clock-alert", _("Atrasado")), text % words)


def _failing(standing: Standing, at: datetime) -> StateWords:
    tries = ngettext("%(count)s intento fallido", "%(count)s intentos fallidos", standing.failures)
    tries %= {"count": spell_number(value=standing.failures)}
    if standing.last_sent_at:
        since = _("La última entrega fue el %(moment)s; desde entonces, %(tries)s")
    else:
        since = _("Todavía no ha recibido nada: %(tries)s")
    words = {
        "since": since % {"tries": tries, "moment": spell_moment(standing.last_sent_at or at)},
        "next": spell_next(standing.next_attempt_at, at=at),
        "waiting": spell_waiting(standing.waiting),
    }
    text = _("%(since)s. %(next)s. %(waiting)s.") % words
    return StateWords(Notice("bad", "circle-alert", _("Fallando")), text, standing.last_error)


def spell_next(next_at: datetime | None, *, at: datetime) -> str:
    """When it is tried again; the sender itself comes every half minute."""
    if next_at is None or next_at <= at + timedelta(minutes=1):
        return _("Próximo intento en menos de un minuto")
    return _("Próximo intento en %(lag)s") % {"lag": spell_lag(next_at - at)}


def spell_waiting(count: int) -> str:
    """How many wait: counted up to ten thousand."""
    if not count:
        return _("Nada por enviar")
    if count > COUNTED:
        return _("Más de %(count)s por enviar") % {"count": spell_number(value=COUNTED)}
    return _("%(count)s por enviar") % {"count": spell_number(value=count)}


def spell_lag(lag: timedelta) -> str:
    """``"menos de un minuto"``, ``"5 minutos"``, ``"3 horas"``, ``"2 días"``; rounded down."""
    minutes = int(lag.total_seconds()) // 60
    if minutes < 1:
        return _("menos de un minuto")
    if minutes < 60:
        return ngettext("%(count)s minuto", "%(count)s minutos", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s hora", "%(count)s horas", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s día", "%(count)s días", days) % {"count": spell_number(value=days)}


def spell_moment(at: datetime) -> str:
    """``"20 de noviembre de 2026, 12:00"``, in Chile."""
    return str(date_format(localtime(at), "DATETIME_FORMAT"))
