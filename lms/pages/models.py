from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from courses.languages import source_language

RICH = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


class HomePage(Page):
    """The front door: the plan's arcade, courses to start with."""

    headline = models.CharField(_("título grande"), max_length=120)
    lead = models.TextField(_("bajada"), max_length=300)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["courses.CatalogueIndexPage", "pages.InformationPage"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = _("portada")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """What is not translated is there in the source language, at the same address."""
        try:
            found: RouteResult = super().route(request, path_components)
        except Http404:
            source = HomePage.objects.live().filter(locale__language_code=source_language()).first()
            if source is None or source.pk == self.pk:
                raise
            return source.route(request, path_components)
        return found


class InformationPage(Page):
    """A page of text: accessibility, privacy, help."""

    body = RichTextField(_("texto"), features=RICH)
    updated_note = models.CharField(_("nota de revisión"), max_length=150, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body"), FieldPanel("updated_note")]
    parent_page_types: ClassVar = ["pages.HomePage", "pages.InformationPage"]
    subpage_types: ClassVar = ["pages.InformationPage"]
    template = "pages/information.html"

    class Meta:
        verbose_name = _("página de información")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["ancestors"] = self.get_ancestors().live().filter(depth__gt=2)
        context["language"] = self.locale.language_code
        return context
