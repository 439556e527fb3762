"""Starting a course from another, and copying a module or a lesson."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.models import Page

from courses.authoring.access import find_catalogue, get_own, may_start_courses
from courses.authoring.forms import CopyForm, StartForm
from courses.authoring.services import copy_course, copy_lesson, copy_module
from courses.authoring.views.base import AuthoringScreen
from courses.models import CoursePage, LessonPage, ModulePage


class StartView(AuthoringScreen, FormView):
    """A course and a title are chosen: a draft of one's own."""

    template_name = "courses/admin/start.html"
    form_class = StartForm
    page_title = _("Empezar un curso")
    header_icon = "doc-empty"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_start_courses(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"source": self.request.GET.get("desde")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(catalogue=find_catalogue(user=self.request.user), **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: StartForm) -> HttpResponse:
        course = copy_course(source=form.course(), title=form.cleaned_data["title"], by=self.request.user)
        said = _("«%(title)s» es tuyo: un borrador que nadie más ve. Cambia sus palabras y publícalo.")
        messages.success(self.request, said % {"title": course.title})
        return redirect("wagtailadmin_explore", course.pk)


class CopyView(AuthoringScreen, FormView):
    """A module goes to a course, a lesson to a module."""

    template_name = "courses/admin/copy.html"
    form_class = CopyForm
    header_icon = "copy"
    page: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_own(Page, page_id=kwargs["page_id"], user=request.user).specific
        if not isinstance(self.page, (ModulePage, LessonPage)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self) -> Any:
        return _("Copiar módulo") if isinstance(self.page, ModulePage) else _("Copiar lección")

    def get_initial(self) -> dict[str, Any]:
        return {"target": self.page.get_parent().pk}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "page": self.page}

    def form_valid(self, form: CopyForm) -> HttpResponse:
        target = form.cleaned_data["target"]
        if isinstance(self.page, ModulePage):
            course = get_own(CoursePage, page_id=target, user=self.request.user)
            copy: Page = copy_module(source=self.page, course=course, by=self.request.user)
        else:
            module = get_own(ModulePage, page_id=target, user=self.request.user)
            copy = copy_lesson(source=self.page, module=module, by=self.request.user)
        said = _("«%(title)s» quedó copiado como borrador.") % {"title": copy.title}
        messages.success(self.request, said)
        return redirect("wagtailadmin_explore", copy.get_parent().pk)
