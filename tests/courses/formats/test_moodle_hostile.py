"""Whatever a file of XML has inside, reading it ends soon, opens nothing else and says what is wrong."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError, Refusal
from courses.quizzes.formats.moodle import read_moodle_xml
from courses.quizzes.formats.moodle.kinds import READERS, REFUSED
from courses.quizzes.formats.moodle.ours import LONGEST_TEXT
from tests.courses.formats.moodle_made import answer, element, quiz, refused

LAUGHS = (
    '<!DOCTYPE quiz [<!ENTITY a "ja">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><quiz>&i;</quiz>"
)
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz><question type="essay"><name><text>&a;</text></name></question></quiz>'
MANY = quiz(element("truefalse", answer("100", "true") + answer("0", "false")) * 2001)

BROKEN = {
    "too_large": (b"<quiz>" + b" " * LARGEST_FILE, FileProblem.TOO_LARGE, None),
    "laughs": (LAUGHS.encode(), FileProblem.HOSTILE, None),
    "outside_entity": (OUTSIDE.encode(), FileProblem.HOSTILE, None),
    "outside_type": (b'<!DOCTYPE quiz SYSTEM "http://127.0.0.1/x.dtd"><quiz/>', FileProblem.HOSTILE, None),
    "bare_type": (b"<!DOCTYPE quiz><quiz/>", FileProblem.HOSTILE, None),
    "deep": (b"<quiz>" + b"<a>" * 100_000, FileProblem.HOSTILE, None),
    "wide": (b"<quiz>" + b"<a/>" * 500_001 + b"</quiz>", FileProblem.HOSTILE, None),
    "unknown_entity": (b"<quiz>\n&nbsp;</quiz>", FileProblem.BROKEN, 2),
    "unclosed": (b"<quiz>\n\n<question>", FileProblem.BROKEN, 3),
    "null": (b"<quiz>\0</quiz>", FileProblem.BROKEN, 1),
    "latin": ("<quiz>Año</quiz>".encode("latin-1"), FileProblem.BROKEN, 1),
    "unknown_encoding": (b'<?xml version="1.0" encoding="no-such"?><quiz/>', FileProblem.BROKEN, None),
    "other_root": (b"<html/>", FileProblem.NOT_THIS_FORMAT, None),
    "gift": (b"::a:: b {T}", FileProblem.NOT_THIS_FORMAT, None),
    "empty": (b"", FileProblem.NOT_THIS_FORMAT, None),
    "no_questions": (b"<quiz/>", FileProblem.NO_QUESTIONS, None),
    "too_many": (MANY, FileProblem.TOO_MANY, None),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_says_why(case: str) -> None:
    data, problem, line = BROKEN[case]
    started = time.process_time()
    with pytest.raises(QuestionFileError) as caught:
        read_moodle_xml(data)
    assert caught.value.problem is problem
    assert line is None or caught.value.line == line
    assert time.process_time() - started < 30


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_says_its_encoding(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{name}"?>\n<quiz>{element("description", "", stem="Año")}</quiz>'
    assert [question.stem for question in read_moodle_xml(text.encode(encoding)).refused] == ["Año"]


def test_a_text_without_measure_is_refused() -> None:
    assert (
        refused("shortanswer", answer("100", "a"), stem="a" * (LONGEST_TEXT + 1)).refusal is Refusal.TOO_LONG
    )


@pytest.mark.parametrize(
    "piece", ["{1:SA:", "{1:MC:=a~", "{1:SA:=a}", "{1:SA:\\", "[[1]]", "{", "&#", "<b>", "<!--"]
)
@pytest.mark.parametrize("type_", ["cloze", "gapselect", "multichoice"])
def test_time_grows_with_the_text_and_no_more(type_: str, piece: str) -> None:
    started = time.process_time()
    refused(type_, "", stem=piece * 50_000)
    assert time.process_time() - started < 30


@given(st.binary())
def test_no_bytes_fail_in_another_way(data: bytes) -> None:
    with contextlib.suppress(QuestionFileError):
        read_moodle_xml(data)


NAMES = [
    "answer", "text", "feedback", "subquestion", "units", "unit", "multiplier", "tolerance", "tags", "tag",
    "graderinfo", "selectoption", "group", "questiontext", "single", "usecase", "idnumber", "hint", "fraction",
]  # fmt: skip
VALUES = [
    "",
    "1",
    "100",
    "-50",
    "true",
    "*",
    "1e9",
    "NaN",
    "Infinity",
    "{1:NM:=1}",
    "[[1]]",
    "a",
    "&lt;img&gt;",
    "9" * 50,
]
trees = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: st.builds(
        lambda name, percent, parts: f'<{name} fraction="{percent}">{"".join(parts)}</{name}>',
        st.sampled_from(NAMES), st.sampled_from([value for value in VALUES if "&" not in value]), st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.sampled_from([*READERS, *REFUSED, "", "category"]), st.lists(trees, max_size=5))
def test_no_tree_fails_in_another_way(type_: str, parts: list[str]) -> None:
    with contextlib.suppress(QuestionFileError):
        read_moodle_xml(quiz(f'<question type="{type_}">{"".join(parts)}</question>'))


@given(
    st.lists(
        st.sampled_from([*"{}~=#:%\\1a *&;<>", "{1:MC:", "{1:SA:", "{1:NM:", "%50%", "&#126;", "<br>"])
    ).map("".join)
)
def test_no_code_fails_in_another_way(stem: str) -> None:
    with contextlib.suppress(QuestionFileError):
        read_moodle_xml(quiz(element("cloze", "", stem=stem)))
