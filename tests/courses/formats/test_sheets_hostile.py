"""Files that are damaged or made to do harm: each ends in a refusal with its reason."""

import contextlib
import io
import json
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError
from courses.quizzes.formats.sheets import read_sheet, write_sheet
from tests.courses.formats.sheets_made import repacked, sheet_of, workbook_of

ROW = {
    "pregunta": "¿Qué?",
    "tipo": "ordenar",
    "alternativa 1": "a",
    "alternativa 2": "b",
    "alternativa 3": "c",
}
WORKBOOK = workbook_of(ROW)
SHEET = "xl/worksheets/sheet1.xml"
ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
)
HIDDEN = b"<?xml version='1.0'?><!-- " + b"x" * 3000 + b" --><!DOCTYPE x><worksheet/>"


def problem_of(data: bytes) -> FileProblem:
    with pytest.raises(QuestionFileError) as caught:
        read_sheet(data)
    return caught.value.problem


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def encrypted() -> bytes:
    """A workbook whose members say that they are encrypted."""
    data = bytearray(WORKBOOK)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


CASES = {
    "empty": (lambda: b"", FileProblem.NOT_THIS_FORMAT),
    "too_large": (lambda: b"x" * (LARGEST_FILE + 1), FileProblem.TOO_LARGE),
    "old_excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, FileProblem.NOT_THIS_FORMAT),
    "pdf": (lambda: b"%PDF-1.7\n\x81\x8d", FileProblem.NOT_THIS_FORMAT),
    "another_zip": (lambda: zipped(texto=b"hola"), FileProblem.NOT_THIS_FORMAT),
    "cut_off": (lambda: WORKBOOK[:-200], FileProblem.BROKEN),
    "encrypted": (encrypted, FileProblem.BROKEN),
    "entity": (lambda: repacked(WORKBOOK, SHEET, ENTITY), FileProblem.HOSTILE),
    "hidden_document_type": (lambda: repacked(WORKBOOK, SHEET, HIDDEN), FileProblem.HOSTILE),
    "bomb": (lambda: repacked(WORKBOOK, "xl/media/a.png", b"0" * 60_000_000), FileProblem.HOSTILE),
    "many_members": (lambda: zipped(**{f"a{n}": b"" for n in range(1200)}), FileProblem.HOSTILE),
    "broken_sheet": (lambda: repacked(WORKBOOK, SHEET, b"<worksheet><sheetData>"), FileProblem.BROKEN),
    "no_titles": (lambda: workbook_of({"nombre": "Ana"}), FileProblem.NOT_THIS_FORMAT),
    "endless_cell": (lambda: sheet_of(ROW) + b'"' + b"x" * 200_000, FileProblem.BROKEN),
    "quoted_titles_only": (lambda: b'"pregunta";"alternativa 1"', FileProblem.NO_QUESTIONS),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_read_says_why(case: str) -> None:
    make, problem = CASES[case]
    assert problem_of(make()) is problem


def test_a_row_far_below_is_found_soon() -> None:
    rows = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>pregunta</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>datos</t></is></c></row>'
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    found = read_sheet(repacked(WORKBOOK, SHEET, rows))
    assert [refused.where for refused in found.refused] == ["1048576"]


TITLES = "pregunta;tipo;correctas;respuesta;tolerancia;unidad;alternativa 1;alternativa 2;datos\n"
CELL = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["single", "matching", "numeric", "true_false", "case", "hotspot", "1", "1,2", "a = b = 20 %"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["parts", "options", "kind", "body", "1", "areas", "value"]), inner, max_size=3),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).replace(";", ",")),
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(rows=st.lists(st.lists(CELL, min_size=9, max_size=9), max_size=3))
def test_whatever_stands_in_the_cells_ends_in_questions_or_refusals(rows: list[list[str]]) -> None:
    lines = ["pregunta" + ";" + ";".join(row[1:]) for row in rows]
    with contextlib.suppress(QuestionFileError):
        read_sheet((TITLES + "\n".join(lines)).encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
def test_whatever_bytes_there_are_only_our_error_comes(data: bytes) -> None:
    with contextlib.suppress(QuestionFileError):
        read_sheet(data)


@settings(deadline=None, max_examples=150)
@given(place=st.integers(0, len(WORKBOOK) - 1), byte=st.integers(0, 255))
def test_a_damaged_workbook_ends_in_our_error_or_is_read(place: int, byte: int) -> None:
    damaged = bytearray(WORKBOOK)
    damaged[place] = byte
    with contextlib.suppress(QuestionFileError):
        read_sheet(bytes(damaged))


def test_what_we_write_is_not_taken_for_hostile() -> None:
    assert problem_of(write_sheet([], kind="xlsx").content) is FileProblem.NO_QUESTIONS
