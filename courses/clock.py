"""The clock of this package, which stands alone. Screens ask it once and pass the answer down."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()
