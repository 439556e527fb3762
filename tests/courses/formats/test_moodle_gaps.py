"""Texts with gaps in Moodle's XML."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle.gaps import STEM
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.parts import Cloze, Part
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from tests.courses.formats.moodle_made import found, refused


def text(*variants: Variant, **others: object) -> Part:
    return Part(QuestionKind.SHORT_TEXT, ShortText(variants, **others))


def choice(*options: Option, shuffle: bool = False, weight: int = 1) -> Part:
    return Part(QuestionKind.SINGLE, Choice(options, shuffle), weight=weight)


YES_NO = (Option("sí", True), Option("no", False))

CODES = {
    "text": ("{1:SHORTANSWER:=ley}", text(Variant("ley"))),
    "short_name": ("{:SA:=ley}", text(Variant("ley"))),
    "capitals": ("{1:SHORTANSWER_C:=Ley}", text(Variant("Ley"), with_case=True)),
    "partial": ("{1:MW:=ley~%50%norma#casi}", text(Variant("ley"), Variant("norma", 50, "casi"))),
    "all_others": ("{1:SA:=ley~%0%*#no es}", text(Variant("ley"), feedback_wrong="no es")),
    "escaped": (r"{1:SA:=a\~b\#c\}d}", text(Variant("a~b#c}d"))),
    "entities": ("{1:SA:=a&#126;b &amp; c}", text(Variant("a~b & c"))),
    "choice": ("{1:MULTICHOICE:=sí~no}", choice(*YES_NO)),
    "leading_sign": ("{1:MC:~=sí~no}", choice(*YES_NO)),
    "shuffled": ("{1:MULTICHOICE_VS:=sí~no}", choice(*YES_NO, shuffle=True)),
    "short_shuffled": ("{1:MCHS:%100%sí~%0%no}", choice(*YES_NO, shuffle=True)),
    "row": ("{3:MCH:=sí~no#dicho}", choice(Option("sí", True), Option("no", False, "dicho"), weight=3)),
    "number": ("{1:NUMERICAL:=20:0.5}", Part(QuestionKind.NUMERIC, Numeric(Decimal(20), Decimal("0.5")))),
    "number_and_others": ("{1:NM:=20~%0%*#no}", Part(QuestionKind.NUMERIC, Numeric(Decimal(20), feedback_wrong="no"))),
}  # fmt: skip


@pytest.mark.parametrize("case", CODES)
def test_a_code_is_a_gap(case: str) -> None:
    code, part = CODES[case]
    question = found("cloze", "", stem=f"<p>La ley es {code}.</p>")
    assert (question.kind, question.body) == (QuestionKind.CLOZE, Cloze((part,), "La ley es {{1}}."))
    assert question.stem == STEM and question.adapted == ()


def test_paragraphs_before_the_first_gap_are_the_question() -> None:
    question = found("multianswer", "", stem="<p>Lee.</p><p>Completa:</p><p>{1:SA:=a} y</p><p>{1:SA:=b}</p>")
    assert question.stem == "Lee.\n\nCompleta:"
    assert question.body.text == "{{1}} y\n\n{{2}}"


CHANGED = {
    "partial_choice": ("{1:MC:=a~%50%b~c}", Adapted.CREDIT_REPLACED),
    "weightless": ("{0:SA:=a}", Adapted.WEIGHT_LEFT_OUT),
    "bold_option": ("{1:MC:=<b>a</b>~b}", Adapted.FORMATTING_LEFT_OUT),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_a_gap_loses_is_told(case: str) -> None:
    code, adapted = CHANGED[case]
    assert found("cloze", "", stem=code).adapted == (adapted,)


REFUSED = {
    "no_gap": ("Sin huecos", Refusal.BROKEN),
    "unknown_code": ("{1:REGEXP:=a}", Refusal.BROKEN),
    "unclosed": ("{1:SA:=a", Refusal.BROKEN),
    "several_answers": ("{1:MULTIRESPONSE:=a~=b~c}", Refusal.CANNOT_BE_ASKED),
    "two_right": ("{1:MC:=a~=b}", Refusal.CANNOT_BE_ASKED),
    "no_number": ("{1:NM:=veinte}", Refusal.BROKEN),
    "many_gaps": ("{1:SA:=a}" * 13, Refusal.TOO_LONG),
    "many_answers": ("{1:SA:=a" + "~b" * 300 + "}", Refusal.TOO_LONG),
    "gap_of_ours_in_the_text": ("{{1}} {1:SA:=a}", Refusal.CANNOT_BE_ASKED),
}


@pytest.mark.parametrize("case", REFUSED)
def test_gaps_that_cannot_be_ours_are_refused(case: str) -> None:
    stem, refusal = REFUSED[case]
    assert refused("cloze", "", stem=stem).refusal is refusal


def words(name: str, *groups: tuple[str, int]) -> str:
    return "".join(f"<{name}><text>{word}</text><group>{group}</group></{name}>" for word, group in groups)


@pytest.mark.parametrize(("type_", "name"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_a_list_of_words_is_a_choice_for_each_gap(type_: str, name: str) -> None:
    inside = words(name, ("mes", 1), ("viajes", 2), ("año", 1), ("sueños", 2), ("año", 1))
    question = found(type_, inside, stem="<p>Registra [[2]] cada [[1]].</p>")
    parts = (
        choice(Option("viajes", True), Option("sueños", False)),
        choice(Option("mes", True), Option("año", False)),
    )
    assert question.body == Cloze(parts, "Registra {{1}} cada {{2}}.")
    assert question.adapted == (Adapted.SPLIT_INTO_GAPS,)


@pytest.mark.parametrize(("stem", "refusal"), [
    ("sin huecos", Refusal.BROKEN), ("[[9]]", Refusal.BROKEN), ("[[1]]" * 13, Refusal.TOO_LONG),
])  # fmt: skip
def test_a_list_of_words_that_does_not_fit_is_refused(stem: str, refusal: Refusal) -> None:
    assert refused("gapselect", words("selectoption", ("a", 1), ("b", 1)), stem=stem).refusal is refusal
