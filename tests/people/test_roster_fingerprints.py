"""Remembering half a million people in little memory."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from lms.people.rosters.fingerprints import FingerprintTable


def fingerprint(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@given(st.lists(st.integers(0, 3_000), max_size=2_500))
def test_it_answers_as_a_dictionary_would(numbers: list[int]) -> None:
    table, known = FingerprintTable(), {}

    for row, number in enumerate(numbers, start=1):
        assert table.add(fingerprint(number), row) == known.setdefault(number, row)

    assert len(table) == len(known)
    assert all((fingerprint(number) in table) is (number in known) for number in range(0, 3_000, 97))


def test_fingerprints_that_begin_with_zeros_are_different_people() -> None:
    table = FingerprintTable()

    assert table.add("0" * 64, 5) == 5
    assert table.add("0" * 15 + "1" + "0" * 48, 6) == 6
    assert ("0" * 64 in table, "f" * 64 in table) == (True, False)


def test_a_hundred_thousand_people_take_less_than_forty_bytes_each() -> None:
    table = FingerprintTable()
    for number in range(100_000):
        table.add(fingerprint(number), number + 1)

    assert table.bytes_used < 40 * 100_000
