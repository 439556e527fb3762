"""What the screens say of records: refusals of papers and completions, faults of lists."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.progress.lists.columns import Column
from lms.progress.lists.problems import Fault, ListError, RowFault
from lms.progress.models import CompletionBatch, RecordQuestion
from lms.progress.services import attested, evidence
from lms.ui.components import Notice, TagKind

LIST_HEADER = ["RUN", "Correo", "Curso", "Fecha", "Minutos", "Resultado"]
COLUMN_NAMES = {
    Column.RUN: gettext_lazy("RUN"),
    Column.EMAIL: gettext_lazy("Correo"),
    Column.COURSE: gettext_lazy("Curso"),
    Column.DAY: gettext_lazy("Fecha"),
    Column.MINUTES: gettext_lazy("Minutos"),
    Column.RESULT: gettext_lazy("Resultado"),
}
COLUMN_HELP = [
    (gettext_lazy("RUN o Correo"), gettext_lazy("Uno de los dos. El RUN va con su dígito verificador.")),
    (gettext_lazy("Curso"), gettext_lazy("El código del curso. Están en la lista de abajo.")),
    (gettext_lazy("Fecha"), gettext_lazy("El día en que lo completó. Así: 31-12-2026.")),
    (gettext_lazy("Minutos"), gettext_lazy("Cuánto duró. Una hora son 60.")),
    (gettext_lazy("Resultado"), gettext_lazy("Si lo sabes: de 0 a 100 %. Se puede dejar vacío.")),
]
_FAULTS = {
    Fault.MISSING: gettext_lazy("Falta el dato. Complétalo."),
    Fault.UNREADABLE: gettext_lazy("Hay letras que no se pueden leer. Escribe el dato de nuevo."),
    Fault.FORMULA: gettext_lazy("Hay una fórmula. Pega solo el valor."),
    Fault.WRONG_RUN: gettext_lazy("No tiene la forma de un RUN. Escríbelo completo."),
    Fault.WRONG_DIGIT: gettext_lazy("El dígito verificador no corresponde. Revisa el número."),
    Fault.WRONG_EMAIL: gettext_lazy("No es un correo. Corrígelo."),
    Fault.WRONG_DATE: gettext_lazy("No se entiende la fecha. Escríbela así: 31-12-2026."),
    Fault.WRONG_MINUTES: gettext_lazy("Escribe los minutos con un número, por ejemplo 90."),
    Fault.WRONG_RESULT: gettext_lazy("Escribe un número de 0 a 100, o deja la celda vacía."),
    Fault.UNKNOWN_PERSON: gettext_lazy("No hay nadie de tu institución con ese dato. Revísalo."),
    Fault.UNKNOWN_COURSE: gettext_lazy("No hay un curso con ese código. Mira la lista de códigos."),
    Fault.FUTURE: gettext_lazy("Esa fecha aún no llega. Revísala."),
    Fault.OWN: gettext_lazy("Es un curso tuyo. Debe acreditarlo otra persona de Gestión de Personas."),
    Fault.NOT_IN_POSTING: gettext_lazy("Ese día la persona no trabajaba en tu institución. Revisa la fecha."),
}
_LISTS = {
    "empty": gettext_lazy("El archivo está vacío. Elige el que tiene la lista."),
    "too_big": gettext_lazy("El archivo pesa más de 2 MB. Deja solo las columnas de la lista."),
    "too_many_rows": gettext_lazy("La lista tiene más de 1.000 filas. Sepárala en varias."),
    "no_rows": gettext_lazy("El archivo tiene los títulos, pero ninguna fila. Revisa que sea el correcto."),
    "old_excel": gettext_lazy("Es un Excel antiguo (.xls) o tiene clave. Guárdalo como XLSX, sin clave."),
}


def describe_list_error(error: ListError) -> str:
    """Why a file is no list, and what to do."""
    if error.missing:
        names = ", ".join(str(COLUMN_NAMES[Column(name)]) for name in error.missing)
        return _("No encontramos estas columnas: %(names)s. Revisa los títulos, o usa la plantilla.") % {
            "names": names
        }
    return str(_LISTS.get(error.why, _("No se puede leer el archivo. Guárdalo de nuevo como CSV o XLSX.")))


@dataclass(frozen=True)
class FaultLine:
    """A refused row in words."""

    row: int
    column: str
    text: str


def describe_fault(fault: RowFault) -> FaultLine:
    """What to correct in which row."""
    column = str(COLUMN_NAMES[Column(fault.column)]) if fault.column else ""
    if fault.fault == Fault.DUPLICATE:
        text = _("Está igual en la fila %(row)s. Deja una sola.") % {"row": fault.detail}
        return FaultLine(fault.row, column, text)
    return FaultLine(fault.row, column, str(_FAULTS[fault.fault]))


def describe_paper_error(error: evidence.EvidenceError) -> str:
    """Why a paper cannot be kept, and what to do."""
    match error:
        case evidence.EmptyEvidenceError():
            return _("El archivo está vacío. Elige otro.")
        case evidence.LargeEvidenceError():
            return _("El archivo pesa más de 10 MB. Escanéalo con menos calidad y súbelo de nuevo.")
        case _:
            return _("No es un PDF, PNG o JPEG, o está dañado. Guárdalo de nuevo en uno de esos formatos.")


def describe_attest_error(error: attested.AttestError) -> tuple[str, str]:
    """The field to correct, and what is wrong with it."""
    match error:
        case attested.FutureCompletionError():
            return "completed_on", _("Esa fecha aún no llega.")
        case attested.NotInPostingError():
            return "completed_on", _("Ese día la persona no trabajaba en tu institución. Revisa la fecha.")
        case attested.ExpiresBeforeError():
            return "valid_until", _("Vence antes de la fecha en que lo completó.")
        case attested.AlreadyAttestedError():
            return "completed_on", _("Este curso ya está acreditado con esa fecha.")
        case _:
            return "course", _("Este curso no tiene una versión publicada.")


BATCH_NOTICES: dict[str, tuple[TagKind, str]] = {
    CompletionBatch.Status.PREVIEW: ("info", "circle-dot"),
    CompletionBatch.Status.APPLIED: ("ok", "circle-check"),
    CompletionBatch.Status.DISCARDED: ("mute", "ban"),
}
_QUESTION_NOTICES: dict[str, tuple[TagKind, str]] = {
    RecordQuestion.State.OPEN: ("info", "hourglass"),
    RecordQuestion.State.ANSWERED: ("mute", "message-square-text"),
    RecordQuestion.State.CORRECTED: ("ok", "circle-check"),
    RecordQuestion.State.WITHDRAWN: ("mute", "ban"),
}


def batch_notice(batch: CompletionBatch) -> Notice:
    kind, icon = BATCH_NOTICES[batch.status]
    return Notice(kind, icon, str(batch.get_status_display()))


def question_notice(question: RecordQuestion) -> Notice:
    """The state of a question as HR reads it."""
    kind, icon = _QUESTION_NOTICES[question.state]
    return Notice(kind, icon, str(question.get_state_display()))
