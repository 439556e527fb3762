"""The codes of Moodle's «cloze»: ``{2:MULTICHOICE:=sí#bien~no~%50%quizás}``.

Read from the HTML as Moodle does, so that ``&#126;`` is a tilde and ``~`` begins the next answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from courses.quizzes.formats.base import Refusal
from courses.quizzes.formats.moodle.ours import FULL, MOST_ANSWERS, RefusedError, to_percent

OPENING = re.compile(r"\{([0-9]{0,4}):([A-Z_]{2,20}):")
CONTROL = re.compile(r"\\[~#}]|[~}]|(?<!&)#")
"""An escaped character, the end of an answer or of the code, or the beginning of its feedback."""

CHOICES = {"MULTICHOICE": "MC", "MULTIRESPONSE": "MR"}
"""With ``_V`` or ``_H`` they are shown in a column or a row, with ``_S`` shuffled."""

KINDS = {
    "NUMERICAL": "NUMERICAL", "NM": "NUMERICAL",
    "SHORTANSWER": "SHORTANSWER", "SA": "SHORTANSWER", "MW": "SHORTANSWER",
    "SHORTANSWER_C": "SHORTANSWER", "SAC": "SHORTANSWER", "MWC": "SHORTANSWER",
    **{long: long for long in CHOICES},
    **{short: long for long, short in CHOICES.items()},
    **{f"{long}_{how}": long for long in CHOICES for how in ("V", "H", "S", "VS", "HS")},
    **{f"{short}{how}": long for long, short in CHOICES.items() for how in ("V", "H", "S", "VS", "HS")},
}  # fmt: skip


@dataclass(frozen=True)
class CodeAnswer:
    """``text`` and ``feedback`` in HTML, without the escapes of the code."""

    text: str
    percent: Fraction
    feedback: str


@dataclass(frozen=True)
class Code:
    """``start`` and ``end``: where it is in the text. ``name``: as it was written."""

    start: int
    end: int
    weight: int
    name: str
    answers: tuple[CodeAnswer, ...]

    @property
    def kind(self) -> str:
        return KINDS[self.name]

    @property
    def shuffle(self) -> bool:
        return self.name.endswith("S")

    @property
    def with_case(self) -> bool:
        return self.name in ("SHORTANSWER_C", "SAC", "MWC")


def find_codes(html: str) -> Iterator[Code]:
    """All codes of a text, in its order.

    Raises:
        RefusedError: one does not end.
    """
    position = 0
    while opening := OPENING.search(html, position):
        position = opening.end()
        if opening[2] not in KINDS:
            continue
        raw, position = _read_raw(html, opening.end())
        answers = tuple(_to_answer(text, feedback) for text, feedback in raw if text.strip())
        weight = int(opening[1]) if opening[1] else 1
        yield Code(opening.start(), position, weight, opening[2], answers)


def _read_raw(html: str, position: int) -> tuple[list[tuple[str, str]], int]:
    """Answers and feedbacks as written, and where the code ends."""
    found: list[tuple[list[str], list[str]]] = [([], [])]
    is_feedback = False
    for control in CONTROL.finditer(html, position):
        said = found[-1][is_feedback]
        said.append(html[position : control.start()])
        position, sign = control.end(), control[0]
        if sign == "}":
            return [("".join(text), "".join(feedback)) for text, feedback in found], position
        if sign == "~":
            found.append(([], []))
            is_feedback = False
            if len(found) > MOST_ANSWERS:
                raise RefusedError(Refusal.TOO_LONG)
        elif sign == "#" and not is_feedback:
            is_feedback = True
        else:
            said.append(sign[-1])
    raise RefusedError(Refusal.BROKEN)


def _to_answer(text: str, feedback: str) -> CodeAnswer:
    text = text.strip()
    if text.startswith("="):
        return CodeAnswer(text[1:].strip(), FULL, feedback.strip())
    percent, end, rest = text[1:].partition("%")
    if text.startswith("%") and end and len(percent) <= 12:
        return CodeAnswer(rest.strip(), to_percent(percent), feedback.strip())
    return CodeAnswer(text, FULL * 0, feedback.strip())
