"""The inverse of :mod:`plain`: the columns of a question that a person could have filled in."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from courses.quizzes.formats.sheets.cells import number_text
from courses.quizzes.formats.sheets.columns import FEEDBACK, OPTION, Column, Title
from courses.quizzes.formats.sheets.plain import LEFT_OVER
from courses.quizzes.rules import QuestionKind

Json = dict[str, Any]
Cells = dict[Title, str]


def _fill_choice(data: Json) -> Cells:
    return _fill_options(data["options"]) | {Column.CORRECT: _marks(data["options"])}


def _fill_true_false(data: Json) -> Cells:
    truth = "verdadero" if data["is_true"] else "falso"
    if not data["reasons"]:
        said: Cells = {(FEEDBACK, 1): data["feedback_true"], (FEEDBACK, 2): data["feedback_false"]}
        return {Column.CORRECT: truth, **said}
    marks = _marks(data["reasons"])
    return _fill_options(data["reasons"]) | {Column.CORRECT: f"{truth}, {marks}" if marks else truth}


def _fill_matching(data: Json) -> Cells:
    pairs = [f"{pair['left']} = {pair['right']}" for pair in data["pairs"]]
    return _number(OPTION, [*pairs, *(f"{LEFT_OVER} = {right}" for right in data["distractors"])])


def _fill_ordering(data: Json) -> Cells:
    return _number(OPTION, data["items"])


def _fill_numeric(data: Json) -> Cells:
    tolerance = Decimal(data["tolerance"])
    return {
        Column.NUMBER: number_text(Decimal(data["value"])),
        Column.TOLERANCE: number_text(tolerance) if tolerance else "",
        Column.UNIT: "; ".join(_unit(unit) for unit in data["units"]),
        Column.WRONG: data["feedback_wrong"],
    }


def _unit(unit: Json) -> str:
    factor = Decimal(unit["factor"])
    return unit["name"] if factor == 1 else f"{unit['name']} = {number_text(factor)}"


def _fill_short_text(data: Json) -> Cells:
    texts = [
        variant["text"] if variant["percent"] == 100 else f"{variant['text']} = {variant['percent']} %"
        for variant in data["variants"]
    ]
    said = _number(FEEDBACK, [variant["feedback"] for variant in data["variants"]])
    return _number(OPTION, texts) | said | {Column.WRONG: data["feedback_wrong"]}


def _fill_judgement(data: Json) -> Cells:
    texts = [f"{way['text']} = {way['percent']} %" for way in data["ways"]]
    return _number(OPTION, texts) | _number(FEEDBACK, [way["consequence"] for way in data["ways"]])


_FILLERS: Mapping[QuestionKind, Callable[[Json], Cells]] = {
    QuestionKind.SINGLE: _fill_choice,
    QuestionKind.MULTIPLE: _fill_choice,
    QuestionKind.TRUE_FALSE: _fill_true_false,
    QuestionKind.MATCHING: _fill_matching,
    QuestionKind.ORDERING: _fill_ordering,
    QuestionKind.NUMERIC: _fill_numeric,
    QuestionKind.SHORT_TEXT: _fill_short_text,
    QuestionKind.JUDGEMENT: _fill_judgement,
}


def fill_plain(kind: QuestionKind, data: Json) -> Cells:
    """The columns of the kind's JSON; none for kinds that are in the last one."""
    filler = _FILLERS.get(kind)
    return filler(data) if filler else {}


def _fill_options(options: list[Json]) -> Cells:
    texts = _number(OPTION, [option["text"] for option in options])
    return texts | _number(FEEDBACK, [option["feedback"] for option in options])


def _marks(options: list[Json]) -> str:
    return ", ".join(str(number) for number, option in enumerate(options, 1) if option["correct"])


def _number(name: str, texts: Iterable[str]) -> Cells:
    return {(name, number): text for number, text in enumerate(texts, 1)}
