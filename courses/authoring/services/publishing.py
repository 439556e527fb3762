"""Publishing a course whole: its page, its modules and its lessons, as one version."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.authoring.selectors import list_pages
from courses.authoring.services.releasing import Outcome, release_pages
from courses.models import CoursePage, LessonPage
from courses.services import CourseNotReadyError, hold_releases


@transaction.atomic
def publish_course(*, course: CoursePage, by: Any, at: datetime) -> Outcome:
    """Publish what its authors wrote last. One new version, or nothing at all.

    What was withdrawn stays so. The version may wait for a decision: see :class:`Outcome`.

    Queries: some twenty for each page that changes.

    Raises:
        courses.services.CourseNotReadyError: something is missing; says what, and in which page. Or the
            course itself was withdrawn, which only its authors can take back.
    """
    if is_withdrawn(page=course):
        raise CourseNotReadyError(_("El curso está retirado: publica primero su página."))
    pages = list_drafts(course=course)
    with hold_releases():
        for page in pages:
            _publish(page, by)
    return release_pages(course=course, pages=len(pages), at=at)


def list_drafts(*, course: CoursePage) -> list[Page]:
    """Pages of the course whose last words are not published, the course's own first. Two queries."""
    pages = [Page.objects.get(pk=course.pk), *list_pages(course=course)]
    return [page for page in pages if page.has_unpublished_changes and not is_withdrawn(page=page)]


def is_withdrawn(*, page: Page) -> bool:
    """Whether it was published once and is not now."""
    return not page.live and page.first_published_at is not None


def _publish(page: Page, by: Any) -> None:
    draft = page.get_latest_revision_as_object()
    try:
        draft.full_clean()
    except ValidationError as problem:
        names = ", ".join(str(draft._meta.get_field(name).verbose_name) for name in problem.error_dict)
        raise _unfinished(page, names) from problem
    if isinstance(draft, LessonPage):
        _check_body(draft)
    draft.save_revision(user=by, changed=False, clean=False).publish(user=by)


def _check_body(draft: LessonPage) -> None:
    """What a draft may leave out, a published lesson may not."""
    try:
        draft.body.stream_block.clean(draft.body)
    except ValidationError as problem:
        raise _unfinished(draft, str(draft._meta.get_field("body").verbose_name)) from problem


def _unfinished(page: Page, names: str) -> CourseNotReadyError:
    return CourseNotReadyError(
        _("A «%(page)s» le falta algo o tiene un error en: %(names)s.") % {"page": page.title, "names": names}
    )
