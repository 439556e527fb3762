"""An item while it is read: its texts, its feedback, and what was adapted so far."""

from collections import Counter
from collections.abc import Sequence

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.qti.reading.declarations import Declaration, read_declarations
from courses.quizzes.formats.qti.reading.markup import FEEDBACK, PICTURES, Put, to_html
from courses.quizzes.formats.qti.reading.processing import RIGHT, WRONG, read_processing
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.formats.texts import to_text

MOST_CHOICES = 200
"""Of one interaction."""
LONGEST_TEXT = 20_000
"""Characters."""
CHOICES = frozenset({
    "simplechoice", "hottext", "inlinechoice", "simpleassociablechoice", "gaptext", "gapimg",
})  # fmt: skip
WRONG_NAMES = ("incorrect", "incorrecto", "incorrecta", "wrong")


class RefusedError(Exception):
    """The item cannot be a question of ours."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Item:
    """``adapted``: notes for the report. ``stem`` is known once the item has been read that far."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.body = root.first("itembody") or Node("itembody")
        self.title = " ".join(root.get("title").split())
        self.adapted: list[Adapted] = []
        self.stem = ""
        self.declarations = read_declarations(root)
        self.processing = read_processing(root, list(self.declarations))
        self._choices = Counter(node.get("identifier") for node in self.body.all(*CHOICES))
        self._feedback = self._sort_feedback()

    def declaration(self, interaction: Node) -> Declaration:
        """Of the interaction's response; an empty one where there is none."""
        identifier = interaction.get("responseidentifier")
        return self.declarations.get(identifier, Declaration(identifier))

    def text(self, children: Sequence[Node | str], put: Put | None = None) -> str:
        """Plain text of marked-up text; what it loses is noted.

        Raises:
            RefusedError: it is too long.
        """
        text, adapted = to_text(to_html(children, put))
        self.adapted.extend(adapted)
        if len(text) > LONGEST_TEXT:
            raise RefusedError(Refusal.TOO_LONG)
        return text.strip()

    def choice_text(self, choice: Node) -> str:
        """Of something to choose.

        Raises:
            RefusedError: it has none.
        """
        text = self.text(choice.children)
        if not text:
            has_picture = any(True for _ in choice.all(*PICTURES))
            raise RefusedError(Refusal.NEEDS_A_PICTURE if has_picture else Refusal.NO_TEXT)
        return text

    def choices(self, interaction: Node, *names: str) -> list[Node]:
        """What can be chosen, each with an identifier of its own.

        Raises:
            RefusedError: too many, or two with the same identifier.
        """
        found = [node for node in interaction.all(*names) if node is not interaction]
        if len(found) > MOST_CHOICES:
            raise RefusedError(Refusal.TOO_LONG)
        if len({node.get("identifier") for node in found}) < len(found):
            raise RefusedError(Refusal.BROKEN)
        return found

    def feedback_of(self, response: str, choice: Node) -> str:
        """What is said of a choice: inside it, named like it, or by a rule."""
        identifier = choice.get("identifier")
        found = self._take(response, identifier)
        if self._choices[identifier] == 1:
            found += self._take("", identifier)
        return self._join([*choice.all("feedbackinline", "feedbackblock"), *found])

    def feedback_wrong(self, response: str) -> str:
        """What is said of any wrong answer."""
        named = [node for name in WRONG_NAMES for node in self._take("", name)]
        return self._join([*self._take(response, WRONG), *named])

    def close(self) -> tuple[Adapted, ...]:
        """All notes, once everything was read; feedback that nobody took is one."""
        rest = [node for nodes in self._feedback.values() for node in nodes]
        if any(node.text for node in rest):
            self.adapted.append(Adapted.GENERAL_FEEDBACK_LEFT_OUT)
        return tuple(self.adapted)

    def _take(self, response: str, value: str) -> list[Node]:
        return self._feedback.pop((response, value), [])

    def _join(self, nodes: Sequence[Node]) -> str:
        return "\n".join(filter(None, (self.text(node.children) for node in nodes)))

    def _sort_feedback(self) -> dict[tuple[str, str], list[Node]]:
        """By response and value where a rule says so, else by its own identifier."""
        outside = [*_outside_choices(self.body), *self.root.elements("modalfeedback")]
        found: dict[tuple[str, str], list[Node]] = {}
        for node in outside:
            identifier = node.get("identifier")
            place = self.processing.feedback.get(identifier, ("", identifier))
            if node.get("showhide") == "hide":
                place = ("", RIGHT)  # nobody asks for it
            found.setdefault(place, []).append(node)
        return found


def _outside_choices(node: Node) -> list[Node]:
    """Feedback of the body that is not inside a choice."""
    found: list[Node] = []
    for child in node.elements():
        if child.name in FEEDBACK:
            found.append(child)
        elif child.name not in CHOICES:
            found.extend(_outside_choices(child))
    return found
