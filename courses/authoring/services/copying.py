"""Copies of courses, modules and lessons: drafts with keys of their own. Nobody's records are touched."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page

from courses.authoring.services.copying_banks import copy_bank
from courses.blocks.naming import free_keys, keys_of
from courses.keys import RESERVED_CODES, RESERVED_KEYS, free_key, make_key
from courses.models import CatalogueIndexPage, Course, CoursePage, LessonPage, ModulePage
from courses.models.forms import LONGEST_SHORT_TITLE, keys_in_course
from courses.services import hold_releases

_FRESH = {"go_live_at": None, "expire_at": None, "locked": False, "locked_at": None, "locked_by": None}


@transaction.atomic
def copy_course(*, source: CoursePage, title: str, by: Any) -> CoursePage:
    """A draft of a course with a code and a bank of its own, its modules and lessons with the same keys.

    What its author wrote last is copied, published or not; what was withdrawn is not. The published
    versions, the translations, and the people who learn under them, stay with ``source``.

    Queries: some twenty for each page and five for each question.
    """
    latest: CoursePage = source.get_latest_revision_as_object()
    code = _free_code(title)
    changes = {
        "code": code,
        "title": title,
        "draft_title": title,
        "short_title": title[:LONGEST_SHORT_TITLE],
        "bank": copy_bank(bank=latest.bank, title=title) if latest.bank else None,
        "is_model": False,
        "release_label": "",
        "pack_code": "",
    }
    catalogue = CatalogueIndexPage.objects.get(pk=source.get_parent().pk)
    copier = _Copier(by, set(), set())
    with hold_releases():
        course: CoursePage = copier.copy(latest, catalogue, wanted_slug=code, **changes)
        for module in _copied_children(source):
            copier.copy_module(module, course)
    return course


def _free_code(title: str) -> str:
    """Free among the courses that are, and those that ever were."""
    models = (CoursePage, Course)
    taken = {code for model in models for code in model.objects.values_list("code", flat=True)}
    return free_key(make_key(title, 80, default="curso"), taken | RESERVED_CODES, 80)


@transaction.atomic
def copy_module(*, source: ModulePage, course: CoursePage, by: Any) -> ModulePage:
    """A draft of a module with its lessons, at the end of a course. Keys that are taken there change.

    Queries: some twenty for each page.
    """
    with hold_releases():
        return _copier_for(course, by).copy_module(source, course)


@transaction.atomic
def copy_lesson(*, source: LessonPage, module: ModulePage, by: Any) -> LessonPage:
    """A draft of a lesson at the end of a module. Keys that are taken in the course change."""
    with hold_releases():
        return _copier_for(module.get_parent().specific, by).copy_lesson(source, module)


def _copier_for(course: CoursePage, by: Any) -> "_Copier":
    lessons = LessonPage.objects.descendant_of(course)
    parts = {key for lesson in lessons for key in keys_of(list(lesson.body.get_prep_value()))}
    return _Copier(by, keys_in_course(course), parts)


def _copied_children(page: Page) -> list[Page]:
    """What is published, and what never was; not what was withdrawn."""
    children = page.get_children().filter(Q(live=True) | Q(first_published_at__isnull=True))
    return list(children.specific())


@dataclass
class _Copier:
    """Copies pages into one course. ``keys`` and ``parts``: what is taken there so far."""

    by: Any
    keys: set[str]
    parts: set[str]

    def copy_module(self, source: ModulePage, course: Page) -> ModulePage:
        latest = source.get_latest_revision_as_object()
        module: ModulePage = self.copy(latest, course, key=self._take(latest.key))
        for lesson in _copied_children(source):
            self.copy_lesson(lesson, module)
        return module

    def copy_lesson(self, source: LessonPage, module: Page) -> LessonPage:
        latest = source.get_latest_revision_as_object()
        raw = list(latest.body.get_prep_value())
        free_keys(raw, taken=self.parts)
        self.parts |= keys_of(raw)
        body = latest.body.stream_block.to_python(raw)
        copy: LessonPage = self.copy(latest, module, key=self._take(latest.key), body=body)
        return copy

    def copy(self, latest: Page, parent: Page, *, wanted_slug: str = "", **changes: Any) -> Any:
        """A draft at the end of ``parent``."""
        slug = free_key(wanted_slug or latest.slug, set(parent.get_children().values_list("slug", flat=True)))
        copy = CopyPageAction(
            latest,
            to=type(parent).objects.get(pk=parent.pk),
            update_attrs={**_FRESH, **changes, "slug": slug},
            copy_revisions=False,
            keep_live=False,
            user=self.by,
        ).execute(skip_permission_checks=True)
        return type(copy).objects.get(pk=copy.pk)

    def _take(self, wanted: str) -> str:
        key = free_key(wanted, self.keys | RESERVED_KEYS)
        self.keys.add(key)
        return key
