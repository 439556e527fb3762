"""The clock of this package, which stands alone. Screens and tasks ask it once and pass the answer down."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def local_date(at: datetime) -> date:
    """The calendar date of an aware instant in the site's time zone."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
