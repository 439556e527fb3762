"""What people write is kept as they see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.words import clean_line, clean_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  uno\r\n\r\n\r\n\r\ndos  ", "uno\n\ndos"),
        ("al\u202ereves\u0000\u200b", "alreves"),
        ("uno\tdos\u2028tres", "uno dos\ntres"),
        ("familia 👩\u200d👧", "familia 👩\u200d👧"),
        ("\u200b\u2060", ""),
        ("\u00a0\u3000", ""),
        ("\u200d", ""),
        ("\u3164 \u2800", ""),
        ("\ufe0f", ""),
        ("Hola\u202e \x00mundo \r\n \r\n\r\nchao\t.  ", "Hola mundo\n\nchao ."),
    ],
)
def test_what_cannot_be_seen_is_not_kept(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@given(st.text(max_size=600))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


def test_a_title_is_one_line() -> None:
    assert clean_line(" ¿Qué\nes \t esto? ") == "¿Qué es esto?"
