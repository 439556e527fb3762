"""All formats in which questions come and go. A new one is added here."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError, Reader, ReadFile
from courses.quizzes.formats.gift import read_gift, write_gift
from courses.quizzes.formats.moodle import read_moodle_xml, write_moodle_xml
from courses.quizzes.formats.qti import read_qti, write_qti
from courses.quizzes.formats.sheets import is_sheet, read_sheet, write_sheet
from courses.quizzes.formats.written import Written
from courses.quizzes.rules import QuestionSpec

_ZIP = b"PK\x03\x04"
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_LOOKED_AT = 64 * 1024
"""Bytes in which the first element must stand."""


@dataclass(frozen=True)
class Format:
    """``code`` stands in addresses; ``hint`` says what it is good for."""

    code: str
    label: Promise
    hint: Promise
    extension: str
    content_type: str
    read: Reader
    write: Callable[[Sequence[QuestionSpec]], Written]


WORKBOOK = Format(
    "excel", _("Planilla de Excel"), _("Para corregir a mano. Trae una hoja que explica cómo se llena."),
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", read_sheet,
    partial(write_sheet, kind="xlsx"),
)  # fmt: skip
CSV = Format(
    "csv", _("Planilla CSV"), _("Lo mismo, para otros programas."), "csv", "text/csv; charset=utf-8",
    read_sheet, partial(write_sheet, kind="csv"),
)  # fmt: skip
GIFT = Format(
    "gift", _("GIFT"), _("Texto sencillo que Moodle y otras plataformas importan."), "gift",
    "text/plain; charset=utf-8", read_gift, write_gift,
)  # fmt: skip
MOODLE = Format(
    "moodle", _("Moodle XML"), _("Para un banco de preguntas de Moodle."), "xml", "application/xml",
    read_moodle_xml, write_moodle_xml,
)  # fmt: skip
QTI_2_1, QTI_2_2, QTI_3_0 = (
    Format(
        f"qti-{version}", label, _("Para plataformas que usan este estándar."), "zip", "application/zip",
        read_qti, partial(write_qti, version=version),
    )
    for version, label in (("2.1", _("QTI 2.1")), ("2.2", _("QTI 2.2")), ("3.0", _("QTI 3.0")))
)  # fmt: skip

FORMATS: tuple[Format, ...] = (WORKBOOK, CSV, GIFT, MOODLE, QTI_2_1, QTI_2_2, QTI_3_0)
_QTI_ROOTS = ("manifest", "assessmentItem", "assessmentTest", "assessmentSection", "questestinterop")
_OF_ROOT = {"quiz": MOODLE} | dict.fromkeys(_QTI_ROOTS, QTI_2_1)


def find_format(*, code: str) -> Format | None:
    """The format with this code, if there is one."""
    return next((one for one in FORMATS if one.code == code), None)


def read_questions(*, data: bytes, name: str) -> tuple[Format, ReadFile]:
    """Tell the format by what the file has inside, and read it.

    Args:
        name: of the file; it only decides whether a text without our titles is a poor sheet.

    Raises:
        QuestionFileError: of no format, or the reader's.
    """
    if len(data) > LARGEST_FILE:
        raise QuestionFileError(FileProblem.TOO_LARGE)
    if not data.strip():
        raise QuestionFileError(FileProblem.NO_QUESTIONS)
    found = recognise(data=data, name=name)
    return found, found.read(data)


def recognise(*, data: bytes, name: str) -> Format:
    """
    Raises:
        QuestionFileError: it is of no format.
    """
    if data.startswith(_ZIP):
        return _recognise_zip(data)
    start = _start_of(data)
    if start.startswith("<"):
        return _recognise_xml(start)
    if is_sheet(data) or name.lower().endswith((".csv", ".tsv")):
        return CSV
    if "\0" in start:
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    return GIFT


def _recognise_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except Exception as error:  # zipfile answers damage with whatever its parts happen to raise
        raise QuestionFileError(FileProblem.BROKEN) from error
    if "xl/workbook.xml" in names:
        return WORKBOOK
    if any(name.endswith(".xml") for name in names):
        return QTI_2_1
    raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)


def _recognise_xml(start: str) -> Format:
    """By the first element; what stands before it (declaration, comments, document type) is passed over."""
    while start.startswith(("<?", "<!")):
        end = "-->" if start.startswith("<!--") else ">"
        start = start.partition(end)[2].lstrip()
    root = _ROOT.match(start)
    name = root[1] if root else ""
    if name.startswith("qti-"):
        return QTI_3_0
    if name not in _OF_ROOT:
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    return _OF_ROOT[name]


def _start_of(data: bytes) -> str:
    """The beginning as text, whatever the encoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) : _LOOKED_AT].decode(encoding, "replace").lstrip()
    return data[:_LOOKED_AT].decode("utf-8", "replace").lstrip()
