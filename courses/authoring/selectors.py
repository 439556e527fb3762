"""Reading the pages of a course as its authors see them: drafts and published ones."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from courses.authoring.rules import Entry, Order
from courses.models import CoursePage, LessonPage, ModulePage


def list_pages(*, course: CoursePage) -> list[Page]:
    """Its modules, each followed by its lessons, in order. One query."""
    content = Page.objects.descendant_of(course).type(ModulePage, LessonPage)
    return list(content.order_by("path"))


def read_course_order(*, course: CoursePage) -> Order:
    """The order in which the course stands now. One query."""
    return tuple(entry_of(page, course) for page in list_pages(course=course))


def entry_of(page: Page, course: CoursePage) -> Entry:
    """The entry of one of its pages."""
    return Entry("m" if page.depth == course.depth + 1 else "l", page.pk)


def list_editable_courses(*, user: Any) -> QuerySet[CoursePage]:
    """The courses that a user may change, by title; each once, in the source language."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    own: QuerySet[CoursePage] = CoursePage.objects.of_source().filter(pk__in=pages.values("pk"))
    return own.order_by("title")


def list_sources(*, user: Any) -> QuerySet[CoursePage]:
    """The courses of which a user may begin a copy: models, and those that they may change."""
    own = list_editable_courses(user=user).values("pk")
    sources: QuerySet[CoursePage] = CoursePage.objects.of_source().filter(Q(is_model=True) | Q(pk__in=own))
    return sources.order_by("title")


def list_targets(*, user: Any) -> dict[CoursePage, list[ModulePage]]:
    """The courses that a user may change, by title, with their modules in order. Three queries."""
    courses = list(list_editable_courses(user=user))
    modules = list(ModulePage.objects.order_by("path"))
    return {course: [one for one in modules if one.is_child_of(course)] for course in courses}
