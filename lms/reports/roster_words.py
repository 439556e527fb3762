"""Words of the roster screens: the columns to fill in, the template, the states."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import RosterStatus
from lms.ui.components import Notice
from lms.ui.spelling import spell_date


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
    RosterStatus.PREVIEW: ("warn", "hourglass", gettext_lazy("En revisión")),
    RosterStatus.APPLIED: ("ok", "circle-check", gettext_lazy("Aplicada")),
    RosterStatus.DISCARDED: ("mute", "x", gettext_lazy("Descartada")),
}


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
