"""Each type of question of Moodle's XML."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle import read_moodle_xml
from courses.quizzes.formats.moodle.rubric import DEFAULT_RUBRIC
from courses.quizzes.rules import Flaw, Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.moodle_made import answer, element, found, quiz, refused

SAID = "<feedback><text>dicho</text></feedback>"
OTHERS = "<single>false</single>"


def answers(**percents: str) -> str:
    return "".join(answer(percent, text) for text, percent in percents.items())


def options(**correct: bool) -> Choice:
    return Choice(tuple(Option(text, is_right) for text, is_right in correct.items()))


def ways(**percents: int) -> Judgement:
    return Judgement(tuple(Way(text, percent, "") for text, percent in percents.items()))


CHOICES = {
    "one_right": (answers(a="100", b="0"), options(a=True, b=False), []),
    "penalty": (answers(a="100", b="-50"), options(a=True, b=False), [Adapted.PENALTY_LEFT_OUT]),
    "partial_only": (answers(a="50", b="0"), options(a=True, b=False), [Adapted.CREDIT_REPLACED]),
    "partial": (answers(a="100", b="50", c="0"), ways(a=100, b=50, c=0), []),
    "two_right": (answers(a="100", b="100", c="0"), ways(a=100, b=100, c=0), []),
    "third": (answers(a="100", b="33.33333", c="0"), ways(a=100, b=33, c=0), [Adapted.CREDIT_REPLACED]),
    "none_full": (answers(a="80", b="40", c="0"), ways(a=100, b=50, c=0), [Adapted.CREDIT_REPLACED]),
    "penalties": (answers(a="100", b="50", c="-50"), ways(a=100, b=50, c=0), [Adapted.PENALTY_LEFT_OUT]),
    "too_much": (answers(a="900", b="0"), options(a=True, b=False), []),
    "many_as_ours": (OTHERS + answers(a="50", b="50", c="-50", d="-50"), options(a=True, b=True, c=False, d=False), []),
    "thirds": (OTHERS + answers(a="33.33333", b="33.33333", c="33.33333", d="-100"), options(a=True, b=True, c=True, d=False), []),
    "many_unequal": (OTHERS + answers(a="70", b="30", c="-100"), options(a=True, b=True, c=False), [Adapted.CREDIT_REPLACED]),
    "many_without_penalty": (OTHERS + answers(a="50", b="50", c="0"), options(a=True, b=True, c=False), [Adapted.CREDIT_REPLACED]),
    "many_with_one_right": (OTHERS + answers(a="100", b="0"), options(a=True, b=False), [Adapted.CREDIT_REPLACED]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHOICES)
def test_shares_of_a_choice_make_its_kind(case: str) -> None:
    inside, body, adapted = CHOICES[case]
    question = found("multichoice", inside)
    assert (question.body, list(question.adapted)) == (body, adapted)


def test_several_right_ones_of_a_single_choice_can_be_defended() -> None:
    assert found("multichoice", answers(a="100", b="50", c="0")).kind is QuestionKind.JUDGEMENT


def test_a_choice_keeps_its_order_where_moodle_does() -> None:
    inside = "<shuffleanswers>0</shuffleanswers>"
    assert not found("multichoice", inside + answers(a="100", b="0")).body.shuffle
    dilemma = found("multichoice", inside + answers(a="100", b="50"))
    assert dilemma.adapted == (Adapted.SHUFFLE_REPLACED,)


def test_feedback_of_an_option_is_kept() -> None:
    question = found("multichoice", answer("100", "a") + answer("0", "b", SAID))
    assert question.body.options[1] == Option("b", False, "dicho")


@pytest.mark.parametrize(("true", "false", "is_true"), [("100", "0", True), ("0", "100", False)])
def test_true_or_false(true: str, false: str, is_true: bool) -> None:
    question = found("truefalse", answer(true, "true", SAID) + answer(false, "false"))
    assert question.body == TrueFalse(is_true, (), "dicho", "")


SHORT_TEXTS = {
    "partial": (answers(ley="100", norma="50"), ShortText((Variant("ley"), Variant("norma", 50))), []),
    "pattern": (answer("100", "ley*"), ShortText((Variant("ley*"),)), []),
    "asterisk": (answer("100", "2\\*3"), ShortText((Variant("2*3"),)), [Adapted.CREDIT_REPLACED]),
    "capitals": ("<usecase>1</usecase>" + answer("100", "Ley"), ShortText((Variant("Ley"),), with_case=True), []),
    "all_others": (answer("100", "ley") + answer("0", "*", SAID), ShortText((Variant("ley"),), feedback_wrong="dicho"), []),
    "wrong_one": (answer("100", "ley") + answer("0", "no", SAID), ShortText((Variant("ley"),)), [Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "credit_for_trying": (answers(ley="100") + answer("10", "*"), ShortText((Variant("ley"),)), [Adapted.CREDIT_REPLACED]),
    "html_is_text": (answer("100", "<b>"), ShortText((Variant("<b>"),)), []),
}  # fmt: skip


@pytest.mark.parametrize("case", SHORT_TEXTS)
def test_texts_that_are_accepted(case: str) -> None:
    inside, body, adapted = SHORT_TEXTS[case]
    question = found("shortanswer", inside)
    assert (question.body, list(question.adapted)) == (body, adapted)


def number(percent: str, value: str, tolerance: str = "0", said: str = "") -> str:
    return answer(percent, value, f"<tolerance>{tolerance}</tolerance>{said}")


UNITS = (
    "<units><unit><multiplier>0.001</multiplier><unit_name>km</unit_name></unit>"
    "<unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
)
GRADED = "<unitgradingtype>1</unitgradingtype><unitpenalty>1.0</unitpenalty>"
IN_METRES = Numeric(Decimal(1500), Decimal(0), (MeasureUnit("m"), MeasureUnit("km", Decimal(1000))))

NUMBERS = {
    "exact": (number("100", "20"), Numeric(Decimal(20)), []),
    "comma": (number("100", "2,5", "0,5"), Numeric(Decimal("2.5"), Decimal("0.5")), []),
    "power": (number("100", "1.5e3"), Numeric(Decimal(1500)), []),
    "all_others": (number("100", "20") + number("0", "*", said=SAID), Numeric(Decimal(20), feedback_wrong="dicho"), []),
    "partial": (number("100", "20") + number("50", "20", "5"), Numeric(Decimal(20)), [Adapted.CREDIT_REPLACED]),
    "touching": (number("100", "1", "1") + number("100", "3", "1"), Numeric(Decimal(2), Decimal(2)), [Adapted.ANSWERS_MERGED]),
    "praise": (number("100", "20", said=SAID), Numeric(Decimal(20)), [Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "units": (number("100", "1500") + UNITS + GRADED, IN_METRES, []),
    "optional_units": (number("100", "1500") + UNITS, IN_METRES, [Adapted.CREDIT_REPLACED]),
}  # fmt: skip


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_that_are_accepted(case: str) -> None:
    inside, body, adapted = NUMBERS[case]
    question = found("numerical", inside)
    assert (question.body, list(question.adapted)) == (body, adapted)


def test_instructions_of_a_number_go_below_the_question() -> None:
    inside = number("100", "20") + "<instructions><text>En días.</text></instructions>"
    assert found("numerical", inside).stem == "¿Qué?\n\nEn días."


def test_a_right_side_without_a_left_one_is_a_distractor() -> None:
    sides = [("<p>uno</p>", "1"), ("<p>dos</p>", "2"), ("", "3"), ("", "1")]
    inside = "".join(
        f"<subquestion><text><![CDATA[{left}]]></text><answer><text>{right}</text></answer></subquestion>"
        for left, right in sides
    )
    assert found("matching", inside).body == Matching((Pair("uno", "1"), Pair("dos", "2")), ("3",))


def test_items_are_in_the_order_of_the_file() -> None:
    question = found("ordering", answers(a="1", b="2", c="3"))
    assert (question.body, question.adapted) == (Ordering(("a", "b", "c")), (Adapted.CREDIT_REPLACED,))


def test_an_essay_gets_a_rubric_and_keeps_its_notes() -> None:
    question = found(
        "essay",
        "<graderinfo><text>Nota</text></graderinfo><maxwordlimit>80</maxwordlimit>"
        "<responsetemplate><text>Empieza así</text></responsetemplate>",
    )
    assert question.body == OpenAnswer(DEFAULT_RUBRIC, 80, "Nota")
    assert question.stem == "¿Qué?\n\nEmpieza así" and question.adapted == (Adapted.RUBRIC_ADDED,)


LEFT_OUT = {
    "general_feedback": ("<generalfeedback><text>x</text></generalfeedback>", [Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "hint": ("<hint><text>x</text></hint>", [Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "combined": ("<correctfeedback><text>Bravo</text></correctfeedback>", [Adapted.GENERAL_FEEDBACK_LEFT_OUT]),
    "standard": ("<correctfeedback><text>Respuesta correcta</text></correctfeedback>", []),
    "weight": ("<defaultgrade>3.0000000</defaultgrade>", [Adapted.WEIGHT_LEFT_OUT]),
    "attempts": ("<penalty>0.3333333</penalty>", []),
    "tags": ("<tags><tag><text>" + "x" * 300 + "</text></tag></tags>", [Adapted.TEXT_SHORTENED]),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_left_out_is_told(case: str) -> None:
    inside, adapted = LEFT_OUT[case]
    assert list(found("multichoice", answers(a="100", b="0") + inside).adapted) == adapted


LABELS = (
    "<idnumber>int1-01</idnumber><tags><tag><text>Regalos, sí</text></tag><tag><text>uno</text></tag></tags>"
)


@pytest.mark.parametrize(("path", "competence", "tags"), [
    ("$course$/top/INT-1", "INT-1", ("regalos sí", "uno")),
    ("$course$/top/Ética//probidad", "", ("ética/probidad", "regalos sí", "uno")),
    ("$course$/top", "", ("regalos sí", "uno")),
    ("", "", ("regalos sí", "uno")),
])  # fmt: skip
def test_key_tags_and_category_are_kept(path: str, competence: str, tags: tuple[str, ...]) -> None:
    category = f'<question type="category"><category><text>{path}</text></category></question>'
    data = quiz(category + element("multichoice", answers(a="100", b="0") + LABELS))
    [question] = read_moodle_xml(data).questions
    assert (question.key, question.competence, question.tags) == ("int1-01", competence, tags)


@pytest.mark.parametrize("key", ["Con Espacio", "ñandú", "-a", "a" * 61, ""])
def test_a_number_that_is_no_key_is_none(key: str) -> None:
    assert found("multichoice", answers(a="100", b="0") + f"<idnumber>{key}</idnumber>").key == ""


REFUSED = {
    "calculated": ("calculated", "", Refusal.CALCULATED),
    "drag_on_picture": ("ddimageortext", "", Refusal.NEEDS_A_PICTURE),
    "description": ("description", "", Refusal.CANNOT_BE_ASKED),
    "random": ("random", "", Refusal.CANNOT_BE_ASKED),
    "plugin": ("coderunner", "", Refusal.UNKNOWN_KIND),
    "no_answers": ("multichoice", "", Refusal.BROKEN),
    "no_percent": ("multichoice", answer("mucho", "a"), Refusal.BROKEN),
    "empty_option": ("multichoice", answers(a="100") + answer("0", ""), Refusal.NO_TEXT),
    "option_is_a_picture": ("multichoice", answers(a="100") + answer("0", "<img src='x'>"), Refusal.NEEDS_A_PICTURE),
    "long_option": ("multichoice", answers(a="100") + answer("0", "x" * 501), Refusal.TOO_LONG),
    "many_options": ("multichoice", answers(a="100") + "".join(answer("0", f"b{n}") for n in range(10)), Refusal.TOO_LONG),
    "too_many_options": ("multichoice", answer("0", "x") * 201, Refusal.TOO_LONG),
    "long_variant": ("shortanswer", answer("100", "x" * 201), Refusal.TOO_LONG),
    "no_number": ("numerical", number("100", "veinte"), Refusal.BROKEN),
    "two_numbers": ("numerical", number("100", "1") + number("100", "9"), Refusal.CANNOT_BE_ASKED),
    "only_wrong_numbers": ("numerical", number("0", "1"), Refusal.CANNOT_BE_ASKED),
    "unit_of_nothing": ("numerical", number("100", "1") + UNITS.replace("0.001", "0"), Refusal.BROKEN),
    "half_a_truth": ("truefalse", answer("100", "true"), Refusal.BROKEN),
    "file_essay": ("essay", "<responseformat>noinline</responseformat>", Refusal.CANNOT_BE_ASKED),
    "no_right_side": ("matching", "<subquestion><text>a</text><answer><text/></answer></subquestion>", Refusal.NO_TEXT),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_ours_is_refused(case: str) -> None:
    type_, inside, refusal = REFUSED[case]
    question = refused(type_, inside)
    assert (question.where, question.stem, question.refusal) == ("Uno", "¿Qué?", refusal)


def test_a_question_that_cannot_be_asked_says_why() -> None:
    assert refused("multichoice", answers(a="100")).flaws == (Flaw.FEW_OPTIONS,)


@pytest.mark.parametrize(
    ("stem", "refusal"), [("", Refusal.NO_TEXT), ("<img src='x'>", Refusal.NEEDS_A_PICTURE)]
)
def test_a_question_without_words_is_refused(stem: str, refusal: Refusal) -> None:
    assert refused("multichoice", answers(a="100", b="0"), stem=stem).refusal is refusal
