"""What keeps a page from being published, or from being sent to review."""

from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.quality.rules import Finding, check_course_alone, check_lesson
from courses.quality.selectors import list_overrides, read_course_alone, read_lesson


def find_blocks(*, page: Page) -> list[Finding]:
    """The blocking findings of a page as it stands in ``page``, for which nobody gave a reason yet.

    A course's page answers for itself, not for its lessons. At most eight queries; none for pages of
    another kind.
    """
    found = [finding for finding in _check(page) if finding.is_blocking]
    if not found:
        return []
    overrides = list_overrides(page_ids=[page.pk])
    return [finding for finding in found if (page.pk, finding.rule, finding.place) not in overrides]


def _check(page: Page) -> list[Finding]:
    if isinstance(page, LessonPage):
        course = read_lesson(page=page)
        return check_lesson(course.lessons[0], course)
    if isinstance(page, CoursePage):
        return check_course_alone(read_course_alone(page=page))
    return []
