"""Numbers and periods as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.indicators.rules.numbers import NumberError, read_number, spell_plain
from lms.indicators.rules.periods import Frequency, PeriodError, period_of_day, read_period


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", "0"),
        ("12", "12"),
        ("0,25", "0.25"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        ("1\N{NO-BREAK SPACE}234", "1234"),
        ("1234,567", "1234.567"),
        (12, "12"),
        (1.234, "1.234"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_number_is_read_without_guessing(written: object, number: str) -> None:
    assert read_number(written) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("-1", "negative"),
        (-1, "negative"),
        ("doce", "not_a_number"),
        ("1e5", "not_a_number"),
        ("١٢", "not_a_number"),
        ("1..2", "not_a_number"),
        ("=1+1", "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        ("9" * 5000, "too_long"),
        ("123456789012", "too_long"),
        (10.0**300, "too_long"),
        ("0,12345", "too_many_decimals"),
        (0.12345, "too_many_decimals"),
    ],
)
def test_number_that_cannot_be_read_says_why(written: object, problem: str) -> None:
    with pytest.raises(NumberError) as error:
        read_number(written)
    assert error.value.problem == problem


@given(st.decimals(min_value=0, max_value=Decimal("99999999999"), places=4))
def test_what_a_file_says_reads_back_as_the_same_number(value: Decimal) -> None:
    assert read_number(spell_plain(value)) == value


@pytest.mark.parametrize(
    ("written", "frequency", "period"),
    [
        ("2025", "year", "2025"),
        (" 2025 ", "once", "2025"),
        ("2025-s1", "half_year", "2025-S1"),
        ("S2-2025", "half_year", "2025-S2"),
        ("2025 T3", "quarter", "2025-T3"),
        ("2025Q4", "quarter", "2025-T4"),
        ("2025-3", "month", "2025-03"),
        ("03/2025", "month", "2025-03"),
        ("2025-03-01", "month", "2025-03"),
    ],
)
def test_period_has_one_spelling(written: str, frequency: Frequency, period: str) -> None:
    assert read_period(text=written, frequency=Frequency(frequency)) == period


@pytest.mark.parametrize(
    ("written", "frequency"),
    [("25", "year"), ("1800", "year"), ("2025-03", "year"), ("2025-13", "month"), ("2025-S3", "half_year"), ("2025-T5", "quarter"), ("", "year"), ("9" * 5000, "year"), ("２０２５", "year"), ("2025-03-31", "month")],
)  # fmt: skip
def test_other_words_are_no_period(written: str, frequency: str) -> None:
    with pytest.raises(PeriodError):
        read_period(text=written, frequency=Frequency(frequency))


def test_month_that_a_spreadsheet_made_a_date_is_a_month_again() -> None:
    assert period_of_day(day=date(2025, 3, 1), frequency=Frequency.MONTH) == "2025-03"


@pytest.mark.parametrize("frequency", ["year", "quarter"])
def test_date_is_no_year(frequency: str) -> None:
    with pytest.raises(PeriodError):
        period_of_day(day=date(2025, 1, 1), frequency=Frequency(frequency))
