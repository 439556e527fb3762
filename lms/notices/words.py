"""What notices say, in plain words: the same in subject, text and HTML of an e-mail, and on the platform."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.notices.rules.kinds import DUE, OF_FEEDBACK, Kind
from lms.notices.selectors.leads import UnitRow
from lms.notices.selectors.letters import AnsweredQuestion, Letter, Line
from lms.notices.selectors.replies import RepliedThread
from lms.notices.words_feedback import recall_feedback, subject_of_follow_up, subject_of_reports
from lms.ui.spelling import spell_date, spell_minutes


@dataclass(frozen=True)
class Said:
    """One training in an e-mail: its name, what there is to do and by when, how long it takes."""

    title: str
    sentence: str
    duration: str


@dataclass(frozen=True)
class SaidRow:
    """One training of one unit in a digest: counts, never names."""

    title: str
    unit: str
    done: str
    rest: str


def subject_of(letter: Letter) -> str:
    """One line; the number of trainings where there are several."""
    if letter.follow_up:
        return subject_of_follow_up(letter.follow_up)
    if letter.reports:
        return subject_of_reports(letter.reports)
    if letter.is_digest:
        return _("Resumen de tu equipo al %(day)s") % {"day": spell_date(value=letter.day)}
    if letter.answers:
        count = len(letter.answers)
        return ngettext(
            "Hay una respuesta a tu consulta", "Hay respuestas a %(count)s consultas tuyas", count
        ) % {"count": count}
    if letter.replies:
        return _("Respondieron en una conversación tuya")
    if len(letter.lines) > 1:
        return ngettext(
            "Tienes %(count)s formación pendiente",
            "Tienes %(count)s formaciones pendientes",
            len(letter.lines),
        ) % {"count": len(letter.lines)}
    line = letter.lines[0]
    return _("%(what)s: %(title)s") % {"what": _headline(line, letter.day), "title": line.title}


def lead_in(letter: Letter) -> str:
    """The first sentence of an e-mail about trainings."""
    return ngettext(
        "Tu institución te pide esta formación:",
        "Tu institución te pide estas formaciones:",
        len(letter.lines),
    )


def say(*, line: Line, day: date) -> Said:
    """A line in words, as of ``day``."""
    duration = (
        _("Toma unos %(time)s.") % {"time": spell_minutes(minutes=line.minutes)} if line.minutes else ""
    )
    return Said(line.title, sentence_of(line=line, day=day), duration)


def sentence_of(*, line: Line, day: date) -> str:
    """What there is to do and by when."""
    if line.kind == Kind.EXPIRING or (line.valid_until and not line.due_on):
        return _("Lo que hiciste vale hasta el %(day)s. Hazla de nuevo antes de esa fecha.") % {
            "day": spell_date(value=line.valid_until)
        }
    if line.is_late and line.due_on:
        return _("El plazo terminó el %(day)s. Todavía puedes hacerla.") % {
            "day": spell_date(value=line.due_on)
        }
    if line.due_on is None:
        return _("Tu institución te la pide. Puedes empezar cuando quieras.")
    if line.kind == Kind.ASSIGNED:
        return _("Es nueva para ti. Tienes plazo hasta el %(day)s.") % {"day": spell_date(value=line.due_on)}
    return _days_left(line.due_on, day)


def say_answers(*, answers: Collection[AnsweredQuestion]) -> list[str]:
    """A sentence for each day on which something was asked: when, never what."""
    days = Counter(answer.asked_on for answer in answers)
    return [_answers_to(count=count, asked_on=day) for day, count in sorted(days.items())]


def _answers_to(*, count: int, asked_on: date) -> str:
    return ngettext(
        "Hay una respuesta a la consulta que hiciste el %(day)s.",
        "Hay respuestas a %(count)s consultas que hiciste el %(day)s.",
        count,
    ) % {"count": count, "day": spell_date(value=asked_on)}


def say_replies(*, threads: Collection[RepliedThread]) -> list[str]:
    """A sentence for each subject: how many answers and in which course, never who or what."""
    return [
        ngettext(
            "Hay %(count)s mensaje nuevo en un tema tuyo del curso «%(course)s».",
            "Hay %(count)s mensajes nuevos en un tema tuyo del curso «%(course)s».",
            thread.count,
        )
        % {"count": thread.count, "course": thread.course_title}
        for thread in threads
    ]


def say_row(*, row: UnitRow) -> SaidRow:
    """A row of a digest in words."""
    tally = row.tally
    done = _("Al día: %(met)s de %(asked)s.") % {"met": tally.met, "asked": tally.asked}
    rest = []
    if tally.late:
        rest.append(_("Con el plazo vencido: %(count)s.") % {"count": tally.late})
    if tally.expiring:
        rest.append(_("Por vencer: %(count)s.") % {"count": tally.expiring})
    return SaidRow(" ".join(row.title.split()), row.unit_name, done, " ".join(rest))


def _days_left(due_on: date, day: date) -> str:
    left = (due_on - day).days
    if left <= 0:
        return _("Hoy es el último día.")
    if left == 1:
        return _("Mañana, %(day)s, es el último día.") % {"day": spell_date(value=due_on)}
    return _("Te quedan %(left)s días: el último es el %(day)s.") % {
        "left": left,
        "day": spell_date(value=due_on),
    }


def _headline(line: Line, day: date) -> str:
    if line.kind == Kind.MANUAL:
        return _("Recordatorio")
    if line.kind == Kind.ASSIGNED:
        return _("Nueva formación")
    if line.kind == Kind.EXPIRING:
        return _("Por vencer")
    if line.kind in DUE and line.due_on:
        left = (line.due_on - day).days
        if left <= 0:
            return _("Hoy es el último día")
        return ngettext("Queda %(left)s día", "Quedan %(left)s días", left) % {"left": left}
    return _("Plazo vencido")


def recall(*, kind: str, key: date) -> str:
    """What a notice was about, in words that stay true afterwards."""
    day = {"day": spell_date(value=key)}
    if kind == Kind.ASSIGNED:
        return _("Te corresponde desde el %(day)s.") % day
    if kind in DUE:
        return _("El plazo termina el %(day)s.") % day
    if kind == Kind.LATE:
        return _("El plazo terminó el %(day)s.") % day
    if kind == Kind.EXPIRING:
        return _("Vence el %(day)s.") % day
    if kind in OF_FEEDBACK or kind == Kind.CHANGED:
        return recall_feedback(kind)
    if kind == Kind.ANSWER:
        return _answers_to(count=1, asked_on=key)
    if kind == Kind.REPLY:
        return _("Respondieron en un tema tuyo.")
    return _("Tu institución te envió un recordatorio.")
