"""Who may write which course: whoever may in the editor's tree of pages."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404
from wagtail.models import Locale

from courses.models import CatalogueIndexPage, CoursePage

AnyPage = TypeVar("AnyPage", bound=models.Model)


def find_catalogue(*, user: Any) -> CatalogueIndexPage | None:
    """The catalogue, if the user may add courses to it. Two queries."""
    catalogue = CatalogueIndexPage.objects.filter(locale=Locale.get_default()).first()
    return catalogue if catalogue and catalogue.permissions_for_user(user).can_add_subpage() else None


def may_start_courses(user: Any) -> bool:
    return find_catalogue(user=user) is not None


def may_order(course: CoursePage, user: Any) -> bool:
    """Whoever writes a draft; of a published course, where the order is seen at once, whoever publishes."""
    rights = course.permissions_for_user(user)
    return bool(rights.can_reorder_children() or (rights.can_edit() and not course.live))


def may_publish(course: CoursePage, user: Any) -> bool:
    rights = course.permissions_for_user(user)
    return bool(rights.can_publish() and rights.can_publish_subpage())


def get_own(model: type[AnyPage], *, page_id: int, user: Any) -> AnyPage:
    """A page in the source language that the user may edit: translations follow it.

    Raises:
        Http404: no such page.
        PermissionDenied: somebody else's.
    """
    page = get_object_or_404(model, pk=page_id, locale=Locale.get_default())
    if not page.permissions_for_user(user).can_edit():  # type: ignore[attr-defined]
        raise PermissionDenied
    return page
