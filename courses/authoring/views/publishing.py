"""Publishing a course whole, after seeing what will be published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail import hooks

from courses.authoring.access import get_own, may_publish
from courses.authoring.services import is_withdrawn, list_drafts, publish_course
from courses.authoring.views.base import AuthoringScreen
from courses.clock import now
from courses.models import CoursePage
from courses.services import CourseNotReadyError


class PublishView(AuthoringScreen, TemplateView):
    """What changed since the last version, and the button."""

    template_name = "courses/admin/publish.html"
    page_title = gettext_lazy("Publicar el curso completo")
    header_icon = "upload"
    page: CoursePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_own(CoursePage, page_id=kwargs["page_id"], user=request.user)
        if not may_publish(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            course=self.page,
            drafts=list_drafts(course=self.page),
            is_withdrawn=is_withdrawn(page=self.page),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refusal := self._ask_hooks(request):
            return refusal
        try:
            outcome = publish_course(course=self.page, by=request.user, at=now())
        except CourseNotReadyError as problem:
            messages.error(request, _("No se publicó nada. %(problem)s") % {"problem": problem})
            return self.render_to_response(self.get_context_data(), status=400)
        count = outcome.pages
        said = ngettext("Se publicó el curso: %d página.", "Se publicó el curso: %d páginas.", count) % count
        waits = ngettext("Se publicó %d página.", "Se publicaron %d páginas.", count) % count
        self.tell(outcome, waits if outcome.waiting else said)
        return redirect("wagtailadmin_explore", self.page.pk)

    def _ask_hooks(self, request: HttpRequest) -> HttpResponse | None:
        """Whoever has a say before a page is published has it here, too."""
        for page in list_drafts(course=self.page):
            draft = page.get_latest_revision_as_object()
            for ask in hooks.get_hooks("before_publish_page"):
                if (refusal := ask(request, draft)) is not None:
                    return refusal
        return None
