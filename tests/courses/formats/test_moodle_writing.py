"""What is written in Moodle's XML is read back as it was."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.formats.moodle import read_moodle_xml, write_moodle_xml
from courses.quizzes.rules import Option, QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.open_answer import Criterion, Level, OpenAnswer
from courses.quizzes.rules.kinds.parts import Cloze, Part
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.moodle_made import (
    choices,
    example,
    feedback,
    short_texts,
    simple_questions,
    spec,
    stems,
    words,
)
from tests.courses.kinds.examples import EXAMPLES, number, option

NOT_SAID = (QuestionKind.TRUE_FALSE, QuestionKind.HOTSPOT, QuestionKind.CASE)
GAP_FREE = words.filter(lambda text: "{" not in text and "}" not in text)


def comes_back(question: QuestionSpec) -> None:
    written = write_moodle_xml([question])
    assert written.left_out == ()
    [read] = read_moodle_xml(written.content).questions
    assert (read.kind, read.stem, read.body) == (question.kind, question.stem, question.body)
    assert (read.key, read.competence, read.tags) == (question.key, question.competence, question.tags)


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind not in NOT_SAID])
def test_an_example_comes_back(kind: QuestionKind) -> None:
    comes_back(replace(example(kind), tags=("regalos", "ley 18.575")))


SIMPLER = {
    "true": spec(QuestionKind.TRUE_FALSE, TrueFalse(True, (), "sí", "no")),
    "false": spec(QuestionKind.TRUE_FALSE, TrueFalse(False)),
    "exact_number": spec(QuestionKind.NUMERIC, Numeric(Decimal("-0.25"), feedback_wrong="no")),
    "thirds_of_a_unit": spec(QuestionKind.NUMERIC, Numeric(Decimal(3), units=(MeasureUnit("m"), MeasureUnit("yarda", Decimal("0.9144"))))),
    "fixed_order": spec(QuestionKind.SINGLE, Choice((option("a", True), option("b", False)), shuffle=False)),
    "three_right": spec(QuestionKind.MULTIPLE, Choice((*(option(x, True) for x in "abc"), option("d", False), option("e", False)))),
    "end_of_cdata": spec(QuestionKind.SINGLE, Choice((option("a ]]> b", True), option("c", False))), "]]>"),
    "one_criterion": spec(QuestionKind.OPEN, OpenAnswer((Criterion("Norma", (Level(0, "No: nada"), Level(3, "Sí"))),), 0, "Uno\nDos")),
}  # fmt: skip


@pytest.mark.parametrize("case", SIMPLER)
def test_a_simpler_question_comes_back(case: str) -> None:
    comes_back(SIMPLER[case])


@given(simple_questions)
def test_texts_with_signs_come_back(question: QuestionSpec) -> None:
    comes_back(question)


@given(st.one_of(choices(), short_texts()), st.integers(1, 9), GAP_FREE, GAP_FREE, GAP_FREE)
def test_gaps_with_signs_come_back(
    inner: QuestionSpec, weight: int, before: str, after: str, stem: str
) -> None:
    kind = inner.kind if inner.kind is not QuestionKind.MULTIPLE else QuestionKind.SINGLE
    if inner.kind is QuestionKind.MULTIPLE:
        inner = replace(inner, body=Choice((Option("sí", True), Option("no", False))))
    body = Cloze((Part(kind, inner.body, weight=weight),), f"{before} {{{{1}}}} {after}")
    comes_back(spec(QuestionKind.CLOZE, body, stem))


@given(
    st.decimals(-1000, 1000, places=3),
    st.decimals(0, 10, places=2),
    st.decimals("0.001", 1000, places=3),
    feedback,
    stems,
)
def test_numbers_come_back(
    value: Decimal, tolerance: Decimal, factor: Decimal, wrong: str, stem: str
) -> None:
    units = (MeasureUnit("uno"), MeasureUnit("otro", factor))
    comes_back(spec(QuestionKind.NUMERIC, Numeric(value, tolerance, units, wrong), stem))


LEFT_OUT = {
    **{str(kind): example(kind) for kind in NOT_SAID},
    "units_in_a_gap": spec(QuestionKind.CLOZE, Cloze((Part(QuestionKind.NUMERIC, number("1")),), "{{1}}")),
    "flawed": spec(QuestionKind.SINGLE, Choice(())),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_moodle_cannot_say_is_told(case: str) -> None:
    other = replace(example(QuestionKind.SINGLE), key="otra")
    written = write_moodle_xml([LEFT_OUT[case], other])
    assert written.left_out == ("p-1",)
    assert [question.key for question in read_moodle_xml(written.content).questions] == ["otra"]


def test_an_option_that_stays_at_the_end_keeps_all_in_order() -> None:
    body = Choice((option("a", True), option("b", False), option("Ninguna", False, pinned=True)))
    [read] = read_moodle_xml(write_moodle_xml([spec(QuestionKind.SINGLE, body)]).content).questions
    assert not read.body.shuffle


def test_a_letter_that_xml_forbids_is_dropped() -> None:
    written = write_moodle_xml(
        [spec(QuestionKind.SINGLE, EXAMPLES[QuestionKind.SINGLE].body, "a\x0bb\ufffec")]
    )
    [read] = read_moodle_xml(written.content).questions
    assert read.stem == "abc"


def test_categories_follow_the_competences() -> None:
    codes = ["INT-1", "INT-1", "TRA-1"]
    questions = [
        replace(example(QuestionKind.SINGLE), key=f"p-{place}", competence=code)
        for place, code in enumerate(codes)
    ]
    written = write_moodle_xml(questions).content
    assert written.count(b'type="category"') == 2
    assert [question.competence for question in read_moodle_xml(written).questions] == codes


def test_nothing_to_write_is_an_empty_file() -> None:
    assert write_moodle_xml([]).content == b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n</quiz>'
