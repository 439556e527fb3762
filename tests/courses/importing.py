"""Files of questions as readers give them, for the tests of importing."""

from typing import Any

from courses.quizzes.formats.base import ReadFile, ReadQuestion
from courses.quizzes.models import QuestionBank
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.services import ImportChoices, ImportReport, import_questions
from tests.factories.courses import CompetenceFactory


def body(*texts: str) -> Choice:
    """The first is right."""
    return Choice(tuple(Option(text, number == 0) for number, text in enumerate(texts or ("Sí", "No"))))


def read_of(stem: str = "¿Qué haces?", *texts: str, **values: Any) -> ReadQuestion:
    values = {"where": "1", "kind": QuestionKind.SINGLE, "body": body(*texts)} | values
    return ReadQuestion(stem=stem, **values)


def choices(**values: Any) -> ImportChoices:
    first = CompetenceFactory()
    other = CompetenceFactory(code="INT-2", name="Avisar a tiempo")
    known = {first.code: first.pk, other.code: other.pk}
    return ImportChoices(**{"competence_id": first.pk, "competences": known, "difficulty": 2} | values)


def do_import(bank: QuestionBank, *questions: ReadQuestion, **values: Any) -> ImportReport:
    return import_questions(bank=bank, read=ReadFile(list(questions)), choices=choices(**values))
