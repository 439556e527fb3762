"""Questions of people about their records, HR's answers, and the planning of notices of them."""

from datetime import datetime

from lms.notices.services.answers import plan_answers
from lms.people.models import Person
from lms.progress.models import CompletionEvidence, QuestionAnswer, RecordQuestion
from lms.progress.services.questions import answer_question, reopen_question
from tests.factories.records import ask, author_at
from tests.notices.sink import Sink
from tests.notices.stage import mail_settings

ASKED = "Falta mi curso de probidad."
ANSWERED = "Reprobaste el examen."
"""What no e-mail may say; nor the title of the line, which is «Un curso»."""


def ask_and_answer(
    person: Person, *, at: datetime, asked_at: datetime | None = None, text: str = ASKED
) -> RecordQuestion:
    """A question that was answered at ``at``; asked then too, unless told otherwise."""
    question = ask(person, at=asked_at or at, text=text)
    answer(question, at=at)
    return question


def answer(
    question: RecordQuestion, *, at: datetime, evidence: CompletionEvidence | None = None
) -> QuestionAnswer:
    return answer_question(
        question_id=question.pk,
        text=ANSWERED,
        author=author_at(question.institution_id),
        at=at,
        evidence=evidence,
    )


def reopen(question: RecordQuestion, *, at: datetime) -> None:
    reopen_question(question_id=question.pk, text="Sigue mal.", at=at)


def plan(at: datetime) -> int:
    return plan_answers(at=at, calendar=mail_settings().calendar)


def subjects(sink: Sink) -> list[str]:
    return [str(mail.message["Subject"]) for mail in sink.received]
