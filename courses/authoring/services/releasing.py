"""The one version that many changed pages make."""

from dataclasses import dataclass
from datetime import datetime

from courses.models import CoursePage
from courses.services import DecisionNeededError, publish_undisputed


@dataclass(frozen=True)
class Outcome:
    """``pages``: how many changed. ``waiting``: why the new version waits for a decision, or empty."""

    pages: int
    waiting: str = ""


def release_pages(*, course: CoursePage, pages: int, at: datetime) -> Outcome:
    """Publish the course anew. Where people are in it who would be asked for something else, only its pages
    stand published: its author decides about the version (``courses.services.deciding``).

    Raises:
        courses.services.CourseNotReadyError: something is missing.
    """
    try:
        publish_undisputed(page=CoursePage.objects.get(pk=course.pk), at=at)
    except DecisionNeededError as problem:
        return Outcome(pages, str(problem))
    return Outcome(pages)
