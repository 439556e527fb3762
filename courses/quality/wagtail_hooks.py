"""Where the editor offers the report, and where it stops what the report blocks."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from courses.clock import now
from courses.models import CoursePage, LessonPage, ModulePage
from courses.quality.gate import find_blocks
from courses.quality.services import OVERRIDE_ACTION, keep_as_draft, note_links

WORKFLOW_ACTIONS = ("action-submit", "action-restart-workflow", "action-workflow-action")
"""What the editor posts to send a page to review or to approve it."""


@hooks.register("register_admin_urls")
def register_quality_urls() -> list[URLPattern | URLResolver]:
    return [path("calidad/", include("courses.quality.urls"))]


@hooks.register("register_page_header_buttons")
def offer_the_report(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """On every page of a course, in the editor and in the list of pages."""
    is_part = page.specific_class in (CoursePage, ModulePage, LessonPage)
    if is_part and page.permissions_for_user(user).can_edit():
        address = reverse("quality:report", args=[page.pk])
        yield Button(_("Informe de calidad"), url=address, icon_name="check", priority=12)


@hooks.register("before_publish_page")
def refuse_what_the_report_blocks(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The draft is saved; it waits until it is mended or somebody says why it goes on."""
    if not find_blocks(page=page):
        return None
    keep_as_draft(page=page)
    messages.error(
        request, _("Se guardó, pero no se publicó: el informe de calidad encontró algo que bloquea.")
    )
    return redirect("quality:blocked", page.pk)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def note_its_links(request: HttpRequest, page: Page) -> None:
    """So that the report knows soon whether they answer."""
    if isinstance(page, LessonPage):
        note_links(pages=[page], at=now())


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_keeps_it_from_review(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail says that it was sent; the review sent it back at once. What it said is dropped."""
    if not any(name in request.POST for name in WORKFLOW_ACTIONS) or not find_blocks(page=page):
        return None
    list(messages.get_messages(request))
    messages.error(request, _("Se guardó, pero no avanza: el informe de calidad encontró algo que bloquea."))
    return redirect("quality:blocked", page.pk)


@hooks.register("before_bulk_action")
def refuse_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Many pages at once: none is published while one of them is blocked."""
    if action_type != "publish" or action.model is not Page:
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [inner for page in objects for inner in page.get_descendants().not_live()]
    for page in pages:
        draft = page.specific.get_latest_revision_as_object()
        if find_blocks(page=draft):
            text = _("No se publicó ninguna: «%(title)s» tiene algo que bloquea.") % {"title": draft.title}
            messages.error(request, text)
            return redirect("quality:blocked", page.pk)
    return None


@hooks.register("register_log_actions")
def register_overrides(actions: Any) -> None:
    @actions.register_action(OVERRIDE_ACTION)
    class OverrideFormatter(LogFormatter):
        label = _("Excepción del informe de calidad")

        def format_message(self, log_entry: Any) -> str:
            return str(_("Se deja pasar: %(found)s Motivo: %(reason)s")) % log_entry.data
