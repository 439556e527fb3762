"""What the rules decide, in the words of the screens."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.ui.components import Notice
from lms.workshops.rules import SessionProblem, SignUpRefusal
from lms.workshops.selectors import SessionRow, Standing

REFUSALS = {
    SignUpRefusal.NOT_PUBLISHED: gettext_lazy("Este taller aún no se publica."),
    SignUpRefusal.CANCELLED: gettext_lazy("Este taller se suspendió."),
    SignUpRefusal.STARTED: gettext_lazy(
        "Las inscripciones se cerraron cuando el taller empezó. Ya no se puede entrar ni salir de la lista."
    ),
}
PROBLEM_FIELDS = {
    SessionProblem.END_BEFORE_START: "ends",
    SessionProblem.START_IN_PAST: "day",
    SessionProblem.SEATS_BELOW_REGISTERED: "seats",
    SessionProblem.HIDDEN_WITH_PEOPLE: "is_published",
}


def describe_problem(*, problem: SessionProblem, registered: int) -> str:
    """What is wrong with a session and what to do."""
    if problem == SessionProblem.END_BEFORE_START:
        return _("El taller termina antes de empezar. Revisa las dos horas.")
    if problem == SessionProblem.START_IN_PAST:
        return _("Esa fecha y hora ya pasaron. Elige una que venga.")
    if problem == SessionProblem.SEATS_BELOW_REGISTERED:
        return ngettext(
            "Ya hay %(count)s persona con cupo. Escribe ese número o uno mayor.",
            "Ya hay %(count)s personas con cupo. Escribe ese número o uno mayor.",
            registered,
        ) % {"count": registered}
    return _("Hay personas inscritas: el taller no se puede ocultar. Si no se hará, suspéndelo.")


def notice_of(*, row: SessionRow, at: datetime) -> Notice:
    """How a session is at ``at``: its seats while one can sign up."""
    if row.session.is_cancelled:
        return Notice("bad", "ban", _("Suspendido"))
    if not row.session.is_published:
        return Notice("mute", "pen-line", _("Sin publicar"))
    if at >= row.session.ends_at:
        return Notice("mute", "check", _("Realizado"))
    if at >= row.session.starts_at:
        return Notice("info", "circle-dot", _("En curso"))
    if row.is_full:
        return Notice("warn", "hourglass", _("Sin cupos, con lista de espera"))
    left = row.seats_left
    text = ngettext("Queda %(count)s cupo", "Quedan %(count)s cupos", left) % {"count": left}
    return Notice("info", "users", text)


def notice_of_standing(*, standing: Standing, at: datetime) -> Notice | None:
    """Where the visitor stands in a session at ``at``; ``None`` when nowhere, or when it is over."""
    if standing.has_attended:
        return Notice("ok", "circle-check", _("Asististe"))
    if at >= standing.session.ends_at:
        return None
    if standing.session.is_cancelled and standing.is_active:
        return Notice("bad", "ban", _("Suspendido"))
    if standing.has_seat:
        return Notice("ok", "ticket", _("Tienes un cupo"))
    if standing.position is not None:
        text = _("En lista de espera, lugar %(position)s") % {"position": standing.position}
        return Notice("warn", "hourglass", text)
    return None
