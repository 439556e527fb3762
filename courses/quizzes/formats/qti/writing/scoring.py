"""Response processing: the points of all responses together, from 0 to 1, and which feedback is shown.

Source: QTI 2.1 Information Model, class ``responseProcessing``; the standard templates wherever they
say the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from courses.quizzes.formats.qti.writing.elements import Child, Dialect, Element, element, figures, paragraphs
from courses.quizzes.formats.qti.writing.responses import Response, is_correct


@dataclass(frozen=True)
class Group:
    """Responses that must all be right, and their share of the points."""

    responses: tuple[Response, ...]
    share: Fraction = Fraction(1)


def outcomes(groups: Sequence[Group]) -> Iterator[Element]:
    """``SCORE``, and one for the feedback of each response."""
    zero = element("defaultValue", element("value", "0"))
    yield element("outcomeDeclaration", zero, identifier="SCORE", cardinality="single", baseType="float")
    for response in _of(groups):
        if response.feedback or response.feedback_wrong:
            yield element(
                "outcomeDeclaration",
                identifier=_outcome(response),
                cardinality="multiple" if response.is_many else "single",
                baseType="identifier",
            )


def processing(groups: Sequence[Group], dialect: Dialect) -> Element:
    """A standard template for one response without feedback, else rules."""
    template = _template(groups)
    if template:
        return element("responseProcessing", template=dialect.template(template))
    rules = [_score(group) for group in groups]
    rules += [rule for response in _of(groups) for rule in _show(response)]
    return element("responseProcessing", *rules)


def modal_feedback(groups: Sequence[Group], dialect: Dialect) -> Iterator[Element]:
    for response in _of(groups):
        wrong = [(_wrong(response), response.feedback_wrong)] if response.feedback_wrong else []
        for identifier, said in [*response.feedback, *wrong]:
            yield element(
                "modalFeedback",
                *content(paragraphs(said), dialect),
                outcomeIdentifier=_outcome(response),
                identifier=identifier,
                showHide="show",
            )


def content(children: Sequence[Child], dialect: Dialect) -> Sequence[Child]:
    """QTI 3.0 has a body of its own in feedback and rubrics."""
    return [element("contentBody", *children)] if dialect.is_3 else children


def _of(groups: Sequence[Group]) -> list[Response]:
    return [response for group in groups for response in group.responses]


def _template(groups: Sequence[Group]) -> str:
    responses = _of(groups)
    if len(responses) != 1 or responses[0].identifier != "RESPONSE":
        return ""
    [only] = responses
    if only.feedback or only.feedback_wrong:
        return ""
    if only.test is None:
        return "map_response"
    return "match_correct" if only.test == is_correct(only.identifier) else ""


def _score(group: Group) -> Element:
    tests = [response.test for response in group.responses if response.test is not None]
    share = element("baseValue", figures(group.share), baseType="float")
    if not tests:
        mapped = element("mapResponse", identifier=group.responses[0].identifier)
        return _add(mapped if group.share == 1 else element("product", mapped, share))
    test = tests[0] if len(tests) == 1 else element("and", *tests)
    return element("responseCondition", element("responseIf", test, _add(share)))


def _add(points: Element) -> Element:
    total = element("sum", element("variable", identifier="SCORE"), points)
    return element("setOutcomeValue", total, identifier="SCORE")


def _show(response: Response) -> Iterator[Element]:
    if response.feedback:
        chosen = element("variable", identifier=response.identifier)
        yield element("setOutcomeValue", chosen, identifier=_outcome(response))
    if response.feedback_wrong:
        named = element("baseValue", _wrong(response), baseType="identifier")
        show = element("setOutcomeValue", named, identifier=_outcome(response))
        yield element("responseCondition", element("responseIf", _is_wrong(response), show))


def _is_wrong(response: Response) -> Element:
    if response.test is not None:
        return element("not", response.test)
    mapped = element("mapResponse", identifier=response.identifier)
    return element("lte", mapped, element("baseValue", "0", baseType="float"))


def _outcome(response: Response) -> str:
    return response.identifier.replace("RESPONSE", "FEEDBACK", 1)


def _wrong(response: Response) -> str:
    return response.identifier.replace("RESPONSE", "incorrect", 1)
