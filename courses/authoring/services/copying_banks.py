"""A bank of one's own with the questions of another."""

from uuid import uuid4

from django.db import transaction

from courses.keys import free_key, make_key
from courses.quizzes.models import QuestionBank


@transaction.atomic
def copy_bank(*, bank: QuestionBank, title: str) -> QuestionBank:
    """A new bank with the questions that are not retired, under the same keys, each at version 1.

    They are copied in the source language, as courses are.

    Queries: some five for each question.
    """
    codes = set(QuestionBank.objects.values_list("code", flat=True))
    code = free_key(make_key(title, 80, default="banco"), codes, 80)
    copy = QuestionBank.objects.create(code=code, title=title[:200])
    questions = bank.questions.of_source().filter(is_retired=False).select_related("competence", "source_law")
    for question in questions.order_by("pk"):
        question.pk, question.bank, question.translation_key = None, copy, uuid4()
        question.version, question.content_hash, question.latest_revision = 1, "", None
        question._state.adding = True
        question.save()
    return copy
