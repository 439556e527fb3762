"""Hours of training in words: the columns of an annual training plan (PAC) and what the page says.

The columns follow what the National Civil Service asks of a Plan Anual de Capacitación (guidance of
2019): who, as what, which activity, how, when, how long, with which result. Chronological and
pedagogical hours stand side by side, and the source of each line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.progress.rules.hours import Article28
from lms.reports.hours.hours_book import Activity, HoursBook, PersonHours
from lms.reports.hours.hours_reading import ATTENDED
from lms.ui.components import Notice
from lms.ui.spelling import spell_percent


@dataclass(frozen=True)
class DrawnActivity:
    """An activity as the page prints it."""

    activity: Activity
    modality: str
    result: str
    notice: Notice


@dataclass(frozen=True)
class DrawnPerson:
    """A person and its activities as the page prints them."""

    person: PersonHours
    activities: list[DrawnActivity]


def draw_person(person: PersonHours) -> DrawnPerson:
    """The person with its activities in words."""
    return DrawnPerson(
        person,
        [DrawnActivity(one, _modality(one), _result(one), _notice(one)) for one in person.activities],
    )


def _modality(activity: Activity) -> str:
    if activity.is_workshop:
        return _("Taller en línea") if activity.is_online else _("Taller presencial")
    return _("En línea")


def _result(activity: Activity) -> str:
    if not activity.is_finished:
        return _("En curso")
    if activity.is_workshop:
        return _("Asistió")
    if not activity.is_assessed:
        return _("Completado, sin evaluación")
    if activity.percent is None:
        return _("Aprobado")
    return _("Aprobado con %(percent)s") % {"percent": spell_percent(percent=activity.percent)}


def _notice(activity: Activity) -> Notice:
    if activity.article_28 == Article28.COUNTS:
        return Notice("ok", "circle-check", _("Cuenta"))
    if activity.article_28 == Article28.VOLUNTARY:
        return Notice("mute", "circle-dashed", _("Voluntaria"))
    return Notice("info", "circle-dot", _("En curso"))


# --- Files --------------------------------------------------------------------------------------------
def header() -> list[str]:
    """The columns of the plan."""
    return [
        _("Institución"), _("RUN (parcial)"), _("Nombre"), _("Estamento"), _("Calidad jurídica"), _("Grado"),
        _("Unidad"), _("Actividad"), _("Tipo"), _("Modalidad"), _("Fecha de inicio"), _("Fecha de término"),
        _("Horas cronológicas"), _("Horas pedagógicas"), _("Evaluada"), _("Resultado"), _("Artículo 28"),
        _("Minutos fuera de la jornada"), _("Descanso compensatorio (minutos)"), _("Fuente"),
    ]  # fmt: skip


def cells_of(book: HoursBook, *, institution: str) -> Iterator[list[object]]:
    """One line for each activity of each person."""
    for person in book.people:
        for one in person.activities:
            yield [
                institution, person.run_masked, person.name, person.estamento, person.legal_quality,
                person.grade, person.unit, *_activity_cells(one),
            ]  # fmt: skip


def _activity_cells(one: Activity) -> list[object]:
    return [
        one.title,
        _("Taller") if one.is_workshop else _("Curso"),
        _modality(one),
        one.first_day,
        one.last_day,
        round(one.minutes / 60, 2),
        one.pedagogical_hours,
        _("Sí") if one.is_assessed else _("No"),
        _result(one),
        _article(one),
        one.outside,
        one.rest,
        _("Lista de asistencia") if one.source == ATTENDED else one.source,
    ]


def _article(one: Activity) -> str:
    if not one.is_finished:
        return _("Aún no")
    return _("Cuenta") if one.counts else _("Voluntaria")
