"""Each simple kind as an interaction with its response. Source: QTI 2.1 Information Model, interactions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from courses.quizzes.formats.qti.writing.elements import Child, Element, element, figures, lines
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.base import Words
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement
from courses.quizzes.rules.kinds.matching import Matching
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText
from courses.quizzes.rules.kinds.true_false import TrueFalse

WHETHER, WHY = "¿Es verdadero o falso?", "¿Por qué?"


@dataclass(frozen=True)
class Response:
    """A response and where it is given.

    ``test``: what holds where it is right; ``None`` where its mapping gives the points. ``feedback``: by
    identifier of the choice. ``unit``: what is written after an inline interaction.
    """

    identifier: str
    declaration: Element
    interaction: Element
    test: Element | None = None
    feedback: tuple[tuple[str, str], ...] = ()
    feedback_wrong: str = ""
    is_many: bool = False
    is_inline: bool = False
    unit: str = ""


Prompt = Sequence[Child]
Writer = Callable[[Any, str, Prompt], list[Response]]


def write_responses(*, kind: QuestionKind, body: Any, name: str, prompt: str = "") -> list[Response]:
    """One, or two that must both be right. ``name`` begins all their identifiers."""
    asked = [element("prompt", *lines(prompt))] if prompt else []
    return WRITERS[kind](body, name, asked)


def declare(
    name: str,
    base_type: str,
    correct: Sequence[str],
    *,
    cardinality: str = "single",
    points: Mapping[str, Fraction] | None = None,
    with_case: bool | None = None,
) -> Element:
    """A response with its key, and its mapping where there is one: from 0 to 1."""
    children = (
        [element("correctResponse", *(element("value", value) for value in correct))] if correct else []
    )
    if points is not None:
        entries = (
            element("mapEntry", mapKey=value, mappedValue=figures(share), caseSensitive=with_case)
            for value, share in points.items()
        )
        children.append(element("mapping", *entries, lowerBound="0", upperBound="1", defaultValue="0"))
    return element(
        "responseDeclaration", *children, identifier=name, cardinality=cardinality, baseType=base_type
    )


def is_correct(name: str) -> Element:
    """The comparison of a response with its key."""
    return element("match", element("variable", identifier=name), element("correct", identifier=name))


def _single(body: Choice, name: str, prompt: Prompt) -> list[Response]:
    return [_choice(name, body.options, prompt, shuffle=body.shuffle)]


def _choice(name: str, options: Sequence[Option], prompt: Prompt, *, shuffle: bool) -> Response:
    ids = _ids(name, "C", len(options))
    correct = [one for one, option in zip(ids, options, strict=True) if option.correct][:1]
    return Response(
        identifier=name,
        declaration=declare(name, "identifier", correct),
        interaction=_choices(name, ids, options, prompt, most=1, shuffle=shuffle),
        test=is_correct(name),
        feedback=_feedback(ids, [option.feedback for option in options]),
    )


def _multiple(body: Choice, name: str, prompt: Prompt) -> list[Response]:
    """Mapped so that others give the points that we give."""
    ids = _ids(name, "C", len(body.options))
    right = len(body.correct)
    wrong = len(body.options) - right
    shares = [Fraction(1, right) if option.correct else -Fraction(1, wrong) for option in body.options]
    correct = [ids[index] for index in sorted(body.correct)]
    points = dict(zip(ids, shares, strict=True))
    return [
        Response(
            identifier=name,
            declaration=declare(name, "identifier", correct, cardinality="multiple", points=points),
            interaction=_choices(name, ids, body.options, prompt, most=0, shuffle=body.shuffle),
            feedback=_feedback(ids, [option.feedback for option in body.options]),
            is_many=True,
        )
    ]


def _judgement(body: Judgement, name: str, prompt: Prompt) -> list[Response]:
    ids = _ids(name, "C", len(body.ways))
    points = {one: Fraction(way.percent, 100) for one, way in zip(ids, body.ways, strict=True)}
    correct = [one for one, share in points.items() if share == 1][:1]
    options = [Option(way.text, correct=False) for way in body.ways]
    return [
        Response(
            identifier=name,
            declaration=declare(name, "identifier", correct, points=points),
            interaction=_choices(name, ids, options, prompt, most=1, shuffle=True),
            feedback=_feedback(ids, [way.consequence for way in body.ways]),
        )
    ]


def _true_false(body: TrueFalse, name: str, prompt: Prompt) -> list[Response]:
    """The reasons are a second choice."""
    words = Words()
    truths = (
        Option(words.true, body.is_true, body.feedback_true),
        Option(words.false, not body.is_true, body.feedback_false),
    )
    if not body.reasons:
        return [_choice(name, truths, prompt, shuffle=False)]
    return [
        _choice(name, truths, prompt or [element("prompt", WHETHER)], shuffle=False),
        _choice(f"{name}_WHY", body.reasons, [element("prompt", WHY)], shuffle=True),
    ]


def _matching(body: Matching, name: str, prompt: Prompt) -> list[Response]:
    lefts, rights = _ids(name, "L", len(body.pairs)), _ids(name, "R", len(body.rights))
    by_text = dict(zip(body.rights, rights, strict=True))
    correct = [f"{left} {by_text[pair.right]}" for left, pair in zip(lefts, body.pairs, strict=True)]
    sides = [
        _side(lefts, [pair.left for pair in body.pairs], most=1),
        _side(rights, body.rights, most=len(lefts)),
    ]
    points = dict.fromkeys(correct, Fraction(1, max(len(correct), 1)))
    return [
        Response(
            identifier=name,
            declaration=declare(name, "directedPair", correct, cardinality="multiple", points=points),
            interaction=element(
                "matchInteraction", *prompt, *sides,
                responseIdentifier=name, shuffle=True, maxAssociations=len(lefts),
            ),
        )
    ]  # fmt: skip


def _side(ids: Sequence[str], texts: Sequence[str], *, most: int) -> Element:
    choices = (
        element("simpleAssociableChoice", *lines(text), identifier=one, matchMax=most)
        for one, text in zip(ids, texts, strict=True)
    )
    return element("simpleMatchSet", *choices)


def _ordering(body: Ordering, name: str, prompt: Prompt) -> list[Response]:
    """The list is written by the alphabet: its own order would tell the key."""
    ids = dict(zip(sorted(body.items), _ids(name, "I", len(body.items)), strict=True))
    choices = (element("simpleChoice", *lines(text), identifier=one) for text, one in ids.items())
    correct = [ids[item] for item in body.items]
    return [
        Response(
            identifier=name,
            declaration=declare(name, "identifier", correct, cardinality="ordered"),
            interaction=element("orderInteraction", *prompt, *choices, responseIdentifier=name, shuffle=True),
            test=is_correct(name),
        )
    ]


def _numeric(body: Numeric, name: str, prompt: Prompt) -> list[Response]:
    """In the first unit; the others cannot be said."""
    tolerance = figures(body.tolerance)
    test = element(
        "equal", element("variable", identifier=name), element("correct", identifier=name),
        toleranceMode="absolute", tolerance=f"{tolerance} {tolerance}",
    )  # fmt: skip
    return [
        Response(
            identifier=name,
            declaration=declare(name, "float", [figures(body.value)]),
            interaction=element("textEntryInteraction", responseIdentifier=name, expectedLength=10),
            test=test if body.tolerance else is_correct(name),
            feedback_wrong=body.feedback_wrong,
            is_inline=True,
            unit=body.units[0].name if body.units else "",
        )
    ]


def _short_text(body: ShortText, name: str, prompt: Prompt) -> list[Response]:
    """``*`` cannot be said in a mapping: such variants are left out, or lose it where there are no others."""
    plain = [variant for variant in body.variants if "*" not in variant.text] or body.variants
    points = {variant.text.replace("*", "").strip(): Fraction(variant.percent, 100) for variant in plain}
    correct = [value for value, share in points.items() if share == 1][:1]
    longest = max(map(len, points), default=10)
    return [
        Response(
            identifier=name,
            declaration=declare(name, "string", correct, points=points, with_case=body.with_case),
            interaction=element("textEntryInteraction", responseIdentifier=name, expectedLength=longest),
            feedback_wrong=body.feedback_wrong,
            is_inline=True,
        )
    ]


def _choices(
    name: str, ids: Sequence[str], options: Sequence[Option], prompt: Prompt, *, most: int, shuffle: bool
) -> Element:
    choices = (
        element("simpleChoice", *lines(option.text), identifier=one, fixed=option.is_pinned or None)
        for one, option in zip(ids, options, strict=True)
    )
    return element(
        "choiceInteraction", *prompt, *choices, responseIdentifier=name, shuffle=shuffle, maxChoices=most
    )


def _ids(name: str, letter: str, count: int) -> list[str]:
    """Of choices; different in all of an item, as feedback is found by them."""
    prefix = name.removeprefix("RESPONSE").strip("_")
    return [f"{letter}{number}_{prefix}" if prefix else f"{letter}{number}" for number in range(1, count + 1)]


def _feedback(ids: Sequence[str], texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((one, text) for one, text in zip(ids, texts, strict=True) if text.strip())


WRITERS: dict[QuestionKind, Writer] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.NUMERIC: _numeric,
    QuestionKind.SHORT_TEXT: _short_text,
    QuestionKind.JUDGEMENT: _judgement,
}
