"""Authors meet the banks and questions of their own courses, on every screen of the editor."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.question_files.access import list_banks
from courses.quizzes.models import OwnBankForm, Question, QuestionBank, QuestionForm

Screens = TypeVar("Screens", bound=type[SnippetViewSet])

ONE_ROW = (
    "edit_view_class", "delete_view_class", "inspect_view_class", "history_view_class",
    "usage_view_class", "revisions_compare_view_class",
)  # fmt: skip
"""The views of one row; those of its revisions are made of the first."""


class OfOwnBank:
    """A view of one row: of another team's bank it says nothing."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        bank_id = found.bank_id if isinstance(found, Question) else found.pk
        if not list_banks(self.request.user).filter(pk=bank_id).exists():
            raise PermissionDenied
        return found


def of_own_banks(screens: Screens) -> Screens:
    """Close the views of single rows of a viewset."""
    for name in ONE_ROW:
        view = getattr(screens, name)
        setattr(screens, name, type(view.__name__, (OfOwnBank, view), {}))
    return screens


class OwnQuestionForm(OwnBankForm, QuestionForm):
    """A question goes to a bank of its author's own."""

    def list_banks(self, user: Any) -> QuerySet[QuestionBank]:
        return list_banks(user)


def own_rows(model: type[Question | QuestionBank], user: Any) -> QuerySet[Any]:
    """What a list of them shows. One query when read."""
    banks = list_banks(user)
    return banks if model is QuestionBank else Question.objects.filter(bank__in=banks)
