"""A lesson's blocks as templates draw them: content and the learner's own state, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from lms.integrity.selectors.inserts import CHANNELS, CODE, EXAMPLE, InstitutionInsert, ShownSlot
from lms.progress.selectors.steps import GivenAnswer


@dataclass(frozen=True)
class OptionRow:
    index: int
    text: str
    is_chosen: bool
    feedback: str


@dataclass(frozen=True)
class CheckState:
    """A practice question: feedback for the option that was chosen; for all once it is the right one."""

    key: str
    stem: str
    options: tuple[OptionRow, ...]
    is_answered: bool
    is_right: bool

    @property
    def others(self) -> tuple[OptionRow, ...]:
        """The options that were not chosen and now have their feedback."""
        return tuple(option for option in self.options if option.feedback and not option.is_chosen)


@dataclass(frozen=True)
class Part:
    """One block: ``template`` draws ``value``; ``anchor`` is unique in the lesson.

    ``slot``: what the learner's institution says there; without it the block's general text is shown.
    """

    kind: str
    anchor: str
    value: Any
    check: CheckState | None = None
    slot: ShownSlot | None = None
    insert: InstitutionInsert | None = None

    @property
    def template(self) -> str:
        return f"courses/blocks/{self.kind}.html"


@dataclass(frozen=True)
class Landmark:
    """An entry of «En esta lección»."""

    anchor: str
    text: Promise


def build_parts(
    *, stream: StreamValue, answers: Mapping[str, GivenAnswer], insert: InstitutionInsert
) -> list[Part]:
    """The parts of a lesson, in order. Queries: one per kind of chosen object (laws, files)."""
    return list(_parts(stream, answers, insert))


def _parts(
    stream: StreamValue, answers: Mapping[str, GivenAnswer], insert: InstitutionInsert
) -> Iterator[Part]:
    for index, raw in enumerate(stream.raw_data):
        kind = raw["type"]
        # Of a dilemma only its card is drawn: its scenes and laws need not be read.
        value = raw["value"] if kind == "dilemma" else stream[index].value
        anchor = f"{kind.replace('_', '-')}-{index + 1}"
        if kind == "check":
            yield Part(kind, anchor, value, check=check_state(value, answers.get(value["key"])))
        elif kind == CODE:
            yield Part(kind, anchor, value, slot=insert.article(value["topic"]), insert=insert)
        elif kind == EXAMPLE:
            yield Part(kind, anchor, value, slot=insert.example(value["topic"]), insert=insert)
        elif kind == CHANNELS:
            yield Part(kind, anchor, value, insert=insert)
        else:
            yield Part(kind, anchor, value)


def check_state(value: Any, answer: GivenAnswer | None) -> CheckState:
    """The question as the learner may see it now."""
    chosen, is_right = (answer.option, answer.is_right) if answer else (None, False)
    options = tuple(
        OptionRow(
            index,
            option["text"],
            index == chosen,
            option["feedback"] if is_right or index == chosen else "",
        )
        for index, option in enumerate(value["options"])
    )
    return CheckState(value["key"], value["stem"], options, answer is not None, is_right)


def find_check(raw: list[dict[str, Any]], key: str) -> list[dict[str, Any]] | None:
    """The options of the practice question ``key``, with their keys: for the server only."""
    for block in raw:
        if block["type"] == "check" and block["value"]["key"] == key:
            return [item["value"] for item in block["value"]["options"]]
    return None


LANDMARKS = {
    "law": _("Lo que dice la ley"),
    "code_of_ethics": _("Tu código de ética"),
    "channels": _("A quién pregunto"),
    "local_example": _("Un ejemplo de aquí"),
    "dilemma": _("El dilema"),
    "check": _("Pregunta de práctica"),
    "video": _("Video"),
}


def list_landmarks(parts: list[Part]) -> list[Landmark]:
    """What to jump to, each kind once."""
    seen: set[str] = set()
    found = []
    for part in parts:
        if part.kind in LANDMARKS and part.kind not in seen:
            seen.add(part.kind)
            found.append(Landmark(part.anchor, LANDMARKS[part.kind]))
    return found
