"""Questions go out: what each format leaves out is told before."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.question_files.access import ForExporters, ForImporters, list_banks
from courses.question_files.exporting import list_offers, write_bank
from courses.quizzes.formats.registry import WORKBOOK, Format, find_format


class ExportView(ForExporters, WagtailAdminTemplateMixin, TemplateView):
    """The formats in which a bank can be had."""

    template_name = "courses/admin/export.html"
    page_title = _("Exportar preguntas")
    header_icon = "download"

    def get_page_subtitle(self) -> str:
        return self.bank.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_header_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.bank = get_object_or_404(list_banks(self.request.user), pk=self.kwargs["bank_id"])
        more = {"bank": self.bank, "offers": list_offers(bank=self.bank)}
        return super().get_context_data(**kwargs) | more


class DownloadView(ForExporters):
    """A bank as a file."""

    def get(self, request: HttpRequest, bank_id: int, format_code: str) -> HttpResponse:
        bank = get_object_or_404(list_banks(request.user), pk=bank_id)
        chosen = find_format(code=format_code)
        if chosen is None:
            raise Http404
        return _file(write_bank(bank=bank, format=chosen).content, bank.code, chosen)


class EmptySheetView(ForImporters):
    """A sheet to fill in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _file(WORKBOOK.write([]).content, "preguntas", WORKBOOK)


def _file(content: bytes, name: str, chosen: Format) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{chosen.code}.{chosen.extension}"'}
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)
