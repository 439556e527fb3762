"""The two questionnaires, one for all courses: the four levels of Kirkpatrick in plain words.

Source: D. L. Kirkpatrick, *Evaluating Training Programs* (1994): reaction, learning, behaviour, results.
The first two can be asked at the end. The last two only show at work, so they are asked three months
later; of results this asks what people notice, which is no measurement of them and is never told as one.

``key`` is stored; a changed question gets a new one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.feedback.rules.askings import AskingKind

LONGEST_TEXT = 1000
SCALE: tuple[tuple[int, Promise], ...] = (
    (1, _("Muy en desacuerdo")),
    (2, _("En desacuerdo")),
    (3, _("Ni sí ni no")),
    (4, _("De acuerdo")),
    (5, _("Muy de acuerdo")),
)
AGREES = frozenset({4, 5})


@dataclass(frozen=True)
class Item:
    """One statement to agree with, or one open question."""

    key: str
    text: Promise


@dataclass(frozen=True)
class Level:
    """``number`` 1 to 4."""

    number: int
    title: Promise
    statements: tuple[Item, ...]


@dataclass(frozen=True)
class Questionnaire:
    levels: tuple[Level, ...]
    open_questions: tuple[Item, ...]

    @property
    def statements(self) -> Iterator[Item]:
        return (item for level in self.levels for item in level.statements)


QUESTIONNAIRES = {
    AskingKind.END: Questionnaire(
        levels=(
            Level(
                1,
                _("Qué te pareció"),
                (
                    Item("useful", _("Lo que vi me sirve en lo que hago.")),
                    Item("clear", _("Los textos y los ejemplos se entienden bien.")),
                    Item("time", _("El tiempo que tomó fue el justo.")),
                    Item("usable", _("Pude usar la plataforma sin problemas.")),
                ),
            ),
            Level(
                2,
                _("Qué aprendiste"),
                (
                    Item("know_how", _("Ahora sé qué hacer en un caso como los del curso.")),
                    Item("explain", _("Podría explicárselo a otra persona.")),
                ),
            ),
        ),
        open_questions=(
            Item("best", _("¿Qué fue lo más útil?")),
            Item("change", _("¿Qué cambiarías?")),
        ),
    ),
    AskingKind.LATER: Questionnaire(
        levels=(
            Level(
                3,
                _("Qué haces desde entonces"),
                (
                    Item("applied", _("Usé algo de lo que aprendí.")),
                    Item("different", _("Hago alguna cosa de otra manera.")),
                    Item("support", _("Mi entorno me ayuda a aplicarlo.")),
                ),
            ),
            Level(
                4,
                _("Qué se nota"),
                (
                    Item("team", _("Mi equipo trabaja mejor en esto que antes.")),
                    Item("public", _("Las personas que atendemos notan la diferencia.")),
                ),
            ),
        ),
        open_questions=(
            Item("example", _("¿Qué hiciste distinto? Cuenta un ejemplo, sin nombres.")),
            Item("obstacle", _("¿Qué te impidió aplicarlo?")),
        ),
    ),
}
