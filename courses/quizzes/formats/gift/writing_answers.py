"""What goes between the braces of a question in GIFT."""

from collections.abc import Callable, Iterable
from typing import Any

from courses.quizzes.formats.gift.writing_text import escape_item, escape_part, escape_text
from courses.quizzes.formats.moodle.ours import FULL, Weighted, write_number, write_percent
from courses.quizzes.formats.moodle.rubric import DEFAULT_RUBRIC
from courses.quizzes.formats.moodle.weighing import weigh
from courses.quizzes.rules import QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement
from courses.quizzes.rules.kinds.matching import Matching
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText
from courses.quizzes.rules.kinds.true_false import TrueFalse

ARROW = "->"
"""Between two sides; it cannot be escaped."""
ORDERING = "ALL VERTICAL RELATIVE_ALL_PREVIOUS_AND_NEXT SHOW none"
"""How ``qtype_ordering`` shows and grades, and how its items are counted; see Moodle's XML of ours."""


def can_write(question: QuestionSpec) -> bool:
    """Whether GIFT can say the question, and all that it grades by."""
    if question.kind not in WRITERS or question.flaws():
        return False
    match question.body:
        case TrueFalse(reasons=reasons):
            return not reasons
        case Numeric(units=units):
            return not units
        case Matching(pairs=pairs):
            return not any(ARROW in pair.left for pair in pairs)
        case ShortText() as body:
            said = [body.feedback_wrong, *(part for v in body.variants for part in (v.text, v.feedback))]
            return not body.with_case and not any(ARROW in text for text in said)
        case Ordering(items=items):
            return not any(item.strip().startswith("//") for item in items)
        case OpenAnswer() as body:
            return body == OpenAnswer(DEFAULT_RUBRIC, 0)
    return True


def write_answers(kind: QuestionKind, body: Any) -> str:
    return WRITERS[kind](kind, body)


def _write_choice(kind: QuestionKind, body: Choice | Judgement) -> str:
    """One equals sign says that one is to be chosen; a choice has a tilde, even where all are right."""
    answers = weigh(kind, body)
    is_single = kind is not QuestionKind.MULTIPLE
    key = next((answer for answer in answers if is_single and answer.percent == FULL), None)
    return _lines(f"{'=' if answer is key else _mark(answer)}{_with_feedback(answer)}" for answer in answers)


def _mark(answer: Weighted) -> str:
    if answer.percent or answer.text.lstrip().startswith("%"):
        return f"~%{write_percent(answer.percent)}%"
    return "~"


def _write_true_false(kind: QuestionKind, body: TrueFalse) -> str:
    true, false = escape_part(body.feedback_true), escape_part(body.feedback_false)
    wrong, right = (false, true) if body.is_true else (true, false)
    answer = "TRUE" if body.is_true else "FALSE"
    return f"{answer}#{wrong}#{right}" if right else f"{answer}#{wrong}" if wrong else answer


def _write_short_text(kind: QuestionKind, body: ShortText) -> str:
    return _lines(f"=%{write_percent(a.percent)}%{_with_feedback(a)}" for a in weigh(kind, body))


def _write_numeric(kind: QuestionKind, body: Numeric) -> str:
    right = f"=%100%{write_number(body.value)}:{write_number(body.tolerance)}#"
    wrong = [f"~#{escape_part(body.feedback_wrong)}"] if body.feedback_wrong else []
    return f"#{_lines([right, *wrong])}"


def _write_matching(kind: QuestionKind, body: Matching) -> str:
    pairs = [f"={escape_part(pair.left)} {ARROW} {escape_text(pair.right)}" for pair in body.pairs]
    return _lines([*pairs, *(f"= {ARROW} {escape_text(right)}" for right in body.distractors)])


def _write_ordering(kind: QuestionKind, body: Ordering) -> str:
    return "\n".join([f">{len(body.items)} {ORDERING}", *map(escape_item, body.items), ""])


def _write_open(kind: QuestionKind, body: OpenAnswer) -> str:
    return ""


def _with_feedback(answer: Weighted) -> str:
    feedback = f"#{escape_part(answer.feedback)}" if answer.feedback else ""
    return f"{escape_part(answer.text)}{feedback}"


def _lines(lines: Iterable[str]) -> str:
    return "\n" + "".join(f"\t{line}\n" for line in lines)


WRITERS: dict[QuestionKind, Callable[[QuestionKind, Any], str]] = {
    QuestionKind.SINGLE: _write_choice,
    QuestionKind.MULTIPLE: _write_choice,
    QuestionKind.JUDGEMENT: _write_choice,
    QuestionKind.TRUE_FALSE: _write_true_false,
    QuestionKind.SHORT_TEXT: _write_short_text,
    QuestionKind.NUMERIC: _write_numeric,
    QuestionKind.MATCHING: _write_matching,
    QuestionKind.ORDERING: _write_ordering,
    QuestionKind.OPEN: _write_open,
}
