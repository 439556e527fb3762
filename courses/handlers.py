"""Wagtail published, withdrew, moved or deleted a page of a course: freeze what stands now."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.clock import now
from courses.models import CoursePage, LessonPage, ModulePage
from courses.services import (
    CourseNotReadyError,
    DecisionNeededError,
    publish_undisputed,
    releases_are_held,
)

logger = logging.getLogger(__name__)


def find_course_page(page: Page) -> CoursePage | None:
    """The published page, in the source language, of the course to which ``page`` belongs.

    ``None`` where there is none: a course begins in the source language.
    """
    above = CoursePage.objects.ancestor_of(page, inclusive=True)
    pages = CoursePage.objects.live().of_source()
    return pages.filter(translation_key__in=above.values("translation_key")).first()


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def publish_course_release(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A course that is not ready keeps its earlier release; its author is told on the screen."""
    if releases_are_held() or not issubclass(sender, (CoursePage, ModulePage, LessonPage)):
        return
    _publish(instance)


@receiver(post_delete, sender=ModulePage)
@receiver(post_delete, sender=LessonPage)
def publish_without_the_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Once the whole deletion is done: Wagtail says "unpublished" while the page still stands."""
    if not releases_are_held():
        transaction.on_commit(partial(_publish, instance))


def _publish(instance: Page) -> None:
    page = find_course_page(instance)
    if page is None:
        return
    try:
        publish_undisputed(page=page, at=now())
    except (CourseNotReadyError, DecisionNeededError) as problem:
        logger.info("course_not_ready", extra={"course": page.code, "problem": str(problem)})
