"""Sheets that trainers fill in by hand, in Excel and elsewhere."""

from decimal import Decimal
from typing import Any

import pytest

from courses.quizzes.formats.base import MOST_QUESTIONS, FileProblem, QuestionFileError, Refusal
from courses.quizzes.formats.sheets import is_sheet, read_sheet
from courses.quizzes.rules import Flaw, Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.sheets_made import read_one, read_row, sheet_of, workbook_of

ROW = {"tipo": "Una respuesta", "pregunta": "¿Qué haces, señor?", "correctas": "1", "alternativa 1": "Aviso",
       "alternativa 2": "Callo"}  # fmt: skip


def options(*texts: str, correct: set[int], **feedback: str) -> tuple[Option, ...]:
    return tuple(Option(text, number in correct) for number, text in enumerate(texts, 1))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_as_any_program_writes_it(separator: str, encoding: str) -> None:
    found = read_sheet(sheet_of(ROW, separator=separator, encoding=encoding))
    assert [question.stem for question in found.questions] == ["¿Qué haces, señor?"]
    assert found.questions[0].body == Choice(options("Aviso", "Callo", correct={1}))
    assert found.questions[0].where == "2"


def test_titles_may_stand_below_a_heading_and_be_written_otherwise() -> None:
    text = "sep=;\nBanco de preguntas 2026;\n\nENUNCIADO;Opción A;opcion b;Respuesta  Correcta\n¿Sí?;a;b;B\n"
    found = read_sheet(text.encode("cp1252"))
    assert found.questions[0].body == Choice(options("a", "b", correct={2}))
    assert found.questions[0].where == "5"


def test_everything_beside_the_answer_is_read() -> None:
    read = read_one(
        clave="p-1", tipo="ordenar", competencia="INT-1", dificultad=3.0, etiquetas="Regalos; compras, ",
        fuente="Ley", repaso="l1", alternativas=["a", "b", "c"],
    )  # fmt: skip
    assert (read.key, read.competence, read.difficulty) == ("p-1", "INT-1", 3)
    assert (read.tags, read.source, read.review) == (("Regalos", "compras"), "Ley", "l1")


KINDS: dict[str, tuple[QuestionKind, Any, dict[str, Any]]] = {
    "single": (QuestionKind.SINGLE, Choice((Option("a", False, "No"), Option("b", True))),
               {"tipo": "UNA RESPUESTA", "correctas": 2, "alternativas": ["a", "b"], "retroalimentación_1": "No"}),
    "multiple": (QuestionKind.MULTIPLE, Choice(options("a", "b", "c", correct={1, 3})),
                 {"tipo": "varias  respuestas", "correctas": "1 y 3", "alternativas": ["a", "b", "c"]}),
    "marks_that_excel_made_a_number": (
        QuestionKind.MULTIPLE, Choice(options("a", "b", "c", correct={1, 3})),
        {"tipo": "multiple", "correctas": 1.3, "alternativas": ["a", "b", "c"]}),
    "no_kind": (QuestionKind.MULTIPLE, Choice(options("a", "b", "c", correct={1, 3})),
                {"tipo": None, "correctas": "a, c", "alternativas": ["a", "b", "c"]}),
    "a_column_left_empty": (QuestionKind.SINGLE, Choice(options("a", "c", correct={2})),
                            {"tipo": "single", "correctas": "3", "alternativas": ["a", None, "c"]}),
    "numbers_to_choose": (QuestionKind.SINGLE, Choice(options("10", "2,5", correct={2})),
                          {"tipo": "single", "correctas": 2, "alternativas": [10, 2.5]}),
    "true": (QuestionKind.TRUE_FALSE, TrueFalse(True, (), "Bien", "Mal"),
             {"tipo": "verdadero/falso", "correctas": True, "retroalimentación_1": "Bien",
              "retroalimentación_2": "Mal"}),
    "false_and_why": (QuestionKind.TRUE_FALSE, TrueFalse(False, options("a", "b", correct={2})),
                      {"tipo": "V o F", "correctas": "Falso, 2", "alternativas": ["a", "b"]}),
    "matching": (QuestionKind.MATCHING, Matching((Pair("uno", "1"), Pair("dos", "2 = dos")), ("3",)),
                 {"tipo": "términos pareados", "alternativas": ["uno=1", "dos = 2 = dos", "Sobra = 3"]}),
    "ordering": (QuestionKind.ORDERING, Ordering(("a", "b", "c")),
                 {"tipo": "ordenar", "alternativas": ["a", "b", "c"]}),
    "number": (QuestionKind.NUMERIC, Numeric(Decimal("1234.5"), Decimal(1), (), "No"),
               {"tipo": "número", "respuesta": "1.234,5", "tolerancia": 1, "si_no_acierta": "No"}),
    "number_of_three_decimals": (QuestionKind.NUMERIC, Numeric(Decimal("1.234")),
                                 {"tipo": "numero", "respuesta": 1.234}),
    "units": (QuestionKind.NUMERIC, Numeric(Decimal(5), units=(MeasureUnit("m"), MeasureUnit("km", Decimal(1000)))),
              {"tipo": "numeric", "respuesta": 5, "unidad": "m; km = 1.000"}),
    "short_text": (QuestionKind.SHORT_TEXT, ShortText((Variant("lobby", 100, "Sí"), Variant("cabildeo", 50))),
                   {"tipo": "texto corto", "alternativas": ["lobby", "cabildeo = 50%"],
                    "retroalimentación_1": "Sí"}),
    "judgement": (QuestionKind.JUDGEMENT, Judgement((Way("aviso", 100, "Bien"), Way("callo", 0, ""))),
                  {"tipo": "dilema", "alternativas": ["aviso = 100 %", "callo"], "retroalimentación_1": "Bien"}),
}  # fmt: skip


@pytest.mark.parametrize("case", KINDS)
def test_a_row_filled_in_by_hand_is_a_question(case: str) -> None:
    kind, body, cells = KINDS[case]
    read = read_one(**cells)
    assert (read.kind, read.body) == (kind, body)


REFUSED: dict[str, tuple[Refusal, tuple[Flaw, ...], dict[str, Any]]] = {
    "no_stem": (Refusal.NO_TEXT, (), {"pregunta": None, "tipo": "ordenar", "alternativas": ["a", "b", "c"]}),
    "unknown_kind": (Refusal.UNKNOWN_KIND, (), {"tipo": "crucigrama"}),
    "no_kind_and_no_options": (Refusal.UNKNOWN_KIND, (), {"tipo": None}),
    "none_correct": (Refusal.CANNOT_BE_ASKED, (Flaw.ONE_CORRECT,), {"tipo": "single", "alternativas": ["a", "b"]}),
    "correct_that_is_not_there": (Refusal.BROKEN, (), {"tipo": "single", "correctas": "1, 7", "alternativas": ["a", "b"]}),
    "correct_in_words": (Refusal.BROKEN, (), {"tipo": "single", "correctas": "la primera", "alternativas": ["a", "b"]}),
    "neither_true_nor_false": (Refusal.BROKEN, (), {"tipo": "v/f", "correctas": "tal vez"}),
    "truth_not_said": (Refusal.BROKEN, (), {"tipo": "v/f"}),
    "pair_without_equals": (Refusal.BROKEN, (), {"tipo": "pares", "alternativas": ["a = b", "c"]}),
    "no_number": (Refusal.CANNOT_BE_ASKED, (Flaw.NO_NUMBER,), {"tipo": "número", "respuesta": "mil"}),
    "number_missing": (Refusal.CANNOT_BE_ASKED, (Flaw.NO_NUMBER,), {"tipo": "número"}),
    "no_full_way": (Refusal.CANNOT_BE_ASKED, (Flaw.NO_FULL_VARIANT,), {"tipo": "dilema", "alternativas": ["a", "b"]}),
    "difficulty": (Refusal.BROKEN, (), {"tipo": "ordenar", "dificultad": 7, "alternativas": ["a", "b", "c"]}),
    "case_without_data": (Refusal.BROKEN, (), {"tipo": "caso"}),
    "data_that_are_no_json": (Refusal.BROKEN, (), {"tipo": "caso", "datos": "{no"}),
    "data_of_another_shape": (Refusal.BROKEN, (), {"tipo": "ordenar", "datos": '{"items": 7}'}),
    "deep_data": (Refusal.BROKEN, (), {"tipo": "caso", "datos": '{"a":' * 3000 + "1" + "}" * 3000}),
    "nested_case": (Refusal.BROKEN, (), {"tipo": "caso", "datos": '{"parts": [{"kind": "case", "body": {}}]}'}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_that_is_no_question_is_refused_with_the_reason(case: str) -> None:
    refusal, flaws, cells = REFUSED[case]
    found = read_row(**cells)
    assert not found.questions
    assert [(one.where, one.refusal, one.flaws) for one in found.refused] == [("2", refusal, flaws)]


def test_refused_rows_do_not_keep_the_others_out() -> None:
    found = read_sheet(sheet_of(ROW, ROW | {"tipo": "crucigrama"}, {}, ROW))
    assert [question.where for question in found.questions] == ["2", "5"]
    assert [refused.where for refused in found.refused] == ["3"]


@pytest.mark.parametrize("make", [sheet_of, workbook_of])
def test_a_sheet_with_too_many_rows_is_refused(make: Any) -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_sheet(make(*[ROW] * (MOST_QUESTIONS + 1)))
    assert caught.value.problem is FileProblem.TOO_MANY


def test_a_sheet_with_titles_only_has_no_questions() -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_sheet(b"tipo;pregunta;alternativa 1\n;;\n")
    assert caught.value.problem is FileProblem.NO_QUESTIONS


def test_other_texts_are_no_sheets() -> None:
    assert is_sheet(sheet_of(ROW))
    assert not is_sheet(b"::Uno:: Pregunta { =a ~b }")
    assert not is_sheet(b'"Hola {=a ~b}\n' + b"x" * 200_000)
    assert not is_sheet(b"")
