"""Whatever a file has inside, reading it ends soon and says what is wrong."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError, Refusal
from courses.quizzes.formats.gift import read_gift
from courses.quizzes.formats.moodle.ours import LONGEST_TEXT

BROKEN = {
    "too_large": (b"a" * (LARGEST_FILE + 1), FileProblem.TOO_LARGE, None),
    "latin": ("a {T}\n\nAño".encode("latin-1"), FileProblem.BROKEN, 3),
    "half_utf16": (b"\xff\xfea", FileProblem.BROKEN, 1),
    "null": (b"::a:: b {T}\0", FileProblem.NOT_THIS_FORMAT, None),
    "xml": (b'<?xml version="1.0"?><quiz/>', FileProblem.NOT_THIS_FORMAT, None),
    "archive": (b"PK\x03\x04", FileProblem.NOT_THIS_FORMAT, None),
    "prose": (b"Estimada jefatura:\n\nAdjunto el informe.", FileProblem.NOT_THIS_FORMAT, None),
    "empty": (b"", FileProblem.NO_QUESTIONS, None),
    "only_comments": (b"// a\n\n$CATEGORY: b\n", FileProblem.NO_QUESTIONS, None),
    "too_many": (b"a {T}\n\n" * 2001, FileProblem.TOO_MANY, None),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_says_why(case: str) -> None:
    data, problem, line = BROKEN[case]
    with pytest.raises(QuestionFileError) as caught:
        read_gift(data)
    assert (caught.value.problem, caught.value.line) == (problem, line)


def test_scripts_leave_nothing() -> None:
    [question] = read_gift(b"::a::[html]b<script>alert(1)</script>{=c<style>x</style> ~d}").questions
    assert (question.stem, question.body.options[0].text) == ("b", "c")


def test_a_text_without_measure_is_refused() -> None:
    read = read_gift(b"a" * (LONGEST_TEXT + 1) + b"{T}")
    assert [question.refusal for question in read.refused] == [Refusal.TOO_LONG]


PIECES = [
    "a{~",
    "a{=b}\n\n",
    "}{\n\n",
    "{",
    "}",
    "~",
    "=",
    "#",
    "####",
    "->",
    "::",
    "\\",
    "// [tag:",
    "[id:",
    "{#1..",
    "%",
    "[",
    "//\n",
    "$CATEGORY:/\n",
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", ["", "::a:: b {", "::a::[html]<b {"])
def test_time_grows_with_the_file_and_no_more(start: str, piece: str) -> None:
    started = time.process_time()
    with contextlib.suppress(QuestionFileError):
        read_gift((start + piece * 50_000 + "}").encode())
    assert time.process_time() - started < 30


@given(st.binary())
def test_no_bytes_fail_in_another_way(data: bytes) -> None:
    with contextlib.suppress(QuestionFileError):
        read_gift(data)


@given(
    st.lists(
        st.sampled_from(
            [*"{}~=#:%\\/\n>*.[]<a1-", "::", "->", "####", "TRUE", "%50%", "[html]", "\n\n", "$CATEGORY:"]
        )
    ).map("".join)
)
def test_no_signs_fail_in_another_way(text: str) -> None:
    with contextlib.suppress(QuestionFileError):
        for question in read_gift(text.encode()).questions:
            assert question.stem
