"""An example of each kind of question, with all that the contract asks. A kind without one fails."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.hotspot import Area, Hotspot
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.open_answer import Criterion, Level, OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.parts import Case, Cloze, Part
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse


@dataclass(frozen=True)
class Example:
    """``body`` and ``rekeyed`` look alike under ``order`` and ``rekeyed_order`` and have other keys.

    ``graded``: answers with their points. ``hostile``: what no form of ours sends.
    """

    body: Any
    order: list[Any]
    rekeyed: Any
    rekeyed_order: list[Any]
    right: Any
    graded: list[tuple[Any, Fraction | None]]
    hostile: list[Any]
    secrets: tuple[str, ...] = field(default=("SECRETO",))


def option(text: str, correct: bool, *, pinned: bool = False) -> Option:
    return Option(text, correct, f"SECRETO {text}", pinned)


def choice(*correct: bool) -> Choice:
    return Choice(tuple(option(f"Opción {number}", is_right) for number, is_right in enumerate(correct)))


def hotspot(*correct: bool) -> Hotspot:
    areas = (Area(f"Zona {n}", 10.0 * n, 5, 9, 9, right, "SECRETO") for n, right in enumerate(correct))
    return Hotspot(1, "Un plano", tuple(areas))


def ways(*percents: int) -> Judgement:
    return Judgement(tuple(Way(f"Salida {n}", percent, f"SECRETO {n}") for n, percent in enumerate(percents)))


def text(word: str) -> ShortText:
    return ShortText((Variant(f"SECRETO {word}", 100, "SECRETO"), Variant("casi", 50)))


def number(value: str) -> Numeric:
    units = (MeasureUnit("m"), MeasureUnit("km", Decimal(1000)))
    return Numeric(Decimal(value), Decimal("0.5"), units, "SECRETO")


def cloze(word: str, *correct: bool) -> Cloze:
    parts = (Part(QuestionKind.SHORT_TEXT, text(word)), Part(QuestionKind.SINGLE, choice(*correct)))
    return Cloze(parts, "La {{1}} es de {{2}}.")


def case(value: str, *correct: bool) -> Case:
    parts = (
        Part(QuestionKind.NUMERIC, number(value), "¿Cuánto?", 1),
        Part(QuestionKind.MULTIPLE, choice(*correct), "¿Cuáles?", 3),
    )
    return Case(parts)


def rubric(guide: str) -> OpenAnswer:
    levels = (Level(0, "No lo dice"), Level(2, "Lo dice"))
    return OpenAnswer((Criterion("Norma", levels), Criterion("Claridad", levels)), 50, guide)


HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)
NO_INDEXES: list[Any] = [[7], [-1], ["0"], [True], 0, {"0": 1}, "0"]

EXAMPLES: dict[QuestionKind, Example] = {
    QuestionKind.SINGLE: Example(
        body=choice(True, False, False), order=[2, 0, 1],
        rekeyed=choice(False, True, False), rekeyed_order=[2, 0, 1],
        right=[0], graded=[([1], Fraction(0)), ([], Fraction(0))], hostile=[*NO_INDEXES, [0, 1]],
    ),
    QuestionKind.MULTIPLE: Example(
        body=choice(True, True, False, False), order=[3, 1, 0, 2],
        rekeyed=choice(False, True, True, False), rekeyed_order=[3, 1, 0, 2],
        right=[0, 1],
        graded=[([0], HALF), ([0, 2], Fraction(0)), ([0, 1, 2], HALF), ([0, 1, 2, 3], Fraction(0))],
        hostile=NO_INDEXES,
    ),
    QuestionKind.TRUE_FALSE: Example(
        body=TrueFalse(True, choice(True, False).options, "SECRETO", "SECRETO"), order=[1, 0],
        rekeyed=TrueFalse(False, choice(False, True).options), rekeyed_order=[1, 0],
        right={"truth": True, "reason": 0},
        graded=[
            ({"truth": True, "reason": 1}, Fraction(0)), ({"truth": True, "reason": None}, Fraction(0)),
            ({"truth": False, "reason": 0}, Fraction(0)),
        ],
        hostile=[{"truth": 1, "reason": 0}, {"truth": True}, {"truth": True, "reason": 9}, [0], "si"],
    ),
    QuestionKind.MATCHING: Example(
        body=Matching((Pair("uno", "1"), Pair("dos", "2")), ("3",)), order=[[1, 0], [2, 1, 0]],
        rekeyed=Matching((Pair("uno", "2"), Pair("dos", "3")), ("1",)), rekeyed_order=[[1, 0], [1, 0, 2]],
        right=[0, 1], graded=[([0, None], HALF), ([1, 0], Fraction(0)), ([0, 2], HALF)],
        hostile=[[0], [0, 9], [0, True], "01", {"0": 1}], secrets=(),
    ),
    QuestionKind.ORDERING: Example(
        body=Ordering(("a", "b", "c")), order=[2, 0, 1],
        rekeyed=Ordering(("c", "b", "a")), rekeyed_order=[0, 2, 1],
        right=[0, 1, 2], graded=[([1, 0, 2], THIRD), ([2, 1, 0], Fraction(0)), ([2, 0, 1], Fraction(0))],
        hostile=[[0, 1], [0, 0, 1], [0, 1, 3], ["a", "b", "c"], [0, True, 2]], secrets=(),
    ),
    QuestionKind.NUMERIC: Example(
        body=number("1500"), order=[1, 0], rekeyed=number("7"), rekeyed_order=[1, 0],
        right={"text": "1,5", "unit": 1},
        graded=[
            ({"text": "1.500", "unit": 0}, Fraction(1)), ({"text": "1500,5", "unit": 0}, Fraction(1)),
            ({"text": "1500,6", "unit": 0}, Fraction(0)), ({"text": "1500", "unit": None}, Fraction(0)),
            ({"text": "mil", "unit": 0}, Fraction(0)), ({"text": "1e999999", "unit": 0}, Fraction(0)),
        ],
        hostile=["1500", {"text": 1500, "unit": 0}, {"text": "1", "unit": 5}, {"text": "9" * 41, "unit": 0}],
    ),
    QuestionKind.SHORT_TEXT: Example(
        body=text("probidad"), order=[], rekeyed=text("lobby"), rekeyed_order=[],
        right="  secreto  PROBIDAD. ", graded=[("Casi", HALF), ("otra", Fraction(0)), ("", Fraction(0))],
        hostile=[7, ["probidad"], "x" * 201, "a\0b"],
    ),
    QuestionKind.CLOZE: Example(
        body=cloze("ley", True, False), order=[[], [1, 0]],
        rekeyed=cloze("norma", False, True), rekeyed_order=[[], [1, 0]],
        right=["secreto ley", [0]], graded=[(["casi", None], QUARTER), ([None, [0]], HALF)],
        hostile=[["x"], "x", [7, None], [None, [9]]],
    ),
    QuestionKind.HOTSPOT: Example(
        body=hotspot(True, False), order=[0, 1], rekeyed=hotspot(False, True), rekeyed_order=[0, 1],
        right=[0], graded=[([1], Fraction(0))], hostile=[*NO_INDEXES, [0, 1]],
    ),
    QuestionKind.JUDGEMENT: Example(
        body=ways(100, 50, 0), order=[2, 1, 0], rekeyed=ways(0, 50, 100), rekeyed_order=[2, 1, 0],
        right=[0], graded=[([1], HALF), ([2], Fraction(0))], hostile=[*NO_INDEXES, [0, 1]],
    ),
    QuestionKind.CASE: Example(
        body=case("1500", True, True, False), order=[[0, 1], [2, 0, 1]],
        rekeyed=case("3", False, True, True), rekeyed_order=[[0, 1], [2, 0, 1]],
        right=[{"text": "1500", "unit": 0}, [0, 1]],
        graded=[([{"text": "1500", "unit": 0}, None], QUARTER), ([None, [0, 1]], Fraction(3, 4))],
        hostile=[[None], "x", [{"text": 1, "unit": 0}, None]],
    ),
    QuestionKind.OPEN: Example(
        body=rubric("SECRETO uno"), order=[], rekeyed=rubric("otra guía"), rekeyed_order=[],
        right="Pediría consejo por escrito.", graded=[("Texto.", None), ("", Fraction(0))],
        hostile=[7, ["x"], "x" * 20_001, "a\0b"],
    ),
}  # fmt: skip
