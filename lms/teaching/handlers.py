"""Whoever begins a course belongs to its team, and may edit it and all below it."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from courses.models import CoursePage
from lms.lib import clock
from lms.teaching.services import found_team


@receiver(post_save, sender=CoursePage)
def found_team_of_the_course(
    sender: type[CoursePage], instance: CoursePage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """A course that comes with a content pack has no owner, and no team until somebody gives it one."""
    if created and not raw:
        found_team(page=instance, at=clock.now())
