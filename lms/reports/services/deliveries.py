"""Deliveries: opened once a period, made once, and each letter sent once.

Each step is written down before the next begins, so that a run that was cut off is taken up where it
stopped. Only between handing a letter over and noting it can it be sent twice; its Message-ID is the
same then.
"""

from datetime import datetime, timedelta
from typing import IO

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q

from lms.reports.models import ReportDelivery, ReportLetter, ReportSchedule

STORAGE = "reports"
CLAIM_HOLDS = timedelta(hours=1)
"""A letter that was being sent for longer was left by a process that ended."""
FILES_KEPT = timedelta(days=30)


@transaction.atomic
def open_delivery(*, schedule: ReportSchedule, period: str, at: datetime) -> ReportDelivery:
    """The delivery of a period, with a letter for each recipient of the first moment."""
    delivery, is_new = ReportDelivery.objects.get_or_create(
        schedule=schedule, period=period, defaults={"opened_at": at}
    )
    if is_new:
        ReportLetter.objects.bulk_create(
            ReportLetter(delivery=delivery, account=account, changed_at=at)
            for account in schedule.recipients.order_by("pk")
        )
    return delivery


def keep_file(
    *, delivery: ReportDelivery, file: IO[bytes], file_name: str, people: int, at: datetime
) -> None:
    """Store the file, then the row: half a file left by a crash is replaced."""
    storage = storages[STORAGE]
    key = f"deliveries/{delivery.public_id}.{file_name.rpartition('.')[2]}"
    storage.delete(key)
    delivery.storage_key = storage.save(key, File(file))
    delivery.file_name, delivery.people, delivery.made_at = file_name, people, at
    delivery.save(update_fields=["storage_key", "file_name", "people", "made_at"])


def claim_letter(*, letter: ReportLetter, at: datetime) -> bool:
    """Take the letter to send it; False where another process has it or had it. One query."""
    left = Q(state=ReportLetter.State.SENDING, changed_at__lte=at - CLAIM_HOLDS)
    rows = ReportLetter.objects.filter(Q(state=ReportLetter.State.WAITING) | left, pk=letter.pk)
    return rows.update(state=ReportLetter.State.SENDING, changed_at=at) == 1


def note_letter(*, letter: ReportLetter, state: str, at: datetime) -> None:
    """What became of it. One query."""
    ReportLetter.objects.filter(pk=letter.pk).update(state=state, changed_at=at)


def finish_delivery(*, delivery: ReportDelivery, at: datetime) -> bool:
    """Close it when no letter is left; whether it is closed. Two queries."""
    open_states = (ReportLetter.State.WAITING, ReportLetter.State.SENDING)
    if ReportLetter.objects.filter(delivery=delivery, state__in=open_states).exists():
        return False
    ReportDelivery.objects.filter(pk=delivery.pk, finished_at__isnull=True).update(finished_at=at)
    return True


def forget_files(*, at: datetime) -> int:
    """Delete the files that are older than a month; how many."""
    storage = storages[STORAGE]
    old = list(ReportDelivery.objects.filter(made_at__lt=at - FILES_KEPT).exclude(storage_key=""))
    for delivery in old:
        storage.delete(delivery.storage_key)
        delivery.storage_key = ""
        delivery.save(update_fields=["storage_key"])
    return len(old)


def forget_files_of(*, schedules: list[ReportSchedule]) -> None:
    """Delete the files of schedules that go."""
    for delivery in ReportDelivery.objects.filter(schedule__in=schedules).exclude(storage_key=""):
        storages[STORAGE].delete(delivery.storage_key)
