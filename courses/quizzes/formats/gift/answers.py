"""What is between the braces of a question in GIFT (docs.moodle.org, «GIFT format»)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.gift.scanning import say
from courses.quizzes.formats.moodle.numbers import Margin, accept_numbers, read_margin
from courses.quizzes.formats.moodle.ours import (
    FULL,
    MOST_ANSWERS,
    Ours,
    RefusedError,
    Weighted,
    to_number,
    to_percent,
)
from courses.quizzes.formats.moodle.rubric import DEFAULT_RUBRIC
from courses.quizzes.formats.moodle.weighing import accept_texts, choose
from courses.quizzes.formats.texts import TextFormat, read_text
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.true_false import TrueFalse

FORMATS = {
    "[html]": TextFormat.HTML,
    "[moodle]": TextFormat.AUTO,
    "[plain]": TextFormat.PLAIN,
    "[markdown]": TextFormat.MARKDOWN,
}
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
LONGEST_PERCENT = 12
NOTHING = FULL * 0


@dataclass
class Reader:
    """Reads the texts of one question. ``text_format``: that of the question, which its answers share."""

    text_format: TextFormat = TextFormat.AUTO
    adapted: list[Adapted] = field(default_factory=list)

    def read(self, text: str) -> str:
        """A text that may say its own format."""
        text_format, rest = split_format(text)
        return self._read(rest, text_format or self.text_format)

    def read_question(self, text: str) -> str:
        """The text of the question itself, whose format is that of all others that say none."""
        text_format, rest = split_format(text)
        self.text_format = text_format or self.text_format
        return self._read(rest, self.text_format)

    def _read(self, text: str, text_format: TextFormat) -> str:
        said, adapted = read_text(say(text), text_format)
        self.adapted += adapted
        return said


def split_format(text: str) -> tuple[TextFormat | None, str]:
    """The format in brackets before a text, and the text."""
    text = text.strip()
    name = text[: text.find("]", 0, 12) + 1] if text.startswith("[") else ""
    return (FORMATS[name], text[len(name) :]) if name in FORMATS else (None, text)


def read_answers(text: str, reader: Reader) -> Ours:
    """The kind follows from the signs, in the order in which Moodle looks for them.

    Raises:
        RefusedError: they cannot be understood, or cannot be asked here.
    """
    text = text.strip()
    if not text:
        return Ours(QuestionKind.OPEN, OpenAnswer(DEFAULT_RUBRIC, 0), (Adapted.RUBRIC_ADDED,))
    if text.startswith(">"):
        return _read_ordering(text, reader)
    if text.startswith("#"):
        return _read_numeric(text[1:], reader)
    if "~" in text:
        return _read_choice(text, reader)
    if "=" in text and "->" in text:
        return _read_matching(text, reader)
    truth, *feedback = text.split("#", 2)
    if truth.strip().upper() in TRUTHS:
        return _read_true_false(TRUTHS[truth.strip().upper()], feedback, reader)
    return accept_texts([_weigh(piece, reader, FULL, is_plain=True) for piece in _pieces(text, "=")])


def _read_choice(text: str, reader: Reader) -> Ours:
    """Several may be chosen where none is marked with an equals sign."""
    pieces = _pieces(text.replace("=", "~="), "~")
    answers = [
        _weigh(piece[1:], reader, None) if piece.startswith("=") else _weigh(piece, reader, NOTHING)
        for piece in pieces
    ]
    return choose(answers, is_single="=" in text)


def _read_true_false(is_true: bool, feedback: Sequence[str], reader: Reader) -> Ours:
    """The feedback of the wrong answer comes first."""
    wrong, right = (*(reader.read(part) for part in feedback), "", "")[:2]
    said = (right, wrong) if is_true else (wrong, right)
    return Ours(QuestionKind.TRUE_FALSE, TrueFalse(is_true, (), *said))


def _read_matching(text: str, reader: Reader) -> Ours:
    """A right side without a left one is a distractor."""
    sides = []
    for piece in _pieces(text, "="):
        left, arrow, right = piece.partition("->")
        if not arrow or not right.strip():
            raise RefusedError(Refusal.BROKEN)
        sides.append((reader.read(left), say(right)))
    pairs = tuple(Pair(left, right) for left, right in sides if left)
    taken = {pair.right for pair in pairs}
    distractors = dict.fromkeys(right for left, right in sides if not left and right not in taken)
    return Ours(QuestionKind.MATCHING, Matching(pairs, tuple(distractors)))


def _read_ordering(text: str, reader: Reader) -> Ours:
    """``{>3 ALL VERTICAL …`` and an item on each line, in the right order, as ``qtype_ordering`` writes."""
    lines = [line for line in _pieces(text.partition("\n")[2], "\n") if line]
    items = tuple(reader.read(line) for line in lines)
    return Ours(QuestionKind.ORDERING, Ordering(items), (Adapted.CREDIT_REPLACED,))


def _read_numeric(text: str, reader: Reader) -> Ours:
    accepted, has_others, others = text.partition("~")
    margins, adapted = [], []
    for piece in _pieces(accepted, "="):
        margin, is_range = _read_margin(_weigh(piece, reader, FULL, is_plain=True))
        margins.append(margin)
        adapted += [Adapted.RANGE_AS_TOLERANCE] if is_range else []
    if has_others:
        margins.append(Margin(None, percent=NOTHING, feedback=_weigh(others, reader, NOTHING).feedback))
    ours = accept_numbers(margins)
    return Ours(ours.kind, ours.body, (*ours.adapted, *adapted))


def _read_margin(answer: Weighted) -> tuple[Margin, bool]:
    """``5``, ``5:0.5`` or ``4..6``; and whether it was a range."""
    lowest, is_range, highest = answer.text.partition("..")
    if not is_range:
        value, _, tolerance = answer.text.partition(":")
        return read_margin(value, tolerance, answer.percent, answer.feedback), False
    low, high = to_number(lowest), to_number(highest)
    if low is None or high is None or low > high:
        raise RefusedError(Refusal.BROKEN)
    return Margin((low + high) / 2, (high - low) / 2, answer.percent, answer.feedback), True


def _pieces(text: str, sign: str) -> Iterator[str]:
    """What follows each sign; before the first one there is usually nothing.

    Raises:
        RefusedError: there are far more than a question has.
    """
    if text.count(sign) > MOST_ANSWERS:
        raise RefusedError(Refusal.TOO_LONG)
    first, *rest = text.split(sign)
    yield from (piece.strip() for piece in ([first] if first.strip() else []) + rest)


def _weigh(text: str, reader: Reader, share: Fraction | None, *, is_plain: bool = False) -> Weighted:
    """An answer with ``%50%`` before it and ``#`` and its feedback after it.

    Args:
        share: without a percentage; ``None``: all, and a percentage is part of the text.
        is_plain: what has to be written is no HTML, whatever the question is.
    """
    written, _, feedback = text.partition("#")
    percent, rest = _split_percent(written.strip()) if share is not None else (None, written)
    said = say(split_format(rest)[1]) if is_plain else reader.read(rest)
    whole = FULL if share is None else share
    return Weighted(said, whole if percent is None else to_percent(percent), reader.read(feedback))


def _split_percent(text: str) -> tuple[str | None, str]:
    end = text.find("%", 1, LONGEST_PERCENT + 2)
    if text.startswith("%") and end > 0 and to_number(text[1:end]) is not None:
        return text[1:end], text[end + 1 :]
    return None, text
