"""What we write into a sheet we read again, and no program takes it for a formula."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.quizzes.formats.sheets import SheetKind, read_sheet, write_sheet
from courses.quizzes.formats.sheets.cells import guard, tidy, unguard
from courses.quizzes.formats.sheets.columns import TITLES
from courses.quizzes.formats.sheets.kinds import KIND_NAMES
from courses.quizzes.models import Question
from courses.quizzes.rules import Option, QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.sheets_made import cells_of, spec_of
from tests.courses.kinds.examples import EXAMPLES

SHEETS: list[SheetKind] = ["csv", "xlsx"]
BOTH = pytest.mark.parametrize("kind", SHEETS)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: tidy(text) != ""
)
DANGEROUS = ["=1+1", "+1", "-1", "@A1", "＝1", " =1", "'=1", "''=1", "'", "-", "=HYPERLINK(1)"]


def question(kind: QuestionKind, body: Any, **values: Any) -> QuestionSpec:
    values = {"stem": "¿Qué haces?\nPiénsalo.", "source": "Ley N° 18.575, art. 62", "review": "m1-l1",
              "tags": ("regalos", "compras")} | values  # fmt: skip
    return QuestionSpec(key="p-1", competence="INT-1", difficulty=2, kind=kind, body=body, **values)


def comes_back(spec: QuestionSpec, kind: SheetKind) -> None:
    written = write_sheet([spec], kind=kind)
    found = read_sheet(written.content)
    assert not written.left_out
    assert not found.refused
    assert [spec_of(read) for read in found.questions] == [spec]


EXTREMES: dict[str, tuple[QuestionKind, Any]] = {
    "in_order": (QuestionKind.SINGLE, Choice((Option("a", True), Option("b", False)), shuffle=False)),
    "pinned": (QuestionKind.SINGLE, Choice((Option("a", True), Option("Todas", False, "", True)))),
    "too_many_options": (
        QuestionKind.SINGLE, Choice(tuple(Option(f"Opción {n}", n == 11) for n in range(13)))),
    "empty_option": (QuestionKind.SINGLE, Choice((Option("a", True), Option("", False)))),
    "carriage_returns": (QuestionKind.SINGLE, Choice((Option("a", True, "Uno.\nDos."), Option("b", False)))),
    "only_true": (QuestionKind.TRUE_FALSE, TrueFalse(False, (), "Sí, porque", "No, porque")),
    "equals_in_a_pair": (QuestionKind.MATCHING, Matching((Pair("a = b", "c = d"), Pair("sobra", "x")), ("= y",))),
    "steps_like_formulas": (QuestionKind.ORDERING, Ordering(("-1", "=A1", "+2"))),
    "small_number": (QuestionKind.NUMERIC, Numeric(Decimal("-1E-7"), Decimal("1E+3"))),
    "unit_with_equals": (
        QuestionKind.NUMERIC, Numeric(Decimal("1.234"), units=(MeasureUnit("m"), MeasureUnit("k=m", Decimal("0.5"))))),
    "percent_in_a_text": (
        QuestionKind.SHORT_TEXT, ShortText((Variant("50 %"), Variant("x = 20 %"), Variant("y", 20)), True, True, "No")),
}  # fmt: skip


@BOTH
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_kind_comes_back_as_it_was(example: QuestionKind, kind: SheetKind) -> None:
    comes_back(question(example, EXAMPLES[example].body), kind)
    comes_back(question(example, EXAMPLES[example].rekeyed, tags=(), source="", review=""), kind)


@BOTH
@pytest.mark.parametrize("extreme", EXTREMES)
def test_what_plain_columns_cannot_say_comes_back_too(extreme: str, kind: SheetKind) -> None:
    comes_back(question(*EXTREMES[extreme]), kind)


@BOTH
@pytest.mark.parametrize("text", DANGEROUS)
def test_texts_like_formulas_are_guarded_and_come_back(text: str, kind: SheetKind) -> None:
    body = Choice((Option(text.strip(), True, text.strip()), Option("b", False)))
    comes_back(question(QuestionKind.SINGLE, body, stem=text.strip(), source=text.strip()), kind)


@pytest.mark.parametrize("text", [*DANGEROUS, "hola", "a = b", "", "'hola'"])
def test_a_guarded_text_starts_no_formula_and_is_freed_again(text: str) -> None:
    assert (
        not guard(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    )
    assert unguard(guard(text)) == text


def test_no_cell_of_ours_is_a_formula() -> None:
    spec = question(QuestionKind.ORDERING, Ordering(("=1", "@x", "+3")), stem="=1+1")
    book = load_workbook(io.BytesIO(write_sheet([spec], kind="xlsx").content))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    text = write_sheet([spec], kind="csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@settings(deadline=None, max_examples=60)
@given(
    texts=st.lists(TEXT, min_size=3, max_size=12, unique=True),
    correct=st.integers(0, 2),
    sheet=st.sampled_from(SHEETS),
)
def test_any_texts_come_back(texts: list[str], correct: int, sheet: SheetKind) -> None:
    texts = list(dict.fromkeys(tidy(text) for text in texts))
    folded = {" ".join(text.casefold().split()) for text in texts}
    if len(texts) < 3 or len(folded) < len(texts):
        return
    options = tuple(Option(text, number == correct, texts[0]) for number, text in enumerate(texts))
    comes_back(question(QuestionKind.SINGLE, Choice(options), stem=texts[1]), sheet)
    comes_back(question(QuestionKind.ORDERING, Ordering(tuple(texts)), stem=texts[2]), sheet)


def test_carriage_returns_of_a_form_do_not_hide_the_text_in_the_last_column() -> None:
    body = Choice((Option("a", True, "Uno.\r\nDos. "), Option("b", False)))
    row = cells_of(write_sheet([question(QuestionKind.SINGLE, body)], kind="xlsx").content)[1]
    assert row[-1] is None
    assert "Uno.\nDos." in row


def test_a_text_that_no_cell_holds_leaves_the_question_out_and_says_so() -> None:
    long = question(QuestionKind.ORDERING, Ordering(("a", "b", "x" * 40_000)))
    written = write_sheet([long, question(QuestionKind.ORDERING, Ordering(("a", "b", "c")))], kind="xlsx")
    assert written.left_out == ("p-1",)
    assert len(read_sheet(written.content).questions) == 1


def test_a_plain_cell_that_was_changed_counts_though_there_are_data() -> None:
    body = Choice((Option("a", True), Option("b", False), Option("Todas", False, "", True)), shuffle=False)
    content = write_sheet([question(QuestionKind.SINGLE, body)], kind="csv").content.decode("utf-8-sig")
    read = read_sheet(content.replace(";b;", ";otra;").encode()).questions[0]
    assert read.body == Choice(
        (Option("a", True), Option("otra", False), Option("Todas", False, "", True)), False
    )


def test_an_empty_sheet_has_our_titles_and_says_how_it_is_filled_in() -> None:
    book = load_workbook(io.BytesIO(write_sheet([], kind="xlsx").content))
    titles = [cell.value for cell in book["Preguntas"][1]]
    assert len(titles) == len(TITLES)
    assert titles[:6] == ["clave", "tipo", "competencia", "dificultad", "etiquetas", "pregunta"]
    assert titles[-1] == "datos"
    guide = {row[0].value for row in book["Cómo se llena"]}
    assert {"Una respuesta", "Unir pares", "Dilema con consecuencias"} <= guide


def test_kinds_are_called_as_in_the_editor() -> None:
    assert {kind.value: name for kind, name in KIND_NAMES.items()} == dict(Question.Kind.choices)
