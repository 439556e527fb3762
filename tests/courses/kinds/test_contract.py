"""What every kind of question keeps. A kind that is not in the table of examples fails here."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from courses.quizzes.models import Question
from courses.quizzes.rules import KINDS, AnswerError, QuestionKind, Words
from tests.courses.kinds.examples import EXAMPLES
from tests.factories.pictures import make_picture

KINDS_OF_OURS = pytest.mark.parametrize("kind", list(QuestionKind))
MARKED_BY_US = pytest.mark.parametrize(
    "kind", [kind for kind in QuestionKind if not KINDS[kind].is_marked_by_person]
)


@KINDS_OF_OURS
def test_a_kind_has_its_rules_and_its_example(kind: QuestionKind) -> None:
    assert kind in KINDS and kind in EXAMPLES


@KINDS_OF_OURS
def test_what_is_shown_is_the_same_whatever_the_key(kind: QuestionKind) -> None:
    example, rules = EXAMPLES[kind], KINDS[kind]
    shown = rules.show(example.body, example.order)
    assert example.rekeyed != example.body
    assert shown == rules.show(example.rekeyed, example.rekeyed_order)


@KINDS_OF_OURS
def test_what_is_shown_holds_nothing_that_is_told_after_grading(kind: QuestionKind) -> None:
    example, rules = EXAMPLES[kind], KINDS[kind]
    shown = repr(rules.show(example.body, example.order)).casefold()
    assert all(
        secret.casefold() in json.dumps(rules.to_json(example.body)).casefold() for secret in example.secrets
    )
    assert not any(secret.casefold() in shown for secret in ("correct", "feedback", *example.secrets))


@KINDS_OF_OURS
def test_what_fills_a_form_holds_only_what_was_answered(kind: QuestionKind) -> None:
    example, rules = EXAMPLES[kind], KINDS[kind]
    assert rules.fill(example.body, example.order, None) == rules.fill(
        example.rekeyed, example.rekeyed_order, None
    )


@KINDS_OF_OURS
def test_a_drawn_order_shows_everything_once(kind: QuestionKind) -> None:
    body, rules = EXAMPLES[kind].body, KINDS[kind]
    for seed in range(20):
        order = json.loads(json.dumps(rules.draw_order(body, Random(seed))))
        whole = rules.show(body, order)
        assert sorted(repr(whole)) == sorted(repr(rules.show(body, EXAMPLES[kind].order)))


@MARKED_BY_US
def test_the_right_answer_has_all_the_points(kind: QuestionKind) -> None:
    example, rules = EXAMPLES[kind], KINDS[kind]
    assert rules.grade(example.body, rules.check(example.body, example.right)) == 1
    assert rules.tell(example.body, example.right, Words())


@MARKED_BY_US
def test_the_solution_that_authors_see_has_all_the_points(kind: QuestionKind) -> None:
    body, rules = EXAMPLES[kind].body, KINDS[kind]
    assert rules.grade(body, rules.check(body, rules.solve(body))) == 1


@KINDS_OF_OURS
def test_no_answer_has_no_points_and_no_words(kind: QuestionKind) -> None:
    body, rules = EXAMPLES[kind].body, KINDS[kind]
    assert rules.grade(body, None) == 0
    assert rules.feedback(body, None) == [] and rules.tell(body, None, Words()) == ""


@pytest.mark.parametrize(
    ("kind", "answer", "points"),
    [(kind, answer, points) for kind, example in EXAMPLES.items() for answer, points in example.graded],
)
def test_an_answer_has_the_points_of_the_table(kind: QuestionKind, answer: Any, points: Any) -> None:
    body, rules = EXAMPLES[kind].body, KINDS[kind]
    assert rules.grade(body, rules.check(body, answer)) == points


@pytest.mark.parametrize(
    ("kind", "answer"), [(kind, answer) for kind, example in EXAMPLES.items() for answer in example.hostile]
)
def test_an_answer_of_another_shape_is_refused(kind: QuestionKind, answer: Any) -> None:
    with pytest.raises(AnswerError):
        KINDS[kind].check(EXAMPLES[kind].body, answer)


@KINDS_OF_OURS
def test_the_examples_can_be_asked(kind: QuestionKind) -> None:
    assert list(KINDS[kind].flaws(EXAMPLES[kind].body)) == []


@KINDS_OF_OURS
def test_a_body_survives_json(kind: QuestionKind) -> None:
    body, rules = EXAMPLES[kind].body, KINDS[kind]
    assert rules.from_json(json.loads(json.dumps(rules.to_json(body)))) == body


@KINDS_OF_OURS
def test_a_body_survives_the_form_of_its_author(db: None, kind: QuestionKind) -> None:
    body = EXAMPLES[kind].body
    if kind == QuestionKind.HOTSPOT:
        body = replace(body, image_id=make_picture())
    question = Question(key="k")
    question.set_body(kind, body)
    child = question.answer[0]
    assert child.block.to_body(child.block.clean(child.value)) == body
