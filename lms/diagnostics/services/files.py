"""Documents that show an answer: added and taken away while the assessment is a draft."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lms.diagnostics.models import AnswerFile, Assessment, same_questions
from lms.diagnostics.services.drafts import lock_draft
from lms.plan.services.evidence import check_file
from lms.plan.services.kept_files import drop_kept_file, keep_file, open_kept_file

STORAGE = "diagnostic_evidence"
MOST_FILES = 5
"""Of one question."""


class TooManyFilesError(ValueError):
    """The question has five files."""


@dataclass(frozen=True, kw_only=True)
class FileValues:
    """A document and what is said of it."""

    title: str
    dated_on: date
    licence: str
    file_name: str
    content: bytes


@transaction.atomic
def add_file(
    *, assessment_id: int, question_key: str, values: FileValues, added_by_id: int | None, at: datetime
) -> tuple[AnswerFile, bool]:
    """The file of that question, and whether it is new: the same content keeps its first description.

    Raises:
        AssessmentDiscardedError, AssessmentFinishedError: see there.
        KeyError: a question that the version does not have.
        lms.plan.services.EvidenceFileError: the file cannot be kept.
        TooManyFilesError: see there.
    """
    assessment = lock_draft(assessment_id=assessment_id)
    assessment.release.questions[question_key]
    check_file(content=values.content, name=values.file_name)
    digest = keep_file(storage=STORAGE, content=values.content, folder=_folder(assessment))
    mine = assessment.files.filter(question_key=question_key)
    if (found := mine.filter(sha256=digest).first()) is not None:
        return found, False
    if mine.count() >= MOST_FILES:
        _drop_unused(assessment, {digest})
        raise TooManyFilesError(question_key)
    created = AnswerFile.objects.create(
        assessment=assessment,
        question_key=question_key,
        title=values.title,
        dated_on=values.dated_on,
        licence=values.licence,
        file_name=values.file_name,
        sha256=digest,
        size=len(values.content),
        added_by_id=added_by_id,
        added_at=at,
    )
    return created, True


@transaction.atomic
def remove_file(*, assessment_id: int, public_id: UUID) -> bool:
    """Takes a file of a draft away, and its bytes where no other assessment shows them. False: it was gone.

    Raises:
        AssessmentDiscardedError, AssessmentFinishedError: see there.
    """
    assessment = lock_draft(assessment_id=assessment_id)
    found = assessment.files.filter(public_id=public_id).first()
    if found is None:
        return False
    found.delete()
    _drop_unused(assessment, {found.sha256})
    return True


@transaction.atomic
def discard_draft(*, assessment_id: int) -> None:
    """Deletes a draft with its answers and files; finished ones stay as they are.

    Raises:
        AssessmentDiscardedError, AssessmentFinishedError: see there.
    """
    assessment = lock_draft(assessment_id=assessment_id)
    digests = set(assessment.files.values_list("sha256", flat=True))
    Assessment.objects.filter(pk=assessment.pk).delete()
    _drop_unused(assessment, digests)


def copy_files(*, last: Assessment, to: Assessment) -> None:
    """A new draft begins with the files of the last result, where the question is the same."""
    same = same_questions(before=last.release, after=to.release)
    copies = [file for file in last.files.all() if same.get(file.question_key)]
    for file in copies:
        file.pk, file.public_id, file.assessment = None, AnswerFile().public_id, to
    AnswerFile.objects.bulk_create(copies)


def open_file(*, file: AnswerFile) -> bytes:
    """The bytes; ``file`` was read with its assessment."""
    return open_kept_file(storage=STORAGE, digest=file.sha256, folder=_folder(file.assessment))


def _drop_unused(assessment: Assessment, digests: set[str]) -> None:
    """Deletes the bytes that nothing of this folder shows any more; its only draft is locked meanwhile."""
    rows = AnswerFile.objects.filter(
        assessment__institution_id=assessment.institution_id,
        assessment__questionnaire_id=assessment.questionnaire_id,
    )
    used = set(rows.filter(sha256__in=digests).values_list("sha256", flat=True))
    for digest in digests - used:
        drop_kept_file(storage=STORAGE, digest=digest, folder=_folder(assessment))


def _folder(assessment: Assessment) -> str:
    """Of one institution and questionnaire: what others keep is never looked at."""
    return f"{assessment.institution_id}/{assessment.questionnaire_id}"
