"""What these screens share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from courses.authoring.services import Outcome


class AuthoringScreen(WagtailAdminTemplateMixin):
    """A screen with its title as the last crumb."""

    page: Page | None = None
    request: HttpRequest

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title() if self.page else ""

    def tell(self, outcome: Outcome, done: str) -> None:
        """What was done to the course, why its new version waits, and what others say of a published page."""
        if outcome.waiting:
            messages.warning(self.request, f"{done} {outcome.waiting}")
        else:
            messages.success(self.request, done)
        if self.page:
            self.page.refresh_from_db()
        if self.page and self.page.live:
            for say in hooks.get_hooks("after_publish_page"):
                say(self.request, self.page)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items()]
        if self.page:
            address = reverse("wagtailadmin_explore", args=[self.page.pk])
            items.append({"url": address, "label": self.page.get_admin_display_title()})
        return [*items, {"url": "", "label": self.page_title}]
