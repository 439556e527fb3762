"""``matchInteraction``, ``associateInteraction`` and ``orderInteraction``.

Source: QTI 2.1 Information Model, classes of those names: a ``directedPair`` goes from the first set to
the second.
"""

from collections.abc import Mapping, Sequence

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.qti.reading.choices import Kinded
from courses.quizzes.formats.qti.reading.item import Item, RefusedError
from courses.quizzes.formats.qti.reading.keys import Key, find_key, note_penalty
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.ordering import Ordering

Texts = Mapping[str, str]
"""By identifier, in the order of the item."""


def read_match(item: Item, interaction: Node) -> Kinded:
    """Each of one side has one partner on the other.

    Raises:
        RefusedError: some have none, or several, whichever side one begins with.
    """
    sets = interaction.elements("simplematchset")
    if len(sets) != 2:
        raise RefusedError(Refusal.BROKEN)
    lefts, rights = (_texts(item, item.choices(side, "simpleassociablechoice")) for side in sets)
    pairs = _right_pairs(item, interaction)
    partners = _partners(pairs)
    if set(partners) == set(lefts) and set(partners.values()) <= set(rights):
        return _matching(partners, lefts, rights)
    turned = _partners([(right, left) for left, right in pairs])
    if set(turned) == set(rights) and set(turned.values()) <= set(lefts):
        return _matching(turned, rights, lefts)
    raise RefusedError(Refusal.CANNOT_BE_ASKED)


def read_associate(item: Item, interaction: Node) -> Kinded:
    """Pairs of one list; the first of each pair is shown on the left, what is in no pair on the right.

    Raises:
        RefusedError: something is in two pairs.
    """
    texts = _texts(item, item.choices(interaction, "simpleassociablechoice"))
    pairs = _right_pairs(item, interaction)
    used = [name for pair in pairs for name in pair]
    if len(set(used)) < len(used) or not set(used) <= set(texts):
        raise RefusedError(Refusal.CANNOT_BE_ASKED)
    partners = dict(pairs)
    return _matching(partners, texts, {name: text for name, text in texts.items() if name not in partners})


def read_order(item: Item, interaction: Node) -> Kinded:
    """All of a list, in order.

    Raises:
        RefusedError: the key has not each of them once.
    """
    texts = _texts(item, item.choices(interaction, "simplechoice"))
    correct = item.declaration(interaction).correct
    if item.processing.needs_script and not correct:
        raise RefusedError(Refusal.NEEDS_A_SCRIPT)
    if sorted(correct) != sorted(texts):
        raise RefusedError(Refusal.CANNOT_BE_ASKED)
    item.adapted.append(Adapted.CREDIT_REPLACED)
    return QuestionKind.ORDERING, Ordering(tuple(texts[name] for name in correct))


def _texts(item: Item, choices: Sequence[Node]) -> dict[str, str]:
    return {choice.get("identifier"): item.choice_text(choice) for choice in choices}


def _right_pairs(item: Item, interaction: Node) -> list[tuple[str, str]]:
    declaration = item.declaration(interaction)
    key = find_key(item, declaration)
    note_penalty(item, key)
    values = declaration.correct or [value for value in key.points if key.is_right(value)]
    pairs = [tuple(value.split(" ")) for value in dict.fromkeys(values)]
    if any(len(pair) != 2 for pair in pairs):
        raise RefusedError(Refusal.BROKEN)
    if key.is_whole or not _is_even(key):
        item.adapted.append(Adapted.CREDIT_REPLACED)
    return [(first, second) for first, second in pairs]


def _is_even(key: Key) -> bool:
    """Whether each pair counts alike, as ours do."""
    return len({points for points in key.points.values() if points > 0}) == 1


def _partners(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Empty where one has two."""
    partners = dict(pairs)
    return partners if len(partners) == len(pairs) else {}


def _matching(partners: Mapping[str, str], lefts: Texts, rights: Texts) -> Kinded:
    pairs = tuple(Pair(text, rights[partners[name]]) for name, text in lefts.items() if name in partners)
    used = set(partners.values())
    rest = tuple(text for name, text in rights.items() if name not in used)
    return QuestionKind.MATCHING, Matching(pairs, rest)
