"""Words of the roster screens: the columns to fill in, the template, the states."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import RosterImport, RosterStatus
from lms.people.rosters.problems import RowProblem
from lms.people.rosters.wording import describe_problem, name_column
from lms.ui.components import Notice
from lms.ui.spelling import spell_date, spell_number


@dataclass(frozen=True)
class ColumnHelp:
    """A column of a roster, as explained to those who fill it in."""

    name: str | Promise
    is_required: bool
    text: str | Promise


COLUMN_HELP = (
    ColumnHelp(
        "RUN",
        True,
        gettext_lazy("Con dígito verificador, con o sin puntos. No lo guardamos: solo una huella."),
    ),
    ColumnHelp(gettext_lazy("Nombres"), True, gettext_lazy("Como deben aparecer en el certificado.")),
    ColumnHelp(
        gettext_lazy("Apellidos"),
        True,
        gettext_lazy("En una columna, o en dos: apellido paterno y apellido materno."),
    ),
    ColumnHelp(
        gettext_lazy("Correo"), False, gettext_lazy("El de trabajo. Con él la persona reconoce su cuenta.")
    ),
    ColumnHelp(
        gettext_lazy("Unidad"),
        True,
        gettext_lazy("Su código o su nombre. También puedes usar código de unidad y nombre de unidad."),
    ),
    ColumnHelp(
        gettext_lazy("Estamento"),
        True,
        gettext_lazy(
            "Directivos, Profesionales, Fiscalizadores, Técnicos, Administrativos o Auxiliares. "
            "Puede faltar en honorarios."
        ),
    ),
    ColumnHelp(
        gettext_lazy("Calidad jurídica"),
        True,
        gettext_lazy("Planta, Contrata, Honorarios, Suplencia o Código del Trabajo."),
    ),
    ColumnHelp(
        gettext_lazy("Desde"), False, gettext_lazy("Día en que empezó. Si falta, vale la fecha de la nómina.")
    ),
    ColumnHelp(
        gettext_lazy("Hasta"),
        False,
        gettext_lazy("Último día, si se conoce. Las fechas van así: 31-12-2026."),
    ),
    ColumnHelp(gettext_lazy("Grado"), False, gettext_lazy("El de la escala que corresponda.")),
    ColumnHelp(gettext_lazy("Cargo"), False, gettext_lazy("El cargo o la función.")),
    ColumnHelp(gettext_lazy("Región"), False, gettext_lazy("Su nombre o su número, de I a XVI.")),
    ColumnHelp(
        gettext_lazy("Código de unidad superior"), False, gettext_lazy("De qué unidad depende la de la fila.")
    ),
    ColumnHelp(
        gettext_lazy("Ausente desde, ausente hasta"),
        False,
        gettext_lazy("Primer y último día de una ausencia. Solo las fechas: el motivo no se pide."),
    ),
)

TEMPLATE_HEADER = (
    "RUN", "Nombres", "Apellidos", "Correo", "Unidad", "Estamento", "Calidad jurídica", "Desde", "Hasta",
)  # fmt: skip
# The check digit is wrong on purpose: the example can never be loaded as a person.
TEMPLATE_ROW = (
    "11.111.111-0", "Nombre de ejemplo", "Borra esta fila", "nombre.apellido@servicio.example",
    "Departamento de ejemplo", "Profesionales", "Contrata", "01-01-2026", "31-12-2026",
)  # fmt: skip

_NOTICES = {
    RosterStatus.UNMATCHED: ("warn", "file-question-mark", gettext_lazy("Faltan columnas")),
    RosterStatus.READING: ("info", "hourglass", gettext_lazy("Leyendo")),
    RosterStatus.COMPARING: ("info", "hourglass", gettext_lazy("Comparando")),
    RosterStatus.PREVIEW: ("warn", "hourglass", gettext_lazy("En revisión")),
    RosterStatus.CHECKING: ("info", "hourglass", gettext_lazy("Aplicando")),
    RosterStatus.APPLYING: ("info", "hourglass", gettext_lazy("Aplicando")),
    RosterStatus.ENDING: ("info", "hourglass", gettext_lazy("Aplicando")),
    RosterStatus.APPLIED: ("ok", "circle-check", gettext_lazy("Aplicada")),
    RosterStatus.UNDOING: ("info", "undo-2", gettext_lazy("Deshaciendo")),
    RosterStatus.UNDONE: ("mute", "undo-2", gettext_lazy("Deshecha")),
    RosterStatus.DISCARDED: ("mute", "x", gettext_lazy("Descartada")),
    RosterStatus.REFUSED: ("bad", "circle-alert", gettext_lazy("No se pudo leer")),
}
_STEPS = {
    RosterStatus.READING: gettext_lazy("Leyendo el archivo: %(done)s de unas %(total)s filas."),
    RosterStatus.COMPARING: gettext_lazy("Comparando con los registros: %(done)s de %(total)s filas."),
    RosterStatus.CHECKING: gettext_lazy("Revisando antes de aplicar: %(done)s de %(total)s filas."),
    RosterStatus.APPLYING: gettext_lazy("Aplicando: %(done)s de %(total)s filas."),
    RosterStatus.ENDING: gettext_lazy("Terminando: %(done)s de %(total)s personas que dejan de figurar."),
    RosterStatus.UNDOING: gettext_lazy("Deshaciendo: %(done)s de %(total)s partes."),
}
STOPPED_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class RosterProgress:
    """How far a roster has got, in words and as a share; ``is_stopped``: nobody is going on with it."""

    text: str
    done: int
    total: int
    is_writing: bool
    is_stopped: bool


def progress_of(*, roster: RosterImport, at: datetime) -> RosterProgress:
    """For a roster in one of the states in which somebody goes on with it."""
    status = RosterStatus(roster.status)
    numbers = {"done": spell_number(value=roster.done), "total": spell_number(value=roster.total)}
    text = str(_STEPS[status]) % numbers if roster.total else _("En espera de su turno.")
    return RosterProgress(
        text=text,
        done=min(roster.done, roster.total),
        total=max(roster.total, 1),
        is_writing=status not in (RosterStatus.READING, RosterStatus.COMPARING),
        is_stopped=roster.worked_at is not None and at - roster.worked_at > STOPPED_AFTER,
    )


@dataclass(frozen=True)
class ProblemLine:
    """A problem in the table of a preview."""

    row: int
    column: str
    text: str


def problem_line(*, problem: RowProblem) -> ProblemLine:
    """One problem in words."""
    text = describe_problem(problem=problem)
    return ProblemLine(problem.row, name_column(column=problem.column), text[:1].upper() + text[1:])


def notice_of(*, status: str) -> Notice:
    """The state of a roster as icon and word."""
    kind, icon, text = _NOTICES[RosterStatus(status)]
    return Notice(kind, icon, str(text))  # type: ignore[arg-type]


def problem_header() -> tuple[str, str, str]:
    """The titles of the list of problems."""
    return _("Fila"), _("Columna"), _("Qué corregir")


def describe_date_error(*, latest: date | None) -> str:
    """Why a roster of that date is refused."""
    if latest is None:
        return _("La fecha debe estar entre el año 2000 y un mes después de hoy. Corrígela.")
    return _("Ya se aplicó una nómina del %(date)s. Carga una de esa fecha o posterior.") % {
        "date": spell_date(value=latest)
    }
