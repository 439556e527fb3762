"""A course as it would be if it were published now, for its authors' eyes."""

from dataclasses import dataclass, field
from datetime import datetime

from courses.freezing import freeze_lesson
from courses.glossary import Term
from courses.models import Course, CoursePage, CourseRelease, LessonPage, ModulePage
from courses.outline import AssessmentRule, CourseOutline, ModuleSpec, UnitSpec, outline_to_json
from courses.selectors import list_terms
from courses.services import assessment_module, freeze_outline, read_rule


@dataclass
class Draft:
    """``pages``: the lessons' pages by key, as far as they have been saved."""

    outline: CourseOutline
    pages: dict[str, int] = field(default_factory=dict)


def read_draft(*, course: CoursePage, lesson: LessonPage | None = None) -> Draft:
    """Published and unpublished lessons alike, without asking whether anything is missing.

    ``lesson``: one that is being written, saved or not; it stands in its place.

    Queries: a fixed number plus two per module.
    """
    pages: dict[str, int] = {}
    modules, terms = [], list_terms()
    for module in ModulePage.objects.child_of(course).order_by("path") if course.pk else []:
        units = tuple(_units(module, lesson, pages, terms))
        modules.append(ModuleSpec(module.key, module.draft_title or module.title, units))
    rule: AssessmentRule | None = read_rule(course)
    if rule:
        modules.append(assessment_module(course, rule))
    return Draft(freeze_outline(course, tuple(modules), rule), pages)


def draft_release(*, course: CoursePage, at: datetime) -> CourseRelease:
    """The draft as a release that is not saved, for the page that shows releases."""
    outline = outline_to_json(read_draft(course=course).outline)
    named = Course(code=course.code, title=course.title)
    return CourseRelease(course=named, outline_data=outline, published_at=at)


def _units(
    module: ModulePage, lesson: LessonPage | None, pages: dict[str, int], terms: tuple[Term, ...]
) -> list[UnitSpec]:
    saved = LessonPage.objects.child_of(module).order_by("path").prefetch_related("competences")
    units = []
    for page in saved:
        is_written = lesson is not None and lesson.pk == page.pk
        unit, _payload = freeze_lesson(lesson if is_written and lesson else page, terms)
        units.append(unit)
        pages[unit.key] = page.pk
    if lesson is not None and lesson.pk is None and lesson.is_child_of(module):
        units.append(freeze_lesson(lesson, terms)[0])
    return units
