"""Questions, texts and small files for the tests of Moodle's formats."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from courses.quizzes.formats.base import ReadFile, ReadQuestion, RefusedQuestion
from courses.quizzes.formats.gift import read_gift
from courses.quizzes.formats.moodle import read_moodle_xml
from courses.quizzes.rules import Option, QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.kinds.examples import EXAMPLES

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> ReadFile:
    """A file of ``samples``: ``gift/probidad-moodle4.txt``."""
    read = read_gift if name.startswith("gift/") else read_moodle_xml
    return read((SAMPLES / name).read_bytes())


def quiz(questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}\n</quiz>'.encode()


def element(type_: str, inside: str, *, stem: str = "<p>¿Qué?</p>", name: str = "Uno") -> str:
    """A question of Moodle's XML, with what its type has of its own."""
    return (
        f'<question type="{type_}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>{inside}</question>'
    )


def answer(percent: str, text: str, inside: str = "") -> str:
    return f'<answer fraction="{percent}"><text><![CDATA[{text}]]></text>{inside}</answer>'


def found(type_: str, inside: str, *, stem: str = "<p>¿Qué?</p>") -> ReadQuestion:
    """The only question of a file of Moodle's XML."""
    [question] = read_moodle_xml(quiz(element(type_, inside, stem=stem))).questions
    return question


def refused(type_: str, inside: str, *, stem: str = "<p>¿Qué?</p>") -> RefusedQuestion:
    [question] = read_moodle_xml(quiz(element(type_, inside, stem=stem))).refused
    return question


def gift(text: str) -> ReadQuestion:
    """The only question of a GIFT file."""
    [question] = read_gift(text.encode()).questions
    return question


def spec(kind: QuestionKind, body: Any, stem: str = "¿Qué dice la norma?", **others: Any) -> QuestionSpec:
    return QuestionSpec("p-1", "INT-1", 1, kind, stem, body, **others)


def example(kind: QuestionKind) -> QuestionSpec:
    return spec(kind, EXAMPLES[kind].body, "Lee el caso.\n\n¿Qué haces & por qué <hoy>?\n{2 = 2} ~ #1: \\n")


SIGNS = "abcñá \\=~#{}:%[]()<>&;*/->\"'`_$0."
words = st.text(alphabet=SIGNS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
feedback = st.one_of(st.just(""), words)
stems = st.lists(words, min_size=1, max_size=3).map("\n".join)
"""Texts made of all signs that a format gives a meaning to."""


@st.composite
def choices(draw: Any) -> QuestionSpec:
    texts = draw(st.lists(words, min_size=3, max_size=5, unique_by=str.casefold))
    many = draw(st.booleans())
    right = 2 if many else 1
    options = tuple(Option(text, place < right, draw(feedback)) for place, text in enumerate(texts))
    kind = QuestionKind.MULTIPLE if many else QuestionKind.SINGLE
    return spec(kind, Choice(options), draw(stems))


@st.composite
def judgements(draw: Any) -> QuestionSpec:
    texts = draw(st.lists(words, min_size=3, max_size=5, unique_by=str.casefold))
    percents = [100, draw(st.integers(1, 100)), *(draw(st.integers(0, 100)) for _ in texts[2:])]
    ways = (Way(text, percent, draw(feedback)) for text, percent in zip(texts, percents, strict=True))
    return spec(QuestionKind.JUDGEMENT, Judgement(tuple(ways)), draw(stems))


@st.composite
def short_texts(draw: Any) -> QuestionSpec:
    texts = draw(
        st.lists(words.filter(lambda text: text.strip(" *") and "\\*" not in text), min_size=1, max_size=4)
    )
    variants = (
        Variant(text, 100 if not place else draw(st.integers(1, 100)), draw(feedback))
        for place, text in enumerate(texts)
    )
    return spec(
        QuestionKind.SHORT_TEXT, ShortText(tuple(variants), feedback_wrong=draw(feedback)), draw(stems)
    )


@st.composite
def matchings(draw: Any) -> QuestionSpec:
    texts = draw(st.lists(words, min_size=5, max_size=7, unique_by=str.casefold))
    pairs = (Pair(texts[0], texts[2]), Pair(texts[1], texts[3]))
    return spec(QuestionKind.MATCHING, Matching(pairs, tuple(texts[4:])), draw(stems))


true_falses = st.builds(TrueFalse, st.booleans(), st.just(()), feedback, feedback).map(
    lambda body: spec(QuestionKind.TRUE_FALSE, body)
)
orderings = st.lists(words, min_size=3, max_size=6, unique_by=str.casefold).map(
    lambda items: spec(QuestionKind.ORDERING, Ordering(tuple(items)))
)
simple_questions = st.one_of(choices(), judgements(), short_texts(), matchings(), true_falses, orderings)
