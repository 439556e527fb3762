"""One item as one question of ours, or the reason why it cannot be."""

from collections.abc import Callable, Iterator, Sequence

from courses.quizzes.formats.base import ReadFile, ReadQuestion, Refusal
from courses.quizzes.formats.qti.names import key_of
from courses.quizzes.formats.qti.reading.choices import Kinded, read_choice, read_hottext
from courses.quizzes.formats.qti.reading.entries import read_slider
from courses.quizzes.formats.qti.reading.gaps import (
    INLINE,
    NO_STEM,
    read_cloze,
    read_gap_match,
    read_lone_entry,
)
from courses.quizzes.formats.qti.reading.item import Item, RefusedError
from courses.quizzes.formats.qti.reading.markup import to_html
from courses.quizzes.formats.qti.reading.open_answers import read_extended_text
from courses.quizzes.formats.qti.reading.pairs import read_associate, read_match, read_order
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.parts import Case, Part
from courses.quizzes.rules.kinds.simple import SIMPLE

MOST_PARTS = 50
READERS: dict[str, Callable[[Item, Node], Kinded]] = {
    "choiceinteraction": read_choice,
    "hottextinteraction": read_hottext,
    "orderinteraction": read_order,
    "matchinteraction": read_match,
    "associateinteraction": read_associate,
    "gapmatchinteraction": read_gap_match,
    "extendedtextinteraction": read_extended_text,
    "sliderinteraction": read_slider,
}
REFUSALS = {
    "hotspotinteraction": Refusal.NEEDS_A_PICTURE,
    "selectpointinteraction": Refusal.NEEDS_A_PICTURE,
    "positionobjectinteraction": Refusal.NEEDS_A_PICTURE,
    "graphicorderinteraction": Refusal.NEEDS_A_PICTURE,
    "graphicassociateinteraction": Refusal.NEEDS_A_PICTURE,
    "graphicgapmatchinteraction": Refusal.NEEDS_A_PICTURE,
    "custominteraction": Refusal.NEEDS_A_SCRIPT,
    "portablecustominteraction": Refusal.NEEDS_A_SCRIPT,
}
TEMPLATES = ("templatedeclaration", "templateprocessing")


def add_item(file: ReadFile, root: Node, where: str) -> None:
    """Add an item to the file, as a question or as refused.

    Raises:
        QuestionFileError: there are too many.
    """
    item = Item(root)
    where = " ".join((item.title or root.get("identifier") or where).split())[:200]
    try:
        kind, body = _read(item)
        adapted = item.close()
    except RefusedError as error:
        return file.refuse(where, item.stem, error.refusal)
    key = key_of(root.get("identifier"))
    return file.add(ReadQuestion(where, kind, item.stem, body, key=key, adapted=adapted))


def _read(item: Item) -> Kinded:
    interactions = list(_interactions(item.body))
    _check(item, interactions)
    names = {node.name for node in interactions}
    if names == {"textentryinteraction"} and len(interactions) == 1:
        return read_lone_entry(item, interactions[0])
    if names <= set(INLINE):
        return read_cloze(item, interactions)
    if len(interactions) == 1:
        item.stem = item.text(item.body.children, _with_prompt) or item.title
        return READERS[interactions[0].name](item, interactions[0])
    return _case(item, interactions)


def _check(item: Item, interactions: Sequence[Node]) -> None:
    """Raises where there is nothing to answer, or something that we have not."""
    if item.root.elements(*TEMPLATES):
        raise RefusedError(Refusal.CALCULATED)
    for node in interactions:
        if node.name in REFUSALS:
            raise RefusedError(REFUSALS[node.name])
    if not interactions or any(node.name not in {*READERS, *INLINE} for node in interactions):
        raise RefusedError(Refusal.UNKNOWN_KIND)
    if len(interactions) > 1 and "extendedtextinteraction" in {node.name for node in interactions}:
        raise RefusedError(Refusal.NESTED)


def _interactions(node: Node) -> Iterator[Node]:
    """In the order of the text, none inside another."""
    for child in node.elements():
        if child.name.endswith("interaction"):
            yield child
        else:
            yield from _interactions(child)


def _with_prompt(node: Node) -> str | None:
    """The prompt in place of its interaction, and the text from which words are chosen."""
    if not node.name.endswith("interaction"):
        return None
    prompt = node.first("prompt")
    shown = to_html([prompt]) if prompt else ""
    if node.name == "hottextinteraction":
        shown += to_html([child for child in node.children if child is not prompt])
    return shown


def _case(item: Item, interactions: Sequence[Node]) -> Kinded:
    """Several interactions, each with a prompt of its own."""
    if any(node.name in INLINE for node in interactions):
        raise RefusedError(Refusal.NESTED)
    if len(interactions) > MOST_PARTS:
        raise RefusedError(Refusal.TOO_LONG)
    item.stem = item.text(item.body.children) or item.title or NO_STEM
    return QuestionKind.CASE, Case(tuple(_part(item, node) for node in interactions))


def _part(item: Item, interaction: Node) -> Part:
    stem = item.text([interaction], _with_prompt)
    kind, body = READERS[interaction.name](item, interaction)
    if not stem:
        raise RefusedError(Refusal.NO_TEXT)
    if kind not in SIMPLE:
        raise RefusedError(Refusal.NESTED)
    return Part(kind, body, stem)
