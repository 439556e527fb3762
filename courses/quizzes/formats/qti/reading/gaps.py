"""Gaps in a text: ``inlineChoiceInteraction``, ``textEntryInteraction``, ``gapMatchInteraction``.

Source: QTI 2.1 Information Model, classes of those names.
"""

from collections.abc import Sequence
from itertools import count

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.qti.reading.choices import Kinded
from courses.quizzes.formats.qti.reading.entries import read_entry
from courses.quizzes.formats.qti.reading.item import Item, RefusedError
from courses.quizzes.formats.qti.reading.keys import find_key, note_penalty
from courses.quizzes.formats.qti.reading.markup import Put
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.parts import Cloze, Part

OPENING, CLOSING = "\ue000", "\ue001"
"""Around the number of a gap while markup is read: no text has them."""
MOST_GAPS = 99
INLINE = ("textentryinteraction", "inlinechoiceinteraction")
BLANK = "_____"
NO_STEM = "Completa el texto."


def read_cloze(item: Item, interactions: Sequence[Node]) -> Kinded:
    """A text with inline interactions. Lines before the first gap are the stem."""
    _check_count(len(interactions))
    lines = _text_with_gaps(
        item, item.body.children, _numbered("textentryinteraction", "inlinechoiceinteraction")
    )
    first = next((number for number, line in enumerate(lines) if "{{" in line), None)
    if first is None:  # all of them in parts that nobody sees
        raise RefusedError(Refusal.BROKEN)
    item.stem = "\n".join(lines[:first]).strip() or item.title or NO_STEM
    parts = tuple(_part(item, interaction) for interaction in interactions)
    return QuestionKind.CLOZE, Cloze(parts, "\n".join(lines[first:]).strip())


def read_gap_match(item: Item, interaction: Node) -> Kinded:
    """Words for the gaps of a text: each gap is a choice among all of them.

    Raises:
        RefusedError: words are pictures, or a gap has not just one that is right.
    """
    if any(True for _ in interaction.all("gapimg")):
        raise RefusedError(Refusal.NEEDS_A_PICTURE)
    words = item.choices(interaction, "gaptext")
    gaps = list(interaction.all("gap"))
    _check_count(len(gaps))
    item.stem = item.stem or NO_STEM
    inside = [child for child in interaction.children if not _is_prompt_or_word(child)]
    text = "\n".join(_text_with_gaps(item, inside, _numbered("gap")))
    right = _right_words(item, interaction)
    options = [(word.get("identifier"), item.choice_text(word)) for word in words]
    parts = tuple(_gap(options, right.get(gap.get("identifier"), ())) for gap in gaps)
    item.adapted.append(Adapted.SPLIT_INTO_GAPS)
    return QuestionKind.CLOZE, Cloze(parts, text.strip())


def read_lone_entry(item: Item, interaction: Node) -> Kinded:
    """A short text or a number; its place in a sentence is marked in the stem."""
    text = "\n".join(_text_with_gaps(item, item.body.children, _numbered("textentryinteraction")))
    before, after = text.split("{{1}}", 1) if "{{1}}" in text else (text, "")
    item.stem = f"{before}{BLANK}{after}".strip() if after.strip() else before.strip()
    return read_entry(item, interaction)


def _check_count(gaps: int) -> None:
    if not gaps:
        raise RefusedError(Refusal.BROKEN)
    if gaps > MOST_GAPS:
        raise RefusedError(Refusal.TOO_LONG)


def _numbered(*names: str) -> Put:
    """Puts marks with numbers, from 1, in place of elements."""
    numbers = count(1)

    def put(node: Node) -> str | None:
        return f"{OPENING}{next(numbers)}{CLOSING}" if node.name in names else None

    return put


def _text_with_gaps(item: Item, children: Sequence[Node | str], put: Put) -> list[str]:
    """Lines with ``{{1}}`` for the gaps."""
    text = item.text(children, put).replace("{{", "{ {")
    return text.replace(OPENING, "{{").replace(CLOSING, "}}").split("\n")


def _part(item: Item, interaction: Node) -> Part:
    if interaction.name == "textentryinteraction":
        kind, body = read_entry(item, interaction)
        return Part(kind, body)
    declaration = item.declaration(interaction)
    key = find_key(item, declaration)
    note_penalty(item, key)
    options = tuple(
        Option(
            text=item.choice_text(node),
            correct=key.percent(node.get("identifier")) == 100,
            feedback=item.feedback_of(declaration.identifier, node),
        )
        for node in item.choices(interaction, "inlinechoice")
    )
    if any(0 < key.percent(value) < 100 for value in key.points):
        item.adapted.append(Adapted.CREDIT_REPLACED)
    return Part(QuestionKind.SINGLE, Choice(options, interaction.get("shuffle") == "true"))


def _right_words(item: Item, interaction: Node) -> dict[str, set[str]]:
    """Identifiers of the right words by that of the gap."""
    key = find_key(item, item.declaration(interaction))
    note_penalty(item, key)
    found: dict[str, set[str]] = {}
    for value in key.points:
        word, _, gap = value.partition(" ")
        if key.is_right(value):
            found.setdefault(gap, set()).add(word)
    return found


def _gap(options: Sequence[tuple[str, str]], right: Sequence[str] | set[str]) -> Part:
    choice = Choice(tuple(Option(text, identifier in right) for identifier, text in options))
    return Part(QuestionKind.SINGLE, choice)


def _is_prompt_or_word(child: Node | str) -> bool:
    return isinstance(child, Node) and child.name in ("prompt", "gaptext", "gapimg")
