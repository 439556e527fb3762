"""The part of a question that its type has of its own, in Moodle's XML."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from courses.quizzes.formats.moodle.ours import FULL, Weighted, write_number
from courses.quizzes.formats.moodle.rubric import write_guide
from courses.quizzes.formats.moodle.weighing import weigh, weigh_others
from courses.quizzes.formats.moodle.xml_text import answer, flag, html_block, raw_block, value
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement
from courses.quizzes.rules.kinds.matching import Matching
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.open_answer import OpenAnswer
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText
from courses.quizzes.rules.kinds.true_false import TrueFalse

TYPES: dict[QuestionKind, str] = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.JUDGEMENT: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.SHORT_TEXT: "shortanswer",
    QuestionKind.NUMERIC: "numerical",
    QuestionKind.MATCHING: "matching",
    QuestionKind.ORDERING: "ordering",
    QuestionKind.OPEN: "essay",
    QuestionKind.CLOZE: "cloze",
}
NOTHING = Fraction(0)


def write_body(kind: QuestionKind, body: Any) -> list[str]:
    """The lines of any kind but a cloze, which is all in its text."""
    return WRITERS[kind](kind, body)


def _write_choice(kind: QuestionKind, body: Choice | Judgement) -> list[str]:
    shuffle = isinstance(body, Judgement) or (body.shuffle and not any(o.is_pinned for o in body.options))
    return [
        flag("single", kind is not QuestionKind.MULTIPLE),
        flag("shuffleanswers", shuffle),
        value("answernumbering", "abc"),
        value("showstandardinstruction", "0"),
        *_combined_feedback(),
        *(line for weighted in weigh(kind, body) for line in answer(weighted, is_html=True)),
    ]


def _write_true_false(kind: QuestionKind, body: TrueFalse) -> list[str]:
    true, false = (FULL, NOTHING) if body.is_true else (NOTHING, FULL)
    return [
        *answer(Weighted("true", true, body.feedback_true), is_html=False),
        *answer(Weighted("false", false, body.feedback_false), is_html=False),
    ]


def _write_short_text(kind: QuestionKind, body: ShortText) -> list[str]:
    lines = (line for weighted in weigh(kind, body) for line in answer(weighted, is_html=False))
    return [value("usecase", "1" if body.with_case else "0"), *lines]


def _write_numeric(kind: QuestionKind, body: Numeric) -> list[str]:
    right = Weighted(write_number(body.value), FULL)
    lines = answer(right, is_html=False, inside=[_tolerance(body.tolerance)])
    for other in weigh_others(body.feedback_wrong):
        lines += answer(other, is_html=False, inside=[_tolerance(Decimal(0))])
    return [*lines, *_units(body), *_unit_settings(has_units=bool(body.units))]


def _tolerance(tolerance: Decimal) -> str:
    return value("tolerance", write_number(tolerance), indent=3)


def _units(body: Numeric) -> list[str]:
    lines = []
    for unit in body.units:
        multiplier = value("multiplier", write_number(1 / unit.factor))
        lines += ["  <unit>", multiplier, value("unit_name", unit.name), "  </unit>"]
    return ["<units>", *lines, "</units>"] if lines else []


def _unit_settings(*, has_units: bool) -> list[str]:
    """A wrong unit costs all points and is chosen from a list, as here; without units none is asked."""
    grading, penalty, shown = ("2", "1.0000000", "2") if has_units else ("0", "0.1000000", "3")
    return [
        value("unitgradingtype", grading),
        value("unitpenalty", penalty),
        value("showunits", shown),
        value("unitsleft", "0"),
    ]


def _write_matching(kind: QuestionKind, body: Matching) -> list[str]:
    lines = [flag("shuffleanswers", True), *_combined_feedback()]
    for left, right in [
        *((p.left, p.right) for p in body.pairs),
        *(("", right) for right in body.distractors),
    ]:
        side = html_block("subquestion", left)
        inside = raw_block("answer", right, indent=3)
        lines += [*side[:-1], *inside, side[-1]]
    return lines


def _write_ordering(kind: QuestionKind, body: Ordering) -> list[str]:
    """Graded by pairs of neighbours near and far, which is what Moodle has closest to ours."""
    lines = [
        value("layouttype", "VERTICAL"),
        value("selecttype", "ALL"),
        value("selectcount", str(len(body.items))),
        value("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
        value("showgrading", "SHOW"),
        value("numberingstyle", "none"),
        *_combined_feedback(),
        value("shownumcorrect", "1"),
    ]
    for place, item in enumerate(body.items, 1):
        side = html_block("answer", item)
        lines += [side[0].replace("<answer ", f'<answer fraction="{place}" '), *side[1:]]
    return lines


def _write_essay(kind: QuestionKind, body: OpenAnswer) -> list[str]:
    return [
        value("responseformat", "editor"),
        value("responserequired", "1"),
        value("responsefieldlines", "10"),
        value("minwordlimit", ""),
        value("maxwordlimit", str(body.words or "")),
        value("attachments", "0"),
        value("attachmentsrequired", "0"),
        value("maxbytes", "0"),
        value("filetypeslist", ""),
        *html_block("graderinfo", write_guide(body)),
        *html_block("responsetemplate", ""),
    ]


def _combined_feedback() -> list[str]:
    names = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    return [line for name in names for line in html_block(name, "")]


WRITERS: dict[QuestionKind, Callable[[QuestionKind, Any], list[str]]] = {
    QuestionKind.SINGLE: _write_choice,
    QuestionKind.MULTIPLE: _write_choice,
    QuestionKind.JUDGEMENT: _write_choice,
    QuestionKind.TRUE_FALSE: _write_true_false,
    QuestionKind.SHORT_TEXT: _write_short_text,
    QuestionKind.NUMERIC: _write_numeric,
    QuestionKind.MATCHING: _write_matching,
    QuestionKind.ORDERING: _write_ordering,
    QuestionKind.OPEN: _write_essay,
}
