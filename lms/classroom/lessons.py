"""A lesson's blocks as templates draw them: content and the learner's own state, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from lms.integrity.models import CodeArticle
from lms.integrity.selectors import InstitutionInsert
from lms.progress.models import CheckAnswer

INSTITUTION_KINDS = {"code_of_ethics", "channels"}


@dataclass(frozen=True)
class OptionRow:
    index: int
    text: str
    is_chosen: bool
    feedback: str


@dataclass(frozen=True)
class CheckState:
    """A practice question: feedback only for the option that was chosen."""

    key: str
    stem: str
    options: tuple[OptionRow, ...]
    is_answered: bool
    is_right: bool


@dataclass(frozen=True)
class Part:
    """One block: ``template`` draws ``value``; ``anchor`` is unique in the lesson."""

    kind: str
    anchor: str
    value: Any
    check: CheckState | None = None
    article: CodeArticle | None = None
    insert: InstitutionInsert | None = None

    @property
    def template(self) -> str:
        return f"courses/blocks/{self.kind}.html"


@dataclass(frozen=True)
class Landmark:
    """An entry of «En esta lección»."""

    anchor: str
    text: Promise


def needs_institution(raw: list[dict[str, Any]]) -> bool:
    """True when the lesson shows something of the learner's institution."""
    return any(block["type"] in INSTITUTION_KINDS for block in raw)


def build_parts(
    *, stream: StreamValue, answers: Mapping[str, CheckAnswer], insert: InstitutionInsert
) -> list[Part]:
    """The parts of a lesson, in order. Queries: one per kind of chosen object (laws, files)."""
    return list(_parts(stream, answers, insert))


def _parts(
    stream: StreamValue, answers: Mapping[str, CheckAnswer], insert: InstitutionInsert
) -> Iterator[Part]:
    for number, block in enumerate(stream, start=1):
        kind, value = block.block_type, block.value
        anchor = f"{kind.replace('_', '-')}-{number}"
        if kind == "check":
            yield Part(kind, anchor, value, check=check_state(value, answers.get(value["key"])))
        elif kind == "code_of_ethics":
            yield Part(kind, anchor, value, article=insert.article(value["topic"]), insert=insert)
        elif kind == "channels":
            yield Part(kind, anchor, value, insert=insert)
        else:
            yield Part(kind, anchor, value)


def check_state(value: Any, answer: CheckAnswer | None) -> CheckState:
    """The question as the learner may see it now."""
    options = tuple(
        OptionRow(
            index,
            option["text"],
            bool(answer and answer.option == index),
            option["feedback"] if answer and answer.option == index else "",
        )
        for index, option in enumerate(value["options"])
    )
    return CheckState(
        value["key"], value["stem"], options, answer is not None, bool(answer and answer.is_right)
    )


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
