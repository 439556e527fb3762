"""What a response processing means: which responses are compared, which are mapped, what feedback follows.

It is no interpreter. It recognises the standard templates (``match_correct``, ``map_response``,
``map_response_point``) and what systems write out in their stead: conditions that compare a response
with its key or with a value and then set a number or name a feedback. Whatever else it finds is ignored;
:attr:`Processing.is_custom` tells that the points may not be the same.

Source: QTI 2.1 Information Model, class ``responseProcessing``, its standard templates, and the
expressions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from courses.quizzes.formats.qti.reading.declarations import list_point_outcomes, read_decimal
from courses.quizzes.formats.qti.tree import Node

COMPARING = frozenset({
    "match", "equal", "equalrounded", "stringmatch", "substring", "member", "contains", "patternmatch",
    "gte", "gt", "lte", "lt", "inside",
})  # fmt: skip
EXACT = frozenset({"match", "equal", "equalrounded", "stringmatch", "member", "contains"})
"""Comparisons whose values are a key; the others have limits and patterns."""
KNOWN_RULES = frozenset({
    "responsecondition", "responseif", "responseelseif", "responseelse", "responseprocessingfragment",
    "setoutcomevalue", "exitresponse",
})  # fmt: skip
KNOWN_EXPRESSIONS = COMPARING | {
    "and", "or", "not", "isnull", "variable", "correct", "basevalue", "mapresponse", "mapresponsepoint",
    "sum", "product", "divide", "multiple", "ordered", "max", "min", "null",
}  # fmt: skip
MOST_TESTS = 50
"""In one condition."""
RIGHT, WRONG = "\0right", "\0wrong"
"""In place of a value: the key itself, and anything else."""


@dataclass(frozen=True)
class Comparison:
    """A comparison of a response. ``values``: with what; ``with_key``: with its correct response.

    ``points``: what is earned where it holds.
    """

    response: str
    name: str
    values: tuple[str, ...]
    with_key: bool
    node: Node
    points: Decimal = Decimal(1)


@dataclass
class Scoring:
    """How one response is scored. ``points``: of values that are named in a rule."""

    is_matched: bool = False
    is_mapped: bool = False
    points: dict[str, Decimal] = field(default_factory=dict)
    tests: list[Comparison] = field(default_factory=list)


@dataclass
class Processing:
    """``feedback``: for an outcome's identifier, the response and the value (or ``RIGHT``, ``WRONG``)."""

    scoring: dict[str, Scoring] = field(default_factory=dict)
    feedback: dict[str, tuple[str, str]] = field(default_factory=dict)
    weights: dict[str, Decimal] = field(default_factory=dict)
    is_custom: bool = False
    needs_script: bool = False

    @property
    def is_weighted(self) -> bool:
        """Whether some responses count more than others."""
        return len(set(self.weights.values())) > 1

    def of(self, response: str) -> Scoring:
        return self.scoring.setdefault(response, Scoring())

    def weigh(self, response: str, points: Decimal) -> None:
        """Note what a response earns at most."""
        self.weights[response] = max(points, self.weights.get(response, points))


def read_processing(item: Node, responses: Sequence[str]) -> Processing:
    """The meaning of the item's response processing; of none, that each response has its key."""
    found = Processing()
    node = item.first("responseprocessing")
    if node is None:
        return found
    template = node.get("template").rpartition("/")[2].removesuffix(".xml").lower()
    for response in responses if template else ():
        found.of(response).is_matched = template == "match_correct"
        found.of(response).is_mapped = template.startswith("map_response")
    _Rules(found, list_point_outcomes(item)).walk(node.elements(), [], ())
    names = {below.name for below in node.all()} - {"responseprocessing"}
    found.needs_script = "customoperator" in names
    found.is_custom = bool(names - KNOWN_RULES - KNOWN_EXPRESSIONS)
    return found


class _Rules:
    """Goes through the rules; ``tests`` hold where it is, ``failed`` do not (in an *else*)."""

    def __init__(self, found: Processing, points: set[str]) -> None:
        self._found, self._points = found, points

    def walk(self, rules: Sequence[Node], tests: Sequence[Comparison], failed: Sequence[Comparison]) -> None:
        for rule in rules:
            if rule.name == "responsecondition":
                self._branches(rule, tests)
            elif rule.name == "responseprocessingfragment":
                self.walk(rule.elements(), tests, failed)
            elif rule.name == "setoutcomevalue":
                self._set(rule, tests, failed)

    def _branches(self, condition: Node, tests: Sequence[Comparison]) -> None:
        before: list[Comparison] = []
        for branch in condition.elements("responseif", "responseelseif", "responseelse"):
            parts = branch.elements()
            if branch.name == "responseelse":
                self.walk(parts, [], before)
            elif parts and parts[0].name == "not":
                self.walk(parts[1:], tests, list(islice(list_tests(Node("and", {}, parts[0].children)), 2)))
            elif parts:
                own = list(islice(list_tests(parts[0]), MOST_TESTS))
                self.walk(parts[1:], [*tests, *own][:MOST_TESTS], ())
                before.extend(own)

    def _set(self, rule: Node, tests: Sequence[Comparison], failed: Sequence[Comparison]) -> None:
        if rule.get("identifier") in self._points:
            self._set_points(rule, tests)
        else:
            self._set_feedback(rule, tests, failed)

    def _set_points(self, rule: Node, tests: Sequence[Comparison]) -> None:
        numbers = [read_decimal(node.text) for node in rule.all("basevalue")]
        points = next((number for number in reversed(numbers) if number is not None), None)
        for mapped in rule.all("mapresponse", "mapresponsepoint"):
            self._found.of(mapped.get("identifier")).is_mapped = True
            self._found.weigh(mapped.get("identifier"), Decimal(1) if points is None else points)
        for test in tests if points is not None else ():
            self._score(test, points or Decimal(0))

    def _score(self, test: Comparison, points: Decimal) -> None:
        scoring = self._found.of(test.response)
        scoring.tests.append(replace(test, points=points))
        scoring.is_matched |= test.with_key and points > 0
        self._found.weigh(test.response, points)
        for value in test.values if test.name in EXACT else ():
            scoring.points[value] = max(points, scoring.points.get(value, points))

    def _set_feedback(self, rule: Node, tests: Sequence[Comparison], failed: Sequence[Comparison]) -> None:
        named = [node.text for node in rule.all("basevalue")]
        if len(named) != 1:
            return
        if len(failed) == 1 and failed[0].with_key:
            self._found.feedback.setdefault(named[0], (failed[0].response, WRONG))
        elif len(tests) == 1 and (tests[0].with_key or len(tests[0].values) == 1):
            value = RIGHT if tests[0].with_key else tests[0].values[0]
            self._found.feedback.setdefault(named[0], (tests[0].response, value))


def list_tests(expression: Node) -> Iterator[Comparison]:
    """The comparisons that an expression asks for; what it denies is left out."""
    if expression.name in ("and", "or", "anyn"):
        for part in expression.elements():
            yield from list_tests(part)
    elif expression.name in COMPARING:
        variable = next(expression.all("variable"), None)
        if variable is not None:
            values = tuple(" ".join(node.text.split()) for node in expression.all("basevalue"))
            with_key = any(True for _ in expression.all("correct"))
            yield Comparison(variable.get("identifier"), expression.name, values, with_key, expression)
