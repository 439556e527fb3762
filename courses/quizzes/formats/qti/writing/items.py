"""A question as an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from courses.quizzes.formats.qti.names import item_identifier
from courses.quizzes.formats.qti.reading.open_answers import LETTERS_A_WORD
from courses.quizzes.formats.qti.writing.elements import (
    Child,
    Dialect,
    Element,
    attribute,
    element,
    paragraphs,
    to_xml,
)
from courses.quizzes.formats.qti.writing.responses import Response, declare, is_correct, write_responses
from courses.quizzes.formats.qti.writing.scoring import Group, content, modal_feedback, outcomes, processing
from courses.quizzes.rules import QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.parts import GAP, Case, Cloze, Part

LONGEST_TITLE = 80
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True)
class Body:
    """What is shown, and what is answered."""

    shown: Sequence[Child]
    groups: tuple[Group, ...] = ()
    declarations: tuple[Element, ...] = ()


def can_write(question: QuestionSpec) -> bool:
    """Hotspots need a picture of the platform, which does not travel."""
    return question.kind is not QuestionKind.HOTSPOT


def write_item(*, question: QuestionSpec, dialect: Dialect) -> bytes:
    """The file of an item."""
    root = to_xml(_item(question, dialect), dialect)
    name = dialect.name("assessmentItem")
    head = (
        f'<{name} xmlns={attribute(dialect.namespace)} xmlns:xsi="{XSI}"'
        f" xsi:schemaLocation={attribute(f'{dialect.namespace} {dialect.schema}')}"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{root.removeprefix(f"<{name}")}\n'.encode()


def _item(question: QuestionSpec, dialect: Dialect) -> Element:
    body = _body(question, dialect)
    responses = [response for group in body.groups for response in group.responses]
    is_marked = question.kind is QuestionKind.OPEN
    return element(
        "assessmentItem",
        *(response.declaration for response in responses),
        *body.declarations,
        *outcomes(body.groups),
        element("itemBody", *paragraphs(question.stem), *body.shown),
        *([] if is_marked else [processing(body.groups, dialect)]),
        *modal_feedback(body.groups, dialect),
        identifier=item_identifier(question.key),
        title=" ".join(question.stem.split())[:LONGEST_TITLE] or question.key,
        adaptive=False,
        timeDependent=False,
        toolName="Aula Abierta",
    )


def _body(question: QuestionSpec, dialect: Dialect) -> Body:
    if question.kind is QuestionKind.OPEN:
        return _open(question.body, dialect)
    if question.kind is QuestionKind.CLOZE:
        return _cloze(question.body)
    if question.kind is QuestionKind.CASE:
        return _case(question.body)
    responses = write_responses(kind=question.kind, body=question.body, name="RESPONSE")
    return Body(_shown(responses), (Group(tuple(responses)),))


def _shown(responses: Sequence[Response], stem: str = "") -> list[Element]:
    """Interactions in a line of text have no prompt: what is asked is a paragraph before them."""
    found: list[Element] = []
    for response in responses:
        if response.is_inline:
            found.extend(paragraphs(stem) if stem else [])
            found.append(element("p", *_with_unit(response)))
        else:
            found.append(response.interaction)
    return found


def _with_unit(response: Response) -> list[Child]:
    return [response.interaction, f" {response.unit}"] if response.unit else [response.interaction]


def _open(body: OpenAnswer, dialect: Dialect) -> Body:
    """Marked by a person: no processing. The rubric is for the scorer."""
    rubric = [body.guide] if body.guide else []
    for criterion in body.criteria:
        levels = "; ".join(f"{level.points}: {level.text}" for level in criterion.levels)
        rubric.append(f"{criterion.name}. {levels}")
    block = element(
        "rubricBlock",
        *content([part for said in rubric for part in paragraphs(said)], dialect),
        view="scorer",
        use="scoring" if dialect.is_3 else None,
    )
    entry = element(
        "extendedTextInteraction",
        responseIdentifier="RESPONSE",
        expectedLength=body.words * LETTERS_A_WORD if body.words > 0 else None,
    )
    return Body([block, entry], declarations=(declare("RESPONSE", "string", []),))


def _case(body: Case) -> Body:
    groups = _groups(body.parts, with_prompts=True)
    shown = [
        piece
        for part, group in zip(body.parts, groups, strict=True)
        for piece in _shown(group.responses, part.stem)
    ]
    return Body(shown, groups)


def _cloze(body: Cloze) -> Body:
    """The text with each gap in its place."""
    groups = _groups(body.parts, with_prompts=False)
    shown = []
    for block in paragraphs(body.text):
        children = [piece for child in block.children for piece in _with_gaps(child, groups)]
        shown.append(element("p", *children))
    return Body(shown, groups)


def _with_gaps(child: Child, groups: Sequence[Group]) -> list[Child]:
    if isinstance(child, Element):
        return [child]
    found: list[Child] = []
    for number, piece in enumerate(GAP.split(child)):
        if number % 2:
            found.extend(_with_unit(groups[int(piece) - 1].responses[0]))
        elif piece:
            found.append(piece)
    return found


def _groups(parts: Sequence[Part], *, with_prompts: bool) -> tuple[Group, ...]:
    total = sum(part.weight for part in parts)
    found = []
    for number, part in enumerate(parts, 1):
        name = f"RESPONSE_{number}"
        if with_prompts or part.kind is not QuestionKind.SINGLE:
            responses = write_responses(
                kind=part.kind, body=part.body, name=name, prompt=part.stem if with_prompts else ""
            )
        else:
            responses = [_inline_choice(part.body, name)]
        found.append(Group(tuple(responses), Fraction(part.weight, total)))
    return tuple(found)


def _inline_choice(body: Choice, name: str) -> Response:
    prefix = name.removeprefix("RESPONSE_")
    ids = [f"C{number}_{prefix}" for number in range(1, len(body.options) + 1)]
    choices = (
        element("inlineChoice", option.text, identifier=one, fixed=option.is_pinned or None)
        for one, option in zip(ids, body.options, strict=True)
    )
    correct = [one for one, option in zip(ids, body.options, strict=True) if option.correct][:1]
    said = zip(ids, (option.feedback for option in body.options), strict=True)
    return Response(
        identifier=name,
        declaration=declare(name, "identifier", correct),
        interaction=element(
            "inlineChoiceInteraction", *choices, responseIdentifier=name, shuffle=body.shuffle
        ),
        test=is_correct(name),
        feedback=tuple((one, text) for one, text in said if text.strip()),
        is_inline=True,
    )
