"""Questions come in: a form, what would happen, and only then what happened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.clock import now
from courses.question_files.access import ForImporters, list_banks, may_add_banks
from courses.question_files.forms import QuestionFileForm
from courses.question_files.services import (
    UploadGoneError,
    get_upload,
    import_upload,
    keep_upload,
    report_of,
)


class ImportView(ForImporters, WagtailAdminTemplateMixin, FormView):
    """The file, and where its questions go."""

    template_name = "courses/admin/import_form.html"
    form_class = QuestionFileForm
    page_title = _("Importar preguntas")
    header_icon = "upload"

    def get_initial(self) -> dict[str, Any]:
        return {"bank": self.request.GET.get("banco"), "difficulty": 1}

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        return super().get_form_kwargs() | {
            "banks": list_banks(user),
            "may_add_banks": may_add_banks(user),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def form_valid(self, form: QuestionFileForm) -> HttpResponse:
        upload = keep_upload(
            read=form.read,
            terms=form.terms(),
            file_name=form.cleaned_data["file"].name,
            format_name=str(form.format.label),
            by=self.request.user,
            at=now(),
        )
        return redirect("question_files:upload", public_id=upload.public_id)


class UploadView(ForImporters, WagtailAdminTemplateMixin, TemplateView):
    """What importing one's file would do, and after it, what it did."""

    template_name = "courses/admin/import_report.html"
    page_title = _("Importar preguntas")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            upload = get_upload(public_id=self.kwargs["public_id"], by=self.request.user, at=now())
        except UploadGoneError as error:
            raise Http404 from error
        more = {"upload": upload, "report": report_of(upload=upload), "is_done": bool(upload.imported_at)}
        return super().get_context_data(**kwargs) | more

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            imported = import_upload(public_id=public_id, by=request.user, at=now())
        except UploadGoneError as error:
            raise Http404 from error
        if imported.is_new:
            count = len(imported.report.written)
            said = ngettext("Se importó %d pregunta.", "Se importaron %d preguntas.", count) % count
            messages.success(request, said)
        for problem in imported.problems:
            messages.warning(request, problem)
        return redirect("question_files:upload", public_id=public_id)
