"""A cloze of ours as Moodle's text with codes. What a code gives a meaning to is written as an entity."""

from courses.quizzes.formats.moodle.ours import FULL, Weighted, write_number, write_percent
from courses.quizzes.formats.moodle.weighing import weigh, weigh_others
from courses.quizzes.formats.texts import from_text
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.parts import GAP, Cloze, Part

ESCAPES = str.maketrans(
    {
        **{character: f"&#{ord(character)};" for character in '&<>{=%\\"'},
        **{character: f"\\{character}" for character in "~#}"},
        "\n": "<br>",
    }
)
HEAVIEST = 9999


def can_write_gaps(body: Cloze) -> bool:
    """Moodle's codes have no units."""
    return not any(isinstance(p.body, Numeric) and p.body.units for p in body.parts) and all(
        part.weight <= HEAVIEST for part in body.parts
    )


def write_gaps(stem: str, body: Cloze) -> str:
    """The HTML of the whole question."""
    pieces = GAP.split(from_text(body.text))
    codes = [_write_code(part) for part in body.parts]
    said = (codes[int(p) - 1] if place % 2 else _without_codes(p) for place, p in enumerate(pieces))
    return _without_codes(from_text(stem)) + "".join(said)


def _write_code(part: Part) -> str:
    return f"{{{part.weight}:{_name(part)}:{'~'.join(map(_write_answer, _answers(part)))}}}"


def _name(part: Part) -> str:
    if part.kind is QuestionKind.NUMERIC:
        return "NUMERICAL"
    if part.kind is QuestionKind.SHORT_TEXT:
        return "SHORTANSWER_C" if part.body.with_case else "SHORTANSWER"
    is_shuffled = part.body.shuffle and not any(option.is_pinned for option in part.body.options)
    return "MULTICHOICE_S" if is_shuffled else "MULTICHOICE"


def _answers(part: Part) -> list[Weighted]:
    if not isinstance(part.body, Numeric):
        return weigh(part.kind, part.body)
    number = f"{write_number(part.body.value)}:{write_number(part.body.tolerance)}"
    return [Weighted(number, FULL), *weigh_others(part.body.feedback_wrong)]


def _write_answer(answer: Weighted) -> str:
    is_said = answer.percent or answer.text == "*"
    mark = "=" if answer.percent == FULL else f"%{write_percent(answer.percent)}%" if is_said else ""
    feedback = f"#{_escape(answer.feedback)}" if answer.feedback else ""
    return f"{mark}{_escape(answer.text)}{feedback}"


def _escape(text: str) -> str:
    return text.translate(ESCAPES)


def _without_codes(html: str) -> str:
    return html.replace("{", "&#123;")
