"""Where the screens are, and where the editor offers them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from courses.models import Competence
from courses.question_files.access import list_banks, may_export, may_import
from courses.question_files.views_export import DownloadView, EmptySheetView, ExportView
from courses.question_files.views_import import ImportView, UploadView
from courses.quizzes.models import Question, QuestionBank


class ImportMenuItem(MenuItem):
    """Shown to whoever may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


class QuestionFilesViewSet(ViewSet):
    """Bringing questions in and taking them out."""

    name = "question_files"
    url_prefix = "preguntas"
    icon = "upload"
    menu_label = _("Importar preguntas")
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("importar/", ImportView.as_view(), name="import"),
            path("importar/<uuid:public_id>/", UploadView.as_view(), name="upload"),
            path("planilla/", EmptySheetView.as_view(), name="sheet"),
            path("exportar/<int:bank_id>/", ExportView.as_view(), name="export"),
            path("exportar/<int:bank_id>/<str:format_code>/", DownloadView.as_view(), name="download"),
        ]


def list_buttons(*, bank: QuestionBank, user: Any) -> Iterator[Button]:
    """What can be done with a bank beside editing it."""
    if may_export(user):
        address = reverse("question_files:export", args=[bank.pk])
        yield Button(_("Exportar preguntas"), url=address, icon_name="download", priority=12)
    if may_import(user):
        address = f"{reverse('question_files:import')}?banco={bank.pk}"
        yield Button(_("Importar preguntas"), url=address, icon_name="upload", priority=14)


class BankEditView(EditView):
    """A bank's page, with its files."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *list_buttons(bank=self.object, user=self.request.user)]


class QuestionCreateView(CreateView):
    """A new question. The next one may begin with the bank and the competence of the one before."""

    def get_initial_form_instance(self) -> Question:
        question: Question = super().get_initial_form_instance() or Question()
        question.bank = _find(list_banks(self.request.user), self.request.GET.get("banco", ""))
        question.competence = _find(Competence.objects.all(), self.request.GET.get("competencia", ""))
        return question

    def get_success_buttons(self) -> list[Any]:
        address = urlsplit(self.get_add_url())
        kept = {"banco": self.object.bank_id, "competencia": self.object.competence_id}
        query = urlencode(dict(parse_qsl(address.query)) | kept)
        again = messages.button(f"{address.path}?{query}", _("Otra pregunta de este banco"))
        return [again, *super().get_success_buttons()]


def _find(rows: QuerySet[Any], number: str) -> Any:
    return (
        rows.filter(pk=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )


class QuestionIndexView(IndexView):
    """The list of questions, with the way to bring some in."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if not may_import(self.request.user):
            return buttons
        address = reverse("question_files:import")
        return [*buttons, Button(_("Importar preguntas"), url=address, icon_name="upload", priority=14)]
