"""Putting the modules and lessons of a course in order, all at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from courses.authoring.rules import Entry, Order
from courses.authoring.selectors import read_course_order
from courses.authoring.services.releasing import Outcome, release_pages
from courses.keys import free_key
from courses.models import CoursePage
from courses.services import hold_releases


class OrderChangedError(Exception):
    """Meanwhile somebody added, deleted or moved a page of the course."""


@transaction.atomic
def order_course(*, course: CoursePage, before: Order, order: Order, by: Any, at: datetime) -> Outcome:
    """Put a course in this order. A published course is published anew, once, or waits: see :class:`Outcome`.

    ``before``: the order that was seen when this one was made.

    Queries: some fifteen for each page that moves.

    Raises:
        OrderChangedError: see there.
        courses.services.CourseNotReadyError: the published course cannot be published anew. Nothing moved.
    """
    CoursePage.objects.select_for_update().get(pk=course.pk)
    standing = read_course_order(course=course)
    if standing != before or set(order) != set(before):
        raise OrderChangedError
    if order == before:
        return Outcome(0)
    with hold_releases():
        moved = _Mover(course, by).move_all(order)
    return release_pages(course=course, pages=moved, at=at) if course.live else Outcome(moved)


class _Mover:
    """Moves pages only where they do not yet stand in their place."""

    def __init__(self, course: CoursePage, by: Any) -> None:
        self.course, self.by, self.moved = course, by, 0

    def move_all(self, order: Order) -> int:
        """How many moved."""
        module: Page = self.course
        previous: Page | None = None
        previous_module: Page | None = None
        for entry in order:
            if entry.is_module:
                previous_module = self._put(entry, self.course, previous_module)
                module, previous = previous_module, None
            else:
                previous = self._put(entry, module, previous)
        return self.moved

    def _put(self, entry: Entry, parent: Page, previous: Page | None) -> Page:
        """The page as the child of ``parent`` that follows ``previous``, or the first one."""
        page = Page.objects.get(pk=entry.pk)
        parent = Page.objects.get(pk=parent.pk)
        if self._stands(page, parent, previous):
            return page
        if not page.is_child_of(parent):
            self._free_slug(page, parent)
        if previous:
            self._move(page, Page.objects.get(pk=previous.pk), "right")
        elif first := parent.get_first_child():
            self._move(page, first, "left")
        else:
            self._move(page, parent, "last-child")
        return Page.objects.get(pk=page.pk)

    def _stands(self, page: Page, parent: Page, previous: Page | None) -> bool:
        if not page.is_child_of(parent):
            return False
        before = page.get_prev_sibling()
        return (before.pk if before else None) == (previous.pk if previous else None)

    def _move(self, page: Page, target: Page, pos: str) -> None:
        self.moved += 1
        MovePageAction(page, target, pos=pos, user=self.by).execute(skip_permission_checks=True)

    def _free_slug(self, page: Page, parent: Page) -> None:
        """An address that no other lesson of the new module has, also in the draft."""
        taken = set(parent.get_children().values_list("slug", flat=True))
        if page.slug not in taken:
            return
        page.slug = free_key(page.slug, taken)
        page.save(update_fields=["slug", "url_path"], clean=False)
        draft = page.get_latest_revision_as_object()
        draft.slug = page.slug
        draft.save_revision(user=self.by, changed=False, clean=False)
