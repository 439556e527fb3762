"""A file of questions between its preview and its import."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.keys import free_key, make_key
from courses.models import Competence
from courses.question_files.stored import read_from_json, read_to_json, report_from_json, report_to_json
from courses.quizzes.formats.base import ReadFile
from courses.quizzes.models import QuestionBank, QuestionUpload
from courses.quizzes.services import ImportChoices, ImportReport, import_questions, preview_import
from courses.services import publish_bank

HOURS_KEPT = 24


class UploadGoneError(LookupError):
    """Nobody uploaded it, somebody else did, or it was a day ago."""


@dataclass(frozen=True)
class UploadTerms:
    """What whoever uploads chose. ``bank`` None: a new one with this title."""

    bank: QuestionBank | None
    bank_title: str
    competence: Competence
    difficulty: int
    updates_existing: bool


@dataclass(frozen=True)
class Imported:
    """``problems``: why courses keep their earlier release. ``is_new``: it had not been done before."""

    report: ImportReport
    problems: tuple[str, ...] = ()
    is_new: bool = True


@transaction.atomic
def keep_upload(
    *, read: ReadFile, terms: UploadTerms, file_name: str, format_name: str, by: Any, at: datetime
) -> QuestionUpload:
    """Keep what was read for a day, for its owner; what others left longer ago is deleted."""
    QuestionUpload.objects.filter(created_at__lt=at - timedelta(hours=HOURS_KEPT)).delete()
    return QuestionUpload.objects.create(
        uploaded_by=by,
        created_at=at,
        bank=terms.bank,
        bank_title="" if terms.bank else terms.bank_title,
        competence=terms.competence,
        difficulty=terms.difficulty,
        updates_existing=terms.updates_existing,
        file_name=file_name[-200:],
        format_name=format_name,
        questions=read_to_json(read),
    )


def get_upload(*, public_id: Any, by: Any, at: datetime) -> QuestionUpload:
    """One's own upload.

    Raises:
        UploadGoneError: see there.
    """
    return _get(public_id, by, at, is_locked=False)


def report_of(*, upload: QuestionUpload) -> ImportReport:
    """What importing it would do, or did."""
    if upload.imported_at:
        return report_from_json(upload.report or {})
    return preview_import(
        bank=upload.bank, read=read_from_json(upload.questions), choices=_choices_of(upload)
    )


@transaction.atomic
def import_upload(*, public_id: Any, by: Any, at: datetime) -> Imported:
    """Import it, and publish anew the courses that draw from the bank; once, however often it is asked.

    Raises:
        UploadGoneError: see there.
    """
    upload = _get(public_id, by, at, is_locked=True)
    if upload.imported_at:
        return Imported(report_of(upload=upload), is_new=False)
    bank = upload.bank or _create_bank(upload.bank_title)
    read = read_from_json(upload.questions)
    report = import_questions(bank=bank, read=read, choices=_choices_of(upload), by=by)
    upload.bank, upload.imported_at = bank, at
    upload.questions, upload.report = {}, report_to_json(report)
    upload.save()
    problems = publish_bank(bank_id=bank.pk, at=at) if report.written else []
    return Imported(report, tuple(problems))


def _get(public_id: Any, by: Any, at: datetime, *, is_locked: bool) -> QuestionUpload:
    rows = QuestionUpload.objects.select_for_update() if is_locked else QuestionUpload.objects
    since = at - timedelta(hours=HOURS_KEPT)
    upload = rows.filter(public_id=public_id, uploaded_by=by, created_at__gte=since).first()
    if upload is None:
        raise UploadGoneError(_("Ese archivo ya no está: se guarda por un día."))
    return upload


def _create_bank(title: str) -> QuestionBank:
    codes = set(QuestionBank.objects.values_list("code", flat=True))
    return QuestionBank.objects.create(title=title, code=free_key(make_key(title), codes))


def _choices_of(upload: QuestionUpload) -> ImportChoices:
    return ImportChoices(
        competence_id=upload.competence_id,
        competences=dict(Competence.objects.of_source().values_list("code", "pk")),
        difficulty=upload.difficulty,
        updates_existing=upload.updates_existing,
    )
