"""A file is told by what it has inside; whatever it is, there are words for what became of it."""

import io
import zipfile

import pytest

from courses.quizzes.formats.base import LARGEST_FILE, Adapted, FileProblem, QuestionFileError, Refusal
from courses.quizzes.formats.registry import FORMATS, Format, find_format, read_questions, recognise
from courses.quizzes.formats.words import ADAPTED, FILE_PROBLEMS, REFUSALS, describe_problem
from courses.quizzes.rules import QuestionKind, QuestionSpec
from tests.courses.kinds.examples import EXAMPLES

SINGLE = QuestionSpec("p-1", "INT-1", 1, QuestionKind.SINGLE, "¿Qué?", EXAMPLES[QuestionKind.SINGLE].body)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return buffer.getvalue()


RECOGNISED = {
    "sheet": (b"tipo;pregunta;alternativa 1\n", "csv"),
    "windows_sheet": ("pregunta;opción 1".encode("cp1252"), "csv"),
    "poor_sheet": (b"uno;dos", "csv"),
    "gift": (b"// banco\n::Uno:: Pregunta {=a ~b}", "gift"),
    "marked_gift": (b"\xef\xbb\xbf$CATEGORY: a", "gift"),
    "moodle": (b'<?xml version="1.0"?>\n<!-- <manifest> -->\n<quiz>', "moodle"),
    "moodle_in_utf16": ('\ufeff<?xml version="1.0" encoding="UTF-16"?><quiz/>'.encode("utf-16-le"), "moodle"),
    "with_document_type": (b"<!DOCTYPE quiz SYSTEM 'x'>\n<quiz/>", "moodle"),
    "old_item": (b'<assessmentItem xmlns="x">', "qti-2.1"),
    "prefixed_item": (b'<imsqti:assessmentItem xmlns:imsqti="x">', "qti-2.1"),
    "new_item": (b"<qti-assessment-item>", "qti-3.0"),
    "package": (zipped("imsmanifest.xml"), "qti-2.1"),
    "workbook": (zipped("xl/workbook.xml"), "excel"),
}


@pytest.mark.parametrize("case", RECOGNISED)
@pytest.mark.parametrize("name", ["preguntas.xml", "preguntas", "banco.XLSX"])
def test_a_file_is_told_by_its_content(case: str, name: str) -> None:
    data, code = RECOGNISED[case]
    name = "preguntas.csv" if case == "poor_sheet" else name
    assert recognise(data=data, name=name).code == code


FOREIGN = {
    "page": (b"<html><body>", FileProblem.NOT_THIS_FORMAT),
    "unfinished_comment": (b"<!-- x", FileProblem.NOT_THIS_FORMAT),
    "other_zip": (zipped("foto.png"), FileProblem.NOT_THIS_FORMAT),
    "broken_zip": (b"PK\x03\x04xx", FileProblem.BROKEN),
    "binary": (b"\x00\x01\x02", FileProblem.NOT_THIS_FORMAT),
    "empty": (b" \n", FileProblem.NO_QUESTIONS),
    "too_large": (b"x" * (LARGEST_FILE + 1), FileProblem.TOO_LARGE),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_file_of_no_format_is_refused_with_the_reason(case: str) -> None:
    data, problem = FOREIGN[case]
    with pytest.raises(QuestionFileError) as caught:
        read_questions(data=data, name="preguntas.bin")
    assert caught.value.problem is problem


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.code)
def test_what_a_format_writes_is_recognised_and_read_again(one: Format) -> None:
    written = one.write([SINGLE])
    assert not written.left_out
    found, read = read_questions(data=written.content, name="sin-nombre")
    assert found.read == one.read
    assert [question.body for question in read.questions] == [SINGLE.body]


def test_each_format_has_its_code_and_its_words() -> None:
    assert len({one.code for one in FORMATS}) == len(FORMATS)
    assert all(str(one.label) and str(one.hint) and one.extension for one in FORMATS)
    assert find_format(code="excel") is FORMATS[0]
    assert find_format(code="word") is None


def test_there_are_words_for_everything_that_can_happen() -> None:
    assert set(FILE_PROBLEMS) == set(FileProblem)
    assert set(ADAPTED) == set(Adapted)
    assert set(REFUSALS) == set(Refusal)
    texts = [str(text) for table in (FILE_PROBLEMS, ADAPTED, REFUSALS) for text in table.values()]
    assert len(set(texts)) == len(texts)
    assert all(text.endswith(".") for text in texts)


def test_a_problem_says_the_line_where_it_is_known() -> None:
    error = QuestionFileError(FileProblem.BROKEN, 12)
    assert describe_problem(error).endswith("(Línea 12.)")
    assert "Línea" not in describe_problem(QuestionFileError(FileProblem.BROKEN))
