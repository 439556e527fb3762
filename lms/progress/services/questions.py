"""«No estoy de acuerdo»: a person questions its record, HR answers, the person may write once more."""

from datetime import datetime

from django.db import transaction

from lms.people.models import Person
from lms.progress.authorship import Author
from lms.progress.models import (
    CompletionEvidence,
    CompletionVoid,
    Exemption,
    QuestionAnswer,
    QuestionSubject,
    RecordQuestion,
)

State = RecordQuestion.State


class QuestionError(Exception):
    """The question is not in a state for that."""


class NotOpenError(QuestionError):
    """It was answered or withdrawn meanwhile."""


class NotAnsweredError(QuestionError):
    """It waits for an answer, was withdrawn, or was reopened once already."""


@transaction.atomic
def ask_question(
    *, person: Person, institution_id: int, subject: str, key: str, title: str, text: str, at: datetime
) -> tuple[RecordQuestion, bool]:
    """``(question, is_new)``. About one line one question waits at a time; the one there is comes back.

    Locks the person, so that a form sent twice asks once.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = RecordQuestion.objects.filter(person=person, subject=subject, key=key, state=State.OPEN)
    waiting = mine.first() if key else mine.filter(text=text).first()
    if waiting:
        return waiting, False
    question = RecordQuestion.objects.create(
        person=person,
        institution_id=institution_id,
        subject=QuestionSubject(subject),
        key=key,
        title=title[:300],
        text=text,
        asked_at=at,
    )
    return question, True


@transaction.atomic
def answer_question(
    *,
    question_id: int,
    text: str,
    author: Author,
    at: datetime,
    void: CompletionVoid | None = None,
    evidence: CompletionEvidence | None = None,
    exemption: Exemption | None = None,
) -> QuestionAnswer:
    """Answer in words, with what was corrected where something was.

    Raises:
        NotOpenError: see there.
    """
    question = _lock(question_id)
    if question.state != State.OPEN:
        raise NotOpenError
    answer = QuestionAnswer.objects.create(
        question=question,
        text=text,
        answered_by_id=author.user_id,
        role=author.role,
        answered_at=at,
        void=void,
        evidence=evidence,
        exemption=exemption,
    )
    question.state = State.CORRECTED if answer.has_correction else State.ANSWERED
    question.save(update_fields=["state"])
    return answer


@transaction.atomic
def reopen_question(*, question_id: int, text: str, at: datetime) -> RecordQuestion:
    """The person writes once more, and it waits again.

    Raises:
        NotAnsweredError: see there.
    """
    question = _lock(question_id)
    if not question.may_be_reopened:
        raise NotAnsweredError
    question.reply, question.replied_at, question.state = text, at, State.OPEN
    question.save(update_fields=["reply", "replied_at", "state"])
    return question


@transaction.atomic
def withdraw_question(*, question_id: int, at: datetime) -> RecordQuestion:
    """The person gives it up; twice changes nothing.

    Raises:
        NotOpenError: it was answered meanwhile.
    """
    question = _lock(question_id)
    if question.state == State.WITHDRAWN:
        return question
    if question.state != State.OPEN:
        raise NotOpenError
    question.state, question.withdrawn_at = State.WITHDRAWN, at
    question.save(update_fields=["state", "withdrawn_at"])
    return question


def _lock(question_id: int) -> RecordQuestion:
    return RecordQuestion.objects.select_for_update(of=("self",)).get(pk=question_id)
