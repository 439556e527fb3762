"""``textEntryInteraction`` and ``sliderInteraction``: words and numbers that are written.

Source: QTI 2.1 Information Model, classes of those names, and the expressions ``equal``,
``equalRounded``, ``stringMatch``, ``substring`` and ``patternMatch``. Case is as the item says; where it
says nothing, hardly an author means that capitals matter, so they do not.
"""

import re
from decimal import Decimal

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.qti.reading.choices import Kinded
from courses.quizzes.formats.qti.reading.declarations import Declaration, read_decimal
from courses.quizzes.formats.qti.reading.item import Item, RefusedError
from courses.quizzes.formats.qti.reading.keys import Key, find_key, note_penalty
from courses.quizzes.formats.qti.reading.processing import Comparison
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.written import LONGEST_SHORT, read_number

MOST_VARIANTS = 200
PLAIN_PATTERN = re.compile(r"(?:\.\*|[\w\s,;:'\"¿¡%/-])+")
"""Of a regular expression, what ``*`` can say."""
Spread = tuple[Decimal, Decimal]
"""A value and its tolerance."""


def read_entry(item: Item, interaction: Node) -> Kinded:
    """A number where the response is one, else a short text."""
    declaration = item.declaration(interaction)
    if declaration.base_type in ("float", "integer"):
        return QuestionKind.NUMERIC, _numeric(item, declaration)
    return QuestionKind.SHORT_TEXT, _short_text(item, declaration)


def read_slider(item: Item, interaction: Node) -> Kinded:
    """The number that is to be chosen; the scale is not kept."""
    return QuestionKind.NUMERIC, _numeric(item, item.declaration(interaction))


def _short_text(item: Item, declaration: Declaration) -> ShortText:
    key = find_key(item, declaration)
    note_penalty(item, key)
    tests = _tests(item, declaration)
    right = [value for value in key.points if key.is_right(value)]
    if len(right) + len(tests) > MOST_VARIANTS:
        raise RefusedError(Refusal.TOO_LONG)
    variants = [_variant(item, declaration, value, key) for value in right]
    variants += [variant for test in tests for variant in _of_pattern(item, test)]
    return ShortText(
        variants=tuple(variant for variant in variants if variant.text),
        with_case=_is_case_sensitive(declaration, tests),
        feedback_wrong=item.feedback_wrong(declaration.identifier),
    )


def _variant(item: Item, declaration: Declaration, value: str, key: Key) -> Variant:
    as_choice = Node("variant", {"identifier": value})
    return Variant(value, key.percent(value), item.feedback_of(declaration.identifier, as_choice))


def _of_pattern(item: Item, test: Comparison) -> list[Variant]:
    """Of a part that is looked for, or of a regular expression that ``*`` can say too."""
    if test.points <= 0 or test.name not in ("substring", "patternmatch"):
        return []
    percent = max(1, min(100, round(100 * test.points)))
    if test.name == "substring":
        return [Variant(f"*{value}*", percent) for value in test.values]
    pattern = test.node.get("pattern")
    if len(pattern) > LONGEST_SHORT or not PLAIN_PATTERN.fullmatch(pattern):
        item.adapted.append(Adapted.PATTERN_LEFT_OUT)
        return []
    return [Variant(pattern.replace(".*", "*"), percent)]


def _is_case_sensitive(declaration: Declaration, tests: list[Comparison]) -> bool:
    asked = [test.node.get("casesensitive") for test in tests if test.name == "stringmatch"]
    is_mapped_so = declaration.mapped is not None and declaration.mapped.is_case_sensitive
    return is_mapped_so or (bool(asked) and all(value == "true" for value in asked))


def _numeric(item: Item, declaration: Declaration) -> Numeric:
    key = find_key(item, declaration)
    note_penalty(item, key)
    tests = _tests(item, declaration)
    value, tolerance = _range(item, tests) or _spread(item, key, tests)
    return Numeric(value, tolerance, (), item.feedback_wrong(declaration.identifier))


def _tests(item: Item, declaration: Declaration) -> list[Comparison]:
    scoring = item.processing.scoring.get(declaration.identifier)
    return scoring.tests if scoring else []


def _range(item: Item, tests: list[Comparison]) -> Spread | None:
    """Between two limits: their middle, and half of their distance."""
    low = [_limit(test) for test in tests if test.name in ("gte", "gt")]
    high = [_limit(test) for test in tests if test.name in ("lte", "lt")]
    if len(low) != 1 or len(high) != 1 or low[0] is None or high[0] is None:
        return None
    item.adapted.append(Adapted.RANGE_AS_TOLERANCE)
    return (low[0] + high[0]) / 2, abs(high[0] - low[0]) / 2


def _limit(test: Comparison) -> Decimal | None:
    return read_decimal(test.values[0]) if len(test.values) == 1 else None


def _spread(item: Item, key: Key, tests: list[Comparison]) -> Spread:
    """The value with the most points, and how far one may be from it.

    Raises:
        RefusedError: none is a number.
    """
    right = [value for value in key.points if key.is_right(value)]
    numbers = {number: key.points[value] for value in right if (number := _number(value)) is not None}
    if not numbers:
        raise RefusedError(Refusal.BROKEN)
    if len(numbers) > 1:
        item.adapted.append(Adapted.CREDIT_REPLACED)
    value = max(numbers, key=lambda number: numbers[number])
    for test in tests:
        if test.name == "equal":
            return _equal(item, value, test)
        if test.name == "equalrounded":
            return _rounded(item, value, test)
    return value, Decimal(0)


def _number(value: str) -> Decimal | None:
    number = read_decimal(value)
    return read_number(value) if number is None else number


def _equal(item: Item, value: Decimal, test: Comparison) -> Spread:
    """``tolerance`` has one or two numbers, below and above; relative ones are per cent of the value."""
    numbers = [read_decimal(text) or Decimal(0) for text in test.node.get("tolerance").split()[:2]]
    if test.node.get("tolerancemode", "exact") == "exact" or not numbers:
        return value, Decimal(0)
    if test.node.get("tolerancemode") == "relative":
        numbers = [abs(value) * number / 100 for number in numbers]
    below, above = abs(numbers[0]), abs(numbers[-1])
    if below == above:
        return value, below
    item.adapted.append(Adapted.RANGE_AS_TOLERANCE)
    return value + (above - below) / 2, (above + below) / 2


def _rounded(item: Item, value: Decimal, test: Comparison) -> Spread:
    """What rounds to the same: half of the last figure."""
    figures = test.node.get("figures")
    if not (figures.isascii() and figures.isdigit() and len(figures) < 3):
        return value, Decimal(0)
    item.adapted.append(Adapted.RANGE_AS_TOLERANCE)
    is_places = test.node.get("roundingmode") == "decimalPlaces"
    last = -int(figures) if is_places else value.adjusted() - int(figures) + 1
    return value, Decimal(5).scaleb(last - 1)
