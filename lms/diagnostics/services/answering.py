"""An institution begins an assessment and answers it, several people at once if they like."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from lms.diagnostics.models import Answer, Assessment, Questionnaire, same_questions
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.services.drafts import lock_draft
from lms.diagnostics.services.files import copy_files


class QuestionnaireClosedError(ValueError):
    """The questionnaire is not offered any more."""


@dataclass(frozen=True)
class AnswerEntry:
    """What somebody sends. ``seen``: digest of the answer that the form showed them."""

    key: str
    value: AnswerValue
    seen: str


@dataclass
class SaveResult:
    """``saved``: keys that changed now. ``conflicts``: what somebody else saved meanwhile, by key."""

    saved: set[str] = field(default_factory=set)
    conflicts: dict[str, AnswerValue] = field(default_factory=dict)


@transaction.atomic
def start_assessment(
    *, institution_id: int, questionnaire_id: int, as_of: date, started_by_id: int | None, at: datetime
) -> Assessment:
    """The draft that there is, or a new one that begins with the answers of the last finished one.

    Answers are copied where their question has the same scale in the version of now.

    Raises:
        Questionnaire.DoesNotExist: no such questionnaire.
        QuestionnaireClosedError: see there.
    """
    questionnaire = (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("current")
        .get(pk=questionnaire_id)
    )
    mine = Assessment.objects.filter(institution_id=institution_id, questionnaire=questionnaire)
    draft = mine.filter(state=Assessment.State.DRAFT).first()
    if draft is not None:
        return draft
    if questionnaire.current is None or not questionnaire.is_published:
        raise QuestionnaireClosedError(questionnaire.code)
    last = mine.finished().select_related("release").order_by("-finished_at", "-pk").first()
    assessment = Assessment.objects.create(
        institution_id=institution_id,
        questionnaire=questionnaire,
        release=questionnaire.current,
        based_on=last,
        as_of=as_of,
        started_at=at,
        started_by_id=started_by_id,
    )
    if last is not None:
        _copy_answers(last=last, to=assessment, at=at)
        copy_files(last=last, to=assessment)
    return assessment


@transaction.atomic
def save_answers(
    *, assessment_id: int, entries: Sequence[AnswerEntry], answered_by_id: int | None, at: datetime
) -> SaveResult:
    """Writes what was changed in the form; what somebody else changed meanwhile is not overwritten.

    Raises:
        AssessmentDiscardedError, AssessmentFinishedError: see there.
        KeyError: a question that the version does not have.
    """
    assessment = lock_draft(assessment_id=assessment_id)
    known = assessment.release.questions
    stored = {answer.question_key: answer for answer in assessment.answers.all()}
    result = SaveResult()
    for entry in entries:
        known[entry.key]
        _save_one(assessment, stored.get(entry.key), entry, result, answered_by_id, at)
    return result


def _save_one(
    assessment: Assessment,
    stored: Answer | None,
    entry: AnswerEntry,
    result: SaveResult,
    answered_by_id: int | None,
    at: datetime,
) -> None:
    present = stored.value if stored else AnswerValue()
    if entry.value.digest in (entry.seen, present.digest):
        return
    if present.digest != entry.seen:
        result.conflicts[entry.key] = present
        return
    _write(assessment, stored, entry, answered_by_id, at)
    result.saved.add(entry.key)


def _write(
    assessment: Assessment,
    stored: Answer | None,
    entry: AnswerEntry,
    answered_by_id: int | None,
    at: datetime,
) -> None:
    answer = stored or Answer(assessment=assessment, question_key=entry.key)
    value = entry.value
    answer.level = value.level
    answer.is_not_applicable = value.is_not_applicable
    answer.comment = value.comment
    answer.evidence_text = value.evidence_text
    answer.evidence_links = list(value.evidence_links)
    answer.answered_by_id = answered_by_id
    answer.answered_at = at
    answer.save()


def _copy_answers(*, last: Assessment, to: Assessment, at: datetime) -> None:
    same = same_questions(before=last.release, after=to.release)
    Answer.objects.bulk_create(
        Answer(
            assessment=to,
            question_key=answer.question_key,
            level=answer.level,
            is_not_applicable=answer.is_not_applicable,
            comment=answer.comment,
            evidence_text=answer.evidence_text,
            evidence_links=answer.evidence_links,
            answered_at=at,
            answered_by_id=answer.answered_by_id,
        )
        for answer in last.answers.all()
        if same.get(answer.question_key)
    )
