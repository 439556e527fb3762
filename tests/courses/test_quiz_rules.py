import json
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from courses.outline import AssessmentRule, DrawSpec
from courses.quizzes.rules import (
    BankTooSmallError,
    DrawnQuestion,
    QuestionKind,
    QuestionSpec,
    check_bank,
    draw_questions,
    grade_attempt,
    question_from_json,
    question_to_json,
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
    return [DrawnQuestion(key, list(range(len(question.body.options)))) for key, question in asked.items()]


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
    draws = [draw_questions(rule=rule, bank=bank, chance=Random(seed)) for seed in range(5)]
    assert all(left != right for left, right in combinations(draws, 2))


def test_too_small_bank_is_said_by_competence() -> None:
    with pytest.raises(BankTooSmallError, match="B"):
        draw_questions(rule=rule_for(("A", 1), ("B", 2)), bank=bank_of(A=2, B=1), chance=Random(1))


def test_too_small_bank_is_said_when_two_parts_share_a_competence() -> None:
    with pytest.raises(BankTooSmallError):
        draw_questions(rule=rule_for(("A", 2), ("A", 2)), bank=bank_of(A=3), chance=Random(1))


def test_a_hard_question_is_left_for_the_part_that_asks_for_hard_ones() -> None:
    bank = [make_question(f"p{number}", competence="A", difficulty=1 if number else 3) for number in range(4)]
    rule = AssessmentRule(70, 3, 24, (DrawSpec("A", 3), DrawSpec("A", 1, difficulty=3)))
    for seed in range(20):
        assert len(draw_questions(rule=rule, bank=bank, chance=Random(seed))) == 4


def test_a_part_with_a_tag_draws_only_what_has_it() -> None:
    bank = [make_question(f"p{number}", tags=("regalos",) if number == 2 else ()) for number in range(5)]
    rule = AssessmentRule(70, 3, 24, (DrawSpec("INT-1", 1, tag="regalos"),))
    assert [item.key for item in draw_questions(rule=rule, bank=bank, chance=Random(7))] == ["p2"]


def test_a_bank_that_would_do_for_each_part_alone_is_too_small_for_both() -> None:
    bank = [make_question("p1", difficulty=3), make_question("p2", difficulty=3)]
    with pytest.raises(BankTooSmallError):
        check_bank(blueprint=(DrawSpec("INT-1", 2), DrawSpec("INT-1", 1, difficulty=3)), bank=bank)


@given(asked=attempts(), percent=st.integers(1, 100))
def test_all_right_is_a_hundred(asked: dict[str, QuestionSpec], percent: int) -> None:
    answers = {key: sorted(question.body.correct) for key, question in asked.items()}
    rule = rule_for(("INT-1", len(asked)), percent=percent)
    grade = grade_attempt(rule=rule, questions=asked, drawn=shown_in_order(asked), answers=answers)
    assert (grade.percent, grade.passed) == (100, True)


@given(question=questions())
def test_choosing_everything_earns_nothing(question: QuestionSpec) -> None:
    assume(question.kind == QuestionKind.MULTIPLE)
    assert question.grade(list(range(len(question.body.options)))) == 0


@given(question=questions(), data=st.data())
def test_one_more_right_option_never_costs_points(question: QuestionSpec, data: st.DataObject) -> None:
    assume(question.kind == QuestionKind.MULTIPLE)
    chosen = data.draw(st.sets(st.integers(0, len(question.body.options) - 1)))
    more = data.draw(st.sampled_from(sorted(question.body.correct)))
    assert (question.grade(sorted(chosen | {more})) or 0) >= (question.grade(sorted(chosen)) or 0)


@given(asked=attempts())
def test_what_is_not_answered_is_wrong(asked: dict[str, QuestionSpec]) -> None:
    rule = rule_for(("INT-1", len(asked)))
    grade = grade_attempt(rule=rule, questions=asked, drawn=shown_in_order(asked), answers={})
    assert (grade.points, grade.percent, grade.passed) == (0, 0, False)


@given(asked=attempts(), percent=st.integers(1, 100), data=st.data())
def test_a_rounded_percent_never_decides(
    asked: dict[str, QuestionSpec], percent: int, data: st.DataObject
) -> None:
    right = data.draw(st.sets(st.sampled_from(sorted(asked))))
    answers = {key: sorted(asked[key].body.correct) for key in right}
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
    assert [(s.competence, s.points, s.total, s.percent) for s in grade.competences] == [
        ("A", 1, 1, 100),
        ("B", 0, 1, 0),
    ]


def test_a_competence_below_its_share_fails_the_whole() -> None:
    asked = {key: make_question(key, competence=key[0]) for key in ("A1", "A2", "A3", "B1")}
    rule = AssessmentRule(70, 3, 24, (DrawSpec("A", 3), DrawSpec("B", 1)), pass_percent_each=50)
    answers = {key: [0] for key in ("A1", "A2", "A3")}
    grade = grade_attempt(rule=rule, questions=asked, drawn=shown_in_order(asked), answers=answers)
    assert (grade.percent, grade.passed) == (75, False)


def test_part_of_the_points_counts_exactly() -> None:
    asked = {"p1": make_question("p1", correct={0, 1, 2}, options=4), "p2": make_question("p2")}
    rule = rule_for(("INT-1", 2), percent=83)
    grade = grade_attempt(
        rule=rule, questions=asked, drawn=shown_in_order(asked), answers={"p1": [0, 1], "p2": [0]}
    )
    assert (grade.points, grade.percent, grade.passed) == (Fraction(5, 3), 83, True)


def test_releases_of_before_there_were_bodies_are_read() -> None:
    data = {
        "key": "p1", "competence": "INT-1", "difficulty": 1, "kind": "single", "stem": "¿Qué haces?",
        "options": [{"text": "a", "correct": True, "feedback": "f"}, {"text": "b", "correct": False, "feedback": ""}],
        "source": "", "review": "l1",
    }  # fmt: skip
    assert question_from_json(data).body.correct == {0}


@given(question=questions())
def test_a_question_survives_json(question: QuestionSpec) -> None:
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question
