"""What a person wants to get by e-mail."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from lms.discussions.services.joining import stop_reply_mails
from lms.notices.models import MailPreference
from lms.notices.rules.kinds import ASKED_FOR, Group


@transaction.atomic
def save_preferences(
    *, person_id: int, offered: Collection[str], wanted: Collection[str], at: datetime
) -> None:
    """Of the groups ``offered``, turn off what is not ``wanted``; what was not asked stays as it was."""
    if Group.REPLY in offered and Group.REPLY not in wanted:
        stop_reply_mails(person_id=person_id)
    row, _is_new = MailPreference.objects.select_for_update().get_or_create(
        person_id=person_id, defaults={"changed_at": at}
    )
    kept = set(row.turned_off) - set(offered)
    row.turned_off = [
        g.value for g in Group if g not in ASKED_FOR and (g in kept or (g in offered and g not in wanted))
    ]
    row.changed_at = at
    row.save(update_fields=["turned_off", "changed_at"])


def turn_everything_off(*, person_id: int, at: datetime) -> bool:
    """No notice by e-mail any more; on the platform they all stay. False where it was so already."""
    stop_reply_mails(person_id=person_id)
    everything = [group.value for group in Group if group not in ASKED_FOR]
    row, is_new = MailPreference.objects.get_or_create(
        person_id=person_id, defaults={"turned_off": everything, "changed_at": at}
    )
    if is_new or set(row.turned_off) >= set(everything):
        return is_new
    row.turned_off, row.changed_at = everything, at
    row.save(update_fields=["turned_off", "changed_at"])
    return True
