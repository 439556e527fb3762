"""What is kept comes back byte for byte."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lms.xapi.rules.codec import pack, unpack
from tests.xapi.samples import RICH, write

KEPT_TEXT = (
    b'{"id":"12345678-1234-4234-8234-123456789012","actor":{"objectType":"Agent","account":{"homePage":'
    b'"https://aula.example/personas/funcionarias","name":"ana"}},"verb":{"id":'
    b'"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"https://aula.example/id/curso/x"}}'
)
KEPT = bytes.fromhex(
    "01838697a191b189a999b9852e88a16b02222c40044cdcd2c0d0086c03f99107b2592fb502180c39a9fac0520b986412"
    "8bf5d34af39281fe4c2cca4c2c4672651ec871e4c6294a1cc1e302948050dc9099a29f0c4cbff9fa1540bb00"
)


sober = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@sober
@given(some.binary(max_size=3000))
def test_any_bytes_come_back(text: bytes) -> None:
    assert unpack(pack(text)) == text


@sober
@given(some.text(min_size=150, max_size=2000))
def test_any_text_comes_back_from_a_view_of_memory(text: str) -> None:
    assert unpack(memoryview(pack(text.encode()))) == text.encode()


@pytest.mark.parametrize("length", [0, 1, 199, 200, 201, 100_000])
def test_any_length_comes_back(length: int) -> None:
    text = (b"0123456789" * 10_000)[:length]
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("name", RICH)
def test_a_statement_becomes_smaller(name: str) -> None:
    text = write(RICH[name]).encode()
    assert len(pack(text)) < len(text) * 0.8
    assert unpack(pack(text)) == text


def test_a_short_text_grows_by_its_mark_only() -> None:
    assert pack(b"{}") == b"\x00{}"


def test_what_was_packed_years_ago_is_still_readable() -> None:
    """The words never change: this was packed with the first."""
    assert unpack(KEPT) == KEPT_TEXT
