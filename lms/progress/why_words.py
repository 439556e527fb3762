"""«¿Por qué no está completo?» in words: the same for the person and for those who answer for it.

Impersonal on purpose: each sentence reads right to both. It tells no answers, points or choices.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.lib.clock import local_date
from lms.progress.rules.dates import FOREVER
from lms.progress.rules.timeline import MET, NOT_ASKED, Standing
from lms.progress.rules.why import Reason, Why, explain_course
from lms.progress.selectors.progress import Standing as CourseStanding
from lms.progress.selectors.progress import held_of
from lms.progress.selectors.record import AskedTraining
from lms.ui.spelling import spell_date, spell_minutes


@dataclass(frozen=True)
class Told:
    """``text``: why. ``step``: what to do next, empty where nothing is to be done."""

    text: str
    step: str = ""
    is_complete: bool = False

    def __str__(self) -> str:
        return f"{self.text} {self.step}".strip()


# --- A course -----------------------------------------------------------------------------------------
def tell_course(*, standing: CourseStanding, at: datetime) -> Told:
    """Why a course that was taken up is not complete. No query."""
    return tell(
        explain_course(
            outline=standing.outline,
            finished=standing.finished,
            attempts=standing.attempts,
            held=held_of(standing.completion),
            day=local_date(at),
            at=at,
        )
    )


def tell(why: Why) -> Told:
    """The sentences of a reason."""
    match why.reason:
        case Reason.COMPLETE:
            return Told(_("Está completo."), tell_validity(why.until), is_complete=True)
        case Reason.EXPIRED:
            words = {"on": spell_date(value=why.on), "until": spell_date(value=why.until)}
            return Told(
                _("Se completó el %(on)s y venció el %(until)s.") % words, _("Lo que sigue: renovarlo.")
            )
        case Reason.TAKEN_BACK:
            return Told(
                _("Se completó el %(on)s y fue anulado.") % {"on": spell_date(value=why.on)},
                _("Lo que sigue: tomarlo de nuevo, o preguntar por qué se anuló."),
            )
        case Reason.NOT_BEGUN:
            return Told(
                _("Aún no hay ninguna lección completa. %(left)s") % {"left": _lessons_left(why)},
                _unit_step(why),
            )
        case Reason.LESSONS_LEFT:
            return Told(_lessons_left(why), _unit_step(why))
        case Reason.DILEMMAS_LEFT:
            left = ngettext(
                "Falta recorrer %(n)s dilema.", "Falta recorrer %(n)s dilemas.", why.dilemmas_left
            )
            return Told(left % {"n": why.dilemmas_left}, _unit_step(why))
        case Reason.NOT_RECORDED:
            return Told(_("Todo está hecho y falta registrarlo."), _("Lo que sigue: preguntar por ello."))
        case _:
            return _tell_assessment(why)


def _tell_assessment(why: Why) -> Told:
    match why.reason:
        case Reason.ATTEMPT_OPEN:
            return Told(
                _("La evaluación final está empezada y no se ha entregado."), _("Lo que sigue: entregarla.")
            )
        case Reason.BEING_MARKED:
            return Told(
                _("La evaluación final está en corrección."), _("No hay nada que hacer hasta el resultado.")
            )
        case Reason.TOO_SOON:
            return Told(
                f"{_('Falta aprobar la evaluación final.')}{_attempts_left(why)}",
                _("Se puede intentar de nuevo desde el %(when)s.") % {"when": _moment(why.not_before)},
            )
        case Reason.NONE_LEFT:
            return Told(
                _("Falta aprobar la evaluación final y se usaron todos los intentos."),
                _("Lo que sigue: hablarlo con Gestión de Personas."),
            )
        case _:
            return Told(
                f"{_('Solo falta aprobar la evaluación final.')}{_attempts_left(why)}", _unit_step(why)
            )


def _lessons_left(why: Why) -> str:
    words = {"n": why.lessons_left, "time": spell_minutes(minutes=why.minutes_left)}
    if why.has_assessment:
        return (
            ngettext(
                "Falta %(n)s lección (%(time)s) y aprobar la evaluación final.",
                "Faltan %(n)s lecciones (%(time)s) y aprobar la evaluación final.",
                why.lessons_left,
            )
            % words
        )
    return (
        ngettext("Falta %(n)s lección (%(time)s).", "Faltan %(n)s lecciones (%(time)s).", why.lessons_left)
        % words
    )


def _unit_step(why: Why) -> str:
    if why.step is None:
        return ""
    return _("Lo que sigue: «%(unit)s», %(time)s.") % {
        "unit": why.step.title,
        "time": spell_minutes(minutes=why.step.minutes),
    }


def _attempts_left(why: Why) -> str:
    if why.attempts_left is None:
        return ""
    left = ngettext("Queda %(n)s intento.", "Quedan %(n)s intentos.", why.attempts_left)
    return " " + left % {"n": why.attempts_left}


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "j \\d\\e F \\a \\l\\a\\s H:i") if at else ""


# --- A requirement ------------------------------------------------------------------------------------
def tell_asked(*, asked: AskedTraining, day: date) -> Told:
    """Where a requirement stands on ``day``: its deadline or validity, and why nothing is to be done."""
    today, standing = asked.today, asked.standing
    if today is None or standing is None:
        return Told(_("Hoy no se exige."))
    if standing in NOT_ASKED:
        return Told(_tell_not_asked(standing, today.last_day))
    if standing in MET:
        renew = _("Ya se puede renovar sin perder días.") if standing == Standing.EXPIRING else ""
        return Told(tell_validity(today.valid_until), renew)
    return Told(_tell_deadline(today.due_on, day))


def tell_validity(until: date | None) -> str:
    """Until when what is held counts."""
    if until is None or until == FOREVER:
        return _("Vale sin fecha de término.")
    return _("Vale hasta el %(day)s.") % {"day": spell_date(value=until)}


def _tell_not_asked(standing: Standing, last_day: date) -> str:
    if standing == Standing.ON_LEAVE:
        return _("No se exige mientras dure el permiso. Esos días se suman al plazo.")
    if last_day == FOREVER:
        return _("No se exige por ahora.")
    return _("No se exige hasta el %(day)s.") % {"day": spell_date(value=last_day)}


def _tell_deadline(due_on: date | None, day: date) -> str:
    if due_on is None:
        return _("Sin fecha límite.")
    left = (due_on - day).days
    words = {"day": spell_date(value=due_on), "n": abs(left)}
    if left < 0:
        late = ngettext(
            "El plazo era el %(day)s: hace %(n)s día.", "El plazo era el %(day)s: hace %(n)s días.", -left
        )
        return late % words
    if left == 0:
        return _("El plazo es hoy.")
    open_ = ngettext(
        "El plazo es el %(day)s: queda %(n)s día.", "El plazo es el %(day)s: quedan %(n)s días.", left
    )
    return open_ % words
