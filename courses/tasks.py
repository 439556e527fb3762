"""Queued work: publish courses anew."""

from django_tasks import task

from courses.clock import now
from courses.services import publish_glossary


@task()
def explain_words_anew() -> int:
    """Freezes the changed glossary into the courses that use it; how many are not ready. Repeatable."""
    return len(publish_glossary(at=now()))
