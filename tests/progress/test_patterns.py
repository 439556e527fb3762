"""What may be told of the choices of a group."""

import pytest

from lms.progress.pattern_words import to_group
from lms.progress.rules.patterns import Pattern, to_pattern

CHOICES = [{"key": "a", "recap": "Avisaste."}, {"key": "b", "recap": "Callaste."}]


@pytest.mark.parametrize(
    ("counts", "percents"),
    [
        ({"a": 9}, None),
        ({}, None),
        ({"a": 5, "b": 5}, {"a": 50, "b": 50}),
        ({"a": 10}, {"a": 90}),
        ({"a": 1, "b": 19}, {"a": 10, "b": 90}),
        ({"a": 2, "b": 8}, {"a": 20, "b": 80}),
    ],
)
def test_a_pattern_needs_a_group_and_never_says_all_or_none(
    counts: dict[str, int], percents: dict[str, int] | None
) -> None:
    pattern = to_pattern(counts=counts, group=10)
    assert (pattern and pattern.percents) == percents


def test_words_do_not_tell_ten_of_ten_from_nine() -> None:
    group = to_group(choices=CHOICES, pattern=Pattern(10, {"a": 90}), mine="b")
    told = [(line.text, line.words.replace("\xa0", " "), line.is_mine) for line in group.lines]
    assert told == [("Avisaste.", "90 % o más", False), ("Callaste.", "10 % o menos", True)]
