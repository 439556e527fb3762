"""The screens of the quality report, inside the editor."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from courses.clock import now
from courses.models import CoursePage
from courses.quality.forms import OverrideForm
from courses.quality.gate import find_blocks
from courses.quality.report import edit_url, make_report
from courses.quality.rules import Finding
from courses.quality.services import ask_again, override_finding
from courses.quality.words import WORDS, advise, tell


class ForEditors(View):
    """Whoever may edit the page; everybody else is refused as everywhere in the editor."""

    edited: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.edited = get_object_or_404(Page, pk=kwargs["page_id"])
        if not self.edited.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def course(self) -> CoursePage:
        """The course that the page belongs to, published or not."""
        course = CoursePage.objects.ancestor_of(self.edited, inclusive=True).first()
        if course is None:
            raise Http404
        return course


class ReportView(ForEditors, WagtailAdminTemplateMixin, TemplateView):
    """Everything in one place."""

    template_name = "courses/admin/quality_report.html"
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = make_report(page=self.course)
        return super().get_context_data(course=self.course, report=report, **kwargs)

    def get_page_title(self) -> str:
        return _("Informe de calidad")

    def get_page_subtitle(self) -> str:
        return str(self.course.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), *_trail(self.course, self.get_page_title())]


class AskLinksView(ForEditors):
    """Has the course's links asked again; the worker does it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        ask_again(urls=make_report(page=self.course).urls, at=now())
        messages.success(request, _("Los enlaces se revisarán en los próximos minutos."))
        return redirect("quality:report", self.course.pk)


class BlockedView(ForEditors, WagtailAdminTemplateMixin, FormView):
    """Why a page is not published, and a form to say why it should be all the same."""

    form_class = OverrideForm
    template_name = "courses/admin/quality_blocked.html"
    header_icon = "warning"

    def get_draft(self) -> Page:
        return self.edited.specific.get_latest_revision_as_object()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "findings": find_blocks(page=self.get_draft())}

    def form_valid(self, form: OverrideForm) -> HttpResponse:
        draft = self.get_draft()
        for finding, reason in form.reasons:
            override_finding(page=draft, finding=finding, reason=reason, user=self.request.user, at=now())
        if find_blocks(page=draft):
            messages.success(self.request, _("El motivo quedó en el historial. Aún hay algo que bloquea."))
            return redirect("quality:blocked", self.edited.pk)
        messages.success(
            self.request,
            _("El motivo quedó en el historial. Ahora puedes publicar la página o enviarla a revisión."),
        )
        return redirect("wagtailadmin_pages:edit", self.edited.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(page=self.edited, **kwargs)
        form = context["form"]
        context["rows"] = [(form[name], *self._describe(finding)) for name, finding in form.findings.items()]
        return context

    def get_page_title(self) -> str:
        return _("Antes de publicar")

    def get_page_subtitle(self) -> str:
        return str(self.edited.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), *_trail(self.edited, self.get_page_title())]

    def _describe(self, finding: Finding) -> tuple[str, str, Any, str]:
        """What, advice, source and address."""
        url = edit_url(page_id=self.edited.pk, finding=finding, question_ids={})
        return tell(finding), advise(finding), WORDS[finding.rule].source, url


def _trail(page: Page, label: str) -> list[dict[str, Any]]:
    """From a page to a screen about it."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return [{"url": address, "label": page.get_admin_display_title()}, {"url": "", "label": label}]
