"""Each type of question of Moodle as a kind of ours (docs.moodle.org, «Moodle XML format»)."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle.gaps import read_cloze, read_gap_choices
from courses.quizzes.formats.moodle.numbers import accept_numbers, read_margin, read_units
from courses.quizzes.formats.moodle.ours import Ours, RefusedError, Weighted, to_number, to_percent
from courses.quizzes.formats.moodle.rubric import DEFAULT_RUBRIC, read_guide
from courses.quizzes.formats.moodle.source import Source
from courses.quizzes.formats.moodle.weighing import accept_texts, choose
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.true_false import TrueFalse

UNIT_GRADED = ("1", "2")
"""Of ``unitgradingtype``: a wrong unit costs points."""


def read_multichoice(source: Source) -> Ours:
    shuffle = source.is_on("shuffleanswers", default=True)
    return choose(list(_answers(source)), is_single=source.is_on("single", default=True), shuffle=shuffle)


def read_true_false(source: Source) -> Ours:
    answers = {answer.text.strip().lower(): answer for answer in _answers(source)}
    if set(answers) != {"true", "false"}:
        raise RefusedError(Refusal.BROKEN)
    true, false = answers["true"], answers["false"]
    if (true.percent > 0) == (false.percent > 0):
        raise RefusedError(Refusal.CANNOT_BE_ASKED)
    body = TrueFalse(true.percent > 0, (), true.feedback, false.feedback)
    return Ours(QuestionKind.TRUE_FALSE, body)


def read_short_answer(source: Source) -> Ours:
    """What is accepted is plain text, whatever its format says."""
    return accept_texts(list(_answers(source, is_plain=True)), with_case=source.is_on("usecase"))


def read_numerical(source: Source) -> Ours:
    answers = [
        read_margin(answer.text, element.findtext("tolerance") or "0", answer.percent, answer.feedback)
        for element, answer in zip(source.each("answer"), _answers(source, is_plain=True), strict=True)
    ]
    written = [
        (e.findtext("unit_name") or "", e.findtext("multiplier") or "1") for e in source.each("units/unit")
    ]
    units = read_units(written)
    ours = accept_numbers(answers, units=units)
    penalty = to_number(source.value("unitpenalty")) or 0
    is_ours = source.value("unitgradingtype") in UNIT_GRADED and penalty >= 1
    adapted = (Adapted.CREDIT_REPLACED,) if units and not is_ours else ()
    return Ours(ours.kind, ours.body, (*ours.adapted, *adapted), stem=_with_instructions(source))


def read_matching(source: Source) -> Ours:
    """A right side without a left one is a distractor."""
    sides = [(source.text_of(element), _right_of(element)) for element in source.each("subquestion")]
    pairs = tuple(Pair(left, right) for left, right in sides if left)
    if any(not pair.right for pair in pairs):
        raise RefusedError(Refusal.NO_TEXT)
    taken = {pair.right for pair in pairs}
    distractors = dict.fromkeys(right for left, right in sides if not left and right and right not in taken)
    adapted = () if source.is_on("shuffleanswers", default=True) else (Adapted.SHUFFLE_REPLACED,)
    return Ours(QuestionKind.MATCHING, Matching(pairs, tuple(distractors)), adapted)


def read_ordering(source: Source) -> Ours:
    """The answers are in the right order; Moodle grades places, we grade pairs."""
    items = tuple(source.answer_of(element) for element in source.each("answer"))
    adapted = [Adapted.CREDIT_REPLACED]
    if any(source.text_of(element) for element in source.each("answer/feedback")):
        adapted.append(Adapted.GENERAL_FEEDBACK_LEFT_OUT)
    return Ours(QuestionKind.ORDERING, Ordering(items), tuple(adapted))


def read_essay(source: Source) -> Ours:
    """The template of an answer is shown with the question: here one writes into an empty field."""
    if source.value("responseformat") == "noinline" or source.value("attachmentsrequired") not in ("", "0"):
        raise RefusedError(Refusal.CANNOT_BE_ASKED)
    guide, criteria = read_guide(source.text("graderinfo"))
    words = source.value("maxwordlimit")
    limit = int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0
    body = OpenAnswer(criteria or DEFAULT_RUBRIC, limit, guide)
    stem = "\n\n".join(filter(None, [source.text("questiontext"), source.text("responsetemplate")]))
    return Ours(QuestionKind.OPEN, body, () if criteria else (Adapted.RUBRIC_ADDED,), stem=stem)


READERS: dict[str, Callable[[Source], Ours]] = {
    "multichoice": read_multichoice,
    "truefalse": read_true_false,
    "shortanswer": read_short_answer,
    "numerical": read_numerical,
    "matching": read_matching,
    "match": read_matching,
    "ordering": read_ordering,
    "essay": read_essay,
    "cloze": read_cloze,
    "multianswer": read_cloze,
    "gapselect": read_gap_choices,
    "ddwtos": read_gap_choices,
}

REFUSED: dict[str, Refusal] = {
    "calculated": Refusal.CALCULATED,
    "calculatedmulti": Refusal.CALCULATED,
    "calculatedsimple": Refusal.CALCULATED,
    "ddimageortext": Refusal.NEEDS_A_PICTURE,
    "ddmarker": Refusal.NEEDS_A_PICTURE,
    "description": Refusal.CANNOT_BE_ASKED,
    "random": Refusal.CANNOT_BE_ASKED,
    "randomsamatch": Refusal.CANNOT_BE_ASKED,
}


def _answers(source: Source, *, is_plain: bool = False) -> Iterator[Weighted]:
    for element in source.each("answer"):
        text = (element.findtext("text") or "").strip() if is_plain else source.answer_of(element)
        feedback = element.find("feedback")
        said = "" if feedback is None else source.text_of(feedback)
        yield Weighted(text, to_percent(element.get("fraction", "0")), said)


def _right_of(element: Element) -> str:
    return (element.findtext("answer/text") or "").strip()


def _with_instructions(source: Source) -> str:
    """How to write the number is said below the question."""
    return "\n\n".join(filter(None, [source.text("questiontext"), source.text("instructions")]))
