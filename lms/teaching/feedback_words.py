"""Figures of what learners say, as the pages draw them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.feedback.questionnaire import SCALE, Level
from lms.feedback.selectors.figures import CompetenceFigures, OpinionFigures, StatementFigures
from lms.ui.components import Notice

PARTS = ("c-late", "c-late", "c-track", "c-run", "c-val")
"""Of a bar, by value of the scale: against (both ways together), in between, for, much for."""
LEARNING, RESULTS = 2, 4
FADES_BELOW = 0.75
"""Less than three quarters kept after two weeks is worth another look at the lessons."""


@dataclass(frozen=True)
class StatementLine:
    """A statement with its bar; without ``parts``: too few answered it."""

    text: str
    answers: int
    agree_share: float | None
    parts: list[tuple[str, int]]
    label: str


@dataclass(frozen=True)
class LevelBlock:
    """A level of Kirkpatrick with its statements."""

    level: Level
    statements: list[StatementLine]

    @property
    def anchor(self) -> str:
        return f"t-nivel-{self.level.number}"

    @property
    def is_learning(self) -> bool:
        return self.level.number == LEARNING

    @property
    def is_results(self) -> bool:
        return self.level.number == RESULTS


def to_levels(figures: OpinionFigures) -> list[LevelBlock]:
    """The levels of which there is something to show. No query."""
    if not figures.people:
        return []
    return [
        LevelBlock(one.level, [_line(statement) for statement in one.statements]) for one in figures.levels
    ]


def scale_legend() -> list[tuple[str, str]]:
    """``(class of the part, what it means)``, as the bars are read from left to right."""
    return [
        ("c-late", _("En desacuerdo")),
        ("c-track", _("Ni sí ni no")),
        ("c-run", _("De acuerdo")),
        ("c-val", _("Muy de acuerdo")),
    ]


def describe_kept(figures: CompetenceFigures) -> Notice:
    """How much of it remains, in a word."""
    if figures.kept is None:
        return Notice("mute", "circle-dashed", _("Sin comparación"))
    if round(figures.kept, 2) < FADES_BELOW:
        return Notice("warn", "circle-alert", _("Se olvida"))
    return Notice("ok", "circle-check", _("Permanece"))


def _line(figures: StatementFigures) -> StatementLine:
    parts: dict[str, int] = {}
    for css, count in zip(PARTS, figures.counts, strict=False):
        parts[css] = parts.get(css, 0) + count
    spoken = [f"{word}: {count}" for (_value, word), count in zip(SCALE, figures.counts, strict=False)]
    return StatementLine(
        text=str(figures.item.text),
        answers=figures.answers,
        agree_share=figures.agree_share,
        parts=list(parts.items()),
        label="; ".join(spoken),
    )
