"""The arithmetic of a score."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from lms.diagnostics.rules import AnswerValue, Dimension, Given, Level, Question, score
from lms.diagnostics.rules.scoring import half_up

SCALE = (Level(0), Level(1), Level(2, needs_evidence=True), Level(3, needs_evidence=True))


def one_dimension(*weights: int, key: str = "d", weight: int = 1) -> Dimension:
    questions = tuple(Question(f"{key}{n}", SCALE, each) for n, each in enumerate(weights))
    return Dimension(key, questions, weight)


def test_a_dimension_is_the_points_over_what_was_possible() -> None:
    found = score(dimensions=[one_dimension(1, 1)], given={"d0": Given(3, True), "d1": Given(1)})

    assert (found.dimensions[0].points, found.dimensions[0].possible) == (4, 6)
    assert found.dimensions[0].percent == 67


def test_a_question_counts_as_often_as_its_weight_says() -> None:
    found = score(dimensions=[one_dimension(1, 2)], given={"d0": Given(0), "d1": Given(3, True)})

    assert found.dimensions[0].percent == 67


def test_what_does_not_apply_is_not_possible_either() -> None:
    found = score(dimensions=[one_dimension(1, 1)], given={"d0": Given(None), "d1": Given(3, True)})

    assert found.dimensions[0].percent == 100


def test_a_dimension_where_nothing_applies_has_no_score_and_does_not_count_in_the_total() -> None:
    dimensions = [one_dimension(1, key="a"), one_dimension(1, key="b")]

    found = score(dimensions=dimensions, given={"a0": Given(None), "b0": Given(1)})

    assert [one.percent for one in found.dimensions] == [None, 33]
    assert found.overall == 33


def test_where_nothing_applies_at_all_there_is_no_total() -> None:
    assert score(dimensions=[one_dimension(1)], given={"d0": Given(None)}).overall is None


@pytest.mark.parametrize(
    ("level", "has_evidence", "counted"),
    [(3, True, 3), (3, False, 1), (2, False, 1), (2, True, 2), (1, False, 1), (0, False, 0)],
)
def test_without_evidence_a_level_counts_as_the_highest_that_needs_none(
    level: int, has_evidence: bool, counted: int
) -> None:
    row = score(dimensions=[one_dimension(1)], given={"d0": Given(level, has_evidence)}).questions["d0"]

    assert (row.chosen, row.counted, row.is_lowered) == (level, counted, level != counted)


def test_the_total_is_the_mean_of_the_dimensions_by_weight() -> None:
    dimensions = [one_dimension(1, key="a", weight=3), one_dimension(1, key="b")]

    found = score(dimensions=dimensions, given={"a0": Given(3, True), "b0": Given(0)})

    assert found.overall == 75


def test_the_total_can_be_redone_from_the_whole_per_cents_shown() -> None:
    dimensions = [one_dimension(1, key="a"), one_dimension(1, key="b")]

    found = score(dimensions=dimensions, given={"a0": Given(1), "b0": Given(2, True)})

    assert [one.percent for one in found.dimensions] == [33, 67]
    assert found.overall == 50


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1, 8, 13), (3, 8, 38), (1, 3, 33), (0, 5, 0), (5, 5, 100)]
)
def test_halves_go_up(part: int, whole: int, percent: int) -> None:
    assert half_up(part, whole) == percent


@for_all(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=8))
def test_more_evidence_never_lowers_a_score(answers: list[tuple[int, bool]]) -> None:
    dimension = one_dimension(*[1] * len(answers))
    without = {f"d{n}": Given(level, shown) for n, (level, shown) in enumerate(answers)}
    with_all = {key: Given(one.level, True) for key, one in without.items()}

    before, after = (score(dimensions=[dimension], given=one).overall for one in (without, with_all))

    assert before is not None and after is not None and 0 <= before <= after <= 100


def test_the_same_answer_has_the_same_digest_and_any_other_has_another() -> None:
    first = AnswerValue(2, comment="a", evidence_links=("https://a.cl", "https://b.cl"))

    assert first.digest == AnswerValue(2, False, "a", "", ("https://a.cl", "https://b.cl")).digest
    others = [
        AnswerValue(), AnswerValue(2), AnswerValue(None, True, "a"), AnswerValue(2, comment="a"),
        AnswerValue(2, comment="a", evidence_links=("https://a.cl https://b.cl",)),
        AnswerValue(2, comment="", evidence_text="a", evidence_links=("https://a.cl", "https://b.cl")),
    ]  # fmt: skip
    assert len({one.digest for one in [first, *others]}) == 7
