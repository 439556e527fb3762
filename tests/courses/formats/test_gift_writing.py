"""What is written in GIFT is read back as it was."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.formats.gift import read_gift, write_gift
from courses.quizzes.formats.moodle.rubric import DEFAULT_RUBRIC
from courses.quizzes.rules import QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.moodle_made import choices, example, feedback, simple_questions, spec, stems
from tests.courses.kinds.examples import EXAMPLES, option, ways

SAID = [
    QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATCHING, QuestionKind.ORDERING,
    QuestionKind.SHORT_TEXT, QuestionKind.JUDGEMENT,
]  # fmt: skip


def comes_back(question: QuestionSpec) -> bool:
    """Whether what is written is read back as it was; what is left out need not be."""
    written = write_gift([question])
    if written.left_out:
        return False
    [read] = read_gift(written.content).questions
    assert (read.kind, read.stem, read.body) == (question.kind, question.stem, question.body)
    assert (read.key, read.competence, read.tags) == (question.key, question.competence, question.tags)
    return True


@pytest.mark.parametrize("kind", SAID)
def test_an_example_comes_back(kind: QuestionKind) -> None:
    assert comes_back(replace(example(kind), tags=("regalos", "ley 18.575")))


SIMPLER = {
    "true": spec(QuestionKind.TRUE_FALSE, TrueFalse(True, (), "sí", "no")),
    "false_with_one_feedback": spec(QuestionKind.TRUE_FALSE, TrueFalse(False, (), "", "sí")),
    "number": spec(QuestionKind.NUMERIC, Numeric(Decimal("-2.50"), Decimal("0.5"), feedback_wrong="no ~ = #")),
    "large_number": spec(QuestionKind.NUMERIC, Numeric(Decimal("1E+3"))),
    "essay": spec(QuestionKind.OPEN, OpenAnswer(DEFAULT_RUBRIC, 0)),
    "text_in_brackets": spec(QuestionKind.SINGLE, Choice((option("[html] a", True), option("[x] b", False))), "[plain] c"),
    "all_right": spec(QuestionKind.JUDGEMENT, ways(100, 100)),
    "percent": spec(QuestionKind.SINGLE, Choice((option("%50% a", True), option("%20% b", False)))),
    "items_with_signs": spec(QuestionKind.ORDERING, Ordering(("a: {b}", "c ####d", "e \\n f\ng"))),
}  # fmt: skip


@pytest.mark.parametrize("case", SIMPLER)
def test_a_simpler_question_comes_back(case: str) -> None:
    assert comes_back(SIMPLER[case])


@given(simple_questions)
def test_texts_with_signs_come_back(question: QuestionSpec) -> None:
    comes_back(question)


@given(choices())
def test_any_choice_can_be_said(question: QuestionSpec) -> None:
    assert comes_back(question)


@given(st.decimals(-1000, 1000, places=3), st.decimals(0, 10, places=2), feedback, stems)
def test_numbers_come_back(value: Decimal, tolerance: Decimal, wrong: str, stem: str) -> None:
    assert comes_back(spec(QuestionKind.NUMERIC, Numeric(value, tolerance, feedback_wrong=wrong), stem))


LEFT_OUT = {
    "reasons": example(QuestionKind.TRUE_FALSE),
    "units": example(QuestionKind.NUMERIC),
    "gaps": example(QuestionKind.CLOZE),
    "picture": example(QuestionKind.HOTSPOT),
    "case": example(QuestionKind.CASE),
    "rubric": example(QuestionKind.OPEN),
    "capitals": spec(QuestionKind.SHORT_TEXT, ShortText((Variant("Ley"),), with_case=True)),
    "arrow_on_the_left": spec(QuestionKind.MATCHING, Matching((Pair("a -> b", "1"), Pair("c", "2")))),
    "arrow_in_a_text": spec(QuestionKind.SHORT_TEXT, ShortText((Variant("a -> b"),))),
    "comment_as_an_item": spec(QuestionKind.ORDERING, Ordering(("// a", "b", "c"))),
    "flawed": spec(QuestionKind.SINGLE, Choice(())),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_gift_cannot_say_is_told(case: str) -> None:
    other = replace(example(QuestionKind.SINGLE), key="otra")
    written = write_gift([LEFT_OUT[case], other])
    assert written.left_out == ("p-1",)
    assert [question.key for question in read_gift(written.content).questions] == ["otra"]


def test_questions_keep_their_order_and_their_categories() -> None:
    keys = ["uno", "dos", "tres"]
    questions = [
        replace(example(QuestionKind.SINGLE), key=key, competence=code)
        for key, code in zip(keys, ["INT-1", "TRA-1", "INT-1"], strict=True)
    ]
    read = read_gift(write_gift(questions).content).questions
    assert [(question.key, question.competence) for question in read] == [
        ("uno", "INT-1"), ("dos", "TRA-1"), ("tres", "INT-1"),
    ]  # fmt: skip


def test_a_file_has_the_shape_of_moodle() -> None:
    body = EXAMPLES[QuestionKind.JUDGEMENT].body
    written = write_gift([spec(QuestionKind.JUDGEMENT, body, "¿Qué haces?", tags=("uno",))])
    assert written.content.decode() == (
        "// question: 0  name: Switch category to $course$/top/INT-1\n"
        "$CATEGORY: $course$/top/INT-1\n\n\n"
        "// question: 1  name: p-1\n"
        "// [id:p-1] [tag:uno]\n"
        "::p-1::[plain]¿Qué haces?{\n"
        "\t=Salida 0#SECRETO 0\n\t~%50%Salida 1#SECRETO 1\n\t~Salida 2#SECRETO 2\n"
        "}\n\n"
    )
