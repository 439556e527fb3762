"""Whether a question that was read can stand in our tables and in the editor's form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from courses.quizzes.blocks import QuestionAnswerBlock
from courses.quizzes.blocks.base import KindBlock
from courses.quizzes.formats.base import ReadQuestion, Refusal
from courses.quizzes.rules import KINDS, Flaw, QuestionKind

LONGEST_STEM = 10_000
_BLOCKS = QuestionAnswerBlock().child_blocks


class UnfitError(Exception):
    """It cannot; ``refusal`` and ``flaws`` say why."""

    def __init__(self, refusal: Refusal, flaws: tuple[Flaw, ...] = ()) -> None:
        super().__init__(refusal)
        self.refusal, self.flaws = refusal, flaws


@dataclass(frozen=True)
class Candidate:
    """A question that was read, as it would stand in the bank."""

    read: ReadQuestion
    key: str
    stem: str
    body: Any


def check_question(read: ReadQuestion) -> Candidate:
    """
    Raises:
        UnfitError: it cannot stand in a bank.
    """
    stem = clean_text(read.stem)
    if not stem:
        raise UnfitError(Refusal.NO_TEXT)
    if len(stem) > LONGEST_STEM:
        raise UnfitError(Refusal.TOO_LONG)
    return Candidate(read, clean_text(read.key), stem, check_body(read.kind, read.body))


def clean_text(text: str) -> str:
    """Without what no database keeps as text, and without blanks around it."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def clean_json(data: Any) -> Any:
    """The same for all texts of plain data."""
    if isinstance(data, str):
        return data.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(data, list):
        return [clean_json(item) for item in data]
    if isinstance(data, dict):
        return {name: clean_json(value) for name, value in data.items()}
    return data


def check_body(kind: QuestionKind, body: Any) -> Any:
    """The body as the editor's form would save it. One query for each picture.

    Raises:
        UnfitError: the form would not take it.
    """
    block: KindBlock = _BLOCKS[kind.value]
    body = KINDS[kind].from_json(clean_json(KINDS[kind].to_json(body)))
    value = block.normalize(block.from_body(body))
    try:
        return block.to_body(block.clean(value))
    except ValidationError as error:
        flaws = tuple(dict.fromkeys(KINDS[kind].flaws(block.to_body(value))))
        codes = set(_codes(error))
        raise UnfitError(_refusal(flaws, codes), flaws) from error


def _refusal(flaws: tuple[Flaw, ...], codes: set[str]) -> Refusal:
    if flaws:
        return Refusal.CANNOT_BE_ASKED
    return Refusal.NO_TEXT if codes == {"required"} else Refusal.TOO_LONG


def _codes(error: Any) -> Iterator[str]:
    """Codes of all errors inside an error of a block."""
    inner = getattr(error, "block_errors", None)
    if isinstance(inner, dict):
        inner = list(inner.values())
    for part in [*(inner or []), getattr(error, "non_block_errors", None)]:
        if part:
            yield from _codes(part)
    if inner is None:
        yield from (part.code or "" for part in getattr(error, "error_list", None) or _listed(error))


def _listed(error: Any) -> list[ValidationError]:
    as_data = getattr(error, "as_data", None)
    return as_data() if as_data else []
