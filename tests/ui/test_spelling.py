from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from lms.ui.spelling import (
    initials_of,
    spell_date,
    spell_minutes,
    spell_number,
    spell_percent,
    spell_share,
)

GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("percent", "decimals", "words"),
    [
        (68.2, 0, f"68{GAP}%"),
        (68.2, 1, f"68,2{GAP}%"),
        (0.5, 0, f"1{GAP}%"),
        (Decimal("12.345"), 2, f"12,35{GAP}%"),
        (0, 0, f"0{GAP}%"),
        (None, 0, "sin dato"),
    ],
)
def test_percent_is_written_the_chilean_way(percent: float | None, decimals: int, words: str) -> None:
    assert spell_percent(percent=percent, decimals=decimals) == words


def test_share_is_written_as_percent() -> None:
    assert spell_share(share=0.575) == f"58{GAP}%"


def test_share_that_is_not_known_is_never_zero() -> None:
    assert spell_share(share=None) == "sin dato"


@pytest.mark.parametrize(
    ("value", "words"), [(1446, "1.446"), (28500000, "28.500.000"), (7, "7"), (None, "sin dato")]
)
def test_number_has_points_for_thousands(value: int | None, words: str) -> None:
    assert spell_number(value=value) == words


def test_date_is_written_in_words() -> None:
    assert spell_date(value=date(2026, 6, 30)) == "30 de junio de 2026"


def test_instant_is_written_as_the_date_in_santiago() -> None:
    assert spell_date(value=datetime(2026, 7, 1, 2, 0, tzinfo=UTC)) == "30 de junio de 2026"


def test_missing_date_says_so() -> None:
    assert spell_date(value=None) == "sin fecha"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (45, "45 min"), (60, "1 hora"), (150, "2 h 30 min"), (360, "6 horas"), (None, "sin dato")],
)
def test_duration_is_written_in_the_largest_unit_that_fits(minutes: int | None, words: str) -> None:
    assert spell_minutes(minutes=minutes) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Camila Riquelme Soto", "CR"), ("ñandú", "Ñ"), ("", ""), (None, "")]
)
def test_initials_are_the_first_two_words(name: str | None, letters: str) -> None:
    assert initials_of(name=name) == letters


def test_filters_are_there_without_loading_them() -> None:
    figures = "{{ p|percent:1 }} {{ s|share_percent }} {{ n|number }}"
    source = figures + " {{ d|long_date }} {{ m|duration_minutes }} {{ w|initials }}"
    values = {"p": 68.2, "s": 0.5, "n": 1446, "d": date(2026, 6, 30), "m": 150, "w": "Ana Soto"}
    written = Template(source).render(Context(values))
    assert written.replace(GAP, " ") == "68,2 % 50 % 1.446 30 de junio de 2026 2 h 30 min AS"
