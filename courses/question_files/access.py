"""Who may bring questions in and take them out: whoever may edit them in the editor."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.permission_policies import ModelPermissionPolicy

from courses.models import CoursePage
from courses.quizzes.models import Question, QuestionBank

_QUESTIONS = ModelPermissionPolicy(Question)
_BANKS = ModelPermissionPolicy(QuestionBank)


def may_import(user: Any) -> bool:
    """Whoever adds questions and changes those that there are."""
    return bool(
        _QUESTIONS.user_has_permission(user, "add") and _QUESTIONS.user_has_permission(user, "change")
    )


def may_export(user: Any) -> bool:
    """Whoever changes questions: a file of them carries the right answers."""
    return bool(_QUESTIONS.user_has_permission(user, "change"))


def may_add_banks(user: Any) -> bool:
    return bool(_BANKS.user_has_permission(user, "add"))


class ForImporters(View):
    """Everybody else is refused as everywhere in the editor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ForExporters(View):
    """Everybody else is refused as everywhere in the editor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_export(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def list_banks(user: Any) -> QuerySet[QuestionBank]:
    """The banks that somebody meets. One query when read."""
    return CoursePage.objects.banks_for(user)
