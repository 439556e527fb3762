"""What is wrong with a file, in plain sentences that say what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.indicators.rules.comparing import TotalWarning
from lms.indicators.rules.periods import EXAMPLES
from lms.indicators.rules.problems import ColumnFaults, FileFault, FileRefusedError, Problem, RowProblem
from lms.indicators.rules.shapes import Shape
from lms.indicators.selectors.words import cell_words, number_words
from lms.lib.table_files import LARGEST_FILE, MOST_ROWS
from lms.ui.spelling import spell_number

_FILE_WORDS = {
    FileFault.EMPTY: gettext_lazy("El archivo está vacío. Elige el archivo que tiene los datos."),
    FileFault.TOO_BIG: gettext_lazy("El archivo es muy grande: puede tener hasta %(megabytes)s MB."),
    FileFault.NOT_A_SHEET: gettext_lazy("El archivo no es una planilla. Guarda los datos como CSV o XLSX."),
    FileFault.DAMAGED: gettext_lazy(
        "El archivo está dañado y no se puede leer. Ábrelo y guárdalo de nuevo como CSV o XLSX."
    ),
    FileFault.UNREADABLE: gettext_lazy(
        "No se pueden leer las letras del archivo. Guárdalo de nuevo como CSV UTF-8 o como XLSX."
    ),
    FileFault.NO_ROWS: gettext_lazy("El archivo tiene títulos, pero ninguna fila con datos."),
    FileFault.TOO_MANY_ROWS: gettext_lazy("El archivo tiene demasiadas filas: puede tener hasta %(rows)s."),
}

_ROW_WORDS = {
    Problem.MISSING: gettext_lazy("falta el dato. Complétalo."),
    Problem.UNREADABLE: gettext_lazy("hay caracteres que no se pueden leer. Escribe el dato de nuevo."),
    Problem.TOO_LONG: gettext_lazy("el texto es demasiado largo: caben %(detail)s caracteres."),
    Problem.WRONG_PERIOD: gettext_lazy(
        "«%(detail)s» no es un período de este indicador. Escríbelo así: %(example)s."
    ),
    Problem.UNKNOWN_VALUE: gettext_lazy("no está entre los valores del indicador. Prueba con: %(detail)s."),
    Problem.NOT_A_NUMBER: gettext_lazy("«%(detail)s» no es un número."),
    Problem.AMBIGUOUS: gettext_lazy(
        "«%(detail)s» se puede leer de dos maneras. Escribe los miles sin punto (1234) y los decimales con "
        "una cifra más (1,2340)."
    ),
    Problem.NEGATIVE: gettext_lazy("«%(detail)s» es negativo. Usa cero o un número mayor."),
    Problem.NUMBER_TOO_LONG: gettext_lazy("el número es demasiado largo: caben 11 cifras antes de la coma."),
    Problem.TOO_MANY_DECIMALS: gettext_lazy("el número tiene más de cuatro decimales. Redondéalo."),
    Problem.ZERO_DENOMINATOR: gettext_lazy(
        "el denominador es cero y no se puede dividir. Deja los números en blanco y escribe «no aplica» "
        "en la columna estado."
    ),
    Problem.NO_DENOMINATOR_HERE: gettext_lazy(
        "este indicador es una cantidad: deja el denominador en blanco."
    ),
    Problem.MORE_THAN_WHOLE: gettext_lazy("el numerador es mayor que el denominador, del que es una parte."),
    Problem.UNKNOWN_STATUS: gettext_lazy(
        "«%(detail)s» no es un estado. Escribe «valor», «no aplica» o «sin dato», o déjalo en blanco."
    ),
    Problem.VALUE_WITHOUT_STATUS: gettext_lazy(
        "falta el número. Si no existe, escribe «sin dato» o «no aplica» en la columna estado. El cero se "
        "escribe 0."
    ),
    Problem.STATUS_WITH_VALUE: gettext_lazy("dice «%(detail)s» y trae números. Borra una de las dos cosas."),
    Problem.DUPLICATE: gettext_lazy("repite el período y los valores de la fila %(detail)s. Deja una sola."),
    Problem.EXAMPLE: gettext_lazy(
        "la nota dice «dato de ejemplo». Los datos inventados no se publican: quita la fila o escribe el "
        "dato verdadero."
    ),
    Problem.LOCKED: gettext_lazy("cambia el período %(detail)s, que está cerrado."),
    Problem.LOCKED_REMOVED: gettext_lazy("falta una fila de un período cerrado: %(detail)s."),
    Problem.LOCKED_REDEFINED: gettext_lazy(
        "el período %(detail)s está cerrado, y con la definición de hoy sus valores serían otros. Ábrelo con "
        "un motivo, o vuelve a escribir el tipo, la unidad, el factor y los decimales de antes."
    ),
    Problem.TOO_MANY_CELLS: gettext_lazy("los textos de la desagregación son demasiado largos. Acórtalos."),
}


def file_words(error: FileRefusedError) -> list[str]:
    """Sentences that say what is wrong with a whole file."""
    if error.fault == FileFault.COLUMNS:
        return _column_words(error.columns)
    return [str(_FILE_WORDS[error.fault]) % limits()]


def limits() -> dict[str, str]:
    """What a file may have at most, in words."""
    return {
        "megabytes": spell_number(value=LARGEST_FILE // 1024 // 1024),
        "rows": spell_number(value=MOST_ROWS),
    }


def _column_words(faults: ColumnFaults) -> list[str]:
    guessed = {one.closest for one in faults.unknown if one.closest}
    words = [
        _("La columna «%(title)s» no se conoce. ¿Es «%(closest)s»? Cámbiale el nombre.")
        % {"title": one.title, "closest": one.closest}
        if one.closest
        else _("La columna «%(title)s» no se conoce. Quítala.") % {"title": one.title}
        for one in faults.unknown
    ]
    words += [
        _("Falta la columna «%(name)s».") % {"name": name} for name in faults.missing if name not in guessed
    ]
    return words + [
        _("La columna «%(name)s» está dos veces. Deja una.") % {"name": name} for name in faults.repeated
    ]


def problem_words(*, problem: RowProblem, shape: Shape) -> str:
    """One sentence for one wrong cell, without its row and column."""
    values = {"detail": problem.detail, "example": EXAMPLES[shape.frequency]}
    return str(_ROW_WORDS[problem.problem]) % values


def warning_words(*, warning: TotalWarning, shape: Shape) -> str:
    """``"2025, Total: el numerador es 90, y la suma por Región es 88."``"""
    labels = {one.name: one.label for one in shape.dimensions}
    names = {"numerador": _("el numerador"), "denominador": _("el denominador")}
    return _(
        "%(period)s, %(cell)s: %(column)s es %(total)s, y la suma de sus partes (%(dimension)s) es %(parts)s."
    ) % {
        "period": warning.row.period,
        "cell": cell_words(row=warning.row, shape=shape),
        "column": names[warning.column],
        "total": number_words(warning.total),
        "dimension": labels.get(warning.dimension, warning.dimension),
        "parts": number_words(warning.parts),
    }
