"""Banks as files."""

from dataclasses import dataclass

from courses.quizzes.formats.registry import FORMATS, Format
from courses.quizzes.formats.written import Written
from courses.quizzes.models import QuestionBank
from courses.quizzes.rules import QuestionSpec


@dataclass(frozen=True)
class Offer:
    """A format, and the keys of the questions that it cannot say."""

    format: Format
    left_out: tuple[str, ...]


def list_offers(*, bank: QuestionBank) -> list[Offer]:
    """All formats. One query, and one for each picture."""
    questions = _questions_of(bank)
    return [Offer(one, one.write(questions).left_out) for one in FORMATS]


def write_bank(*, bank: QuestionBank, format: Format) -> Written:
    """Its questions but for those that were retired, by key. One query, and one for each picture."""
    return format.write(_questions_of(bank))


def _questions_of(bank: QuestionBank) -> list[QuestionSpec]:
    rows = bank.questions.of_source().filter(is_retired=False).select_related("competence", "source_law")
    return [question.to_spec() for question in rows.order_by("key")]
