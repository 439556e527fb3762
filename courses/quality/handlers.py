"""A lesson was published, by a person or by a pack: its links are worth asking."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from courses.clock import now
from courses.models import LessonPage
from courses.quality.services import note_links


@receiver(page_published, sender=LessonPage)
def note_links_of_the_published(sender: Any, instance: LessonPage, **kwargs: Any) -> None:
    note_links(pages=[instance], at=now())
