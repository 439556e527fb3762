import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.outline import AssessmentRule, DrawSpec
from courses.quizzes.rules import (
    AnswerError,
    BankTooSmallError,
    DrawnQuestion,
    QuestionSpec,
    check_answer,
    draw_questions,
    grade_attempt,
    is_right,
    question_from_json,
    question_to_json,
    show_question,
)
from tests.factories.courses import make_question


def rule_for(*draws: tuple[str, int], percent: int = 70) -> AssessmentRule:
    return AssessmentRule(percent, 3, 24, tuple(DrawSpec(*draw) for draw in draws))


def bank_of(**counts: int) -> list[QuestionSpec]:
    return [
        make_question(f"{name}-{number}", competence=name)
        for name, count in counts.items()
        for number in range(count)
    ]


@st.composite
def questions(draw: st.DrawFn, key: str = "p") -> QuestionSpec:
    size = draw(st.integers(2, 8))
    most = 1 if draw(st.booleans()) else size - 1
    correct = draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=max(most, 1)))
    return make_question(key, correct=correct, options=size)


@st.composite
def attempts(draw: st.DrawFn) -> dict[str, QuestionSpec]:
    count = draw(st.integers(1, 15))
    return {f"p{number}": draw(questions(f"p{number}")) for number in range(count)}


def shown_in_order(asked: dict[str, QuestionSpec]) -> list[DrawnQuestion]:
    return [DrawnQuestion(key, tuple(range(len(question.options)))) for key, question in asked.items()]


def test_draw_follows_the_blueprint() -> None:
    bank = bank_of(A=5, B=5, C=5)
    drawn = draw_questions(rule=rule_for(("A", 2), ("B", 3)), bank=bank, chance=Random(1))
    assert sorted(item.key[0] for item in drawn) == ["A", "A", "B", "B", "B"]


@given(seed=st.integers())
def test_no_question_is_drawn_twice(seed: int) -> None:
    rule = rule_for(("A", 2), ("A", 2))
    drawn = draw_questions(rule=rule, bank=bank_of(A=4), chance=Random(seed))
    assert len({item.key for item in drawn}) == 4


def test_draw_mixes_every_option_once() -> None:
    drawn = draw_questions(rule=rule_for(("A", 3)), bank=bank_of(A=3), chance=Random(1))
    assert all(sorted(item.order) == [0, 1, 2, 3] for item in drawn)


def test_another_chance_makes_another_draw() -> None:
    rule, bank = rule_for(("A", 5)), bank_of(A=20)
    draws = {draw_questions(rule=rule, bank=bank, chance=Random(seed)) for seed in range(5)}
    assert len(draws) == 5


def test_too_small_bank_is_said_by_competence() -> None:
    with pytest.raises(BankTooSmallError, match="B"):
        draw_questions(rule=rule_for(("A", 1), ("B", 2)), bank=bank_of(A=2, B=1), chance=Random(1))


def test_too_small_bank_is_said_when_two_parts_share_a_competence() -> None:
    with pytest.raises(BankTooSmallError):
        draw_questions(rule=rule_for(("A", 2), ("A", 2)), bank=bank_of(A=3), chance=Random(1))


@pytest.mark.parametrize("correct", [{1}, {0, 2}], ids=["single", "multiple"])
def test_what_is_shown_holds_no_key(correct: set[int]) -> None:
    question = make_question(correct=correct)
    shown = repr(show_question(question=question, drawn=DrawnQuestion("p1", (3, 1, 0, 2))))
    assert "correct" not in shown
    assert "feedback" not in shown
    assert not any(option.feedback in shown for option in question.options)
    assert question.source not in shown


def test_what_is_shown_keeps_the_order_of_the_attempt() -> None:
    shown = show_question(question=make_question(), drawn=DrawnQuestion("p1", (3, 1, 0, 2)))
    assert [index for index, _text in shown.options] == [3, 1, 0, 2]
    assert shown.options[0] == (3, "Opción 3 de p1")


@pytest.mark.parametrize("chosen", [[4], [-1], [0, 1]])
def test_an_impossible_answer_to_a_single_question_is_refused(chosen: list[int]) -> None:
    with pytest.raises(AnswerError):
        check_answer(question=make_question(), chosen=chosen)


def test_several_options_of_a_multiple_question_are_accepted_once_each() -> None:
    assert check_answer(question=make_question(correct={0, 2}), chosen=[2, 0, 2]) == (0, 2)


def test_no_option_is_an_answer_too() -> None:
    assert check_answer(question=make_question(), chosen=[]) == ()


@given(asked=attempts(), percent=st.integers(1, 100))
def test_all_right_is_a_hundred(asked: dict[str, QuestionSpec], percent: int) -> None:
    answers = {key: sorted(question.correct_options) for key, question in asked.items()}
    rule = rule_for(("INT-1", len(asked)), percent=percent)
    grade = grade_attempt(rule=rule, questions=asked, drawn=shown_in_order(asked), answers=answers)
    assert (grade.percent, grade.passed) == (100, True)


@given(question=questions())
def test_choosing_everything_is_wrong(question: QuestionSpec) -> None:
    assert not is_right(question=question, chosen=range(len(question.options)))


@given(question=questions(), data=st.data())
def test_the_order_of_an_answer_does_not_matter(question: QuestionSpec, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(question.options) - 1)))
    mixed = data.draw(st.permutations(chosen))
    assert is_right(question=question, chosen=chosen) == is_right(question=question, chosen=mixed)


@given(asked=attempts())
def test_what_is_not_answered_is_wrong(asked: dict[str, QuestionSpec]) -> None:
    rule = rule_for(("INT-1", len(asked)))
    grade = grade_attempt(rule=rule, questions=asked, drawn=shown_in_order(asked), answers={})
    assert (grade.correct, grade.percent, grade.passed) == (0, 0, False)


@given(asked=attempts(), percent=st.integers(1, 100), data=st.data())
def test_a_rounded_percent_never_decides(
    asked: dict[str, QuestionSpec], percent: int, data: st.DataObject
) -> None:
    right = data.draw(st.sets(st.sampled_from(sorted(asked))))
    answers = {key: sorted(asked[key].correct_options) for key in right}
    rule = rule_for(("INT-1", len(asked)), percent=percent)
    grade = grade_attempt(rule=rule, questions=asked, drawn=shown_in_order(asked), answers=answers)
    assert grade.passed == (len(right) >= rule.correct_needed)
    assert grade.passed == (grade.percent >= percent)


def test_almost_seventy_does_not_pass_seventy() -> None:
    asked = {f"p{number}": make_question(f"p{number}") for number in range(1000)}
    answers = {key: [0] for key in list(asked)[:699]}
    grade = grade_attempt(
        rule=rule_for(("INT-1", 1000)), questions=asked, drawn=shown_in_order(asked), answers=answers
    )
    assert (grade.percent, grade.passed) == (69, False)


def test_nothing_drawn_is_not_passed() -> None:
    assert not grade_attempt(rule=rule_for(), questions={}, drawn=[], answers={}).passed


def test_each_competence_has_its_own_score() -> None:
    asked = {"a": make_question("a", competence="A"), "b": make_question("b", competence="B")}
    grade = grade_attempt(
        rule=rule_for(("A", 1), ("B", 1)), questions=asked, drawn=shown_in_order(asked), answers={"a": [0]}
    )
    assert [(s.competence, s.correct, s.total, s.percent) for s in grade.competences] == [
        ("A", 1, 1, 100),
        ("B", 0, 1, 0),
    ]


@given(question=questions())
def test_a_question_survives_json(question: QuestionSpec) -> None:
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question
