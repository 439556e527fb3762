"""Everything that GIFT says, as its documentation has it."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.gift import read_gift
from courses.quizzes.formats.moodle.rubric import DEFAULT_RUBRIC
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.moodle_made import gift


def options(*texts: str, right: int = 1) -> Choice:
    return Choice(tuple(Option(text, place < right) for place, text in enumerate(texts)))


def numeric(value: str, tolerance: str = "0", feedback: str = "") -> Numeric:
    return Numeric(Decimal(value), Decimal(tolerance), feedback_wrong=feedback)


def judgement(*ways: tuple[str, int]) -> Judgement:
    return Judgement(tuple(Way(text, percent, "") for text, percent in ways))


SAID = Choice((Option("a", True, "bien"), Option("b", False, "mal")))
PAIRS = (Pair("a", "1"), Pair("b", "2"))

ANSWERS = {
    "choice": ("{=a ~b ~c}", options("a", "b", "c"), []),
    "choice_on_lines": ("{\n\t=a\n\t~b\n}", options("a", "b"), []),
    "feedback": ("{=a#bien ~b # mal}", SAID, []),
    "penalty": ("{=a ~%-50%b}", options("a", "b"), [Adapted.PENALTY_LEFT_OUT]),
    "partial": ("{=a ~%50%b ~c}", judgement(("a", 100), ("b", 50), ("c", 0)), []),
    "two_right": ("{=a =b ~c}", judgement(("a", 100), ("b", 100), ("c", 0)), []),
    "many": ("{~%50%a ~%50%b ~%-50%c ~%-50%d}", options("a", "b", "c", "d", right=2), []),
    "many_unequal": ("{~%70%a ~%30%b ~%-100%c}", options("a", "b", "c", right=2), [Adapted.CREDIT_REPLACED]),
    "percent_in_the_text": ("{=%50% de ellos ~ninguno}", options("%50% de ellos", "ninguno"), []),
    "true": ("{TRUE}", TrueFalse(True), []),
    "short_true": ("{T}", TrueFalse(True), []),
    "false": ("{F#mal#bien}", TrueFalse(False, (), "mal", "bien"), []),
    "true_with_feedback": ("{TRUE#mal#bien}", TrueFalse(True, (), "bien", "mal"), []),
    "lower_case": ("{false}", TrueFalse(False), []),
    "text": ("{=ley =norma}", ShortText((Variant("ley"), Variant("norma"))), []),
    "text_without_sign": ("{ley}", ShortText((Variant("ley"),)), []),
    "partial_text": ("{=%100%ley =%50%norma#casi}", ShortText((Variant("ley"), Variant("norma", 50, "casi"))), []),
    "other_texts": ("{=ley =%0%*#no}", ShortText((Variant("ley"),), feedback_wrong="no"), []),
    "number": ("{#20}", numeric("20"), []),
    "tolerance": ("{#3:0.5}", numeric("3", "0.5"), []),
    "range": ("{#1..5}", numeric("3", "2"), [Adapted.RANGE_AS_TOLERANCE]),
    "negative_range": ("{# -5 .. -1}", numeric("-3", "2"), [Adapted.RANGE_AS_TOLERANCE]),
    "numbers": ("{#=20:0 =%50%20:5#cerca}", numeric("20"), [Adapted.CREDIT_REPLACED]),
    "numbers_that_touch": ("{#=1:1 =3:1}", numeric("2", "2"), [Adapted.ANSWERS_MERGED]),
    "other_numbers": ("{#=20 ~#no}", numeric("20", "0", "no"), []),
    "matching": ("{=a -> 1 =b -> 2}", Matching(PAIRS), []),
    "distractor": ("{=a->1 =b->2 = -> 3 = -> 1}", Matching(PAIRS, ("3",)), []),
    "ordering": ("{>3 ALL VERTICAL\na\nb: c\nd\n}", Ordering(("a", "b: c", "d")), [Adapted.CREDIT_REPLACED]),
    "essay": ("{}", OpenAnswer(DEFAULT_RUBRIC, 0), [Adapted.RUBRIC_ADDED]),
    "general_feedback": ("{=a ~b ####todo}", options("a", "b"), [Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "general_feedback_of_an_essay": ("{####todo}", OpenAnswer(DEFAULT_RUBRIC, 0), [Adapted.RUBRIC_ADDED, Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "escapes": (r"{=a\=b\~c ~d\#e\:f\{g\}h\\i}", options("a=b~c", r"d#e:f{g}h\i"), []),
    "line_break": (r"{=a\nb ~c}", options("a\nb", "c"), []),
    "blank_line_inside": ("{=a\n\n~b}", options("a", "b"), []),
    "comment_inside": ("{=a\n// ~x\n~b}", options("a", "b"), []),
    "html_answer": ("{=[html]<i>a</i> ~b}", options("a", "b"), [Adapted.FORMATTING_LEFT_OUT]),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_is_read(case: str) -> None:
    written, body, adapted = ANSWERS[case]
    question = gift(f"::Uno:: ¿Qué? {written}")
    assert (question.where, question.stem) == ("Uno", "¿Qué?")
    assert (question.body, list(question.adapted)) == (body, adapted)


STEMS = {
    "plain": ("¿Qué? {T}", "¿Qué?"),
    "name_with_colons": (r"::Uno\:\:dos:: ¿Qué? {T}", "¿Qué?"),
    "name_without_end": ("::¿Qué? {T}", "¿Qué?"),
    "missing_word": ("La ley {=rige ~calla} aquí.", "La ley _____ aquí."),
    "html": ("[html]<p>¿Qué</p><p>más?</p>{T}", "¿Qué\n\nmás?"),
    "plain_format": ("[plain]¿<b>?{T}", "¿<b>?"),
    "markdown": ("[markdown]¿*Qué*?{T}", "¿Qué?"),
    "moodle": ("[moodle]¿Qué\nmás?{T}", "¿Qué\nmás?"),
    "unknown_format": ("[sic] ¿Qué?{T}", "[sic] ¿Qué?"),
    "escapes": (r"2 \+ 2 \= 4 \{sí\} \n{T}", "2 \\+ 2 = 4 {sí}"),
    "backslash": (r"C\\n{T}", "C\\n"),
    "address": ("Mira http://bcn.cl {T}", "Mira http://bcn.cl"),
}


@pytest.mark.parametrize("case", STEMS)
def test_a_question_is_read(case: str) -> None:
    written, stem = STEMS[case]
    assert gift(written).stem == stem


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_may_end_in_any_way(mark: str, end: str) -> None:
    text = f"{mark}::Uno:: a {{T}}{end}{end}{end}// dos{end}::Dos:: b {{\n=c\n~d\n}}{end}".replace("\n", end)
    assert [question.stem for question in read_gift(text.encode()).questions] == ["a", "b"]


def test_a_file_may_be_in_utf16() -> None:
    [question] = read_gift("::Año:: ñandú {T}".encode("utf-16")).questions
    assert (question.where, question.stem) == ("Año", "ñandú")


def test_key_tags_and_category_are_kept() -> None:
    question = gift("$CATEGORY: $course$/top/INT-1\n\n// [id:int1-01] [tag:Regalos] [tag:uno]\n¿Qué?{T}")
    assert (question.where, question.key, question.competence) == ("1", "int1-01", "INT-1")
    assert question.tags == ("regalos", "uno")


def test_a_category_without_blank_lines_counts_for_what_follows() -> None:
    text = "$CATEGORY: Uno\n::a:: a {T}\n\n$CATEGORY: Dos\n\n::b:: b {T}"
    assert [question.tags for question in read_gift(text.encode()).questions] == [("uno",), ("dos",)]


REFUSED = {
    "description": ("Lee con calma.", Refusal.CANNOT_BE_ASKED),
    "no_end": ("::Uno:: a {=b", Refusal.BROKEN),
    "no_beginning": ("::Uno:: a =b}", Refusal.BROKEN),
    "two_answers": ("::Uno:: a {=b ~c} d {=e ~f}", Refusal.BROKEN),
    "inside_each_other": ("::Uno:: a {=b {T}}", Refusal.BROKEN),
    "no_text": ("::Uno:: {=a ~b}", Refusal.NO_TEXT),
    "only_a_picture": ("::Uno::[html]<img src='x'>{T}", Refusal.NEEDS_A_PICTURE),
    "one_option": ("::Uno:: a {~b}", Refusal.CANNOT_BE_ASKED),
    "empty_option": ("::Uno:: a {=b ~}", Refusal.NO_TEXT),
    "no_arrow": ("::Uno:: a {=b -> 1 =c}", Refusal.BROKEN),
    "no_right_side": ("::Uno:: a {=b -> 1 =c ->}", Refusal.BROKEN),
    "one_pair": ("::Uno:: a {=b -> 1}", Refusal.CANNOT_BE_ASKED),
    "no_number": ("::Uno:: a {#veinte}", Refusal.BROKEN),
    "no_range": ("::Uno:: a {#5..1}", Refusal.BROKEN),
    "nothing_right": ("::Uno:: a {#~#no}", Refusal.CANNOT_BE_ASKED),
    "far_numbers": ("::Uno:: a {#=1 =9}", Refusal.CANNOT_BE_ASKED),
    "long_option": ("::Uno:: a {=b ~" + "x" * 501 + "}", Refusal.TOO_LONG),
    "long_text": ("::Uno:: a {=" + "x" * 201 + "}", Refusal.TOO_LONG),
    "many_options": ("::Uno:: a {=b" + "~x" * 300 + "}", Refusal.TOO_LONG),
    "few_items": ("::Uno:: a {>2 ALL\nb\nc\n}", Refusal.CANNOT_BE_ASKED),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_ours_is_refused(case: str) -> None:
    written, refusal = REFUSED[case]
    read = read_gift(f"::Otra:: b {{T}}\n\n{written}".encode())
    assert [question.refusal for question in read.refused] == [refusal]
    assert [question.kind for question in read.questions] == [QuestionKind.TRUE_FALSE]


def test_an_unclosed_answer_does_not_swallow_the_next_question() -> None:
    read = read_gift(b"::Uno:: a {=b\n\n::Dos:: c {T}")
    assert [question.where for question in read.refused] == ["Uno"]
    assert [question.where for question in read.questions] == ["Dos"]
