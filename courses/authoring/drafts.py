"""A course as it would be if it were published now, for its authors' eyes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courses.freezing import lesson_unit, to_unit
from courses.models import Competence, Course, CoursePage, CourseRelease, LessonPage, ModulePage
from courses.outline import AssessmentRule, CourseOutline, ModuleSpec, UnitSpec, outline_to_json
from courses.services import assessment_module, freeze_outline, read_rule


@dataclass
class Draft:
    """``pages``: the lessons' pages by key, as far as they have been saved."""

    outline: CourseOutline
    pages: dict[str, int] = field(default_factory=dict)


def read_draft(*, course: CoursePage, lesson: LessonPage | None = None) -> Draft:
    """Published and unpublished lessons alike, in the words written last, without asking what is missing.

    ``lesson``: one that is being written, saved or not; it stands in its place.

    Queries: at most ten, whatever the number of modules and lessons.
    """
    pages: dict[str, int] = {}
    lessons = _list_lessons(course, lesson) if course.pk else []
    modules = []
    for module in _list_modules(course) if course.pk else []:
        own = [(page_id, unit) for path, page_id, unit in lessons if path.startswith(module.path)]
        pages |= {unit.key: page_id for page_id, unit in own if page_id}
        title = module.draft_title or module.title
        modules.append(ModuleSpec(_written(module, "key"), title, tuple(unit for _id, unit in own)))
    rule: AssessmentRule | None = read_rule(course)
    if rule:
        modules.append(assessment_module(course, rule))
    return Draft(freeze_outline(course, tuple(modules), rule), pages)


def draft_release(*, course: CoursePage, at: datetime) -> CourseRelease:
    """The draft as a release that is not saved, for the page that shows releases."""
    outline = outline_to_json(read_draft(course=course).outline)
    named = Course(code=course.code, title=course.title)
    return CourseRelease(course=named, outline_data=outline, published_at=at)


def _list_modules(course: CoursePage) -> list[ModulePage]:
    return list(ModulePage.objects.child_of(course).order_by("path").select_related("latest_revision"))


def _list_lessons(course: CoursePage, lesson: LessonPage | None) -> list[tuple[str, int | None, UnitSpec]]:
    """``(path, id, unit)`` in order; of one that is not saved ``lesson.path`` is that of its place."""
    saved = LessonPage.objects.descendant_of(course).order_by("path").select_related("latest_revision")
    codes = dict(Competence.objects.values_list("pk", "code"))
    found: list[tuple[str, int | None, UnitSpec]] = [
        (page.path, page.pk, _unit_in_place(page, lesson, codes))
        for page in saved.prefetch_related("competences")
    ]
    if lesson is not None and lesson.pk is None:
        found.append((lesson.path, None, lesson_unit(lesson)))
    return found


def _unit_in_place(page: LessonPage, lesson: LessonPage | None, codes: Mapping[int, str]) -> UnitSpec:
    """Of a page its newest revision as it is stored: making pages of them asks for each."""
    if lesson is not None and lesson.pk == page.pk:
        return lesson_unit(lesson)
    if not _content(page):
        return lesson_unit(page)
    return to_unit(
        key=_written(page, "key"),
        title=_written(page, "title"),
        summary=_written(page, "summary"),
        raw=json.loads(_content(page)["body"]),
        activity_minutes=_written(page, "activity_minutes"),
        competences=[codes[pk] for pk in _content(page).get("competences", ()) if pk in codes],
    )


def _written(page: ModulePage | LessonPage, name: str) -> Any:
    return _content(page).get(name, getattr(page, name))


def _content(page: ModulePage | LessonPage) -> dict[str, Any]:
    """What was written after it was published last; empty where nothing was."""
    revision = page.latest_revision if page.has_unpublished_changes else None
    return revision.content if revision else {}
