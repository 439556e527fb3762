"""The answer of a question in plain columns, for the kinds that a person can fill in.

=================  ============================================================================
Una o varias       «correctas» has the numbers of the right alternatives: ``1, 3``.
Verdadero o falso  «correctas» has ``verdadero`` or ``falso``. Reasons are alternatives, and the number
                   of the right one follows: ``falso, 2``. Without them, the first two feedbacks
                   are for who says true and for who says false.
Unir pares         each alternative is ``izquierda = derecha``; what is left over, ``sobra = derecha``.
Ordenar            the alternatives in the right order.
Número             «respuesta», «tolerancia»; «unidad» is ``m``, or ``m; km = 1000``.
Texto corto        each alternative is accepted; ``casi = 50 %`` gives half of the points.
Dilema             each alternative is ``lo que se hace = 70 %``; its feedback is the consequence.
=================  ============================================================================
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from courses.quizzes.formats.base import Refusal
from courses.quizzes.formats.sheets.cells import fold
from courses.quizzes.formats.sheets.columns import FEEDBACK, Column, Row
from courses.quizzes.rules import Flaw, QuestionKind
from courses.quizzes.rules.kinds.written import read_number

Json = dict[str, Any]

LEFT_OVER = "sobra"
_PERCENT = re.compile(r"(.*\S)\s*=\s*(\d{1,3})\s*%", re.DOTALL)
_TRUTH_AND_MARKS = re.compile(r"^(\w*)(.*)")
_TRUTH = {"verdadero": True, "verdadera": True, "v": True, "si": True, "true": True,
          "falso": False, "falsa": False, "f": False, "no": False, "false": False}  # fmt: skip


class RowError(Exception):
    """The row cannot be a question."""

    def __init__(self, refusal: Refusal, *flaws: Flaw) -> None:
        super().__init__(refusal)
        self.refusal, self.flaws = refusal, flaws


def _read_choice(row: Row) -> Json:
    return {"options": _read_options(row, _read_marks(row.get(Column.CORRECT), row)), "shuffle": True}


def _read_true_false(row: Row) -> Json:
    first, rest = _TRUTH_AND_MARKS.findall(fold(row.get(Column.CORRECT)))[0]
    truth = _TRUTH.get(first)
    if truth is None and (first or rest):
        raise RowError(Refusal.BROKEN)
    options = list(row.options())
    said = ["", ""] if options else [row.get((FEEDBACK, 1)), row.get((FEEDBACK, 2))]
    data: Json = {
        "reasons": _read_options(row, _read_marks(rest, row)),
        "feedback_true": said[0],
        "feedback_false": said[1],
    }
    return data if truth is None else data | {"is_true": truth}


def _read_matching(row: Row) -> Json:
    pairs, left_over = [], []
    for _number, text, _feedback in row.options():
        left, equals, right = (part.strip() for part in text.partition("="))
        if not equals or not left or not right:
            raise RowError(Refusal.BROKEN)
        if fold(left) == LEFT_OVER:
            left_over.append(right)
        else:
            pairs.append({"left": left, "right": right})
    return {"pairs": pairs, "distractors": left_over}


def _read_ordering(row: Row) -> Json:
    return {"items": [text for _number, text, _feedback in row.options()]}


def _read_numeric(row: Row) -> Json:
    value, tolerance = row.get(Column.NUMBER), row.get(Column.TOLERANCE)
    data: Json = {
        "tolerance": str(_read_decimal(tolerance) if tolerance else Decimal(0)),
        "units": [_read_unit(text.strip()) for text in row.get(Column.UNIT).split(";") if text.strip()],
        "feedback_wrong": row.get(Column.WRONG),
    }
    return data | {"value": str(_read_decimal(value))} if value else data


def _read_unit(text: str) -> Json:
    name, equals, factor = (part.strip() for part in text.rpartition("="))
    return {"name": name, "factor": str(_read_decimal(factor))} if equals else {"name": text, "factor": "1"}


def _read_short_text(row: Row) -> Json:
    variants = []
    for _number, text, feedback in row.options():
        words, percent = _read_percent(text, default=100)
        variants.append({"text": words, "percent": percent, "feedback": feedback})
    return {
        "variants": variants,
        "with_accents": False,
        "with_case": False,
        "feedback_wrong": row.get(Column.WRONG),
    }


def _read_judgement(row: Row) -> Json:
    ways = []
    for _number, text, feedback in row.options():
        words, percent = _read_percent(text, default=0)
        ways.append({"text": words, "percent": percent, "consequence": feedback})
    return {"ways": ways}


_READERS: Mapping[QuestionKind, Callable[[Row], Json]] = {
    QuestionKind.SINGLE: _read_choice,
    QuestionKind.MULTIPLE: _read_choice,
    QuestionKind.TRUE_FALSE: _read_true_false,
    QuestionKind.MATCHING: _read_matching,
    QuestionKind.ORDERING: _read_ordering,
    QuestionKind.NUMERIC: _read_numeric,
    QuestionKind.SHORT_TEXT: _read_short_text,
    QuestionKind.JUDGEMENT: _read_judgement,
}


def read_plain(kind: QuestionKind, row: Row) -> Json:
    """The kind's JSON as far as the plain columns say it; empty for kinds that are in the last one.

    Raises:
        RowError: what stands there cannot be understood.
    """
    reader = _READERS.get(kind)
    return reader(row) if reader else {}


def _read_options(row: Row, right: set[int]) -> list[Json]:
    return [
        {"text": text, "correct": number in right, "feedback": feedback, "is_pinned": False}
        for number, text, feedback in row.options()
    ]


def _read_marks(text: str, row: Row) -> set[int]:
    """Numbers of alternatives, or their letters, in any punctuation; Excel makes «1,3» a number.

    Raises:
        RowError: one that is not there, or twice.
    """
    there = {number for number, _text, _feedback in row.options()}
    words = re.findall(r"\w+", fold(text))
    marks = [int(word) if word.isdecimal() else ord(word[0]) - 96 for word in words if word != "y"]
    is_strange = any(len(word) > 2 or (len(word) > 1 and not word.isdecimal()) for word in words)
    if is_strange or len(set(marks)) < len(marks) or not set(marks) <= there:
        raise RowError(Refusal.BROKEN)
    return set(marks)


def _read_percent(text: str, default: int) -> tuple[str, int]:
    match = _PERCENT.fullmatch(text)
    return (match[1], int(match[2])) if match else (text, default)


def _read_decimal(text: str) -> Decimal:
    """
    Raises:
        RowError: it is no number.
    """
    number = read_number(text)
    if number is None:
        raise RowError(Refusal.CANNOT_BE_ASKED, Flaw.NO_NUMBER)
    return number
