"""Where the screens are, and where the editor offers them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from courses.authoring.access import may_order, may_publish, may_start_courses
from courses.authoring.views.base import AuthoringScreen
from courses.authoring.views.copying import CopyView, StartView
from courses.authoring.views.ordering import OrderView
from courses.authoring.views.publishing import PublishView
from courses.languages import source_language
from courses.models import CatalogueIndexPage, CoursePage


class StartMenuItem(MenuItem):
    """Shown to whoever may add courses."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_start_courses(request.user)


class AuthoringViewSet(ViewSet):
    """A course as a whole."""

    name = "authoring"
    url_prefix = "cursos"
    icon = "doc-empty"
    menu_label = _("Empezar un curso")
    menu_item_class = StartMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("empezar/", StartView.as_view(), name="start"),
            path("<int:page_id>/copiar/", CopyView.as_view(), name="copy"),
            path("<int:page_id>/orden/", OrderView.as_view(), name="order"),
            path("<int:page_id>/publicar/", PublishView.as_view(), name="publish"),
        ]


class HelpView(AuthoringScreen, TemplateView):
    """How a course is made, on one page."""

    template_name = "courses/admin/help.html"
    page_title = _("Cómo hacer un curso")
    header_icon = "help"


class HelpViewSet(ViewSet):
    """Help beside the tools."""

    name = "authoring_help"
    url_prefix = "como-hacer-un-curso"
    icon = "help"
    menu_label = _("Cómo hacer un curso")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", HelpView.as_view(), name="index")]


def list_page_buttons(*, page: Page, user: Any) -> Iterator[Button]:
    """What can be done with a page beside what Wagtail offers."""
    if isinstance(page, CatalogueIndexPage) and may_start_courses(user):
        yield Button(
            _("Empezar desde un modelo"), url=reverse("authoring:start"), icon_name="copy", priority=5
        )
    if not isinstance(page, CoursePage) or page.language != source_language():
        return
    if may_order(page, user):
        address = reverse("authoring:order", args=[page.pk])
        yield Button(_("Orden del curso"), url=address, icon_name="order", priority=12)
    if may_publish(page, user):
        address = reverse("authoring:publish", args=[page.pk])
        yield Button(_("Publicar el curso completo"), url=address, icon_name="upload", priority=14)


def copy_address(page: Page) -> str:
    """Where a course, a module or a lesson is copied; of a translation, what it translates."""
    page = page.get_translation_or_none(Locale.get_default()) or page
    if isinstance(page, CoursePage):
        return f"{reverse('authoring:start')}?{urlencode({'desde': page.pk})}"
    return reverse("authoring:copy", args=[page.pk])
