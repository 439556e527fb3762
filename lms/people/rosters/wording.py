"""What is wrong with a roster, in plain sentences that say what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.rosters.columns import Column
from lms.people.rosters.problems import FileProblem, Problem, RosterFileError, RowProblem
from lms.people.rosters.reading import LARGEST_FILE, MOST_ROWS

COLUMN_NAMES = {
    Column.RUN: gettext_lazy("RUN"),
    Column.DIGIT: gettext_lazy("Dígito verificador"),
    Column.GIVEN_NAMES: gettext_lazy("Nombres"),
    Column.FAMILY_NAMES: gettext_lazy("Apellidos"),
    Column.PATERNAL_NAME: gettext_lazy("Apellido paterno"),
    Column.MATERNAL_NAME: gettext_lazy("Apellido materno"),
    Column.EMAIL: gettext_lazy("Correo"),
    Column.UNIT: gettext_lazy("Unidad"),
    Column.UNIT_CODE: gettext_lazy("Código de unidad"),
    Column.UNIT_NAME: gettext_lazy("Nombre de unidad"),
    Column.ESTAMENTO: gettext_lazy("Estamento"),
    Column.LEGAL_QUALITY: gettext_lazy("Calidad jurídica"),
    Column.VALID_FROM: gettext_lazy("Desde"),
    Column.VALID_UNTIL: gettext_lazy("Hasta"),
    Column.GRADE: gettext_lazy("Grado"),
    Column.POSITION: gettext_lazy("Cargo"),
    Column.REGION: gettext_lazy("Región"),
    Column.PARENT_UNIT: gettext_lazy("Código de unidad superior"),
    Column.AWAY_FROM: gettext_lazy("Ausente desde"),
    Column.AWAY_UNTIL: gettext_lazy("Ausente hasta"),
}

_ROW_TEXTS = {
    Problem.MISSING: gettext_lazy("falta el dato. Complétalo."),
    Problem.TOO_LONG: gettext_lazy("el texto es demasiado largo. Acórtalo."),
    Problem.UNREADABLE: gettext_lazy("hay caracteres que no se pueden leer. Escribe el dato de nuevo."),
    Problem.FORMULA: gettext_lazy("hay una fórmula o un error de la planilla. Pega solo el valor."),
    Problem.ROW_TOO_LONG: gettext_lazy(
        "la fila es demasiado larga para ser una persona. Revísala o bórrala."
    ),
    Problem.WRONG_RUN: gettext_lazy(
        "no tiene la forma de un RUN. Escríbelo completo, con su dígito verificador."
    ),
    Problem.WRONG_DIGIT: gettext_lazy("el dígito verificador no corresponde. Revisa el número."),
    Problem.WRONG_EMAIL: gettext_lazy("no es una dirección de correo. Corrígela o deja la celda vacía."),
    Problem.WRONG_DATE: gettext_lazy("no se entiende la fecha. Escríbela así: 31-12-2026."),
    Problem.STARTS_LATER: gettext_lazy(
        "es posterior a la fecha de la nómina. Revisa la fecha o quita la fila."
    ),
    Problem.ALREADY_ENDED: gettext_lazy(
        "es anterior a la fecha de la nómina. Revisa la fecha o quita la fila."
    ),
    Problem.ENDS_BEFORE_START: gettext_lazy("es anterior a la fecha de inicio. Revisa ambas fechas."),
    Problem.UNKNOWN_ESTAMENTO: gettext_lazy(
        "no conocemos ese estamento. Usa Directivos, Profesionales, Fiscalizadores, Técnicos, "
        "Administrativos, Auxiliares o Sin estamento."
    ),
    Problem.UNKNOWN_QUALITY: gettext_lazy(
        "no conocemos esa calidad jurídica. Usa Planta, Contrata, Honorarios, Suplencia o Código del Trabajo."
    ),
    Problem.UNKNOWN_REGION: gettext_lazy(
        "no conocemos esa región. Escribe su nombre o su número, de I a XVI."
    ),
    Problem.CIRCLE: gettext_lazy(
        "la unidad quedaría dependiendo de sí misma. Revisa de qué unidad depende cada una."
    ),
}

_FILE_TEXTS = {
    FileProblem.EMPTY: gettext_lazy("El archivo está vacío. Elige el archivo que tiene la nómina."),
    FileProblem.NOT_A_ROSTER: gettext_lazy(
        "El archivo no es una planilla. Guarda la nómina como CSV o XLSX."
    ),
    FileProblem.OLD_EXCEL: gettext_lazy(
        "El archivo es de un Excel antiguo (.xls) o tiene clave. Guárdalo como XLSX, sin clave."
    ),
    FileProblem.BROKEN_XLSX: gettext_lazy(
        "La planilla está dañada y no se puede leer. Ábrela y guárdala de nuevo como XLSX, o como CSV."
    ),
    FileProblem.SUSPICIOUS_XLSX: gettext_lazy(
        "La planilla ocupa demasiado al abrirla. Copia solo las columnas de la nómina en una planilla nueva."
    ),
    FileProblem.UNREADABLE_TEXT: gettext_lazy(
        "No se puede leer el texto del archivo. Guárdalo como «CSV UTF-8» o como XLSX."
    ),
    FileProblem.NO_ROWS: gettext_lazy(
        "El archivo tiene los títulos, pero ninguna persona. Revisa que sea el correcto."
    ),
}


def name_column(*, column: str) -> str:
    """``"calidad_juridica"`` → ``"Calidad jurídica"``; empty for a problem of the whole row."""
    return str(COLUMN_NAMES[Column(column)]) if column else ""


def describe_problem(*, problem: RowProblem) -> str:
    """``"el dígito verificador no corresponde. Revisa el número."``; quotes a harmless wrong value."""
    if problem.problem is Problem.DUPLICATE:
        return _("la persona ya está en la fila %(row)s. Deja una sola fila.") % {"row": problem.detail}
    if problem.problem is Problem.OTHER_PARENT:
        return _("la fila %(row)s dice que la unidad depende de otra. Deja una sola.") % {
            "row": problem.detail
        }
    text = str(_ROW_TEXTS[problem.problem])
    return f"«{problem.detail}»: {text}" if problem.detail else text


def split_problem(*, problem: RowProblem) -> tuple[str, str]:
    """What is wrong, and what to do about it: the two halves of the sentence."""
    text = describe_problem(problem=problem)
    what, _dot, todo = text.partition(". ")
    return f"{what.rstrip('.')}.", todo


def describe_row_problem(*, problem: RowProblem) -> str:
    """``"Fila 14, RUN: el dígito verificador no corresponde. Revisa el número."``"""
    parts = {
        "row": problem.row,
        "column": name_column(column=problem.column),
        "text": describe_problem(problem=problem),
    }
    if not problem.column:
        return _("Fila %(row)s: %(text)s") % parts
    return _("Fila %(row)s, %(column)s: %(text)s") % parts


def describe_file_problem(*, error: RosterFileError) -> str:
    """One or two sentences on why the file is refused."""
    if error.problem is FileProblem.MISSING_COLUMNS:
        names = ", ".join(name_column(column=column) for column in error.detail.split(","))
        return _(
            "No encontramos estas columnas: %(names)s. "
            "Revisa los títulos en la primera fila, o parte de la plantilla."
        ) % {"names": names}
    if error.problem is FileProblem.UNKNOWN_COLUMN:
        return _("La columna «%(name)s» no existe, o falta en la primera fila.") % {"name": error.detail}
    if error.problem is FileProblem.REPEATED_COLUMN:
        return _("La columna %(name)s aparece dos veces. Deja una sola.") % {
            "name": name_column(column=error.detail)
        }
    if error.problem is FileProblem.BROKEN_CSV:
        return _("El archivo se corta en la fila %(row)s: revisa si hay comillas sin cerrar.") % {
            "row": error.detail
        }
    if error.problem is FileProblem.TOO_BIG:
        return _(
            "El archivo pesa más de %(megabytes)s MB. Quita columnas y hojas que no son de la nómina."
        ) % {"megabytes": LARGEST_FILE // 1024 // 1024}
    if error.problem is FileProblem.TOO_MANY_ROWS:
        return _("El archivo tiene más de %(rows)s filas. Sepáralo por institución y carga cada una.") % {
            "rows": f"{MOST_ROWS:,}".replace(",", ".")
        }
    return str(_FILE_TEXTS[error.problem])
