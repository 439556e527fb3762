"""``extendedTextInteraction``: a text of one's own. Source: QTI 2.1 Information Model, that class and
``rubricBlock``.

QTI has no marks by criterion that every system writes, so each such question gets a rubric of two
criteria that its author will want to mend.
"""

from courses.quizzes.formats.base import Adapted
from courses.quizzes.formats.qti.reading.choices import Kinded
from courses.quizzes.formats.qti.reading.item import Item
from courses.quizzes.formats.qti.tree import Node
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.open_answer import LONGEST, Criterion, Level, OpenAnswer

LETTERS_A_WORD = 6
"""With the blank; of Spanish running text, rounded."""
USUAL_WORDS = 200
MOST_WORDS = LONGEST // LETTERS_A_WORD
LEVELS = (Level(0, "No se aprecia"), Level(1, "Se aprecia en parte"), Level(2, "Se aprecia del todo"))
RUBRIC = (Criterion("Responde lo que se pregunta", LEVELS), Criterion("Fundamenta su respuesta", LEVELS))


def read_extended_text(item: Item, interaction: Node) -> Kinded:
    """``rubricBlock`` for the scorer is the guide, and so is a model answer in the key."""
    item.adapted.append(Adapted.RUBRIC_ADDED)
    blocks = (node for node in item.body.all("rubricblock") if "scorer" in node.get("view").split())
    texts = [item.text(block.children) for block in blocks]
    texts.extend(item.declaration(interaction).correct)
    return QuestionKind.OPEN, OpenAnswer(RUBRIC, _words(interaction), "\n".join(filter(None, texts)))


def _words(interaction: Node) -> int:
    """How many are asked for: of the length that is expected, in letters."""
    length = interaction.get("expectedlength")
    if not (length.isascii() and length.isdigit() and len(length) < 7 and int(length)):
        return USUAL_WORDS
    return min(max(int(length) // LETTERS_A_WORD, 1), MOST_WORDS)
