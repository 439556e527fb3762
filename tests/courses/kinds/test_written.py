"""Numbers as people write them, and words that mean the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.written import fold_text, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("1.234,5", "1234.5"), ("1.500", "1500"), ("0.500", "0.5"),
        ("1 500", "1500"), ("1.500.000", "1500000"), ("-3", "-3"), ("−3,25", "-3.25"), (",5", "0.5"),
        ("+7", "7"), ("12.34", "12.34"), ("1234.567", "1234.567"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written_here(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "mil", "1,2,3", "1.2.3", "12,5 km", "NaN", "Infinity", "1e999999", "--1"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    number = read_number(text)
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    ("left", "right"),
    [("Probidad", " probidad. "), ("acción", "accion"), ("dos  palabras", "dos palabras"), ("«ley»", "ley")],
)
def test_writings_of_the_same_are_equal(left: str, right: str) -> None:
    assert fold_text(left) == fold_text(right)


def test_the_tilde_of_a_letter_is_no_accent() -> None:
    assert fold_text("año") != fold_text("ano")


def test_accents_and_capitals_count_where_asked() -> None:
    strict = ShortText((Variant("Acción"),), with_accents=True, with_case=True)
    assert strict.find("Acción") and not strict.find("Accion") and not strict.find("acción")


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        ("contralor*", "Contraloría General", True), ("*general*", "la Contraloría General", True),
        ("ley * 2014", "ley del 2014", True), ("ley*ley", "ley", False), ("a*b*c", "a b x", False),
    ],
)  # fmt: skip
def test_a_star_stands_for_any_text(pattern: str, text: str, is_found: bool) -> None:
    assert bool(ShortText((Variant(pattern),)).find(text)) is is_found


def test_the_best_variant_counts() -> None:
    body = ShortText((Variant("ley*", 50), Variant("ley 20.730", 100)))
    found = body.find("Ley 20.730")
    assert found and found.percent == 100
