"""How much mail goes out."""

from datetime import datetime

from lms.notices.models import Mail


def count_handed_since(*, since: datetime) -> int:
    """E-mails given to a server after ``since``. One query."""
    return Mail.objects.filter(handed_at__gt=since).count()
