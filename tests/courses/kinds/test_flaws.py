"""Questions that cannot be asked: what their author is told."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from courses.quizzes.blocks.flaws import FLAWS
from courses.quizzes.rules import KINDS, Flaw, Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.hotspot import Area
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.open_answer import Criterion, Level, OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.parts import Case, Cloze, Part
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.kinds.examples import EXAMPLES, choice, hotspot

K = QuestionKind
GOOD = EXAMPLES[K.CASE].body.parts
TABLE: list[tuple[QuestionKind, Any, Flaw]] = [
    (K.SINGLE, Choice((Option("a", True),)), Flaw.FEW_OPTIONS),
    (K.SINGLE, Choice((Option("Sí", True), Option(" sí ", False))), Flaw.SAME_OPTION),
    (K.SINGLE, choice(False, False), Flaw.ONE_CORRECT),
    (K.SINGLE, choice(True, True, False), Flaw.ONE_CORRECT),
    (K.MULTIPLE, choice(True, False, False), Flaw.SOME_CORRECT),
    (K.MULTIPLE, choice(True, True), Flaw.SOME_CORRECT),
    (K.TRUE_FALSE, TrueFalse(True, (Option("a", True),)), Flaw.FEW_OPTIONS),
    (K.TRUE_FALSE, TrueFalse(True, (Option("a", False), Option("b", False))), Flaw.ONE_CORRECT),
    (K.MATCHING, Matching((Pair("a", "1"),)), Flaw.FEW_PAIRS),
    (K.MATCHING, Matching((Pair("a", "1"), Pair("b", "1"))), Flaw.FEW_PAIRS),
    (K.MATCHING, Matching((Pair("a", "1"), Pair("A", "2"))), Flaw.SAME_PAIR),
    (K.MATCHING, Matching((Pair("a", "1"), Pair("b", "2")), ("2",)), Flaw.SAME_PAIR),
    (K.ORDERING, Ordering(("a", "b")), Flaw.FEW_ITEMS),
    (K.ORDERING, Ordering(("a", "b", "B")), Flaw.SAME_OPTION),
    (K.NUMERIC, Numeric(Decimal("NaN")), Flaw.NO_NUMBER),
    (K.NUMERIC, Numeric(Decimal(1), Decimal(-1)), Flaw.NEGATIVE_TOLERANCE),
    (K.NUMERIC, Numeric(Decimal(1), units=(MeasureUnit("km", Decimal(1000)),)), Flaw.BAD_UNIT),
    (K.NUMERIC, Numeric(Decimal(1), units=(MeasureUnit("m"), MeasureUnit("M"))), Flaw.BAD_UNIT),
    (K.NUMERIC, Numeric(Decimal(1), units=(MeasureUnit("m"), MeasureUnit("x", Decimal(0)))), Flaw.BAD_UNIT),
    (K.SHORT_TEXT, ShortText(()), Flaw.NO_VARIANT),
    (K.SHORT_TEXT, ShortText((Variant(" * "),)), Flaw.NO_VARIANT),
    (K.SHORT_TEXT, ShortText((Variant("a", 50),)), Flaw.NO_FULL_VARIANT),
    (K.SHORT_TEXT, ShortText((Variant("a"), Variant("b", 0))), Flaw.BAD_CREDIT),
    (K.JUDGEMENT, Judgement((Way("a", 100, ""),)), Flaw.FEW_OPTIONS),
    (K.JUDGEMENT, Judgement((Way("a", 90, ""), Way("b", 0, ""))), Flaw.NO_FULL_VARIANT),
    (K.JUDGEMENT, Judgement((Way("a", 100, ""), Way("b", 101, ""))), Flaw.BAD_CREDIT),
    (K.CLOZE, Cloze((), "Sin espacios"), Flaw.NO_GAP),
    (K.CLOZE, replace(EXAMPLES[K.CLOZE].body, text="Solo {{1}}"), Flaw.GAP_MISSING),
    (K.CLOZE, replace(EXAMPLES[K.CLOZE].body, text="{{1}} {{2}} {{2}}"), Flaw.GAP_MISSING),
    (K.CLOZE, Cloze((Part(K.MULTIPLE, choice(True, True, False)),), "{{1}}"), Flaw.BAD_PART),
    (K.HOTSPOT, replace(hotspot(True, False), alt=" "), Flaw.NO_IMAGE),
    (K.HOTSPOT, replace(hotspot(True, False), image_id=None), Flaw.NO_IMAGE),
    (
        K.HOTSPOT,
        replace(hotspot(True, False), areas=(Area("a", 95, 0, 9, 9, True), Area("b", 0, 0, 9, 9, False))),
        Flaw.BAD_AREA,
    ),
    (
        K.HOTSPOT,
        replace(hotspot(True, False), areas=(Area(" ", 0, 0, 9, 9, True), Area("b", 0, 0, 9, 9, False))),
        Flaw.NO_LABEL,
    ),
    (K.CASE, Case(GOOD[:1]), Flaw.NO_PARTS),
    (K.CASE, Case((replace(GOOD[0], stem=" "), GOOD[1])), Flaw.NO_PARTS),
    (K.CASE, Case((replace(GOOD[0], weight=0), GOOD[1])), Flaw.BAD_PART),
    (K.CASE, Case((replace(GOOD[0], kind=K.OPEN), GOOD[1])), Flaw.BAD_PART),
    (K.CASE, Case((replace(GOOD[1], body=choice(True, False)), GOOD[0])), Flaw.SOME_CORRECT),
    (K.OPEN, OpenAnswer(()), Flaw.NO_CRITERIA),
    (K.OPEN, OpenAnswer((Criterion("a", (Level(1, "x"), Level(1, "y"))),)), Flaw.FEW_LEVELS),
    (K.OPEN, OpenAnswer((Criterion("a", (Level(2, "x"), Level(1, "y"))),)), Flaw.FEW_LEVELS),
]


@pytest.mark.parametrize(
    ("kind", "body", "flaw"), TABLE, ids=[f"{kind}-{flaw}-{n}" for n, (kind, _b, flaw) in enumerate(TABLE)]
)
def test_a_question_that_cannot_be_asked_says_why(kind: QuestionKind, body: Any, flaw: Flaw) -> None:
    assert flaw in list(KINDS[kind].flaws(body))


def test_every_flaw_occurs_and_has_words() -> None:
    assert {flaw for _kind, _body, flaw in TABLE} == set(Flaw) == set(FLAWS)
