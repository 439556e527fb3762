"""What records say of a person in words, and the papers behind them, when the person is erased."""

from django.db import transaction

from lms.progress.models import (
    AnswerEvent,
    AnswerToMark,
    AttemptSign,
    CompletionEvidence,
    CompletionVoid,
    EvidenceFile,
    LateDecision,
    QuestionAnswer,
    RecordQuestion,
    RubricMark,
    TimeAllowance,
    UnitNote,
)
from lms.progress.services.evidence import remove_evidence


@transaction.atomic
def erase_record_words(*, person_id: int) -> None:
    """Delete questions and answers, blank sources and notes, delete papers about this person alone.

    Its own notes, what it answered in assessments and how much time it had go too; points stay,
    and what nobody had marked waits no more. The completions stay, without a name, so that counts stay
    true. A list that names others stays.
    """
    own = CompletionEvidence.objects.filter(completion__person_id=person_id, batch__isnull=True)
    files = set(own.values_list("file_id", flat=True))
    QuestionAnswer.objects.filter(question__person_id=person_id).delete()
    RecordQuestion.objects.filter(person_id=person_id).delete()
    AnswerEvent.objects.filter(attempt__enrolment__person_id=person_id).delete()
    AnswerToMark.objects.filter(attempt__enrolment__person_id=person_id, settled_at=None).delete()
    RubricMark.objects.filter(answer__attempt__enrolment__person_id=person_id).update(comment="")
    LateDecision.objects.filter(attempt__enrolment__person_id=person_id).update(reason="")
    AttemptSign.objects.filter(attempt__enrolment__person_id=person_id).delete()
    AttemptSign.objects.filter(other__enrolment__person_id=person_id).delete()
    UnitNote.objects.filter(person_id=person_id).delete()
    TimeAllowance.objects.filter(person_id=person_id).delete()
    CompletionVoid.objects.filter(completion__person_id=person_id).update(note="")
    own.delete()
    for file in EvidenceFile.objects.filter(pk__in=files, uses__isnull=True, batches__isnull=True):
        remove_evidence(file=file)
