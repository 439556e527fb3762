"""Letting go of what nobody needs any more."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from lms.notices.models import AddressProblem, Mail, MailPreference, Notice, Reminder

KEEP = timedelta(days=730)
ROWS = 900


def forget_old_notices(*, at: datetime, most: int = 100_000) -> int:
    """Delete what is older than two years, and all about people who were erased; how many rows.

    A few at a time, so that nobody waits; at most ``most`` of each kind.
    """
    before = at - KEEP
    erased = {"person__erased_at__isnull": False}
    return sum(
        _delete(rows, most)
        for rows in (
            Notice.objects.filter(not_before__lt=before),
            Notice.objects.filter(**erased),
            Mail.objects.filter(day__lt=before.date()),
            Mail.objects.filter(**erased),
            Reminder.objects.filter(created_at__lt=before, notices__isnull=True),
            AddressProblem.objects.filter(at__lt=before),
            AddressProblem.objects.filter(**erased),
            MailPreference.objects.filter(**erased),
        )
    )


def _delete(rows: QuerySet, most: int) -> int:  # type: ignore[type-arg]
    deleted = 0
    while deleted < most:
        ids = list(rows.values_list("pk", flat=True)[:ROWS])
        if not ids:
            break
        rows.model._default_manager.filter(pk__in=ids).delete()
        deleted += len(ids)
    return deleted
