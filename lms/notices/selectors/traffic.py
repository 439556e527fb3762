"""How much mail goes out."""

from datetime import datetime

from lms.notices.models import Mail, Notice


def count_handed_since(*, since: datetime) -> int:
    """E-mails given to a server after ``since``. One query."""
    return Mail.objects.filter(handed_at__gt=since).count()


def count_due(*, at: datetime) -> int:
    """Notices that wait and may go out. One query."""
    return Notice.objects.due_at(at).count()
