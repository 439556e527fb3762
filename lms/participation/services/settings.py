"""How people take part in a plan."""

from django.db import transaction

from lms.participation.models import ParticipationSettings


@transaction.atomic
def change_settings(
    *, plan_id: int, comments_open: bool, reviews_first: bool, space_rules: str
) -> ParticipationSettings:
    """Keeps what the plan's team chose. What waits for a review goes on waiting."""
    row = lock_settings(plan_id=plan_id)
    row.comments_open, row.reviews_first, row.space_rules = comments_open, reviews_first, space_rules
    row.save(update_fields=["comments_open", "reviews_first", "space_rules"])
    return row


def lock_settings(*, plan_id: int) -> ParticipationSettings:
    """The plan's settings for this transaction alone: numbers are given one by one."""
    ParticipationSettings.objects.get_or_create(plan_id=plan_id)
    return ParticipationSettings.objects.select_for_update().get(plan_id=plan_id)
