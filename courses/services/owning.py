"""Whose the pages of a course are."""

from django.db import transaction
from wagtail.models import Page

from courses.models import CoursePage


@transaction.atomic
def disown_pages(*, course_code: str, user_id: int) -> int:
    """Leave the account no page of the course, in no language: how many were its own.

    Wagtail lets whoever may add pages somewhere edit those of their own there, team or not.
    """
    count = 0
    for page in CoursePage.objects.filter(code=course_code):
        own = Page.objects.descendant_of(page, inclusive=True).filter(owner_id=user_id)
        count += own.update(owner=None)
    return count
