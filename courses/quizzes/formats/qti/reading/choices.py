"""``choiceInteraction`` and ``hottextInteraction``: one or several of a list.

Source: QTI 2.1 Information Model, classes of those names; ``fixed``: class ``choice``.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from courses.quizzes.formats.base import Adapted
from courses.quizzes.formats.qti.reading.item import Item
from courses.quizzes.formats.qti.reading.keys import Key, find_key, is_our_sharing, note_penalty
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.true_false import TrueFalse
from courses.quizzes.rules.kinds.written import fold_text

TRUE, FALSE = frozenset({"verdadero", "true", "v"}), frozenset({"falso", "false", "f"})

Kinded = tuple[QuestionKind, Any]


def read_choice(item: Item, interaction: Node) -> Kinded:
    """Single, multiple, true or false, or judgement."""
    nodes = item.choices(interaction, "simplechoice")
    return _read(item, interaction, nodes, shuffle=interaction.get("shuffle") == "true")


def read_hottext(item: Item, interaction: Node) -> Kinded:
    """Words of a text, in their order; the text is in the stem."""
    return _read(item, interaction, item.choices(interaction, "hottext"), shuffle=False)


def _read(item: Item, interaction: Node, nodes: Sequence[Node], *, shuffle: bool) -> Kinded:
    declaration = item.declaration(interaction)
    key = find_key(item, declaration)
    options = [_option(item, declaration.identifier, node, key, shuffle) for node in nodes]
    if _is_pinned_before_loose([option.is_pinned for option in options]):
        item.adapted.append(Adapted.SHUFFLE_REPLACED)
    if declaration.is_many:
        return _several(item, interaction, options, key)
    note_penalty(item, key)
    ids = [node.get("identifier") for node in nodes]
    return _one(item, ids, options, key, shuffle)


def _option(item: Item, response: str, node: Node, key: Key, shuffle: bool) -> Option:
    return Option(
        text=item.choice_text(node),
        correct=key.is_right(node.get("identifier")),
        feedback=item.feedback_of(response, node),
        is_pinned=shuffle and node.get("fixed") == "true",
    )


def _is_pinned_before_loose(pinned: Sequence[bool]) -> bool:
    """Ours are pinned to the end."""
    return any(before and not after for before, after in pairwise(pinned))


def _one(item: Item, ids: Sequence[str], options: Sequence[Option], key: Key, shuffle: bool) -> Kinded:
    if sum(option.correct for option in options) > 1:
        return _judgement(item, ids, options, key, shuffle)
    truths = [fold_text(option.text) for option in options]
    if len(truths) == 2 and TRUE & set(truths) and FALSE & set(truths):
        return _true_false(options, truths[0] in TRUE)
    return QuestionKind.SINGLE, Choice(tuple(options), shuffle)


def _judgement(item: Item, ids: Sequence[str], options: Sequence[Option], key: Key, shuffle: bool) -> Kinded:
    if not shuffle or any(option.is_pinned for option in options):
        item.adapted.append(Adapted.SHUFFLE_REPLACED)
    ways = (
        Way(option.text, key.percent(name), option.feedback)
        for name, option in zip(ids, options, strict=True)
    )
    return QuestionKind.JUDGEMENT, Judgement(tuple(ways))


def _true_false(options: Sequence[Option], is_true_first: bool) -> Kinded:
    true, false = options if is_true_first else reversed(options)
    if true.correct == false.correct:  # without a key: refused for it
        return QuestionKind.SINGLE, Choice(tuple(options))
    body = TrueFalse(true.correct, feedback_true=true.feedback, feedback_false=false.feedback)
    return QuestionKind.TRUE_FALSE, body


def _several(item: Item, interaction: Node, options: Sequence[Option], key: Key) -> Kinded:
    """Points are shared out our way; one right of several is a choice of one."""
    right = sum(option.correct for option in options)
    mapped = item.declaration(interaction).mapped
    if key.is_whole or not is_our_sharing(mapped, right, len(options) - right):
        item.adapted.append(Adapted.CREDIT_REPLACED)
    kind = QuestionKind.SINGLE if right == 1 else QuestionKind.MULTIPLE
    return kind, Choice(tuple(options), interaction.get("shuffle") == "true")
