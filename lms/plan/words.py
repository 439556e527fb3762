"""What is wrong with a table that somebody uploaded, in their words."""

from django.utils.translation import gettext as _

from lms.lib.small_tables import LARGEST_FILE, TableError, TableProblem
from lms.ui.spelling import spell_number


def describe_table_error(error: TableError) -> str:
    """One or two sentences: what is wrong and what to do."""
    if error.problem == TableProblem.MISSING_COLUMNS:
        return _missing(error)
    if error.problem == TableProblem.REPEATED_COLUMN:
        return _("La columna «%(name)s» está dos veces. Deja una.") % {"name": error.missing[0]}
    texts = {
        TableProblem.EMPTY: _("El archivo está vacío. Elige otro."),
        TableProblem.TOO_LARGE: _("El archivo pesa más de %(most)d MB. Sube solo la planilla.")
        % {"most": LARGEST_FILE // 1024 // 1024},
        TableProblem.TOO_MANY_ROWS: _("La planilla tiene demasiadas filas (máximo %(most)s).")
        % {"most": spell_number(value=error.most)},
        TableProblem.FOREIGN: _("Eso no es una planilla. Guárdala como XLSX o CSV y súbela de nuevo."),
        TableProblem.BROKEN: _("El archivo está dañado. Ábrelo, guárdalo de nuevo y súbelo."),
        TableProblem.UNREADABLE: _("No se entiende el texto del archivo. Guárdalo como XLSX o CSV en UTF-8."),
        TableProblem.NO_ROWS: _("La planilla no tiene filas debajo de los títulos."),
    }
    return texts[error.problem]


def _missing(error: TableError) -> str:
    names = ", ".join(f"«{name}»" for name in error.missing)
    text = _("Faltan columnas: %(names)s. Usa la planilla que se descarga aquí, sin cambiar sus títulos.")
    text %= {"names": names}
    for title, ours in error.unknown.items():
        text += " " + _("¿«%(title)s» es «%(ours)s»?") % {"title": title[:40], "ours": ours}
    return text
