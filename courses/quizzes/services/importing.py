"""Taking the questions of a file into a bank: all that can be asked, or, on any fault, none."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from courses.quizzes.formats.base import ReadFile
from courses.quizzes.models import Question, QuestionBank
from courses.quizzes.services.planning import ImportChoices, PlannedQuestion, plan_import
from courses.quizzes.services.reports import ImportReport, Outcome


def preview_import(*, bank: QuestionBank | None, read: ReadFile, choices: ImportChoices) -> ImportReport:
    """What :func:`import_questions` would do. ``bank`` None: a new one."""
    return plan_import(bank=bank, read=read, choices=choices).report()


@transaction.atomic
def import_questions(
    *, bank: QuestionBank, read: ReadFile, choices: ImportChoices, by: Any = None
) -> ImportReport:
    """Write what was planned. Questions of the bank that are not in the file stay as they are.

    Whoever calls freezes the courses that draw from the bank afterwards, once. What a question was
    before it was changed stays as a revision. Two imports into one bank come one after the other.

    Args:
        by: the account of whoever imports, for the editor's log.
    """
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    plan = plan_import(bank=bank, read=read, choices=choices)
    for planned in plan.planned:
        if planned.outcome in (Outcome.NEW, Outcome.UPDATED):
            _write(planned, by)
    return plan.report()


def _write(planned: PlannedQuestion, by: Any) -> None:
    question, is_new = planned.question, planned.outcome is Outcome.NEW
    if not is_new and not question.latest_revision_id:
        Question.objects.get(pk=question.pk).save_revision(user=by, clean=False)
    question.save()
    if not is_new:
        question.save_revision(user=by, clean=False)
    log(instance=question, action="wagtail.create" if is_new else "wagtail.edit", user=by)
