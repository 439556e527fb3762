"""Texts with gaps: Moodle's «cloze» (docs.moodle.org, «Embedded Answers»), and those with a list of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle.gap_codes import Code, find_codes
from courses.quizzes.formats.moodle.numbers import accept_numbers, read_margin
from courses.quizzes.formats.moodle.ours import FULL, Ours, RefusedError, Weighted
from courses.quizzes.formats.moodle.source import Source, raw_text
from courses.quizzes.formats.moodle.weighing import accept_texts, choose_best
from courses.quizzes.formats.texts import TextFormat, read_text, to_text
from courses.quizzes.rules import Flaw, QuestionKind
from courses.quizzes.rules.kinds.parts import GAP, Cloze, Part

STEM = "Completa el texto."
"""Where the text has a gap in its first paragraph: ours has a question above the text."""

START, END = "\ufdd0", "\ufdd1"
"""Around the number of a gap while its text is read: no text has these (Unicode noncharacters)."""

LISTED = re.compile(r"\[\[([0-9]{1,3})\]\]")
MOST_GAPS = 12


@dataclass(frozen=True)
class Listed:
    """One of the words to choose from. Gaps whose word is of the same group offer the same words."""

    text: str
    group: str


def read_cloze(source: Source) -> Ours:
    """A text with answers in codes such as ``{1:SHORTANSWER:=probidad}``."""
    html, text_format = _raw_question(source)
    codes = list(islice(find_codes(html), MOST_GAPS + 1))
    if len(codes) > MOST_GAPS:
        raise RefusedError(Refusal.TOO_LONG)
    parts, adapted = [], []
    for code in codes:
        part, changes = _read_code(code)
        parts.append(part)
        adapted += changes
    text, lost = read_text(_mark(html, [(code.start, code.end) for code in codes]), text_format)
    return _to_cloze(text, parts, [*lost, *adapted])


def read_gap_choices(source: Source) -> Ours:
    """A text with ``[[1]]``, the number of the word that is right there."""
    html, text_format = _raw_question(source)
    gaps = list(LISTED.finditer(html))
    if len(gaps) > MOST_GAPS:
        raise RefusedError(Refusal.TOO_LONG)
    words = [
        _read_word(source, element) for element in (*source.each("selectoption"), *source.each("dragbox"))
    ]
    shuffle = source.is_on("shuffleanswers")
    parts = [_choose_word(words, int(gap[1]), shuffle=shuffle) for gap in gaps]
    text, lost = read_text(_mark(html, [gap.span() for gap in gaps]), text_format)
    return _to_cloze(text, parts, [*lost, Adapted.SPLIT_INTO_GAPS])


def _raw_question(source: Source) -> tuple[str, TextFormat]:
    element = source.element.find("questiontext")
    if element is None:
        raise RefusedError(Refusal.NO_TEXT)
    html, text_format = raw_text(element)
    return html.replace(START, "\ufffd").replace(END, "\ufffd"), text_format


def _mark(html: str, places: Sequence[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for number, (start, end) in enumerate(places, 1):
        pieces += [html[position:start], f"{START}{number}{END}"]
        position = end
    return "".join([*pieces, html[position:]])


def _to_cloze(text: str, parts: Sequence[Part], adapted: Sequence[Adapted]) -> Ours:
    """The paragraphs before the first gap are the question, the others the text."""
    if not parts:
        raise RefusedError(Refusal.BROKEN)
    paragraphs = text.replace(START, "{{").replace(END, "}}").split("\n\n")
    first = next((place for place, paragraph in enumerate(paragraphs) if GAP.search(paragraph)), 0)
    body = Cloze(tuple(parts), "\n\n".join(paragraphs[first:]))
    return Ours(QuestionKind.CLOZE, body, tuple(adapted), stem="\n\n".join(paragraphs[:first]) or STEM)


def _read_code(code: Code) -> tuple[Part, list[Adapted]]:
    adapted: list[Adapted] = []
    if code.kind == "MULTIRESPONSE":
        raise RefusedError(Refusal.CANNOT_BE_ASKED, (Flaw.BAD_PART,))
    answers = list(_read_answers(code, adapted))
    if code.kind == "NUMERICAL":
        ours = accept_numbers([read_margin(*_split(a.text), a.percent, a.feedback) for a in answers])
    elif code.kind == "SHORTANSWER":
        ours = accept_texts(answers, with_case=code.with_case)
    else:
        ours = choose_best(answers, shuffle=code.shuffle)
    if not code.weight:
        adapted.append(Adapted.WEIGHT_LEFT_OUT)
    return Part(ours.kind, ours.body, weight=max(code.weight, 1)), [*adapted, *ours.adapted]


def _read_answers(code: Code, adapted: list[Adapted]) -> Iterator[Weighted]:
    for answer in code.answers:
        text, lost = to_text(answer.text)
        feedback, lost_too = to_text(answer.feedback)
        adapted += [*lost, *lost_too]
        yield Weighted(text, answer.percent, feedback)


def _split(text: str) -> tuple[str, str]:
    value, _, tolerance = text.partition(":")
    return value, tolerance


def _read_word(source: Source, element: Element) -> Listed:
    text, adapted = to_text(element.findtext("text") or "")
    source.adapted += adapted
    return Listed(text, (element.findtext("group") or "1").strip())


def _choose_word(words: Sequence[Listed], number: int, *, shuffle: bool) -> Part:
    if not 1 <= number <= len(words):
        raise RefusedError(Refusal.BROKEN)
    right = words[number - 1]
    offered = dict.fromkeys(word.text for word in words if word.group == right.group)
    answers = [Weighted(text, FULL if text == right.text else FULL * 0) for text in offered]
    return Part(QuestionKind.SINGLE, choose_best(answers, shuffle=shuffle).body)
